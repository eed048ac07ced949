package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.CsvProvider.CsvSource;
import io.vae4j.experiments.data.Datasets;
import io.vae4j.experiments.data.FashionMnistProvider.FashionMnistSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --data} names. */
final class DataArgumentTest {

    @TempDir
    private Path folder;

    @Test
    void aKindThatNeedsNoPathIsKnownByItsName() {
        Datasets.Found found = DataArgument.of(Path.of("fashion-mnist"));

        assertThat(found.kind()).isEqualTo("fashion-mnist");
        assertThat(found.source()).isEqualTo(new FashionMnistSource(Optional.empty()));
        assertThat(DataArgument.of(Path.of("toy")).kind()).isEqualTo("toy");
    }

    @Test
    void whatLiesThereComesBeforeAName() throws IOException {
        Path file = Files.writeString(folder.resolve("mnist.csv"), "a,b\n1,2\n");

        assertThat(DataArgument.of(file).kind()).isEqualTo("csv");
    }

    @Test
    void aNameThatIsNoneIsToldWhichThereAre() {
        assertThatThrownBy(() -> DataArgument.of(Path.of("fashion-mnits")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there is no such file or folder, and no data set of this name")
                .hasMessageContaining("did you mean 'fashion-mnist'?")
                .hasMessageContaining("cifar10")
                .hasMessageNotContaining("npz");
    }

    @Test
    void moreMayBeSaidOfTheDataThatAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,species\n1,x\n");
        String data = DataArgument.override(DataArgument.of(file).source());
        List<String> gaussian = List.of("data.values=as-stored", "model.likelihood=gaussian");

        Recipe recipe = Recipes.find("vae", List.of(data, "data.set.labels=species", gaussian.get(0), gaussian.get(1)));

        assertThat(recipe.data().set()).isEqualTo(new CsvSource(file, Optional.of("species"), 0.1));
    }
}
