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

    /** Why it cannot be drawn of these runs, with the remedy; empty where it can. */
    Optional<String> incompatibility(List<Subject> runs);

    /**
     * Draws it.
     *
     * @param runs one or more, of which {@link #incompatibility} has nothing to say
     */
    Drawing draw(List<Subject> runs, FigureOptions options);

    /** How long a figure takes on a CPU. */
    enum Effort {
        /** Some seconds. */
        QUICK,
        /** More, so that people ask for it. */
        LONG
    }
}
