package io.vae4j.experiments.evaluation.disentanglement;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The mutual information gap (MIG): for each factor, how much more the dimension that knows most of it knows than the
 * second. {@code 1/F sum_f (I(z_j(f); v_f) - max_{j != j(f)} I(z_j; v_f)) / H(v_f)}, {@code j(f) = argmax_j I(z_j;
 * v_f)}: 1 where each factor is in one dimension alone, 0 where every factor is in two of them alike, or in none.
 *
 * <p>Chen et al. 2018, eq. 6, https://arxiv.org/abs/1802.04942. The paper estimates I with samples of q(z|x); here, as
 * in disentanglement_lib, it is that of the means, in 20 bins of one width.
 */
public final class MutualInformationGap implements DisentanglementMetric {

    @Override
    public String title() {
        return "MIG";
    }

    @Override
    public String paper() {
        return "Chen et al. 2018, eq. 6, https://arxiv.org/abs/1802.04942";
    }

    @Override
    public Optional<String> incompatibility(Representation representation) {
        return Requirements.twoDimensions(representation);
    }

    @Override
    public List<Score> scores(Representation representation, long seed) {
        double[][] information = MutualInformation.matrix(representation);
        double mean = IntStream.range(0, representation.factorCount())
                .mapToDouble(f -> Gap.ofColumn(information, f) / MutualInformation.entropy(representation.factor(f)))
                .average()
                .orElseThrow();
        return List.of(new Score("mig", mean));
    }
}
