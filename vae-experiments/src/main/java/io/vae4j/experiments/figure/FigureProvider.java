package io.vae4j.experiments.figure;

import java.util.List;

/** Brings figures; found by Java's ServiceLoader, in this project and in plugins. */
public interface FigureProvider {

    /** The figures, in the order in which lists and reports show them. */
    List<Figure> figures();
}
