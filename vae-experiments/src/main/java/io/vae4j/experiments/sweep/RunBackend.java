package io.vae4j.experiments.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the runs of a sweep are trained: in processes on this machine, or on others. */
public interface RunBackend extends AutoCloseable {

    /** The places for one run each, for people: {@code CPU}, {@code GPU 1}. */
    List<String> slots();

    /**
     * Trains a run as far as it is to get, and waits for that; from each place one run is asked for at one time. A run
     * that was begun goes on from its latest checkpoint.
     *
     * @param slot index of the place
     */
    End train(Order order, int slot) throws InterruptedException;

    /** Looks at the test examples by a run's last weights, which its folder holds then. */
    Optional<String> evaluate(Order order, SweepSpec.Evaluated how, int slot) throws InterruptedException;

    /**
     * Keeps a file of the sweep where its runs are kept, if that is another place than the sweep's folder, before what
     * it tells is acted upon.
     *
     * @param name relative to the sweep's folder
     * @throws IOException if it cannot be written there
     */
    default void keep(String name, byte[] content) throws IOException {}

    /**
     * Results are in the sweep's folder: brings them into forms of its own, and keeps them where the runs are.
     *
     * @throws IOException if it cannot
     */
    default void published(Path folder) throws IOException {}

    /** Has all runs that are under way pause after the step that they are at; {@link #train} then comes back. */
    void stop();

    @Override
    void close();

    /**
     * What is to be trained.
     *
     * @param name of the run
     * @param recipe the file of its recipe
     * @param sweep the sweep's folder
     * @param until the epoch after which it pauses; empty for its end
     */
    record Order(String name, Path recipe, long seed, Path sweep, Optional<Integer> until) {

        /** The run's folder. */
        public Path folder() {
            return SweepFolder.run(sweep, name);
        }

        /** Where what its processes tell is kept. */
        public Path log() {
            return sweep.resolve("logs").resolve(name + ".log");
        }
    }

    /** How it ended. */
    sealed interface End {

        /** It got as far as it was to get. */
        record Reached() implements End {}

        /** It cannot be trained, for the reason that its process gave. */
        record Failed(String reason) implements End {}

        /** Its process died, which says nothing of the run. */
        record Lost(String how) implements End {}

        /** Somebody asked it to stop. */
        record Stopped() implements End {}
    }
}
