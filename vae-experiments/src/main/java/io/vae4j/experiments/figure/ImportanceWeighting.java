package io.vae4j.experiments.figure;

import io.vae4j.experiments.recipe.Density;
import io.vae4j.models.vq.Codes;
import java.util.Optional;

/** What a run needs for figures that weigh samples of q(z|x) by p(x,z) / q(z|x). */
final class ImportanceWeighting {

    private ImportanceWeighting() {}

    /** Why the samples of a run have no weights worth showing, with the remedy; empty where they have. */
    static Optional<String> incompatibility(Subject run) {
        if (!Codes.in(run.trained().model()).isEmpty()) {
            return Optional.of("all samples of a code are alike, so that their weights say nothing; take a VAE with a"
                    + " density, such as vae");
        }
        return run.trained().card().density() == Density.NONE
                ? Optional.of("an autoencoder has no density q(z|x), so that samples have no weights; take a VAE, such"
                        + " as vae")
                : Optional.empty();
    }

    /** What must be said of a run whose log p(x|z) is not what it seems; empty for a true likelihood. */
    static String caution(Subject run) {
        return run.trained().card().note().map(note -> " (" + note + ")").orElse("");
    }
}
