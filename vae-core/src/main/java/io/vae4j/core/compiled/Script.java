package io.vae4j.core.compiled;

import ai.djl.Device;
import io.vae4j.core.torch.TorchProgram;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A trace as TorchScript: what nobody reads is left out, and memory that nobody reads again is written over. */
final class Script {

    /** The name of the argument that holds the numbers that vary. */
    private static final String NUMBERS = "numbers";

    private final Trace trace;
    private final List<Statement> statements;
    private final Lifetimes lifetimes;
    private final Methods methods = new Methods();
    private final List<String> lines = new ArrayList<>();
    private final IdentityHashMap<Value, String> names = new IdentityHashMap<>();
    private final List<String> written = new ArrayList<>();
    private final Numbers numbers;
    /** Whether the first optimizer has taken its step, or left it out. */
    private boolean updated;

    Script(Trace trace, Device device) {
        this.trace = trace;
        numbers = new Numbers(device, lines);
        statements = Sums.ofProducts(needed(trace), trace.outputs());
        lifetimes = new Lifetimes(statements, trace.outputs());
    }

    /** What is read by what changes something or is wanted. */
    private static List<Statement> needed(Trace trace) {
        Set<Value> read = new HashSet<>(trace.outputs());
        List<Statement> kept = new ArrayList<>();
        for (int i = trace.statements().size() - 1; i >= 0; i--) {
            Statement statement = trace.statements().get(i);
            boolean needed = !(statement instanceof Application made)
                    || made.outputs().stream().anyMatch(read::contains);
            if (needed) {
                read.addAll(statement.inputs());
                kept.add(0, statement);
            }
        }
        return kept;
    }

    /** The methods of a program. */
    String source() {
        if (!trace.varying().isEmpty()) {
            lines.add("n = torch.unbind(" + NUMBERS + ")");
        }
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            if (statement instanceof Application made) {
                application(i, made);
            } else if (statement instanceof Update update) {
                update(i, update);
            } else if (statement instanceof Overwrite overwrite) {
                overwrite(overwrite);
            }
        }
        List<String> returned = new ArrayList<>(names(trace.outputs()));
        returned.addAll(written);
        lines.add("return [" + String.join(", ", returned) + "]");
        String body = String.join("\n", lines);
        return methods.source()
                + new TorchScriptCode(parameters(), body).method(TorchProgram.TYPE, "forward", "List[Tensor]");
    }

    /** What the program must hold under {@link Numbers#CONSTANTS}, when its source is there. */
    List<Numbers.Constant> constants() {
        return numbers.constants();
    }

    private String parameters() {
        long arguments = trace.events().stream()
                .filter(event -> event.what() instanceof Event.Met)
                .count();
        StringBuilder parameters = new StringBuilder(NUMBERS);
        for (int i = 0; i < arguments; i++) {
            parameters.append(", a").append(i);
        }
        return parameters.toString();
    }

    private void application(int place, Application made) {
        String results = made.outputs().stream().map(Value::toString).collect(Collectors.joining(", "));
        // TorchScript's parser skips comments; who reads a program wants to see the shapes
        String shapes = made.outputs().stream().map(Script::shape).collect(Collectors.joining(", "));
        lines.add((made.outputs().size() == 1 ? results : results + ",") + " = " + code(place, made) + "  # " + shapes);
        made.outputs().forEach(value -> names.put(value, value.toString()));
    }

    private static String shape(Value value) {
        return Arrays.toString(value.shape().getShape()) + " "
                + value.type().toString().toLowerCase(Locale.ROOT);
    }

    private String code(int place, Application made) {
        if (!(made.expression() instanceof Operation operation)) {
            return made.expression().code(names(made.inputs()), methods);
        }
        if (operation.function().equals("detach")) {
            return name(made.input(0));
        }
        List<Value> inputs = made.inputs();
        if (operation.storage() == Storage.POINTWISE) {
            if (lifetimes.mayOverwrite(place, made, 0)) {
                return operation.inPlace(operands(operation, inputs));
            }
            boolean commutes = Set.of("add", "mul").contains(operation.function());
            if (commutes && lifetimes.mayOverwrite(place, made, 1)) {
                return operation.inPlace(operands(operation, List.of(inputs.get(1), inputs.get(0))));
            }
        }
        return operation.code(operands(operation, inputs), methods);
    }

    /** Operands of an operation, of which the second may be a number. */
    private List<String> operands(Operation operation, List<Value> inputs) {
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Value input = inputs.get(i);
            boolean literal = i == 1
                    && operation.takesNumber()
                    && input.isFixedNumber()
                    && inputs.get(0).type().isFloating();
            operands.add(literal ? numbers.constant(input) : name(input));
        }
        return operands;
    }

    /** The optimizer clips gradients where they are: those that anybody else sees are copied. */
    private void update(int place, Update update) {
        String suffix = String.valueOf(update.number());
        Set<Value> own = new HashSet<>();
        String gradients = update.gradients().stream()
                .map(gradient -> lifetimes.isForOne(place, gradient, own)
                        ? contiguous(gradient)
                        : "torch.clone(" + name(gradient) + ", memory_format=0)")
                .collect(Collectors.joining(", "));
        String guard = "(self.guard" + suffix + ")";
        String result = "u" + suffix;
        List<String> arguments = new ArrayList<>(names(update.numbers()));
        List.of("p", "m", "v").forEach(list -> arguments.add("self." + list + suffix));
        arguments.add("[" + gradients + "]");
        arguments.add("[" + guard + "[0], " + guard + "[1], " + guard + "[2], " + loss(update) + "]");
        lines.add(result + " = " + methods.name(update.code(), 1) + "(" + String.join(", ", arguments) + ")");
        written.add(result);
        updated = true;
    }

    private String contiguous(Value value) {
        boolean already = value.origin() instanceof Application made
                && made.expression() instanceof Operation operation
                && operation.isContiguous();
        return already ? name(value) : "torch.contiguous(" + name(value) + ")";
    }

    /** Where the first optimizer has left out its step, those that come after it do so as well. */
    private String loss(Update update) {
        String loss = name(update.loss());
        return update.number() == 0
                ? loss
                : "torch.where(torch.gt((self.guard0)[0], 0.), float(\"nan\"), " + loss + ")";
    }

    /** A step that was left out leaves everything as it is. */
    private void overwrite(Overwrite overwrite) {
        String target = name(overwrite.target());
        String value = name(overwrite.value());
        if (overwrite.value().type() != overwrite.target().type()) {
            value = "torch.to(" + value + ", "
                    + TorchTypes.code(overwrite.target().type()) + ")";
        }
        String result = "w" + written.size();
        String guarded = updated ? "torch.where(torch.gt((self.guard0)[0], 0.), " + target + ", " + value + ")" : value;
        lines.add(result + " = torch.copy_(" + target + ", " + guarded + ")");
        written.add(result);
    }

    private List<String> names(List<Value> values) {
        return values.stream().map(this::name).toList();
    }

    /** How a value is called; what is given or is a number gets its name when it is first read. */
    private String name(Value value) {
        String known = names.get(value);
        if (known != null) {
            return known;
        }
        String name = value.toString();
        if (value.origin() instanceof Value.Given given) {
            if (given.source() instanceof Value.Argument argument) {
                name = "a" + argument.place();
            } else if (given.source() instanceof Value.Held held) {
                lines.add(name + " = (self." + held.list() + ")[" + held.place() + "]  # " + shape(value));
            }
        } else {
            lines.add(name + " = " + numbers.full(value));
        }
        names.put(value, name);
        return name;
    }
}
