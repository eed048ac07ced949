package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.DiscretizedLogisticPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session refuses before it writes anything. */
class SessionRefusalsTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final Shape PAIR = new Shape(2);

    @TempDir
    private Path home;

    @Test
    void realNumbersAreNotBinarizedWhateverTheLikelihood() {
        DataSummary real = new DataSummary(PAIR, Support.REAL, List.of());
        Recipe gaussian = Recipes.find("vae", List.of("model.likelihood=gaussian"));
        Recipe stored = Recipes.find("vae", List.of("model.likelihood=gaussian", "data.values=as-stored"));

        assertThat(gaussian.incompatibility(real))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("only levels from 0 to 1 can become bits", "data.values=as-stored"));
        assertThat(stored.incompatibility(real)).isEmpty();
        refused(session(gaussian(), points()).values(ValueTransform.DYNAMIC_BINARIZATION), "can become bits");
    }

    @Test
    void aLikelihoodThatIsNotDefinedForTheDataIsRefusedInJavaToo() {
        refused(session(bernoulli(), points()), "the likelihood is defined for values in BINARY");
        refused(session(bernoulli(), points()), "take GlobalScaleGaussian (or LaplacePixels)");
        refused(session(bernoulli(), levels()), "or take ContinuousBernoulliPixels with");
        refused(session(bernoulli(), bytes()), "or take LogisticMixturePixels (or ContinuousBernoulliPixels)");
        refused(session(ofBytes(), levels()), "or store bytes");
        refused(
                session(ofBytes(), bytes()).values(ValueTransform.DEQUANTIZATION),
                "call values(ValueTransform.AS_STORED), for bytes");
        session(gaussian(), points()).build().close();
    }

    @Test
    void aConditionNeedsLabels() {
        refused(session(gaussian(), points()).condition(ConditionName.LABEL), "the data have none");
    }

    @Test
    void splitsOfADatasetOfOnesOwnMustAgree() {
        Examples train = examples(2, 0, 1, 2, 3);
        Examples test = examples(1, 0, 1);

        refused(session(gaussian(), new Own(train, test)), "shape");
    }

    @Test
    void aRunIsNotResumedByASessionOfAnotherKind() throws Exception {
        Path run = home.resolve("run");
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 3)) {
            session.run(run);
        }
        String recipe = Files.readString(run.resolve("recipe.yaml"));
        try (TrainingSession java = session(gaussian(), points()).epochs(2).build();
                TrainingSession other = Small.session(Small.recipe("vae", 2), 4)) {
            assertThatThrownBy(() -> java.resume(run))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("from RECIPE and the session's from JAVA");
            assertThatThrownBy(() -> other.resume(run))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("seed 3");
        }

        assertThat(run.resolve("recipe.yaml")).hasContent(recipe);
        TrainedModel.load(RunFolder.reading(run), Device.cpu()).close();
    }

    private static void refused(SessionBuilder builder, String reason) {
        assertThatThrownBy(builder::build).isInstanceOf(InvalidInput.class).hasMessageContaining(reason);
    }

    private static SessionBuilder session(Family<?> likelihood, Dataset data) {
        Vae vae = new Vae(
                new Mlp(List.of(4), Activation.TANH, START),
                new Gaussian(1, START),
                new NetworkDecoder(new Mlp(List.of(4), Activation.TANH, START), likelihood),
                new StandardNormalPrior(1));
        return TrainingSession.of(vae, data).epochs(1).batch(2);
    }

    private static Family<?> gaussian() {
        return new GlobalScaleGaussian(PAIR, new GlobalScale.Isotropic(1), new Head.Dense(START));
    }

    private static Family<?> bernoulli() {
        return new BernoulliPixels(PAIR, START);
    }

    private static Family<?> ofBytes() {
        return new DiscretizedLogisticPixels(PAIR, new GlobalScale.Isotropic(1), new Head.Dense(START));
    }

    private static Dataset bytes() {
        Values two = Values.ofBytes(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}), 2, PAIR);
        return Small.data("bytes", new Examples(two, Labels.none()), new Examples(two, Labels.none()));
    }

    private static Dataset levels() {
        return Small.data("levels", examples(2, 0, 0.3f, 0.2f, 1), examples(2, 0.5f, 0.1f));
    }

    private static Dataset points() {
        return Small.data("points", examples(2, -1, 2, 3, -4), examples(2, 5, -6));
    }

    private static Examples examples(int dimensions, float... numbers) {
        Values values = Values.ofFloats(FloatBuffer.wrap(numbers), numbers.length / dimensions, new Shape(dimensions));
        return new Examples(values, Labels.none());
    }

    /** Checks nothing by itself. */
    private record Own(Examples train, Examples test) implements Dataset {

        @Override
        public String name() {
            return "own";
        }

        @Override
        public Provenance provenance() {
            return new Provenance("here", Map.of());
        }
    }
}
