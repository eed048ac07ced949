package io.vae4j.experiments.figure;

import java.util.List;

/** The figures that this project brings. */
public final class StandardFigures implements FigureProvider {

    @Override
    public List<Figure> figures() {
        return List.of(
                new LatentPlane(),
                new Manifold(),
                new Interpolation(),
                new Traversal(),
                new Attributes(),
                new ConditionGrid(),
                new OneClass(),
                new CodeMaps(),
                new LayerResampling(),
                new EpochImages(),
                new BoundBySamples(),
                new BoundedWeights(),
                new LargestWeights(),
                new GradientSignal(),
                new AmortizationGap(),
                new DensityPlane(),
                new ClassProbabilities(),
                new Quantization());
    }
}
