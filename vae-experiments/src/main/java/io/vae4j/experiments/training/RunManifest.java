package io.vae4j.experiments.training;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.KernelVariables;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.plugin.Plugins;
import io.vae4j.experiments.run.BuildInfo;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers what a run's manifest says. */
final class RunManifest {

    private RunManifest() {}

    static Manifest of(TrainingPlan plan, Dataset data, TrainedModel trained, RunDevice device) {
        ModelCard card = trained.card();
        return new Manifest(
                Optional.of(Manifest.FORMAT),
                Optional.of(BuildInfo.version()),
                Optional.of(Runtime.version().toString()),
                Optional.of(Engine.getDjlVersion()),
                Optional.of(Engine.getInstance().getVersion()),
                Optional.of(device.name()),
                Optional.of(device.reason()),
                Optional.of(JniUtils.getNumThreads()),
                Optional.of(plan.randomness().seed()),
                Optional.of(plan.name()),
                Optional.of(card.title()),
                Optional.of(plan.origin()),
                BuildInfo.gitRevision(),
                Optional.of(DataRecord.of(data)),
                Optional.of(data.summary().dimensions()),
                Optional.of(now()),
                Optional.of(card.likelihood()),
                Optional.of(card.isLikelihood()),
                card.bitsOffset(),
                Optional.of(plan.randomness().scheme()),
                Plugins.recorded(plan.text()),
                List.of(),
                Optional.of(0),
                Optional.empty(),
                Optional.of(KernelVariables.ofThisProcess().toString())
                        .filter(known -> device.device().isGpu()),
                Optional.of(plan.train().step().name().toLowerCase(Locale.ROOT)),
                plan.workers().localSgd().map(LocalSgd::recorded));
    }

    /** @param changes what others had changed in the folder */
    static Manifest.Resumption resumption(TrainingPlan plan, RunDevice device, Dataset data, List<String> changes) {
        return new Manifest.Resumption(
                now(),
                device.name(),
                JniUtils.getNumThreads(),
                Optional.of(BuildInfo.version()),
                BuildInfo.gitRevision(),
                Optional.of(DataRecord.of(data)),
                Plugins.present(),
                changes,
                plan.workers().localSgd().map(LocalSgd::recorded));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
