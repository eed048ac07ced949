package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Examples that came in one piece, all of them held out, beside those that a run was trained on: what learns from
 * examples must not be measured on the same ones.
 */
public final class OnePieceDataset implements Dataset {

    private final String name;
    private final Examples all;
    private final Provenance provenance;
    private final Supplier<Dataset> trainedOn;
    private Optional<Dataset> read = Optional.empty();

    /**
     * @param all in the form of the run's data, their classes numbered as the run's
     * @param provenance of these and of the run's data
     * @param trainedOn reads the run's data, if anybody asks for them: they may take long, or be gone
     */
    public OnePieceDataset(String name, Examples all, Provenance provenance, Supplier<Dataset> trainedOn) {
        this.name = name;
        this.all = all;
        this.provenance = provenance;
        this.trainedOn = trainedOn;
    }

    private Dataset trainedOn() {
        if (read.isEmpty()) {
            read = Optional.of(trainedOn.get());
        }
        return read.orElseThrow();
    }

    @Override
    public String name() {
        return name;
    }

    /** Those that the run was trained on; where both have classes, their names are those of the examples held out. */
    @Override
    public Examples train() {
        Examples train = trainedOn().train();
        return train.labels() instanceof Labels.Classes known && all.labels() instanceof Labels.Classes held
                ? new Examples(train.values(), new Labels.Classes(held.classNames(), known.of()))
                : train;
    }

    @Override
    public Examples test() {
        return all;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public Optional<TableForm> table() {
        return trainedOn().table();
    }

    /** Classes are those of both, and none where only one has any. */
    @Override
    public DataSummary summary() {
        DataSummary own = trainedOn().summary();
        Support held = all.values().support();
        return new DataSummary(
                own.event(),
                held.compareTo(own.support()) > 0 ? held : own.support(),
                own.classes().isEmpty() ? List.of() : all.labels().classNames(),
                own.table());
    }
}
