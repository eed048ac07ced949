package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Noise;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Excerpt;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.output.Contents;
import io.vae4j.experiments.output.OutputFile;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.Codes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Examples that are put to a trained model, batch by batch, and a file of its answers. */
public final class BatchInference implements AutoCloseable {

    private final TrainedModel trained;
    private final Examples examples;
    private final Evaluator evaluator;
    private final int count;
    private final long seed;

    private BatchInference(TrainedModel trained, Examples examples, Evaluator evaluator, int count, long seed) {
        this.trained = trained;
        this.examples = examples;
        this.evaluator = evaluator;
        this.count = count;
        this.seed = seed;
    }

    /**
     * Examples for a model.
     *
     * @param trained stays the caller's
     * @param examples in the form of the run's data
     * @param condition the class that all are said to be of; empty for each one's own, or for a model without a
     *     condition
     * @param count how many of them, from the first one on
     * @param seed of the binarization, where there is one: bits are drawn by it and the place of the example alone
     * @throws InvalidInput if a conditional model does not know the class of an example
     */
    public static BatchInference of(
            TrainedModel trained, Examples examples, Optional<Integer> condition, int count, long seed) {
        return of(trained, examples, Excerpt.all(examples.count()), condition, count, seed);
    }

    /**
     * Examples for a model of which others are not at hand, such as some of the rows of a table on a cluster.
     *
     * @param excerpt where these stand among all, from the first one of a batch of {@link Evaluator#BATCH} on
     * @throws InvalidInput as the other one
     */
    public static BatchInference of(
            TrainedModel trained,
            Examples examples,
            Excerpt excerpt,
            Optional<Integer> condition,
            int count,
            long seed) {
        Examples given = trained.view().conditionClasses().isPresent()
                ? new Examples(examples.values(), conditions(trained.view(), examples, condition))
                : examples;
        return new BatchInference(trained, examples, new Evaluator(trained, given, excerpt), count, seed);
    }

    private static Labels conditions(DataView view, Examples examples, Optional<Integer> condition) {
        List<String> classes = view.summary().classes();
        if (condition.isPresent()) {
            int[] same = new int[examples.count()];
            Arrays.fill(same, condition.get());
            return new Labels.Classes(classes, same);
        }
        if (!(examples.labels() instanceof Labels.Classes known)) {
            throw new InvalidInput(
                    "the model is given the class of an example, and these have none",
                    "data",
                    "give data with labels, or --condition with one of " + classes);
        }
        Arrays.stream(known.of()).filter(of -> of >= classes.size()).findFirst().ifPresent(of -> {
            throw new InvalidInput(
                    "the model is given the class of an example, and it knows no class "
                            + known.classNames().get(of),
                    "data",
                    "leave such examples out, or give --condition with one of " + classes);
        });
        return new Labels.Classes(classes, known.of());
    }

    /** The model. */
    public TrainedModel trained() {
        return trained;
    }

    /** How many examples are put to it. */
    public int count() {
        return count;
    }

    /** What is drawn for a batch is chosen by this: by the seed and the place of its first example among all. */
    long noiseKey(ExampleBatch batch) {
        return Noise.key(seed, evaluator.place(batch.from()), 0);
    }

    /** The seed of the binarization. */
    public long seed() {
        return seed;
    }

    /** What is known of the examples, as the data have it. */
    public Labels labels() {
        return examples.labels();
    }

    /**
     * Writes the answers to a question, with what is known of each example, its class or its factors.
     *
     * @param progress told how many examples are done; what it throws ends the work, and nothing is written
     * @return the path
     * @throws InvalidInput if the format cannot hold the answers
     */
    public Path write(Question question, OutputTarget target, DoubleConsumer progress) throws IOException {
        List<Column> columns = new ArrayList<>(question.columns());
        columns.addAll(labelColumns().columns());
        try (OutputFile file = target.open(new Contents(columns, count, question.across()))) {
            each(progress, batch -> append(file, batch, question.answers(batch)));
            return file.commit();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void append(OutputFile file, ExampleBatch batch, Map<String, NDArray> answers) {
        Map<String, NDArray> rows = new HashMap<>(answers);
        if (batch.asked() < batch.count()) {
            rows.replaceAll((name, all) -> all.get(":" + batch.asked()));
        }
        int[] places =
                IntStream.range(batch.from(), batch.from() + batch.asked()).toArray();
        rows.putAll(labelColumns().rows(batch.owner(), places));
        try {
            file.write(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Estimates log p(x) of the examples.
     *
     * @param samples K for each example; discrete codes are certain, so that one is all there is
     * @param progress told how many examples are done
     */
    public LikelihoodEvaluator likelihood(long samples, DoubleConsumer progress) {
        return LikelihoodEvaluator.measure(evaluator, seed, isCertain() ? 1 : samples, count, progress);
    }

    /** Whether latents are discrete codes, so that further samples would only repeat the first. */
    boolean isCertain() {
        return !Codes.in(trained.model()).isEmpty();
    }

    /** What is known of the examples, as columns. */
    LabelColumns labelColumns() {
        return new LabelColumns(labels());
    }

    /**
     * One example as it is among the others, its bits as well where values are made bits.
     *
     * @param owner of the example
     * @param place from 0
     */
    ExampleBatch example(NDManager owner, int place) {
        int from = place / Evaluator.BATCH * Evaluator.BATCH;
        int to = Math.min(from + Evaluator.BATCH, evaluator.count());
        String only = (place - from) + ":" + (place - from + 1);
        Minibatch batch = evaluator.examples(owner, from, to, seed);
        return new ExampleBatch(
                owner,
                new Minibatch(batch.x().get(only), batch.condition().rows(place - from, place - from + 1)),
                place,
                1,
                trained.view().summary().event(),
                share -> {});
    }

    /**
     * Hands out the examples in their order, batch by batch; no gradient is remembered.
     *
     * @param progress told how many examples are done; what it throws ends the work
     */
    public void each(DoubleConsumer progress, Consumer<ExampleBatch> consumer) {
        evaluator.eachBatch(count, seed, portion -> {
            consumer.accept(new ExampleBatch(
                    portion.owner(),
                    portion.data(),
                    portion.from(),
                    portion.to() - portion.from(),
                    trained.view().summary().event(),
                    share -> progress.accept(portion.from() + share * (portion.to() - portion.from()))));
            progress.accept(portion.to());
        });
    }

    @Override
    public void close() {
        evaluator.close();
    }
}
