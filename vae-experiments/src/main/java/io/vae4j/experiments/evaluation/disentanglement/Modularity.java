package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether each dimension knows of one factor only: the mean over dimensions of {@code 1 - sum_{f != best} I(z_j;v_f)^2
 * / (max_f I(z_j;v_f)^2 (F - 1))}. 1 where no dimension knows of a second factor; a dimension that knows of all alike,
 * or of none, counts 0. That two dimensions know of the same factor costs nothing, nor that a factor is in none of
 * them.
 *
 * <p>Ridgeway and Mozer 2018, section 3, https://arxiv.org/abs/1802.05312; I in 20 bins of one width, and 0 for
 * dimensions that know nothing, as in disentanglement_lib. Of codes that are noise, I is the bias of its estimate:
 * their score is then well above 0.
 */
public final class Modularity implements DisentanglementMetric {

    @Override
    public String title() {
        return "Modularity";
    }

    @Override
    public String paper() {
        return "Ridgeway and Mozer 2018, section 3, https://arxiv.org/abs/1802.05312";
    }

    @Override
    public Optional<String> incompatibility(Representation representation) {
        return Requirements.twoFactors(representation);
    }

    @Override
    public List<Score> scores(Representation representation, long seed) {
        return List.of(new Score("modularity", of(MutualInformation.matrix(representation))));
    }

    /** @param information [D][F] */
    static double of(double[][] information) {
        return Arrays.stream(information)
                .mapToDouble(Modularity::ofDimension)
                .average()
                .orElseThrow();
    }

    private static double ofDimension(double... information) {
        double[] squares = Arrays.stream(information).map(i -> i * i).toArray();
        double largest = Arrays.stream(squares).max().orElseThrow();
        double others = Arrays.stream(squares).sum() - largest;
        return largest > 0 ? 1 - others / (largest * (squares.length - 1)) : 0;
    }
}
