package io.vae4j.core.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one part of a model computes, written once for Python and for TorchScript. It is Python with assignments and a
 * {@code return}, of calls that both know: children as {@code self.name(x)}, {@code torch.name}, {@code F.name} for
 * {@code torch.nn.functional}, methods of tensors, and slices. All values are tensors.
 */
public sealed interface PyTorchCode {

    /**
     * One of torch's own layers.
     *
     * @param constructor in Python, such as {@code nn.Linear(784, 400)}; its parameters have the part's names
     * @param value in TorchScript of the input x, such as {@code torch.linear(x, self.weight, self.bias)}
     */
    record Layer(String constructor, String value) implements PyTorchCode {}

    /**
     * Methods over the part's children and parameters.
     *
     * @param all at least one; that which others call is {@code forward}
     */
    record Methods(List<Method> all) implements PyTorchCode {

        public Methods {
            all = List.copyOf(all);
        }

        /** With one more method. */
        public Methods and(String name, String parameters, List<String> lines) {
            List<Method> more = new ArrayList<>(all);
            more.add(new Method(name, parameters, lines));
            return new Methods(more);
        }

        /** Whether some method reads {@code self.name}. */
        boolean reads(String name) {
            Pattern used = Pattern.compile("\\bself\\." + Pattern.quote(name) + "\\b");
            return all.stream()
                    .flatMap(method -> method.lines().stream())
                    .anyMatch(line -> used.matcher(line).find());
        }
    }

    /**
     * A method.
     *
     * @param parameters tensors, separated by commas; none makes it a method of {@code self} alone
     * @param lines the last one returns
     */
    record Method(String name, String parameters, List<String> lines) {

        private static final Pattern CHILD = Pattern.compile("\\bself\\.(\\w+)\\(");

        public Method {
            lines = List.copyOf(lines);
        }

        /** Its lines in Python. */
        Stream<String> python() {
            String all = parameters.isEmpty() ? "self" : "self, " + parameters;
            return Stream.concat(
                    Stream.of("def " + name + "(" + all + "):"), lines.stream().map(line -> "    " + line));
        }

        /**
         * Its lines in the dialect of TorchScript's archives.
         *
         * @param children whose calls are those of their method {@code forward}
         */
        Stream<String> torchScript(String type, Set<String> children) {
            String all = Stream.of(parameters.split(","))
                    .map(String::strip)
                    .filter(parameter -> !parameter.isEmpty())
                    .map(parameter -> ", " + parameter + ": Tensor")
                    .reduce("self: __torch__." + type, String::concat);
            return Stream.concat(
                    Stream.of("def " + name + "(" + all + ") -> Tensor:"),
                    lines.stream().map(line -> "    " + serialized(line, children)));
        }

        private static String serialized(String line, Set<String> children) {
            return CHILD.matcher(line)
                    .replaceAll(call -> Matcher.quoteReplacement(
                            children.contains(call.group(1)) ? "self." + call.group(1) + ".forward(" : call.group()))
                    .replaceAll("\\bF\\.", "torch.");
        }
    }

    /** The method {@code forward}. */
    static Methods forward(String parameters, List<String> lines) {
        return new Methods(List.of(new Method("forward", parameters, lines)));
    }

    /** The method {@code forward} of one line. */
    static Methods returning(String parameters, String value) {
        return forward(parameters, List.of("return " + value));
    }
}
