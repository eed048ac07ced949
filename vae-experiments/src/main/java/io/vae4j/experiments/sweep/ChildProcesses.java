package io.vae4j.experiments.sweep;

import io.vae4j.experiments.ProcessLock;
import io.vae4j.experiments.device.DeviceSlots;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs as processes of their own on this machine: DJL allows one gradient tape in a process. Each is this program by
 * the same Java, and ends when this process does: it reads standard input, which nobody else holds open.
 */
final class ChildProcesses implements RunBackend {

    /** The exit codes of a program that did its work, or was asked to end. */
    private static final int DONE = 0;

    private static final Set<Integer> ASKED_TO_END = Set.of(130, 143);
    private static final Set<Integer> TOLD = Set.of(1, 2);
    private static final long MOST_TOLD = 1 << 16;
    private static final long PATIENCE_SECONDS = 60;

    private final List<DeviceSlots.Slot> slots;
    private final ProgramLine program;
    private final List<String> arguments;
    private final Set<Process> alive = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** @param arguments that every run is given, such as {@code --data-dir} and {@code --plugin} */
    ChildProcesses(List<DeviceSlots.Slot> slots, ProgramLine program, List<String> arguments) {
        this.program = program;
        this.slots = List.copyOf(slots);
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public List<String> slots() {
        return slots.stream().map(DeviceSlots.Slot::title).toList();
    }

    @Override
    public End train(Order order, int slot) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of("train"));
        boolean begun = Files.isRegularFile(order.folder().resolve(RunFolder.RECIPE));
        if (begun) {
            line.addAll(List.of("--resume", order.folder().toString()));
        } else {
            line.addAll(List.of(order.recipe().toString(), "--seed", String.valueOf(order.seed())));
            line.addAll(List.of("--out", order.folder().toString()));
        }
        order.until().ifPresent(epoch -> line.addAll(List.of("--pause-after", String.valueOf(epoch))));
        return run(line, order, slot);
    }

    @Override
    public Optional<String> evaluate(Order order, SweepSpec.Evaluated how, int slot) throws InterruptedException {
        End end = run(
                List.of(
                        "evaluate",
                        order.folder().toString(),
                        "--samples",
                        String.valueOf(how.samples()),
                        "--examples",
                        String.valueOf(how.examples())),
                order,
                slot);
        if (end instanceof End.Failed failed) {
            return Optional.of(failed.reason());
        }
        return end instanceof End.Lost lost ? Optional.of(lost.how()) : Optional.empty();
    }

    private End run(List<String> line, Order order, int slot) throws InterruptedException {
        DeviceSlots.Slot place = slots.get(slot);
        ProcessLock.awaitRun(order.folder(), Duration.ofSeconds(PATIENCE_SECONDS));
        try {
            Files.createDirectories(order.log().toAbsolutePath().getParent());
            long before = Files.exists(order.log()) ? Files.size(order.log()) : 0;
            Process process = start(line, order, place);
            try {
                return end(process.waitFor(), order.log(), before);
            } finally {
                letEnd(process);
                alive.remove(process);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the process of " + order.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Who is interrupted while it runs has it keep what it has reached. */
    private static void letEnd(Process process) {
        if (process.isAlive()) {
            letGo(process);
            try {
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.destroyForcibly();
        }
    }

    /** None begins after all were told to stop. */
    private synchronized Process start(List<String> line, Order order, DeviceSlots.Slot place) throws IOException {
        List<String> all = Stream.of(line, List.of("--device", place.device()), arguments)
                .flatMap(List::stream)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(program.with(place.threads(), all))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(order.log().toFile()));
        builder.environment().putAll(place.environment());
        Process process = builder.start();
        alive.add(process);
        if (stopping) {
            letGo(process);
        }
        return process;
    }

    private End end(int exitCode, Path log, long before) throws IOException {
        if (exitCode == DONE) {
            return new End.Reached();
        }
        if (ASKED_TO_END.contains(exitCode) && stopping) {
            return new End.Stopped();
        }
        String told = lastTold(log, before);
        return TOLD.contains(exitCode) && !told.isEmpty()
                ? new End.Failed(told)
                : new End.Lost("its process ended with exit code " + exitCode + (told.isEmpty() ? "" : ": " + told));
    }

    /** The last line that the program has told of a failure. */
    private static String lastTold(Path log, long before) throws IOException {
        try (var content = Files.newInputStream(log)) {
            content.skipNBytes(Math.max(before, Files.size(log) - MOST_TOLD));
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("vae: "))
                    .reduce("", (earlier, later) -> later)
                    .replaceFirst("^vae: ", "");
        }
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        alive.forEach(ChildProcesses::letGo);
    }

    /** It sees that nobody is there any more, and pauses. A signal would be its second one after Ctrl-C. */
    private static void letGo(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    @Override
    public void close() {
        stop();
        for (Process process : alive) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroy();
            }
        }
    }
}
