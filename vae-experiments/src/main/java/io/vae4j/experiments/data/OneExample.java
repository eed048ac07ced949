package io.vae4j.experiments.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Framing.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One example in a file of its own, such as a mask: a picture, or a NumPy array without an axis of examples. Where it
 * has no channels, all channels of the example are alike.
 *
 * @param file that nobody vouches for
 * @param event the shape of the example
 */
public record OneExample(Path file, Shape event) {

    static final String REMEDY = "give a picture or a NumPy array of the shape of one example";

    /**
     * The example, if the file is that of one and not of several.
     *
     * @throws InvalidInput if the file is damaged, or a picture of another size
     */
    public Optional<Examples> examples() {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (event.dimension() == 3 && PictureTree.ENDINGS.stream().anyMatch(name::endsWith)) {
            return Optional.of(FileReading.of(file, REMEDY, this::picture));
        }
        return name.endsWith(NpyArrays.ENDING) ? FileReading.of(file, REMEDY, this::array) : Optional.empty();
    }

    private Examples picture() throws IOException {
        Size expected = new Size(Math.toIntExact(event.get(1)), Math.toIntExact(event.get(2)));
        DecodedImage image = EncodedPicture.in(file).decodedOf(expected);
        byte[] pixels = image.channels(Math.toIntExact(event.get(0)));
        return new Examples(Values.ofBytes(ByteBuffer.wrap(pixels), 1, event));
    }

    private Optional<Examples> array() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long[] shape = NumpyHeader.read(in, Files.size(file)).shape();
            if (event.dimension() == 3 && shape.length == 2 && !isOne(shape)) {
                throw new WrongFile("the array has shape " + new Shape(shape) + " and an example " + event, REMEDY);
            }
            if (!isOne(shape)) {
                return Optional.empty();
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            NumpyArray one =
                    NumpyArray.read(in, Files.size(file), NumpyArray.Elements.AS_EXAMPLES, HeapRoom.ofProcess());
            return Optional.of(of(one));
        }
    }

    private boolean isOne(long... shape) {
        long[] axes = event.getShape();
        return Arrays.equals(shape, axes)
                || (axes.length == 3 && Arrays.equals(shape, Arrays.copyOfRange(axes, 1, axes.length)));
    }

    private Examples of(NumpyArray one) {
        DataType type = one.isBytes() ? DataType.UINT8 : DataType.FLOAT32;
        int bytes = one.data().limit();
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes * (event.size() / one.elements())))
                .order(one.data().order());
        while (all.hasRemaining()) {
            all.put(one.data().duplicate());
        }
        return new Examples(Values.of(new BufferedRows(all.flip(), all.limit()), type, event));
    }
}
