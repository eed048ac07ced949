package io.vae4j.experiments.cli;

import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.KernelVariables;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** On which device a command computes. */
final class DeviceOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, gpu or gpu:N; default auto")
    private String device = "auto";

    @Option(
            names = "--deterministic",
            description =
                    "on a GPU: what the environment can set for kernels that repeat, see docs/training-controls.md")
    private boolean deterministic;

    /** What the user asks for. */
    DeviceRequest request() {
        return DeviceRequest.parse(device);
    }

    /** The same as it was given. */
    String given() {
        return device;
    }

    /** What another process is told besides. */
    List<String> further() {
        return deterministic ? List.of("--deterministic") : List.of();
    }

    /** The device, with the engine started. */
    RunDevice ready() throws IOException, InterruptedException {
        RunDevice ready = NativeLibraries.prepareFor(request());
        if (deterministic) {
            KernelVariables.ofThisProcess().requireDeterministic(ready);
        }
        return ready;
    }

    /** The model of a run with its latest weights; it belongs to the caller. */
    TrainedModel open(Path run) throws IOException, InterruptedException {
        return open(run, CheckpointChoice.LAST);
    }

    /** The model of a run with the weights that are asked for; it belongs to the caller. */
    TrainedModel open(Path run, CheckpointChoice weights) throws IOException, InterruptedException {
        RunFolder folder = RunFolder.reading(run);
        // what is wrong with the folder is told before the engine starts
        TrainedModel.recipe(folder);
        folder.checkpoints().require(weights);
        TrainedModel model = TrainedModel.load(folder, weights, ready().device());
        model.passedOver().forEach(damage -> new Console(spec).tell("taking an earlier checkpoint, since " + damage));
        return model;
    }
}
