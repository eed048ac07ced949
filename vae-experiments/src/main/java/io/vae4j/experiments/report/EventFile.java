package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.drawing.ImageGrid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: scalars, pictures, histograms and texts by name and step, and the run's hyperparameters.
 *
 * <p>Each call hands its record to the operating system before it returns, so a crash of this process loses nothing
 * that was written; {@link #close} also waits for the disk. Safe for use by several threads.
 */
public final class EventFile implements Closeable {

    private static final String PREFIX = "events.out.tfevents.";
    private static final String VERSION = "brain.Event:2";
    /** The number of the type of texts among those of tensors. */
    private static final int STRING = 7;

    /** The status of a session that begins, in the message of which TensorBoard knows restarts. */
    private static final int SESSION_START = 1;

    private static final int CRC_MASK = 0xa282ead8;

    private final Path file;
    private final FileChannel channel;
    private final Clock clock;

    private EventFile(Path file, FileChannel channel, Clock clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Starts a new event file in {@code folder}, which is created where there is none. A resumed run starts another
     * one; TensorBoard reads them together.
     *
     * @throws IOException if the disk refuses
     */
    public static EventFile create(Path folder) throws IOException {
        return create(folder, Clock.systemUTC());
    }

    /** As {@link #create(Path)}, with events dated by {@code clock}. */
    public static EventFile create(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        String name = PREFIX + clock.instant().getEpochSecond() + "." + host();
        Path file = folder.resolve(name);
        // Two files in one second: the next free number.
        for (int number = 1; Files.exists(file); number++) {
            file = folder.resolve(name + "." + number);
        }
        return started(file, clock);
    }

    /** The event files that a folder has already. */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(PREFIX))
                    .toList();
        }
    }

    /** Where the events go. */
    public Path file() {
        return file;
    }

    /**
     * Adds a number; it is stored in single precision, and may be NaN or infinite.
     *
     * @param name such as {@code loss/train}: TensorBoard groups by what stands before the slash
     * @throws IOException if the disk refuses or the file is closed
     */
    public void scalar(long step, String name, double value) throws IOException {
        summary(step, new ProtoMessage().text(1, name).float32(2, (float) value));
    }

    /**
     * Adds a picture, as PNG.
     *
     * @throws IOException if the disk refuses or the file is closed
     */
    public void image(long step, String name, ImageGrid grid) throws IOException {
        ProtoMessage image = new ProtoMessage()
                .number(1, grid.height())
                .number(2, grid.width())
                .number(3, grid.channels())
                .bytes(4, grid.png());
        summary(step, new ProtoMessage().text(1, name).message(4, image));
    }

    /**
     * Adds how values are spread.
     *
     * @throws IOException if the disk refuses or the file is closed
     */
    public void histogram(long step, String name, Histogram values) throws IOException {
        summary(step, new ProtoMessage().text(1, name).message(5, values.message()));
    }

    /**
     * Adds a text.
     *
     * @param markdown as TensorBoard shows it
     * @throws IOException if the disk refuses or the file is closed
     */
    public void text(long step, String name, String markdown) throws IOException {
        ProtoMessage string = new ProtoMessage()
                .number(1, STRING)
                .message(2, new ProtoMessage())
                .text(8, markdown);
        summary(step, TensorBoardPlugin.TEXT.value(name, new ProtoMessage(), string));
    }

    /**
     * Says by which hyperparameters a run goes: TensorBoard's HParams tab compares runs by them and by their scalars.
     *
     * @throws IOException if the disk refuses or the file is closed
     */
    public void hyperparameters(Map<String, ValueNode> values) throws IOException {
        summary(0, Hyperparameters.started(values, clock.instant()));
    }

    /**
     * Says that the run of the hyperparameters came to its end.
     *
     * @throws IOException if the disk refuses or the file is closed
     */
    public void completed() throws IOException {
        summary(0, Hyperparameters.completed(clock.instant()));
    }

    /**
     * Says that the run goes on from here after an interruption: TensorBoard drops what earlier files of the folder say
     * of this step and later ones, which come again.
     *
     * @throws IOException if the disk refuses or the file is closed
     */
    public void restarted(long step) throws IOException {
        append(event().number(2, step).message(7, new ProtoMessage().number(1, SESSION_START)));
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel.isOpen()) {
            channel.force(true);
            channel.close();
        }
    }

    private static EventFile started(Path file, Clock clock) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        EventFile events = new EventFile(file, channel, clock);
        try {
            events.append(events.event().text(3, VERSION));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return events;
    }

    private void summary(long step, ProtoMessage value) throws IOException {
        append(event().number(2, step).message(5, new ProtoMessage().message(1, value)));
    }

    private ProtoMessage event() {
        return new ProtoMessage().float64(1, seconds(clock.instant()));
    }

    /** As the format counts time, from 1970. */
    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }

    // Length, its checksum, the event, its checksum; all little-endian.
    private synchronized void append(ProtoMessage event) throws IOException {
        byte[] data = event.toBytes();
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putLong(data.length);
        ByteBuffer framed = ByteBuffer.allocate(Long.BYTES + data.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length.array())
                .putInt(maskedCrc(length.array()))
                .put(data)
                .putInt(maskedCrc(data))
                .flip();
        while (framed.hasRemaining()) {
            channel.write(framed);
        }
    }

    private static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    }

    // From the environment, not from the resolver: that one may ask the network and take seconds.
    private static String host() {
        return Stream.of("HOSTNAME", "COMPUTERNAME")
                .flatMap(variable -> Optional.ofNullable(System.getenv(variable)).stream())
                .map(name -> name.replaceAll("[^A-Za-z0-9-]", "-"))
                .filter(name -> !name.isBlank())
                .map(name -> name.substring(0, Math.min(name.length(), 63)))
                .findFirst()
                .orElse("localhost");
    }
}
