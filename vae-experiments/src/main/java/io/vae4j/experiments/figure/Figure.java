package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Drawing;
import java.util.List;
import java.util.Optional;

/** Something to be seen in trained runs, such as where a model puts the codes of each class. */
public interface Figure {

    /** Its name on the command line and in files, such as {@code latent-plane}. */
    String name();

    /** What it shows, in one line for a list. */
    String summary();

    /** How long it takes: what is quick is drawn at the end of every training that it applies to. */
    Effort effort();

    /** Of how many runs it is drawn. */
    default Runs runs() {
        return Runs.ONE_OR_MORE;
    }

    /** Why it cannot be drawn of these runs, with the remedy; empty where it can. */
    Optional<String> incompatibility(List<Subject> runs);

    /**
     * Draws it.
     *
     * @param runs as many as {@link #runs} says, of which {@link #incompatibility} has nothing to say
     */
    Drawing draw(List<Subject> runs, FigureOptions options);

    /** Of how many runs a figure is drawn. */
    enum Runs {
        /** Of none: it has a small model of its own. */
        NONE,
        /** Of any number but none. */
        ONE_OR_MORE
    }

    /** How long a figure takes on a CPU. */
    enum Effort {
        /** Some seconds. */
        QUICK,
        /** More, so that people ask for it. */
        LONG
    }
}
