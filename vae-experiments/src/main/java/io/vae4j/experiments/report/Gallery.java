package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections with pictures. */
final class Gallery {

    private Gallery() {}

    /** The originals, and beside them their reconstructions as training went on. */
    static Optional<Markup.Element> reconstructions(Pictures pictures) {
        List<Markup.Element> figures = new ArrayList<>();
        pictures.originals().ifPresent(p -> figures.add(figure("Originals", p.img("The original images"))));
        figures.addAll(epochs(pictures.reconstructions(), "Reconstructions of the same images"));
        return section(
                "Reconstructions", "The same images after passing through the model, as training went on.", figures);
    }

    /** Samples from the prior as training went on. */
    static Optional<Markup.Element> samples(Pictures pictures) {
        return section(
                "Samples",
                "Decoded from one fixed draw of noise: each place shows the same latent after more training, or what a prior"
                        + " that learns makes of the same noise.",
                epochs(pictures.samples(), "Samples from the prior"));
    }

    private static List<Markup.Element> epochs(List<Pictures.Epoch> epochs, String shown) {
        return epochs.stream()
                .map(e -> figure("Epoch " + e.epoch(), e.picture().img(shown + " after epoch " + e.epoch())))
                .toList();
    }

    private static Optional<Markup.Element> section(String heading, String lead, List<Markup.Element> figures) {
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Page.section(heading)
                .add(Markup.element("p", lead).with("class", "lead"))
                .add(Markup.element("div", figures).with("class", "gallery")));
    }

    /** A picture under its caption. */
    static Markup.Element figure(String caption, Markup.Element img) {
        return Markup.element("figure").add(Markup.element("figcaption", caption), img);
    }
}
