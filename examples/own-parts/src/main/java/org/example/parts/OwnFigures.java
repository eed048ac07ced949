package org.example.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.figure.Figure;
import io.vae4j.experiments.figure.FigureOptions;
import io.vae4j.experiments.figure.FigureProvider;
import io.vae4j.experiments.figure.RunFigure;
import io.vae4j.experiments.figure.Subject;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A figure of one's own: the mean absolute code in each latent dimension. */
public final class OwnFigures implements FigureProvider {

    @Override
    public List<Figure> figures() {
        return List.of(new CodeSizes());
    }

    private static final class CodeSizes implements RunFigure {

        @Override
        public String name() {
            return "code-sizes";
        }

        @Override
        public String summary() {
            return "How far from zero the codes lie in each latent dimension";
        }

        @Override
        public Effort effort() {
            return Effort.QUICK;
        }

        @Override
        public Optional<String> incompatibility(Subject run) {
            return Optional.empty();
        }

        @Override
        public Part part(Subject run, FigureOptions options) {
            List<BarChart.Bar> bars = new ArrayList<>();
            try (NDManager scratch = run.trained().newManager()) {
                int count = Math.min(options.examples().orElse(500), run.count());
                Minibatch shown = run.examples(scratch, 0, count, options.seed());
                NDArray codes = run.trained().encode(shown.x(), shown.condition()).reshape(count, -1);
                float[] sizes = codes.abs().mean(new int[] {0}).toFloatArray();
                for (int i = 0; i < sizes.length; i++) {
                    bars.add(new BarChart.Bar(Integer.toString(i), sizes[i]));
                }
            }
            BarChart chart = new BarChart(run.name(), Axis.linear("mean |z|"), Ink.TEST, bars);
            return new Part(List.of(chart), "Mean sizes of " + bars.size() + " latent dimensions.");
        }
    }
}
