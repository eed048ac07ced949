package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.ImagePanel;
import io.vae4j.experiments.drawing.ImageTiles;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

/** Small runs, and what figures draw of them. */
final class SmallRuns {

    private SmallRuns() {}

    static Subject trained(Path home, String name, Recipe recipe, Dataset data) throws IOException {
        Path folder = home.resolve(name);
        try (TrainingSession session = Small.session(recipe, data, 0)) {
            session.run(folder);
        }
        RunFolder run = RunFolder.reading(folder);
        return new Subject(run, TrainedModel.load(run, Device.cpu()), () -> data);
    }

    static void close(Subject run) {
        run.close();
        run.trained().close();
    }

    /** The images of a panel as its picture has them, to 1/255. */
    static ImageTiles images(Path home, ImagePanel panel, Shape event) throws IOException {
        Path file = home.resolve("panel.png");
        panel.grid().write(file);
        return ImageTiles.read(file, event).orElseThrow();
    }

    static FigureOptions chosen(Integer... places) {
        FigureOptions none = FigureOptions.defaults();
        return new FigureOptions(
                none.seed(), OptionalInt.empty(), OptionalInt.empty(), List.of(places), none.condition());
    }

    /** Drawn twice, with equal bytes, in files that open. */
    static void assertSameWhenDrawnAgain(Figure figure, Subject run) throws Exception {
        assertThat(figure.incompatibility(List.of(run))).as(figure.name()).isEmpty();
        Drawing once = figure.draw(List.of(run), FigureOptions.defaults());
        Drawing again = figure.draw(List.of(run), FigureOptions.defaults());

        assertThat(again.svg()).as(figure.name()).isEqualTo(once.svg());
        assertThat(again.caption()).isEqualTo(once.caption()).endsWith(".");
        assertThat(ImageIO.read(new ByteArrayInputStream(once.png()))).isNotNull();
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        byte[] svg = once.svg().getBytes(StandardCharsets.UTF_8);
        assertThat(parsers.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }
}
