package io.vae4j.experiments.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.export.NotExportable;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchModule;
import io.vae4j.core.torch.TorchScriptArchive;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.evaluation.Samples.Drawn;
import io.vae4j.experiments.run.TensorFile;
import io.vae4j.experiments.training.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A trained model for PyTorch: its weights, a Python file, a check, and its decoder as TorchScript. */
public final class ModelExport {

    /** In example.npz. */
    private static final int EXAMPLES = 16;

    private final TrainedModel trained;
    private final PyTorchModule model;

    private ModelExport(TrainedModel trained, PyTorchModule model) {
        this.trained = trained;
        this.model = model;
    }

    /**
     * What is to be written of a model.
     *
     * @param where names it in messages
     * @throws InvalidInput naming the part of it whose PyTorch code is not known
     */
    public static ModelExport of(TrainedModel trained, String where) {
        PyTorchInputs inputs = trained.view().conditionClasses().isPresent()
                ? PyTorchInputs.EXAMPLES_AND_CONDITION
                : PyTorchInputs.EXAMPLES;
        try {
            return new ModelExport(trained, PyTorchModule.of(trained.model(), inputs));
        } catch (NotExportable e) {
            throw new InvalidInput(
                    "its " + e.part() + " cannot be exported: what it computes in PyTorch is not known",
                    where,
                    "export a model of dense or convolutional networks with one layer of latents, or let that part be a"
                            + " PyTorchSource");
        }
    }

    /**
     * Writes weights.safetensors, model.py, example.npz and decoder.pt, once all are there to be written: model.py is
     * never beside weights that are not its own.
     *
     * @param seed of the examples, which are drawn from the model
     * @return the path of model.py
     */
    public Path write(Path folder, long seed) throws IOException {
        Path code = folder.resolve("model.py");
        Map<Path, byte[]> files = new LinkedHashMap<>();
        files.put(folder.resolve("weights.safetensors"), TensorFile.encode(ModelState.tensors(trained.model())));
        files.put(folder.resolve("decoder.pt"), TorchScriptArchive.of(decoder().torchScript()));
        files.put(folder.resolve("example.npz"), example(seed));
        files.put(code, new PythonFile(trained, model).text().getBytes(StandardCharsets.UTF_8));
        AtomicFiles.replaceTogether(files, code);
        return code;
    }

    private PyTorchModule decoder() {
        return Objects.requireNonNull(
                model.children().get("decoder"), "a model that can be exported decodes by its child 'decoder'");
    }

    /** x and, where there is one, the condition c, z at the center of q(z|x,c), and the mean of p(x|z,c). */
    private byte[] example(long seed) throws IOException {
        try (NDManager owner = trained.newManager()) {
            Drawn drawn = new Samples(trained, seed, Optional.empty()).draw(owner, EXAMPLES);
            NDArray x = drawn.samples();
            NDList arrays = new NDList(named("x", x));
            Condition condition = Condition.none();
            if (drawn.classes().isPresent()) {
                int classes = trained.view().conditionClasses().orElseThrow();
                NDArray oneHot = drawn.classes().get().oneHot(classes, DataType.FLOAT32);
                condition = Condition.given(oneHot);
                arrays.add(named("c", oneHot));
            }
            arrays.add(named("z", trained.encode(x, condition)));
            arrays.add(named("mean", trained.reconstruct(x, condition)));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            arrays.encode(bytes, NDList.Encoding.NPZ);
            return bytes.toByteArray();
        }
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }
}
