package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Splits that are made of those that data were loaded with. Example i is the byte i, of class i modulo 3. */
class SplitsTest {

    private static final List<String> NAMES = List.of("a", "b", "c");

    @Test
    void aValidationShareIsTakenFromTheTrainingExamplesAndAlwaysTheSame() {
        Dataset split = ValidationShare.of(data(), 0.25);
        List<Integer> train = values(split.train());
        List<Integer> held = values(split.validation().orElseThrow());

        assertThat(held).hasSize(15).isSorted().doesNotContainAnyElementsOf(train);
        assertThat(train).hasSize(45);
        assertThat(values(split.test())).isEqualTo(values(data().test()));
        assertThat(held)
                .isEqualTo(values(ValidationShare.of(data(), 0.25).validation().orElseThrow()));
        assertThat(split.origins().get("validation")).isEqualTo(SplitOrigin.shareOfTraining(0.25, 0xCA11));
    }

    @Test
    void dataWithAValidationSplitOfTheirOwnKeepIt() {
        Dataset split = ValidationShare.of(data(), 0.25);

        assertThatThrownBy(() -> ValidationShare.of(split, 0.1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("of their own")
                .hasMessageContaining("leave data.validationShare away");
        assertThatThrownBy(() -> ValidationShare.of(data(), 0.999))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("too few examples to train on");
    }

    @Test
    void aClassThatIsLeftOutIsInNoSplitAndTheOthersKeepTheirNames() {
        Dataset without = WithoutClasses.of(ValidationShare.of(data(), 0.25), List.of("b"));

        assertThat(without.summary().classes()).containsExactly("a", "c");
        for (Examples split : List.of(without.train(), without.validation().orElseThrow(), without.test())) {
            List<Integer> classes = split.labels().numbers().boxed().toList();
            assertThat(values(split)).noneMatch(value -> value % 3 == 1).isNotEmpty();
            assertThat(classes)
                    .isEqualTo(
                            values(split).stream().map(value -> value % 3 / 2).toList());
        }
        assertThat(without.train().count() + without.validation().orElseThrow().count())
                .isEqualTo(40);
    }

    @Test
    void classesThatCannotBeLeftOutAreNamed() {
        Dataset unlabeled = new ArrayDataset(
                "bare",
                new Examples(data().train().values()),
                new Examples(data().test().values()),
                data().provenance());

        assertThatThrownBy(() -> WithoutClasses.of(data(), List.of("d")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there is no class 'd'")
                .hasMessageContaining("[a, b, c]");
        assertThatThrownBy(() -> WithoutClasses.of(data(), NAMES))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("nothing of the train split is left");
        assertThatThrownBy(() -> WithoutClasses.of(unlabeled, List.of("a")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no classes");
    }

    /** The run's examples are read when somebody learns from them. */
    @Test
    void examplesInOnePieceAreHeldOutBesideThoseOfARun() {
        Examples four = new Examples(
                data().test().values().select(0, 1, 2, 3),
                new Labels.Classes(List.of("a", "b", "c", "z"), new int[] {0, 1, 3, 3}));
        List<String> read = new ArrayList<>();
        Dataset whole = new OnePieceDataset("four", four, data().provenance(), () -> {
            read.add("run");
            return data();
        });

        assertThat(values(whole.test())).containsExactly(60, 61, 62, 63);
        assertThat(read).isEmpty();
        assertThat(values(whole.train())).isEqualTo(values(data().train()));
        assertThat(whole.train().labels().classNames()).containsExactly("a", "b", "c", "z");
        assertThat(whole.train().labels().numbers())
                .containsExactlyElementsOf(
                        data().train().labels().numbers().boxed().toList());
        assertThat(whole.summary().classes()).containsExactly("a", "b", "c", "z");
        assertThat(read).hasSize(1);

        Dataset unlabeled =
                new OnePieceDataset("four", new Examples(four.values()), data().provenance(), SplitsTest::data);
        assertThat(unlabeled.summary().classes()).isEmpty();
        assertThat(unlabeled.train().labels().classNames()).containsExactly("a", "b", "c");
    }

    private static Dataset data() {
        return new ArrayDataset("bytes", examples(0, 60), examples(60, 90), new Provenance("here", Map.of()));
    }

    private static Examples examples(int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = from; i < to; i++) {
            bytes[i - from] = (byte) i;
        }
        return new Examples(
                Values.ofBytes(ByteBuffer.wrap(bytes), bytes.length, new Shape(1)),
                new Labels.Classes(
                        NAMES, IntStream.range(from, to).map(i -> i % 3).toArray()));
    }

    private static List<Integer> values(Examples examples) {
        return IntStream.range(0, examples.count())
                .mapToObj(i -> {
                    ByteBuffer row = ByteBuffer.allocate(1);
                    examples.values().read(i, row);
                    return (int) row.get(0);
                })
                .toList();
    }
}
