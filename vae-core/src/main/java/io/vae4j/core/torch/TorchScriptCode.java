package io.vae4j.core.torch;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters and the statements of a function in TorchScript's serialized dialect.
 *
 * @param parameters names separated by commas; one without a type is a tensor
 * @param body statements, one a line, the last of which returns a tensor
 */
public record TorchScriptCode(String parameters, String body) {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final String RETURN = "return ";

    /** The names of the parameters. */
    public List<String> names() {
        return Arrays.stream(COMMA.split(parameters))
                .map(parameter -> parameter.replaceFirst(":.*", "").strip())
                .toList();
    }

    /** Whether all there is to do is one expression. */
    public boolean isExpression() {
        return body.startsWith(RETURN) && body.lines().count() == 1;
    }

    /** What is returned, of a function that {@link #isExpression}. */
    public String expression() {
        return body.substring(RETURN.length());
    }

    /** A method {@code forward} of a class. */
    public String method(String type) {
        return method(type, "forward", "Tensor");
    }

    /**
     * A method of a class.
     *
     * @param returned the type of what it returns
     */
    public String method(String type, String name, String returned) {
        String typed = Arrays.stream(COMMA.split(parameters))
                .map(parameter -> parameter.contains(":") ? parameter.strip() : parameter.strip() + ": Tensor")
                .collect(Collectors.joining(", "));
        String indented = body.lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
        return "  def " + name + "(self: __torch__." + type + ", " + typed + ") -> " + returned + ":\n" + indented;
    }
}
