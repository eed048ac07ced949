package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.Mnist;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.Diagnosis;
import io.vae4j.experiments.device.Doctor;
import io.vae4j.experiments.run.BuildInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a run would find on this machine. */
@Command(
        name = "doctor",
        description =
                "Examines Java, DJL, PyTorch, the device, caches, data and disk; exit code 1 if training cannot work.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N; default ${DEFAULT-VALUE}")
    private String device = "auto";

    @Override
    public Integer call() throws IOException {
        Path cache = CacheFolder.ofProcess().path();
        Optional<String> data = Mnist.cached(cache).map(found -> found.name() + " in the cache, checksums right");
        Diagnosis diagnosis = new Doctor(DeviceRequest.parse(device), cache, Path.of(""), data).examine();
        spec.commandLine().getOut().println("vae4j " + BuildInfo.version());
        spec.commandLine().getOut().println(diagnosis.text().stripTrailing());
        spec.commandLine().getOut().flush();
        return diagnosis.exitStatus();
    }
}
