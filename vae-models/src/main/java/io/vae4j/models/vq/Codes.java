package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.torch.Aten;
import java.util.List;
import java.util.stream.Stream;

/**
 * The vectors that each position of a discrete latent may take, numbered from 0: learned, as in a {@link Codebook}, or
 * fixed, as in a {@link FiniteScalars}. A prior over codes knows no more of a quantizer.
 */
public interface Codes extends Block {

    /** The number of codes, N. */
    long count();

    /** All codes, [N, D]. */
    NDArray codes(Pass pass);

    /**
     * A grid of codes as decoders read it.
     *
     * @param indices [K, B, ...positions], INT64
     * @return [K, B, D, ...positions]
     */
    default NDArray lookUp(Pass pass, NDArray indices) {
        Shape axes = indices.getShape();
        CodeGrid grid = new CodeGrid(axes.slice(0, 2), axes.slice(2));
        return grid.channelsFirst(Aten.rows(indices.reshape(-1), codes(pass)));
    }

    /**
     * Indices of codes, each as likely as any other.
     *
     * @return INT64
     */
    default NDArray uniform(Pass pass, Shape shape) {
        NDArray uniform = pass.noise().uniform(shape, codes(pass));
        // rounding can reach N itself
        return Ops.scale(uniform, (double) count())
                .toType(DataType.INT64, false)
                .clip(0, count() - 1);
    }

    /** All codes in a model or in another block, in the order of its parts. */
    static List<Codes> in(Block whole) {
        return parts(whole).distinct().toList();
    }

    private static Stream<Codes> parts(Block whole) {
        return whole instanceof Codes codes
                ? Stream.of(codes)
                : whole.getChildren().values().stream().flatMap(Codes::parts);
    }
}
