package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Bad input gets one message with the value, what was expected and the remedy. */
class CheckedTest extends EngineTest {

    @Test
    void grayTargetsUnderBernoulliAreRefused() {
        Bernoulli bits = new Bernoulli(row(0, 1, 2), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.target(bits, array(0, 0.35, 1).reshape(1, 3)))
                .withMessageContainingAll("element 1", "0.35", "expected 0 or 1", "binarize", "GrayCrossEntropy");
        assertThat(Checked.target(new GrayCrossEntropy(bits), array(0, 0.35, 1).reshape(1, 3)))
                .isNotNull();
    }

    @Test
    void aWrongNumberOfClassesIsRefusedAtOnce() {
        Categorical classes = new Categorical(row(0, 1, 2), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.logProb(array(1, 0, 0, 0).reshape(1, 4)))
                .withMessageContainingAll("(1, 4)", "Categorical", "(3)", "for classes, their number");
    }

    @Test
    void aVectorThatIsNotOneHotIsRefused() {
        Categorical classes = new Categorical(row(0, 1), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.target(classes, array(0, 1, 1, 1).reshape(2, 2)))
                .withMessageContainingAll("row 1", "2 ones", "Categorical.oneHot");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.target(classes, array(0.5, 0.5).reshape(1, 2)))
                .withMessageContaining("0.5");
    }

    @Test
    void pixelsOffTheLevelsAndNumbersOffTheIntervalAreRefused() {
        NDArray dithered = array(0.5).reshape(1, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Support.BYTE_LEVELS.check(dithered))
                .withMessageContainingAll("0.5", "1/255", "divide bytes by 255");
        Support.UNIT_INTERVAL.check(dithered);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Support.UNIT_INTERVAL.check(array(128)))
                .withMessageContainingAll("128.0", "from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Support.REAL.check(array(0, Double.NaN)))
                .withMessageContainingAll("element 1", "NaN");
    }

    @Test
    void levelsInSinglePrecisionAreLevels() {
        NDArray bytes = manager.arange(0, 256, 1, DataType.FLOAT32);

        Support.BYTE_LEVELS.check(bytes.div(bytes.max()));
        assertThat(bytes.getShape()).isEqualTo(new Shape(256));
    }

    @Test
    void eachSupportContainsTheOnesBeforeIt() {
        assertThat(Support.REAL.covers(Support.UNIT_INTERVAL)).isTrue();
        assertThat(Support.UNIT_INTERVAL.covers(Support.BYTE_LEVELS)).isTrue();
        assertThat(Support.BYTE_LEVELS.covers(Support.BINARY)).isTrue();
        assertThat(Support.BINARY.covers(Support.ONE_HOT)).isTrue();
        assertThat(Support.BINARY.covers(Support.BINARY)).isTrue();
        assertThat(Support.BINARY.covers(Support.BYTE_LEVELS)).isFalse();
        assertThat(Support.UNIT_INTERVAL.covers(Support.REAL)).isFalse();
    }

    @Test
    void aParameterOutOfRangeNamesItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(new DiagonalNormal(row(0, 0), row(1, 55), 1)))
                .withMessageContainingAll("element 1 of logScale", "55.0", "-40.0 to 40.0", "boundedLogScale");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(new Laplace(row(Double.NaN), row(1), 1)))
                .withMessageContainingAll("element 0 of loc", "NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(new Bernoulli(row(0, Double.POSITIVE_INFINITY), 1)))
                .withMessageContainingAll("element 1 of logits", "Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(new DiscretizedLogistic(row(0), row(-41), 1)))
                .withMessageContainingAll("logScale", "-41.0");
    }

    @Test
    void aParameterOfAPartNamesThePart() {
        DiagonalNormal components =
                new DiagonalNormal(array(0, 0).reshape(1, 1, 2, 1), array(0, 99).reshape(1, 1, 2, 1), 1);
        Mixture mixture = new Mixture(row(0, 0), components);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(Independent.of(mixture, 0)))
                .withMessageContainingAll("element 1 of components.logScale is 99.0");
    }

    @Test
    void parametersInRangePass() {
        Laplace good = new Laplace(row(0), row(40), 1);

        assertThat(Checked.parameters(good)).isSameAs(good);
    }

    @Test
    void constructorsNameShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Laplace(row(0, 0), row(0), 1))
                .withMessageContainingAll("loc", "(1, 1, 2)", "logScale", "(1, 1, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bernoulli(array(0, 1), 1))
                .withMessageContainingAll("logits", "(2)", "expandDims");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Categorical(row(0, 1), 0))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Independent.of(new Bernoulli(row(0, 1), 0), 2))
                .withMessageContainingAll("2 axes", "0 to 1");
    }

    @Test
    void everyFamilyWithTwoParametersWantsThemAlikeAndWithAxesForSamplesAndExamples() {
        NDArray flat = array(0, 1);

        for (BiFunction<NDArray, NDArray, Distribution> family : List.<BiFunction<NDArray, NDArray, Distribution>>of(
                (loc, logScale) -> new DiagonalNormal(loc, logScale, 1),
                (loc, logScale) -> new Laplace(loc, logScale, 1),
                (loc, logScale) -> new DiscretizedLogistic(loc, logScale, 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> family.apply(flat, flat))
                    .withMessageContainingAll("loc has shape (2)", "event rank is 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> family.apply(row(0, 0), row(0)))
                    .withMessageContainingAll("logScale (1, 1, 1)", "equal shapes");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContinuousBernoulli(flat, 1))
                .withMessageContaining("logits has shape (2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mixture(flat, new Bernoulli(row(0, 1), 0)))
                .withMessageContaining("logits has shape (2)");
    }

    @Test
    void categoricalLogitsWantAxesForSamplesAndExamplesAndFiniteNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Categorical(array(0, 1), 1))
                .withMessageContaining("logits has shape (2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(new Categorical(row(0, Double.NaN), 1)))
                .withMessageContaining("element 1 of logits is NaN");
    }

    @Test
    void independentCopiesRefuseAValueForFewerCopies() {
        Distribution two = Independent.of(new Bernoulli(manager.zeros(new Shape(1, 1, 2, 3)), 1), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.logProb(array(0, 1, 0).reshape(1, 1, 3)))
                .withMessageContainingAll("(1, 1, 3)", "(2, 3)");
    }

    @Test
    void differentiableCopiesNeedAxesToStandAlong() {
        DiagonalNormal one = new DiagonalNormal(row(0, 0), row(0, 0), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Independent.of(one, 1))
                .withMessageContainingAll("1 axes", "0 to 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Independent.of(one, -1))
                .withMessageContaining("-1 axes");
    }

    @Test
    void aTargetOfAnotherShapeIsRefusedBeforeItsValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.target(new Bernoulli(row(0, 1), 1), array(5).reshape(1, 1)))
                .withMessageContainingAll("(1, 1)", "(2)");
    }

    @Test
    void aMixtureRefusesAValueOfAnotherShape() {
        Mixture mixture = new Mixture(row(0, 0), new Bernoulli(manager.zeros(new Shape(1, 1, 2, 3)), 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mixture.logProb(array(1).reshape(1, 1)))
                .withMessageContainingAll("(1, 1)", "Mixture", "(3)");
    }

    @Test
    void aMixturesWeightsAreChecked() {
        Mixture mixture = new Mixture(row(0, Double.NaN), new Bernoulli(manager.zeros(new Shape(1, 1, 2, 3)), 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(mixture))
                .withMessageContaining("element 1 of logits is NaN");
    }

    @Test
    void mixtureLogitsMustFitTheComponents() {
        Bernoulli three = new Bernoulli(manager.zeros(new Shape(1, 1, 3, 2)), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mixture(row(0, 0), three))
                .withMessageContainingAll("(1, 1, 2)", "(1, 1, 3, 2)", "broadcast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mixture(manager.zeros(new Shape(1, 5, 3)), three))
                .withMessageContaining("(1, 5, 3)");
    }

    @Test
    void aValueOfAnotherShapeIsNotBroadcastIntoTheEvent() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Bernoulli(row(0, 1, 2), 1).logProb(array(0, 1).reshape(2, 1)))
                .withMessageContainingAll("(2, 1)", "Bernoulli", "(3)", "reshape");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bernoulli(row(0, 1, 2), 1).logProb(array(0, 1, 1)))
                .withMessageContaining("[B, ...event]");
    }

    private NDArray row(double... values) {
        return array(values).reshape(1, 1, values.length);
    }
}
