package io.vae4j.experiments.cli;

import io.vae4j.experiments.export.ModelExport;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a trained model for PyTorch. */
@Command(
        name = "export",
        description = {
            "Writes a run's model for PyTorch; it needs the run folder alone.",
            "weights.safetensors; model.py, which loads them and encodes, decodes and reconstructs; example.npz, by which"
                    + " 'python model.py' checks that it computes what vae4j does; decoder.pt, the decoder as TorchScript,"
                    + " from z to the mean of p(x|z). A model with a part whose PyTorch code is not known is refused. The"
                    + " last line on standard output is the path of model.py."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", description = "where the files go; default RUN/export")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the examples in example.npz; default 0")
    private long seed;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = out.orElse(run.path().resolve("export"));
        OptionChecks.folder(folder);
        try (TrainedModel trained = run.open()) {
            Path written = ModelExport.of(trained, run.path().toString()).write(folder, seed);
            new Console(spec).answer(written.toString());
        }
        return 0;
    }
}
