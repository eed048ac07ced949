package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a source gives to put to a trained model, where the source says nothing of it. */
final class AskedExamplesTest {

    private final List<String> said = new ArrayList<>();
    private final DataAccess access = new DataAccess(DataAccess.standard().cache(), Optional.empty(), said::add);

    @Test
    void theTestSplitIsPutToTheModelAndNothingIsMissing() {
        IncompleteExamples asked = source("a", "b").incomplete(access, form("a", "b"));

        assertThat(TinySet.pixels(asked.examples())).containsExactly(7, 8, 9, 10);
        assertThat(TinySet.labels(asked.examples())).containsExactly(0, 1);
        assertThat(asked.isComplete()).isTrue();
        assertThat(said).isEmpty();
    }

    @Test
    void classesAreNumberedAsInTheRunByTheirNames() {
        Examples asked = source("b", "c").asked(access, form("a", "b", "c"));

        assertThat(asked.labels().classNames()).containsExactly("a", "b", "c");
        assertThat(TinySet.labels(asked)).containsExactly(1, 2);
        assertThat(said).isEmpty();
    }

    @Test
    void aClassThatTheRunDoesNotKnowComesBehindItsOwnAndIsTold() {
        Examples asked = source("z", "b").asked(access, form("a", "b"));

        assertThat(asked.labels().classNames()).containsExactly("a", "b", "z");
        assertThat(TinySet.labels(asked)).containsExactly(2, 1);
        assertThat(said).containsExactly("the run knows no class z, only a, b");
    }

    @Test
    void classesAreKeptWhereTheRunHasNone() {
        assertThat(source("a", "b").asked(access, form()).labels().classNames()).containsExactly("a", "b");
    }

    @Test
    void anotherShapeIsRefused() {
        DataSummary form = new DataSummary(new Shape(1, 2, 2), Support.BYTE_LEVELS, List.of());

        assertThatThrownBy(() -> source("a", "b").asked(access, form))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("examples have shape (2) and the run was trained on (1, 2, 2) (given);"
                        + " give data of the run's shape");
    }

    @Test
    void whatEitherOfTwoSaysIsMissing() {
        Missing second = example -> Missing.where(2, element -> example == 1 && element == 1);
        Missing first = example -> Missing.where(2, element -> element == 0);
        IncompleteExamples examples = new IncompleteExamples(examples("a", "b"), second.or(first));

        assertThat(examples.missing().of(0).stream()).containsExactly(0);
        assertThat(examples.missing().of(1).stream()).containsExactly(0, 1);
        assertThat(examples.isComplete()).isFalse();
        assertThat(new IncompleteExamples(examples("a", "b"), second).isComplete())
                .isFalse();
    }

    private static DataSummary form(String... classes) {
        return new DataSummary(new Shape(2), Support.BYTE_LEVELS, List.of(classes));
    }

    private static DatasetSource source(String... classes) {
        return access ->
                new ArrayDataset("given", examples(classes), examples(classes), new Provenance("here", Map.of()));
    }

    private static Examples examples(String... classes) {
        Values values = Values.ofBytes(ByteBuffer.wrap(new byte[] {7, 8, 9, 10}), 2, new Shape(2));
        return new Examples(values, new Labels.Classes(List.of(classes), new int[] {0, 1}));
    }
}
