package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import io.vae4j.core.compiled.Compiler;
import io.vae4j.core.compiled.Outcome;
import io.vae4j.core.compiled.Run;
import io.vae4j.core.compiled.Session;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {

    private static final TorchFunction DIGAMMA = TorchFunction.of("x", "torch.digamma(x)");
    private static final TorchFunction FINITE = TorchFunction.of("x", "torch.to(torch.isfinite(x), 7)");
    private static final TorchFunction WRITES = TorchFunction.of("x", "torch.mul_(x, 2.)");

    private final NDManager manager = NDManager.newBaseManager();
    private final Compiler compiler = new Compiler(manager, List.of(), List.of());

    @AfterEach
    void close() {
        compiler.close();
        manager.close();
    }

    /** A function of two arrays, and the shapes of these. */
    private record Case(String name, Shape x, Shape y, BiFunction<NDArray, NDArray, NDArray> function) {

        @Override
        public String toString() {
            return name + " of " + x + " and " + y;
        }
    }

    private static Case of(String name, BiFunction<NDArray, NDArray, NDArray> function) {
        return new Case(name, new Shape(2, 3), new Shape(2, 3), function);
    }

    private static Case of(String name, Shape x, Shape y, BiFunction<NDArray, NDArray, NDArray> function) {
        return new Case(name, x, y, function);
    }

    static Stream<Case> cases() {
        Shape matrix = new Shape(2, 3);
        Shape row = new Shape(3);
        Shape column = new Shape(2, 1);
        Shape one = new Shape(1, 1);
        return Stream.of(
                of("sum", NDArray::add),
                of("sum, broadcast", matrix, row, NDArray::add),
                of("sum, broadcast the other way", row, matrix, NDArray::add),
                of("difference with a column", matrix, column, NDArray::sub),
                of("difference of a row and a column", row, column, NDArray::sub),
                of("product", NDArray::mul),
                of("product with itself", (x, y) -> x.mul(x).add(y)),
                of("product with one number", matrix, one, NDArray::mul),
                of("product of a row and a column", row, column, NDArray::mul),
                of("quotient", NDArray::div),
                of("quotient by a column", matrix, column, NDArray::div),
                of("quotient of a row", row, matrix, NDArray::div),
                of("numbers", (x, y) -> Ops.shift(Ops.scale(x, -2.5), 0.3).mul(y)),
                of(
                        "numbers one after the other",
                        (x, y) -> Ops.scale(Ops.scale(x.mul(y), 3), -0.5).exp()),
                of("negative", (x, y) -> x.neg().mul(y)),
                of("absolute value", (x, y) -> x.sub(y).abs()),
                of("exponential", (x, y) -> x.exp().mul(y)),
                of("logarithm", (x, y) -> x.log().mul(y)),
                of("root", (x, y) -> x.sqrt().mul(y)),
                of("square", (x, y) -> x.square().mul(y)),
                of("tanh", (x, y) -> Aten.tanh(x).mul(y.tanh())),
                of("sigmoid", (x, y) -> Activation.sigmoid(x).mul(y)),
                of("relu", (x, y) -> Activation.relu(x.sub(y))),
                of("leaky relu", (x, y) -> Activation.leakyRelu(x.sub(y), 0.2f)),
                of("gelu", (x, y) -> Activation.gelu(x.sub(y))),
                of("softplus", (x, y) -> Ops.softplus(x.sub(y))),
                of("maximum", (x, y) -> x.maximum(y)),
                of("minimum", (x, y) -> x.minimum(y)),
                of("clip", (x, y) -> x.clip(0.5, 1).mul(y)),
                of("choice", (x, y) -> NDArrays.where(x.lt(y), x.square(), y.exp())),
                of("sum of all", (x, y) -> x.mul(y).sum()),
                of("sum over an axis", (x, y) -> x.mul(y).sum(new int[] {0})),
                of("sum over the last axis, kept", (x, y) -> x.mul(y).sum(new int[] {-1}, true)),
                of("sum over an axis of length 1", matrix, column, (x, y) -> x.mul(y.sum(new int[] {1}, true))),
                of("mean of all", (x, y) -> x.mul(y).mean()),
                of("mean over an axis", (x, y) -> x.mul(y).mean(new int[] {1}).exp()),
                of(
                        "not differentiated",
                        (x, y) -> x.mul(WithoutGradient.compute(() -> y.mul(x).sum()))),
                of(
                        "mean of a sum with a column",
                        matrix,
                        column,
                        (x, y) -> x.add(y).mean()),
                of(
                        "sum of a difference from a column",
                        matrix,
                        column,
                        (x, y) -> x.sub(y).sum()),
                of(
                        "a view of its own shape, not differentiated",
                        (x, y) -> x.mul(WithoutGradient.compute(() -> y.reshape(y.getShape())))),
                of(
                        "a mean over an axis of length 1, not differentiated",
                        matrix,
                        column,
                        (x, y) -> x.mul(WithoutGradient.compute(() -> y.mean(new int[] {1}, true)))),
                of("of numbers with no gradient", (x, y) -> x.mul(FINITE.apply(y))),
                of("tiled", (x, y) -> x.tile(2).square()),
                of("log of a sum of exponentials", (x, y) -> Ops.logSumExp(x.mul(y), 0)),
                of("softmax", (x, y) -> x.softmax(1).mul(y)),
                of("log softmax", (x, y) -> x.logSoftmax(0).mul(y)),
                of("running sum", (x, y) -> x.cumSum(1).mul(y)),
                of("another shape", matrix, new Shape(6), (x, y) -> x.reshape(6).mul(y)),
                of(
                        "another shape and back",
                        (x, y) -> x.reshape(3, 2).exp().reshape(2, 3).mul(y)),
                of("more axes", (x, y) -> x.expandDims(0).mul(y.expandDims(1))),
                of(
                        "fewer axes",
                        matrix,
                        column,
                        (x, y) -> y.squeeze(1).expandDims(1).mul(x)),
                of(
                        "broadcast",
                        matrix,
                        row,
                        (x, y) -> y.broadcast(new Shape(2, 3)).exp().mul(x)),
                of("transposed", (x, y) -> x.transpose().exp().mul(y.transpose(1, 0))),
                of("swapped axes", (x, y) -> x.swapAxes(0, 1).mul(y.swapAxes(0, 1))),
                of("slice", (x, y) -> x.get(":, 1:").mul(y.get(":, :2"))),
                of("place", (x, y) -> x.get(":, 1").mul(y.get("0, 2"))),
                of("parts", (x, y) -> {
                    NDList parts = x.mul(y).split(new long[] {1}, 1);
                    return parts.get(1).mul(parts.get(0));
                }),
                of("side by side", (x, y) -> x.concat(y, 1).square()),
                of(
                        "stacked",
                        (x, y) -> NDArrays.stack(new NDList(x, y.exp(), x)).square()),
                of("product of matrices", matrix, new Shape(3, 2), NDArray::matMul),
                of(
                        "sum of products of matrices",
                        matrix,
                        new Shape(3, 2),
                        (x, y) -> x.matMul(y).add(x.exp().matMul(y.square()))),
                of("product of many matrices", new Shape(2, 2, 3), new Shape(3, 2), NDArray::matMul),
                of(
                        "dense layer",
                        new Shape(2, 2, 3),
                        new Shape(4, 3),
                        (x, w) -> Aten.linear(x, w, w.sum(new int[] {1}))),
                of("rows of a table", (x, y) -> Aten.rows(x.argMax(1), y.mul(x).transpose())),
                of(
                        "cholesky",
                        (x, y) -> Aten.cholesky(Aten.diagonalMatrix(x.get("0"))).matMul(y.transpose())),
                of(
                        "log-likelihood of bits",
                        new Shape(2, 1, 3),
                        new Shape(2, 1, 3),
                        (x, y) -> Aten.bitLogLikelihood(x, y.gt(1).toType(DataType.FLOAT64, false))),
                of(
                        "log-likelihood of logits for all",
                        new Shape(1, 1, 3),
                        new Shape(2, 1, 3),
                        (x, y) -> Aten.bitLogLikelihood(x, y.gt(1).toType(DataType.FLOAT64, false))),
                of(
                        "log-likelihood of levels",
                        new Shape(2, 1, 3),
                        new Shape(2, 1, 3),
                        (x, y) -> Aten.grayLogLikelihood(x, y.sub(y.floor()))),
                of("function of the bridge", (x, y) -> DIGAMMA.apply(x).mul(y)),
                of("constant", (x, y) -> x.stopGradient().mul(y).add(x.exp().stopGradient())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aProgramHasTheGradientsThatTorchFinds(Case function) {
        NDArray x = positive(function.x(), 1);
        NDArray y = positive(function.y(), 2);
        List<double[]> expected = eager(function, x, y);
        // the second run follows what the first one recorded
        for (int run = 0; run < 2; run++) {
            List<double[]> found = compiled(function, x, y);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-12));
            }
        }
        assertThat(compiler.sources()).hasSize(1);
    }

    /** Added to a product that nobody else reads, and kept as it is where somebody does. */
    @Test
    void aProductIsAddedInOneCallUnlessItIsReadElsewhere() {
        NDArray x = positive(new Shape(2, 2), 1);
        NDArray y = positive(new Shape(2, 2), 2);
        Case once = of("", (one, other) -> one.exp().add(one.matMul(other)));
        Case twice = of("", (one, other) -> {
            NDArray product = one.matMul(other);
            return one.exp().add(product).mul(product);
        });

        assertAgrees(once, x, y);
        assertThat(compiler.sources().get(0)).contains("torch.addmm").doesNotContain("torch.add_(");
        assertAgrees(twice, x, y);
        assertThat(compiler.sources().get(0)).containsAnyOf("torch.add(", "torch.add_(");
    }

    private void assertAgrees(Case function, NDArray x, NDArray y) {
        List<double[]> expected = eager(function, x, y);
        List<double[]> found = compiled(function, x, y);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-12));
        }
    }

    /** A kernel that writes over what it multiplies has wrong numbers, as soon as the matrices are large. */
    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void aMatrixThatIsMultipliedIsNotWrittenOver(int size) {
        NDArray x = Ops.scale(positive(new Shape(size, size), 1), 1.0 / size);
        NDArray expected = Ops.scale(x, 0.5);
        expected = expected.add(expected.matMul(expected));
        UnaryOperator<NDArray> function = symbolic -> {
            NDArray half = Ops.scale(symbolic, 0.5);
            return half.add(half.matMul(half));
        };

        assertThat(applied(function, x)).containsExactly(expected.toDoubleArray(), within(1e-12));
    }

    @Test
    void whatDiffersInANumberAloneIsCompiledOnceMore() {
        NDArray x = positive(new Shape(2), 1);
        NDArray y = positive(new Shape(2), 2);
        for (int i = 0; i < 5; i++) {
            double factor = i;
            Case scaled = of("", (one, other) -> Ops.scale(one, factor).add(other));
            List<double[]> expected = eager(scaled, x, y);
            assertThat(compiled(scaled, x, y).get(1)).containsExactly(expected.get(1), within(1e-12));
        }
        assertThat(compiler.sources()).hasSize(2);
    }

    @Test
    void whatDiffersOtherwiseIsAnotherProgramAndBothAreKept() {
        NDArray x = positive(new Shape(2), 1);
        NDArray y = positive(new Shape(2), 2);
        for (int i = 0; i < 6; i++) {
            boolean even = i % 2 == 0;
            Case chosen = of("", (one, other) -> even ? one.exp().mul(other) : one.mul(other));
            List<double[]> expected = eager(chosen, x, y);
            assertThat(compiled(chosen, x, y).get(1)).containsExactly(expected.get(1), within(1e-12));
        }
        assertThat(compiler.sources()).hasSize(2);
    }

    /** If each program were tried by a toss of its own, the one that was used last would win. */
    @Test
    void aCoinThatIsTossedInJavaIsTossedOnceAStep() {
        Random coin = new Random(7);
        NDArray x = positive(new Shape(2), 1);
        double first = x.toDoubleArray()[0];
        int heads = 0;
        for (int i = 0; i < 900; i++) {
            double[] found = applied(
                    one -> coin.nextInt(3) == 0 ? one.exp().square() : one.exp().neg(), x);
            heads += found[0] > first ? 1 : 0;
        }

        assertThat(heads).isCloseTo(300, within(3 * 15));
        assertThat(compiler.sources()).hasSizeLessThan(8);
    }

    @Test
    void aProgramThatIsTheBeginningOfAnotherIsFoundAsWell() {
        NDArray x = positive(new Shape(2, 3), 1);
        NDArray y = positive(new Shape(2, 3), 2);
        Case longer = of("", (one, other) -> one.mul(Ops.scale(other, 2)).exp().mul(one));
        Case other =
                of("", (one, another) -> one.mul(Ops.scale(another, 2)).exp().add(another.mul(one)));
        for (int i = 0; i < 6; i++) {
            assertAgrees(i % 2 == 0 ? longer : other, x, y);
        }
        assertThat(compiler.sources()).hasSize(2);
    }

    @Test
    void anArrayThatIsClosedTooEarlyIsTold() {
        for (int run = 0; run < 2; run++) {
            assertThat(refusal(x -> {
                        try (NDArray own = manager.create(new double[] {1, 2})) {
                            return x.mul(own);
                        }
                    }))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("make it by the batch of the pass"));
        }
    }

    @Test
    void arithmeticWithPlainNumbersIsToldWithTheRemedy() {
        assertThat(refusal(x -> x.mul(1.5)).orElseThrow()).contains("use Ops.scale", "CompilerTest");
        assertThat(refusal(x -> x.add(1)).orElseThrow()).contains("use Ops.shift");
    }

    @Test
    void whatDiffersInEachStepIsNoProgramInTheEnd() {
        Optional<String> reason = Optional.empty();
        for (int i = 0; i < 40; i++) {
            int most = i;
            reason = refusal(x -> x.clip(-1, most));
        }
        assertThat(reason.orElseThrow()).isEqualTo("what is done differs from step to step: 32 programs were made");
    }

    @Test
    void whatIsDifferentiatedNoMoreIsAnotherProgram() {
        Case passing = of("square", (x, y) -> x.mul(y.square()));
        Case stopped = of("constant square", (x, y) -> x.mul(WithoutGradient.compute(y::square)));
        NDArray x = positive(new Shape(2, 3), 1);
        NDArray y = positive(new Shape(2, 3), 2);

        for (Case function : List.of(passing, stopped, passing)) {
            assertThat(compiled(function, x, y).get(2))
                    .isEqualTo(eager(function, x, y).get(2));
        }
        assertThat(compiler.sources()).hasSize(2);
    }

    @Test
    void whereShapesAreNewEachTimeNoMoreProgramsAreMadeInTheEnd() {
        Optional<String> reason = Optional.empty();
        for (int length = 1; length <= 129; length++) {
            assertThat(reason).isEmpty();
            reason = refusal(length, NDArray::square);
        }
        assertThat(reason.orElseThrow()).isEqualTo("shapes differ from one time to the next: 128 programs were made");
        assertThat(compiler.sources()).hasSize(16);
    }

    /** Not by torch's own gradients, as the others. */
    @Test
    void aGradientIsThatOfFiniteDifferences() {
        Case function = of(
                "rules together",
                (x, y) -> x.mul(y)
                        .tanh()
                        .add(x.div(y.square()).exp())
                        .logSoftmax(1)
                        .mul(y.log())
                        .sum(new int[] {0})
                        .neg()
                        .sqrt());
        NDArray x = positive(new Shape(2, 3), 1);
        NDArray y = positive(new Shape(2, 3), 2).neg().exp();
        double[] gradient = compiled(function, x, y).get(1);
        double step = 1e-6;

        for (int i = 0; i < gradient.length; i++) {
            double above = valueAt(function, x, y, i, step);
            double below = valueAt(function, x, y, i, -step);
            assertThat(gradient[i]).as("element " + i).isCloseTo((above - below) / (2 * step), within(1e-6));
        }
    }

    private double valueAt(Case function, NDArray x, NDArray y, int element, double by) {
        double[] moved = x.toDoubleArray();
        moved[element] += by;
        return weighed(function.function().apply(manager.create(moved, x.getShape()), y))
                .toDoubleArray()[0];
    }

    @Test
    void theLikelihoodOfLogitsThatSaturateASigmoidIsFinite() {
        NDArray logits = manager.create(new double[] {-100, 100, -100, 100}, new Shape(1, 1, 4));
        NDArray bits = manager.create(new double[] {1, 0, 0, 1}, new Shape(1, 1, 4));
        Case likelihood = new Case(
                "likelihood", logits.getShape(), bits.getShape(), (l, x) -> Aten.bitLogLikelihood(l, x.stopGradient()));
        List<double[]> found = compiled(likelihood, logits, bits);

        assertThat(found.get(0)[0] / found.get(1)[0])
                .as("its value by its slope of 1")
                .isCloseTo(-200, within(1e-9));
        assertThat(found.get(1)[1] / found.get(1)[0]).isCloseTo(-1, within(1e-9));
    }

    @Test
    void aPartThatReadsANumberIsNamed() {
        assertThat(refusal(x -> Ops.scale(x, x.sum().toDoubleArray()[0])).orElseThrow())
                .contains("is read on the host")
                .contains("in io.vae4j.core.CompilerTest.");
    }

    @Test
    void anOperationThatIsNotKnownIsNamed() {
        assertThat(refusal(NDArray::erfinv).orElseThrow()).contains("erfinv").contains("CompilerTest");
    }

    @Test
    void aFunctionThatWritesIntoItsArgumentIsRefused() {
        assertThat(refusal(WRITES::apply).orElseThrow()).contains("writes into its argument x");
    }

    @Test
    void aProductIsOfWhatItsOperandsWereThen() {
        NDArray x = positive(new Shape(2, 2), 1);
        NDArray weight = positive(new Shape(2, 2), 2);
        double[] expected = x.exp().add(x.matMul(weight)).toDoubleArray();
        try (Compiler holding = new Compiler(manager, List.of(), List.of(weight))) {
            Outcome<NDArray> outcome = holding.run(new Run("key", manager, x, Noise.zero()), session -> {
                NDArray given = session.given(x);
                NDArray product = given.matMul(session.given(weight));
                Aten.overwrite(session.given(weight), given.exp());
                NDArray sum = given.exp().add(product);
                session.keep(sum);
                return sum;
            });

            NDArray sum = Session.known(((Outcome.Done<NDArray>) outcome).result());
            assertThat(sum.toDoubleArray()).containsExactly(expected, within(1e-12));
            assertThat(weight.toDoubleArray()).containsExactly(x.exp().toDoubleArray(), within(1e-12));
        }
    }

    private Optional<String> refusal(UnaryOperator<NDArray> function) {
        return refusal(2, function);
    }

    private Optional<String> refusal(int length, UnaryOperator<NDArray> function) {
        Outcome<NDArray> outcome = outcome(function, positive(new Shape(length), 1));
        return outcome instanceof Outcome.Refused<NDArray> refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    private Outcome<NDArray> outcome(UnaryOperator<NDArray> function, NDArray x) {
        Run run = new Run(x.getShape(), x.getManager(), x, Noise.zero());
        return compiler.run(run, session -> {
            NDArray made = function.apply(session.given(x));
            session.keep(made);
            return made;
        });
    }

    /** What comes out, with no gradient. */
    private double[] applied(UnaryOperator<NDArray> function, NDArray x) {
        Outcome<NDArray> outcome = outcome(function, x);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return Session.known(((Outcome.Done<NDArray>) outcome).result()).toDoubleArray();
    }

    /** The sum of what comes out, weighed so that all numbers count differently, and both gradients. */
    private List<double[]> compiled(Case function, NDArray x, NDArray y) {
        Run run = new Run("key", x.getManager(), x, Noise.zero());
        Outcome<List<NDArray>> outcome = compiler.run(run, session -> {
            NDArray one = session.given(x);
            NDArray other = session.given(y);
            one.setRequiresGradient(true);
            other.setRequiresGradient(true);
            NDArray value = weighed(function.function().apply(one, other));
            session.tape().backward(value);
            List<NDArray> results = List.of(value, one.getGradient(), other.getGradient());
            results.forEach(session::keep);
            return results;
        });
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        List<double[]> numbers = new ArrayList<>();
        for (NDArray result : ((Outcome.Done<List<NDArray>>) outcome).result()) {
            numbers.add(result.toDoubleArray());
        }
        return numbers;
    }

    private static List<double[]> eager(Case function, NDArray x, NDArray y) {
        NDArray one = x.duplicate();
        NDArray other = y.duplicate();
        one.setRequiresGradient(true);
        other.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray value = weighed(function.function().apply(one, other));
            tape.backward(value);
            return List.of(value.toDoubleArray(), gradient(one), gradient(other));
        }
    }

    /** Zeros where backward did not come by: DJL then shows an array of no elements. */
    private static double[] gradient(NDArray leaf) {
        NDArray gradient = leaf.getGradient();
        return gradient.size() == leaf.size()
                ? gradient.toType(DataType.FLOAT64, true).toDoubleArray()
                : new double[(int) leaf.size()];
    }

    private static NDArray weighed(NDArray values) {
        NDArray each = values.reshape(-1);
        NDArray weights =
                each.getManager().arange(1f, (float) each.size() + 1, 1f).toType(DataType.FLOAT64, false);
        return weights.mul(each).sum();
    }

    /** Between 0.3 and 2.3, no two alike. */
    private NDArray positive(Shape shape, int seed) {
        double[] numbers = new double[(int) shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 1.3 + Math.sin(seed * 3.7 + i * 1.9);
        }
        try (NDArray made = manager.create(numbers, shape)) {
            return made.duplicate();
        }
    }
}
