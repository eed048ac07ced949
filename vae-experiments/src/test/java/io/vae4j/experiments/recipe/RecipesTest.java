package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImagesProvider.ImagesSource;
import io.vae4j.experiments.data.PictureColors;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.Scale;
import io.vae4j.models.network.Initialization;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipesTest {

    static final List<String> NAMES = Recipes.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void aRecipeIsTheSameAfterItWasWrittenAndRead(String name) {
        Recipe recipe = Recipes.find(name, List.of());

        assertThat(Recipes.parse(Recipes.write(recipe), "test", List.of())).isEqualTo(recipe);
    }

    @Test
    void slidesIsTheRunOfTheSlides() {
        Recipe slides = Recipes.find(Recipes.DEFAULT, List.of());

        assertThat(((VaeSpec) slides.model()).title(784)).isEqualTo("VAE 784-400-20-400-784");
        assertThat(slides.optimizer().learningRate(469).at(1000)).isEqualTo(1e-3);
        assertThat(slides.train().batch()).isEqualTo(128);
        assertThat(slides.train().epochs()).isEqualTo(10);
        assertThat(slides.train().figureEpochs()).containsExactly(1, 5, 10);
        assertThat(slides.objective().over(new Extent(1, 1)).at(0)).isEqualTo(new Elbo());
    }

    @Test
    void overridesReachAnyKey() {
        Recipe recipe = Recipes.find(
                "vae", List.of("model.latent=7", "model.network.hidden=[5, 6]", "objective.beta=4", "train.batch=3"));

        assertThat(((VaeSpec) recipe.model()).title(9)).isEqualTo("VAE 9-5-6-7-6-5-9");
        assertThat(recipe.objective().over(new Extent(1, 1)).at(0)).isEqualTo(new Elbo(4, 1));
        assertThat(recipe.train().batch()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "model.latnet=10               | unknown key 'latnet'      | 'latent'",
                "modle.latent=10               | unknown key 'modle'       | 'model'",
                "objective.kind=elbow          | unknown kind 'elbow'      | elbo",
                "model.prior={flows: 3}        | unknown key 'flows'       | known",
                "objective={kind: free-bits}   | a key is missing: lambda  | --keys",
                "model.latent=ten              | 'ten' does not fit (--set model.latent=ten) | a whole number",
                "model.latent=0                | model.latent is 0 (--set model.latent=0) | 1 or more",
                "model={latent: -3}            | model.latent is -3 (--set model={latent: -3}) | 1 or more",
                "objective={kind: iwae, sample: 5}   | unknown key 'sample' (--set objective=   | did you mean 'samples'",
                "objective={kind: iwae, samples: 5   | this is no YAML           | not closed",
                "objective=iwea                | unknown kind 'iwea'       | did you mean 'iwae'",
                "model.network.hidden=400      | '400' does not fit        | a list",
                "model.network.hidden=[1.5]    | '1.5' does not fit        | a whole number",
                "optimizer.learningRate=-1     | learningRate is -1        | positive",
                "model.network.activation=sigmoyd | 'sigmoyd' does not fit    | relu",
                "data.pixels=gray              | defined for values in BINARY | gray-cross-entropy",
                "latent                        | is not key=value          | --set model.latent=10",
                "train.epochs=1.5              | '1.5' does not fit   | a whole number",
            })
    void aWrongOverrideIsRefusedWithTheRemedy(String override, String what, String remedy) {
        assertThatThrownBy(() -> Recipes.find("vae", List.of(override)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(what)
                .hasMessageContaining(remedy)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ae          | objective={kind: iwae, samples: 5}            | the objective needs log q(z|x) of the samples",
                "ae          | estimator.kind=sticking-the-landing           | the estimator needs log q(z|x) at any z",
                "ae          | model.prior={kind: learned-normal}            | standard-normal",
                "vae-vamp    | model.posterior={kind: planar-flow, flows: 2} | a VampPrior needs log q(z|x) at any z",
                "cvae-prior  | data.condition=none                           | data.condition=label",
                "vae         | estimator.kind=doubly-reparameterized         | sticking-the-landing",
                "vae         | objective={kind: beta-tcvae, beta: -1}        | objective.beta is -1",
                "vae-full    | objective={kind: beta-tcvae, beta: 4}         | independent",
                "deep-vae    | objective={kind: beta-tcvae, beta: 4}         | one stochastic layer",
                "iwae-5      | optimizer.schedule.milestones=[4, 1]          | rising",
                "vae         | objective={kind: miwae, groups: 100000, samplesEach: 100000} | a number up to",
                "vae-flow    | model.posterior.hidden=10                     | set it to model.latent, 20",
                "ppca        | model.scale=1.0e-5                            | model.scale is 1.0E-5",
                "deep-vae    | model.layers=[]                               | at least one",
                "deep-vae    | model.inference=bottom-up                      | inference from the top",
                "deep-vae    | model.path=latents                             | set model.path=latents-and-features",
                "deep-vae    | model.layers=[{hidden: [9], latent: 2}, {hidden: [8], latent: 2}] | one width",
                "deep-vae    | model.layers=[{hidden: [], latent: 2}, {hidden: [], latent: 2}] | one width",
                "deep-vae    | objective.warmUp=-1                            | objective.warmUp is -1",
                "deep-conv   | model.layers=[]                               | at least one",
                "deep-conv   | model.layers=[{channels: 0, latent: 2}]        | model.layers.channels is 0",
                "vq-vae-2    | model.topChannels=0                           | model.topChannels is 0",
                "vq-vae-2    | objective={kind: iwae, samples: 5}            | all samples of it are alike",
                "fsq         | model.quantizer.levels=[]                     | such as [8, 5, 5, 5]",
                "fsq         | model.quantizer.levels=[5, 2]                 | model.quantizer.levels is 2",
                "fsq         | model.quantizer.levels=[999, 999, 999]        | the product of model.quantizer.levels",
                "vq-vae      | objective={kind: iwae, samples: 5}            | all samples of it are alike",
                "iwae-5      | estimator.kind=sticking-the-landing           | biased where samples are weighed",
                "vae-vamp    | objective={kind: capacity, gamma: 10, capacity: 20, warmUp: 0} | no closed KL to a VampPrior",
                "vae-flow    | objective={kind: capacity, gamma: 10, capacity: 20, warmUp: 0} | a flow has no closed KL",
                "deep-vae    | objective={kind: capacity, gamma: 10, capacity: 20, warmUp: 0} | samples of its upper layers",
            })
    void partsThatDoNotGoTogetherAreRefusedWithTheReason(String recipe, String override, String reason) {
        assertThatThrownBy(() -> Recipes.find(recipe, List.of(override)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    @Test
    void stickingTheLandingIsRefusedUnderACapacityWhoseKlItWouldEstimate() {
        List<String> capacity = List.of(
                "objective={kind: capacity, gamma: 10, capacity: 20, warmUp: 0}",
                "estimator.kind=sticking-the-landing");

        assertThatThrownBy(() -> Recipes.find("vae", capacity)).hasMessageContaining("form of its own");
    }

    @Test
    void bitsPerDimensionMeanSomethingForProbabilitiesAndForDensitiesOfLevels() {
        double log2 = Math.log(255) / Math.log(2);

        assertThat(offset("vae", Support.BYTE_LEVELS)).hasValue(0);
        assertThat(offset("vae", Support.BYTE_LEVELS, "model.likelihood=gaussian", "data.values=as-stored"))
                .hasValue(log2);
        assertThat(offset("ppca", Support.BYTE_LEVELS)).hasValue(log2);
        assertThat(offset("ppca", Support.REAL))
                .as("a density of values in any unit")
                .isEmpty();
        assertThat(offset("vae", Support.BYTE_LEVELS, "model.likelihood=gaussian"))
                .as("a density of zeros and ones")
                .isEmpty();
        assertThat(offset("slides", Support.BYTE_LEVELS)).isEmpty();
        assertThat(offset("ae", Support.BYTE_LEVELS)).isEmpty();
    }

    @Test
    void aGaussianLikelihoodHasTheScaleThatIsAskedFor() {
        assertThat(gaussian("model.likelihood=gaussian")).isEqualTo(new GlobalScale.Isotropic(1));
        assertThat(gaussian("model.likelihood={kind: gaussian, scale: each, sigma: 0.1}"))
                .isEqualTo(new GlobalScale.Each(0.1));
        assertThat(gaussian("model.likelihood={kind: gaussian, scale: fixed, sigma: 0.5}"))
                .isEqualTo(new GlobalScale.Fixed(0.5));
        assertThatThrownBy(() -> gaussian("model.likelihood={kind: gaussian, sigma: 0}"))
                .hasMessageContaining("model.likelihood.sigma is 0.0");
    }

    private static Scale gaussian(String override) {
        LikelihoodSpec likelihood = Recipes.find("vae", List.of(override, "data.values=as-stored"))
                .model()
                .likelihood();
        LikelihoodSpec.GaussianLikelihoodSpec spec = (LikelihoodSpec.GaussianLikelihoodSpec) likelihood;
        return spec.scale().from(spec.sigma());
    }

    private static OptionalDouble offset(String recipe, Support stored, String... overrides) {
        return Recipes.find(recipe, List.of(overrides)).bitsOffset(stored);
    }

    @Test
    void ratesFallAsInBurdaEtAl() {
        Schedule<Double> rate = Recipes.find("iwae-50", List.of()).optimizer().learningRate(10);
        int[] firstEpochs = {0, 1, 4, 13, 40, 121, 364, 1093};

        for (int stage = 0; stage < firstEpochs.length; stage++) {
            double expected = 1e-3 * Math.pow(10, -stage / 7.0);
            assertThat(rate.at(10L * firstEpochs[stage])).isCloseTo(expected, withPercentage(1e-6));
            assertThat(rate.at(10L * (firstEpochs[stage] + Math.round(Math.pow(3, stage))) - 1))
                    .as("the last step of stage %d", stage)
                    .isCloseTo(expected, withPercentage(1e-6));
        }
    }

    @Test
    void theWeightOfTheKlWarmsUpOverEpochs() {
        Schedule<Objective> objective = Recipes.find("vae", List.of("objective.warmUp=4", "objective.beta=2"))
                .objective()
                .over(new Extent(60_000, 100));

        assertThat(objective.at(0)).isEqualTo(new Elbo(0, 1));
        assertThat(objective.at(100)).isEqualTo(new Elbo(0.5, 1));
        assertThat(objective.at(400)).isEqualTo(new Elbo(2, 1));
        assertThat(objective.at(4000)).isEqualTo(new Elbo(2, 1));
    }

    @Test
    void aMissingKeyAndADoubledKeyAreNamed() {
        String slides = Recipes.write(Recipes.find("slides", List.of()));

        assertThatThrownBy(() -> Recipes.parse(slides.replaceFirst("  latent: 20\n", ""), "mine.yaml", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("latent")
                .hasMessageContaining("mine.yaml");
        assertThatThrownBy(() -> Recipes.parse(slides + "train: {}\n", "mine.yaml", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("train");
        assertThatThrownBy(() -> Recipes.parse("a: [", "mine.yaml", List.of())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Recipes.parse("", "mine.yaml", List.of())).isInstanceOf(InvalidInput.class);
    }

    @Test
    void anUnknownRecipeIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> Recipes.find("slide", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("did you mean 'slides'?");
        assertThatThrownBy(() -> Recipes.find("vea", List.of())).hasMessageContaining("did you mean 'vae'?");
        assertThatThrownBy(() -> Recipes.find("iwae", List.of())).hasMessageContaining("did you mean 'iwae-1'?");
        assertThatThrownBy(() -> Recipes.find("transformer", List.of()))
                .hasMessageNotContaining("did you mean")
                .hasMessageContaining("'./vae recipes' lists them");
        assertThatThrownBy(() -> Recipes.find("slide.yaml", List.of())).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Recipes.find("./", List.of())).hasMessageContaining("this is a folder");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void theListOfKeysHasEveryKeyOfARecipe(String name) {
        List<String> known = RecipeKeys.lines().stream()
                .map(line -> line.strip().replaceAll(":.*", ""))
                .toList();
        String keys = String.join("\n", RecipeKeys.lines());

        assertThat(Recipes.write(Recipes.find(name, List.of())).lines())
                .filteredOn(line -> line.matches("[ -]*\\w+:.*"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(known).contains(line.replaceAll("^[ -]*|:.*", "")));
        assertThat(keys)
                .contains("layers: a list, each with\n      hidden: a list, such as [400]\n      latent: a whole");
    }

    @Test
    void theListOfKeysShowsEachKindAsOneWouldWriteIt() {
        assertThat(RecipeKeys.lines())
                .contains("  kind: iwae, such as {kind: iwae, samples: 3}", "  kind: pathwise", "      path: a path")
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(160));
    }

    @Test
    void theListOfKeysShowsListsThatTheirKeysTake() {
        assertThat(RecipeKeys.lines().stream().map(String::strip))
                .contains(
                        "milestones: a list, such as [1, 4, 13], each in [1, 1e6]",
                        "figureEpochs: a list, such as [1, 4, 13], each in [1, 1e6]; default [1, 5, 10]",
                        "channels: a list, such as [32, 64]",
                        "hidden: a list, such as [400]");
    }

    @Test
    void aFileIsARecipe(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("my own.yaml");
        Files.writeString(file, Recipes.write(Recipes.find("vae", List.of("model.latent=3"))));

        assertThat(((VaeSpec) Recipes.find(file.toString(), List.of()).model()).latent())
                .isEqualTo(3);
        assertThat(Recipes.nameOf(file.toString())).isEqualTo("my-own");
    }

    @Test
    void aRecipeSaysOnlyWhatDiffers(@TempDir Path folder) throws IOException {
        Path base = Files.writeString(folder.resolve("base.yaml"), "extends: vae\nmodel: {latent: 3}\n");
        Path mine = Files.writeString(
                folder.resolve("mine.yaml"), "extends: base.yaml\nobjective: {kind: iwae, samples: 7}\n");
        Recipe recipe = Recipes.find(mine.toString(), List.of());

        assertThat(recipe)
                .isEqualTo(Recipes.find("vae", List.of("model.latent=3", "objective={kind: iwae, samples: 7}")));
        assertThat(Recipes.find(base.toString(), List.of())
                        .objective()
                        .over(new Extent(1, 1))
                        .at(0))
                .isEqualTo(new Elbo());
    }

    @Test
    void aKindThatIsSaidAloneTakesItsDefaults() {
        Recipe recipe = Recipes.parse(
                "model: {kind: vae, latent: 2, network: {kind: dense, hidden: [5]}, likelihood: gaussian}",
                "mine.yaml",
                List.of());

        assertThat(recipe.objective()).isEqualTo(new ObjectiveSpec.ElboSpec(1, 1, 0));
        assertThat(recipe.train()).isEqualTo(new TrainSpec(10, 128, List.of(1, 5, 10), 2));
        assertThat(Recipes.find("vae", List.of("model.prior=vamp")).model())
                .extracting(model -> ((VaeSpec) model).prior())
                .isEqualTo(new PriorSpec.VampSpec(500, 0.5));
    }

    @Test
    void anotherKindTakesNothingFromTheOneThatItReplaces() {
        VaeSpec model = (VaeSpec) Recipes.find("vae-flow", List.of("model.posterior=full-gaussian"))
                .model();

        assertThat(model.posterior()).isEqualTo(new PosteriorSpec.FullGaussianSpec());
    }

    @Test
    void aCircleOfRecipesAndALaterVersionAreRefused(@TempDir Path folder) throws IOException {
        Path a = Files.writeString(folder.resolve("a.yaml"), "extends: b.yaml\n");
        Files.writeString(folder.resolve("b.yaml"), "extends: a.yaml\n");

        assertThatThrownBy(() -> Recipes.find(a.toString(), List.of())).hasMessageContaining("extends itself");
        assertThatThrownBy(() -> Recipes.parse("recipeVersion: 3\nextends: vae\n", "new.yaml", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("version 3")
                .hasMessageContaining("new.yaml");
        assertThatThrownBy(() -> Recipes.parse("extends: \"\\u0000\"\n", "mine.yaml", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there is no recipe and no file");
        assertThatThrownBy(() -> Recipes.parse("extends: vea\n", "mine.yaml", List.of()))
                .hasMessageContaining("vea");
    }

    @Test
    void aRecipeThatExtendsItselfIsRefusedHoweverItsPathIsWritten(@TempDir Path folder) throws IOException {
        Path a = folder.resolve("a.yaml");

        for (String itself : List.of("a.yaml", "./a.yaml", "../" + folder.getFileName() + "/a.yaml")) {
            Files.writeString(a, "extends: " + itself + "\n");
            assertThatThrownBy(() -> Recipes.find(a.toString(), List.of()))
                    .as(itself)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("extends itself");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/2026-11-28T10:00/pics",
                "file:pics",
                "2026",
                "-7",
                "1.5",
                "1.5e3",
                "1e5",
                "1_000",
                "0x1F",
                "1:30",
                ".5",
                ".inf",
                "true",
                "null",
                "~",
                "2026-11-28",
                "a: b #c"
            })
    void aPathAndADescriptionComeBackAsTheyWereWritten(String text) {
        Recipe recipe = Recipes.find(
                "slides", List.of("data.set={kind: images, path: '" + text + "'}", "description='" + text + "'"));
        Recipe again = Recipes.parse(Recipes.write(recipe), "test", List.of());

        assertThat(recipe.data().set())
                .isEqualTo(new ImagesSource(Path.of(text), List.of(), PictureColors.AS_FOUND, 0.1));
        assertThat(again).isEqualTo(recipe);
        assertThat(again.description()).isEqualTo(text);
    }

    @Test
    void whatIsNoPathIsRefusedInOneLine() {
        assertThatThrownBy(() -> Recipes.find("slides", List.of("data.set={kind: npz, path: 2026}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("'2026' does not fit")
                .hasMessageContaining("give a path");
        assertThatThrownBy(() -> Recipes.find("slides", List.of("data.set={kind: npz, path: \"a\\0b\"}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("does not fit (--set data.set=");
    }

    /** Of a plugin, with keys and values that are old spellings elsewhere. */
    public record OwnNetworkSpec(String initialisation, int pixels, Map<String, String> data) implements NetworkSpec {

        @Override
        public Initialization initialization() {
            return Initialization.HE_NORMAL;
        }

        @Override
        public Shape event(Shape stored) {
            return stored;
        }

        @Override
        public Encoder encoder(Shape event) {
            throw new UnsupportedOperationException("this network is only written and read");
        }

        @Override
        public Decoder decoder(Shape event, LikelihoodSpec likelihood, ModelContext context) {
            throw new UnsupportedOperationException("this network is only written and read");
        }

        @Override
        public String title(long dimensions, int latent) {
            return "own";
        }
    }

    /** Makes it known. */
    public static final class OwnKinds implements RecipeParts {

        @Override
        public void register(Registry kinds) {
            kinds.add(NetworkSpec.class, "own", OwnNetworkSpec.class);
        }
    }

    @Test
    void aKindOfAPluginKeepsKeysAndValuesThatAreOldSpellingsElsewhere(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(RecipeParts.class.getName()), OwnKinds.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        String own = "{kind: own, initialisation: grey, pixels: 3, data: {name: gray}}";
        OwnNetworkSpec expected = new OwnNetworkSpec("grey", 3, Map.of("name", "gray"));
        try (URLClassLoader plugin =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(plugin);
            Recipe set = Recipes.find("vae", List.of("model.network=" + own, "model.network.initialisation=grey"));
            Recipe read = Recipes.parse("extends: vae\nmodel: {network: " + own + "}\n", "own.yaml", List.of());

            assertThat(((VaeSpec) set.model()).network()).isEqualTo(expected);
            assertThat(((VaeSpec) read.model()).network()).isEqualTo(expected);
            assertThat(Recipes.parse(Recipes.write(set), "again", List.of())).isEqualTo(set);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gray", "grey", "reparameterised", "as-initialised"})
    void aPathIsNotAnOldSpelling(String path) {
        ImagesSource expected = new ImagesSource(Path.of(path), List.of(), PictureColors.AS_FOUND, 0.1);
        String set = "{kind: images, path: " + path + "}";

        assertThat(Recipes.find("slides", List.of("data.set=" + set)).data().set())
                .isEqualTo(expected);
        assertThat(Recipes.parse("extends: slides\ndata: {set: " + set + "}", "mine.yaml", List.of())
                        .data()
                        .set())
                .isEqualTo(expected);
        assertThat(Recipes.find("slides", List.of("data.set={kind: images, path: x}", "data.set.path=" + path))
                        .data()
                        .set())
                .isEqualTo(expected);
    }

    @Test
    void oldSpellingsStillMeanTheSameOverABaseAndByOverrides() {
        Recipe now = Recipes.find("vae", List.of());
        String old = """
                extends: vae
                data: {pixels: dynamic-binarisation}
                model: {network: {initialisation: fan-in-uniform, outputBias: as-initialised}}
                estimator: reparameterised
                optimiser: {learningRate: 1.0e-3}
                """;

        assertThat(Recipes.parse(old, "old.yaml", List.of())).isEqualTo(now);
        assertThat(Recipes.find(
                        "vae",
                        List.of(
                                "model.network.initialisation=fan-in-uniform",
                                "model.network.outputBias=as-initialised",
                                "estimator.kind=reparameterised",
                                "data={name: mnist, pixels: dynamic-binarisation}",
                                "optimiser={learningRate: 1.0e-3}")))
                .isEqualTo(now);
        assertThat(Recipes.find("vae", List.of("data.pixels=grey", "model.likelihood=grey-cross-entropy")))
                .isEqualTo(
                        Recipes.find("vae", List.of("data.values=as-stored", "model.likelihood=gray-cross-entropy")));
        assertThat(Recipes.find("deep-vae", List.of("model.initialisation=he-normal")))
                .isEqualTo(Recipes.find("deep-vae", List.of("model.initialization=he-normal")));
    }

    @Test
    void theKeysOfTheOneQuantizerThatThereWasStillMeanTheSame() {
        assertThat(Recipes.find(
                        "vq-vae",
                        List.of(
                                "model.codebook.restartAfter=0",
                                "model.codebook.start=uniform",
                                "model.commitment=0.5",
                                "model.gradient=rotation")))
                .isEqualTo(Recipes.find(
                        "vq-vae",
                        List.of(
                                "model.quantizer.codebook.restartAfter=0",
                                "model.quantizer.codebook.start=uniform",
                                "model.quantizer.commitment=0.5",
                                "model.quantizer.gradient=rotation")));
        String old = """
                extends: vae
                model: {kind: vq-vae, channels: [16, 32], residualBlocks: 1, codebook: {count: 128, dimensions: 16},
                  commitment: 0.25, prior: {kind: transformer, width: 64, heads: 4, layers: 2}, likelihood: bernoulli}
                """;
        assertThat(Recipes.parse(old, "old.yaml", List.of()).model())
                .isEqualTo(Recipes.find("vq-vae", List.of()).model());
    }

    @Test
    void oldSpellingsStillMeanTheSame() {
        String old = """
                description: "as it was in 0.1.0"
                data: {name: mnist, pixels: dynamic-binarisation, condition: none}
                model: {kind: vae, latent: 20, network: {kind: dense, hidden: [400], activation: relu,
                  initialisation: fan-in-uniform, outputBias: as-initialised}, posterior: {kind: gaussian},
                  prior: {kind: standard-normal}, likelihood: bernoulli}
                objective: {kind: elbo, beta: 1, samples: 1, warmUp: 0}
                estimator: {kind: reparameterised}
                optimiser: {kind: adam, learningRate: 1.0e-3, schedule: {kind: constant}, beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}
                train: {epochs: 10, batch: 128, figureEpochs: [1, 5, 10], keepCheckpoints: 2}
                """;
        Recipe now = Recipes.find("vae", List.of());

        assertThat(Recipes.parse(old, "old.yaml", List.of()))
                .usingRecursiveComparison()
                .ignoringFields("description")
                .isEqualTo(now);
        assertThat(Recipes.find(
                        "vae",
                        List.of("optimiser.learningRate=0.5", "data.name=mnist", "data.pixels=dynamic-binarisation")))
                .isEqualTo(Recipes.find("vae", List.of("optimizer.learningRate=0.5")));
    }

    /** What a run of today writes is complete; one from before there were programs says nothing of its steps. */
    @Test
    void aRunFromBeforeThereWereProgramsIsEager(@TempDir Path folder) throws IOException {
        Recipe vae = Recipes.find("vae", List.of());
        String today = Recipes.write(vae);
        Path file = folder.resolve("recipe.yaml");
        Files.writeString(file, today);
        assertThat(Recipes.ofRun(file)).isEqualTo(vae);

        Files.writeString(file, today.replaceFirst("(?m)^  step: compiled\n", ""));
        assertThat(Files.readString(file)).isNotEqualTo(today);
        assertThat(Recipes.ofRun(file)).isEqualTo(Recipes.find("vae", List.of("train.step=eager")));
        assertThat(vae.train().step()).isEqualTo(StepKind.COMPILED);
    }
}
