package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.TractablePrior;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The Java classes of docs/write-your-own-model.md, compiled as a reader would.
 *
 * @param sources by the classes' names
 */
record GuideExamples(Map<String, String> sources, URLClassLoader loader) implements AutoCloseable {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final Path GUIDE = Path.of("..", "docs", "write-your-own-model.md");
    private static final Pattern NAME = Pattern.compile("public (?:final class|record) (\\w+)");

    /** @param folder takes sources and classes */
    static GuideExamples compiled(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (MatchResult block :
                BLOCK.matcher(Files.readString(GUIDE)).results().toList()) {
            sources.put(nameOf(block.group(1)), block.group(1));
        }
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-Xlint:all,-path", "-Werror", "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(errors).isZero();
        return new GuideExamples(
                sources, new URLClassLoader(new URL[] {folder.toUri().toURL()}));
    }

    private static String nameOf(String source) {
        return NAME.matcher(source).results().findFirst().orElseThrow().group(1);
    }

    Posterior laplacePosterior(long dimensions) {
        return (Posterior) make("LaplacePosterior", dimensions, START);
    }

    TractablePrior laplacePrior(long dimensions) {
        return (TractablePrior) make("LaplacePrior", dimensions);
    }

    Family<?> continuousBernoulli(long pixels) {
        return (Family<?>) make("ContinuousBernoulliPixels", new Shape(pixels), new Head.Dense(START));
    }

    /** Over vectors; the parameters have one shape, [K or 1, B or 1, D]. */
    LocationScale logistic(NDArray loc, NDArray logScale) {
        return (LocationScale) make("Logistic", loc, logScale, 1);
    }

    /** With 3 pixels of 10 hidden, and a Gaussian posterior. */
    LatentModel denoising(Decoder decoder, long dimensions) {
        Encoder encoder = new Mlp(List.of(8), Activation.TANH, START);
        Posterior posterior = new Gaussian(dimensions, START);
        return (LatentModel)
                make("DenoisingVae", encoder, posterior, decoder, new StandardNormalPrior(dimensions), 0.3);
    }

    /** The loss of the last batch. */
    float train(LatentModel model, NDManager manager, NDArray x, int steps, int batchSize) {
        return (float) call("Training", "train", model, manager, x, steps, batchSize);
    }

    private Object make(String name, Object... arguments) {
        try {
            return loader.loadClass(name).getConstructors()[0].newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the guide's example cannot be made", e);
        }
    }

    private Object call(String name, String method, Object... arguments) {
        try {
            Method called = Stream.of(loader.loadClass(name).getMethods())
                    .filter(candidate -> candidate.getName().equals(method))
                    .findFirst()
                    .orElseThrow();
            return called.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the guide's example cannot be called", e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
