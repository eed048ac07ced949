package io.vae4j.core.compiled;

import io.vae4j.core.torch.TorchFunction;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of TorchScript that are a single call of an operation whose gradient is known. */
final class Functions {

    /** One call, with settings that are numbers, truth values and lists of them. */
    private static final Pattern CALL = Pattern.compile("torch\\.(\\w+)\\((\\w+)((?:, [-\\w.\\[\\], ]+)?)\\)");

    private static final Pattern NONE = Pattern.compile("");
    private static final Pattern NEVER = Pattern.compile("(?!)");
    /** Functions whose rules are right for these settings. */
    private static final Map<String, Pattern> KNOWN = Map.ofEntries(
            Map.entry("exp", NONE),
            Map.entry("log", NONE),
            Map.entry("neg", NONE),
            Map.entry("sqrt", NONE),
            Map.entry("square", NONE),
            Map.entry("abs", NONE),
            Map.entry("tanh", NONE),
            Map.entry("sigmoid", NONE),
            Map.entry("relu", NONE),
            Map.entry("softplus", Pattern.compile(", [-\\d.]+, [-\\d.]+")),
            Map.entry("logsumexp", Pattern.compile(", \\[-?\\d+]")));

    private Functions() {}

    /** The operation of one array that a function is, or is where its gradient is wanted. */
    static Optional<Operation> simple(TorchFunction function) {
        String parameters = function.code().parameters();
        return function.derivative()
                .filter(derivative -> derivative.kept().size() == 1)
                .map(derivative -> new TorchScriptCode(
                        parameters,
                        derivative.body().replace("return [", "return ").replaceAll("]$", "")))
                .or(() -> Optional.of(function.code()))
                .flatMap(Functions::simple);
    }

    /**
     * Refuses a function that writes into what it is given: nobody would know that it must run.
     *
     * @throws Untraceable if it does
     */
    static void requirePure(TorchScriptCode code) {
        for (String name : code.names()) {
            if (Pattern.compile(
                            "\\w_\\((torch\\.(detach|reshape|view|transpose|permute|t|squeeze|unsqueeze|slice|select|expand)\\()*"
                                    + name + "\\b|out=" + name + "\\b")
                    .matcher(code.body())
                    .find()) {
                throw new Untraceable("a function writes into its argument " + name);
            }
        }
    }

    private static Optional<Operation> simple(TorchScriptCode code) {
        if (!code.isExpression() || code.names().size() != 1) {
            return Optional.empty();
        }
        Matcher call = CALL.matcher(code.expression());
        boolean fits = call.matches()
                && call.group(2).equals(code.names().get(0))
                && KNOWN.getOrDefault(call.group(1), NEVER)
                        .matcher(call.group(3))
                        .matches();
        return fits ? Optional.of(Operation.of(call.group(1), "$0" + call.group(3))) : Optional.empty();
    }
}
