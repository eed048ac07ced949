package io.vae4j.experiments.cli;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.vae4j.core.NoiseScheme;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.LikelihoodName;
import io.vae4j.experiments.recipe.ModelSpec;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Gathers what a run's manifest says. */
final class Manifests {

    private Manifests() {}

    static Manifest of(String recipe, ImageData data, RunDevice ready, Experiment experiment) throws IOException {
        ModelSpec spec = experiment.recipe().model();
        return new Manifest(
                Version.number(),
                Runtime.version().toString(),
                Engine.getDjlVersion(),
                Engine.getInstance().getVersion(),
                ready.name(),
                ready.reason(),
                JniUtils.getNumThreads(),
                experiment.seed(),
                recipe,
                spec.title(experiment.dimensions()),
                GitRevision.current(),
                Manifest.DataSource.of(data.name(), data.provenance()),
                experiment.dimensions(),
                now(),
                experiment.recipe().likelihoodTitle(),
                experiment.recipe().scale() != LikelihoodName.Scale.RELATIVE,
                experiment.recipe().bitsOffset(),
                Optional.of(NoiseScheme.COUNTED),
                List.of());
    }

    static Manifest.Resumption resumption(RunDevice ready) {
        return new Manifest.Resumption(now(), ready.name(), JniUtils.getNumThreads(), GitRevision.current());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
