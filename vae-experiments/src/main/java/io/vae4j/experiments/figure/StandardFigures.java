package io.vae4j.experiments.figure;

import java.util.List;

/** The figures that this project brings. */
public final class StandardFigures implements FigureProvider {

    @Override
    public List<Figure> figures() {
        return List.of(new LatentPlane());
    }
}
