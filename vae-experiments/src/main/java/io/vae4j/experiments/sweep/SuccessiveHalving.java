package io.vae4j.experiments.sweep;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import io.vae4j.experiments.sweep.Standings.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asynchronous successive halving (ASHA): all settings are trained a little, the best share of them further, the best
 * of these still further. Nobody waits for the others of a rung: whoever has room promotes the best that may be
 * promoted by what is known then, from the highest rung downwards, or else begins a new setting. Li et al. 2020,
 * algorithm 2.
 *
 * <p>The rungs end after {@code minEpochs * reduction^k} epochs and after the run's last; of those that have reached a
 * rung, {@code 1 / reduction} is promoted.
 *
 * @param settings how many are tried, or all where there are fewer
 * @param minEpochs of each
 * @param reduction eta of the paper
 * @param seed of the draws
 */
@Example("{kind: asha, settings: 5, reduction: 2}")
record SuccessiveHalving(
        @Within("[1, 1e5]") int settings,
        @Default("1") @Within("[1, 1e6]") int minEpochs,
        @Default("3") @Within("[2, 100]") int reduction,
        @Default("0") long seed)
        implements SearchSpec {

    SuccessiveHalving {
        Searches.requireSettings(settings);
        if (minEpochs < 1) {
            throw new InvalidInput("minEpochs is " + minEpochs, SweepFile.VALUES, "give 1 or more");
        }
        if (reduction < 2) {
            throw new InvalidInput("reduction is " + reduction, SweepFile.VALUES, "give 2 or more");
        }
    }

    @Override
    public Optional<Decision> next(Space space, Standings standings) {
        List<Integer> rungs = rungs(standings.epochs());
        for (int rung = rungs.size() - 2; rung >= 0; rung--) {
            Optional<Standing> promoted = promotable(standings, rungs.get(rung));
            if (promoted.isPresent()) {
                return Optional.of(new Decision.GoOn(promoted.get().index(), until(rungs, rung + 1)));
            }
        }
        return Searches.drawn(space, standings, settings, seed)
                .map(values -> new Decision.Begin(values, until(rungs, 0)));
    }

    /** The epochs at which the rungs end, rising. */
    List<Integer> rungs(int epochs) {
        List<Integer> rungs = new ArrayList<>();
        for (long epoch = minEpochs; epoch < epochs; epoch *= reduction) {
            rungs.add((int) epoch);
        }
        rungs.add(epochs);
        return rungs;
    }

    private static Optional<Integer> until(List<Integer> rungs, int rung) {
        return rung == rungs.size() - 1 ? Optional.empty() : Optional.of(rungs.get(rung));
    }

    /** The best of those that have reached a rung and are among the best share of it, and were not promoted. */
    private Optional<Standing> promotable(Standings standings, int epoch) {
        List<Standing> there = standings.settings().stream()
                .filter(standing -> standing.loss(epoch).isPresent())
                .sorted(Comparator.comparingDouble(
                        standing -> standing.loss(epoch).orElseThrow()))
                .toList();
        return there.stream()
                .limit(there.size() / reduction)
                .filter(standing -> Double.isFinite(standing.loss(epoch).orElseThrow()))
                .filter(standing -> standing.until().equals(Optional.of(epoch)))
                .findFirst();
    }

    @Override
    public OptionalInt settings(Space space) {
        return Searches.atMost(space, settings);
    }

    @Override
    public void check(Space space, int epochs) {
        if (minEpochs >= epochs) {
            throw new InvalidInput(
                    "minEpochs is " + minEpochs + " of " + epochs + " epochs, so that nothing is stopped early",
                    SweepFile.VALUES,
                    "give fewer, or set train.epochs higher");
        }
        if (space.dimensions().containsKey("train.epochs")) {
            throw new InvalidInput(
                    "train.epochs varies, and halving decides itself how far a run gets",
                    SweepFile.VALUES,
                    "take it out of vary, and set it once");
        }
    }
}
