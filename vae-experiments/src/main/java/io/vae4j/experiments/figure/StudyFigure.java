package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Drawing;
import java.util.List;
import java.util.Optional;

/** A figure that needs no run: it shows something of a small model that it makes itself, on the CPU. */
public interface StudyFigure extends Figure {

    /** Draws it. */
    Drawing draw(FigureOptions options);

    @Override
    default Runs runs() {
        return Runs.NONE;
    }

    @Override
    default Effort effort() {
        return Effort.LONG;
    }

    @Override
    default Optional<String> incompatibility(List<Subject> runs) {
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of("this figure makes its own model and is of no run; leave the run folders away");
    }

    @Override
    default Drawing draw(List<Subject> runs, FigureOptions options) {
        return draw(options);
    }
}
