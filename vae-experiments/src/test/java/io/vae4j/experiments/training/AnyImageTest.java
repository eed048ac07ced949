package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.StandardMetrics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutional recipes on images of any channels, height and width. */
class AnyImageTest {

    private static final List<String> LEVELS = List.of("data.values=as-stored", "model.likelihood=gaussian");
    private static final List<String> LEVELS_RESIZED = List.of(
            "data.values=as-stored", "model.likelihood=gaussian", "model.network.upsampling=resize-and-convolve");
    private static final List<String> COLORS = List.of("data.values=as-stored");

    record Case(String recipe, Shape image, List<String> overrides) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("vae-conv", new Shape(3, 64, 64), LEVELS),
                new Case("vae-conv", new Shape(3, 33, 47), LEVELS),
                new Case("vae-conv", new Shape(3, 33, 47), List.of()),
                new Case("vae-conv", new Shape(1, 5, 5), LEVELS),
                new Case("vae-conv", new Shape(1, 1, 9), LEVELS),
                new Case("vae-conv", new Shape(6, 7, 4), LEVELS),
                new Case("vae-conv", new Shape(3, 13, 9), LEVELS_RESIZED),
                new Case("faces-32", new Shape(3, 19, 30), COLORS),
                new Case("deep-conv", new Shape(3, 33, 47), LEVELS),
                new Case("vq-vae", new Shape(3, 33, 47), LEVELS));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convolutionsTakeImagesOfAnyShape(Case each) {
        List<String> overrides = Stream.concat(each.overrides().stream(), Stream.of("train.batch=4"))
                .toList();
        try (TrainingSession session = Small.session(Recipes.find(each.recipe(), overrides), noise(each.image()), 0);
                NDManager scratch = session.model().newManager()) {
            session.loop().train(1);
            Measurement tested = session.loop().test(1);
            Samples.Drawn drawn = new Samples(session.model(), 1, Optional.empty()).draw(scratch, 2);

            assertThat(tested.raw(StandardMetrics.LOSS)).isFinite();
            assertThat(drawn.means().size()).isEqualTo(2 * each.image().size());
        }
    }

    @Test
    void whatIsASinglePixelBeforeTheLastHalvingIsAMisfit() {
        var model = Recipes.find("vae-conv", List.of("model.network.channels=[4, 4, 4, 4]"))
                .model();

        assertThat(model.misfit(new Shape(1, 9, 9))).isEmpty();
        assertThat(model.misfit(new Shape(1, 2, 9))).isEmpty();
        assertThat(model.misfit(new Shape(1, 8, 8)))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(
                                "model.network.channels has 4 entries",
                                "8 x 8 is a single pixel after 3",
                                "the first 3"));
        assertThat(model.misfit(new Shape(3, 1, 1)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("kind: dense"));
        assertThat(Recipes.find("deep-conv", List.of()).model().misfit(new Shape(1, 4, 4)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("model.layers"));
        assertThat(Recipes.find("vq-vae", List.of()).model().misfit(new Shape(1, 2, 2)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("model.channels"));
        assertThat(Recipes.find("vae", List.of()).model().misfit(new Shape(1, 1, 1)))
                .isEmpty();
    }

    private static Dataset noise(Shape image) {
        return Small.data("noise", noise(8, image), noise(4, image));
    }

    private static Examples noise(int count, Shape image) {
        byte[] bytes = new byte[count * (int) image.size()];
        new Random(0).nextBytes(bytes);
        return new Examples(Values.ofBytes(ByteBuffer.wrap(bytes), count, image));
    }
}
