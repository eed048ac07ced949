package io.vae4j.experiments.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of options that are one of a few: lower-case words, joined by hyphens, for the constants of an enum. In
 * whatever case they are given, they are taken.
 */
final class Words<E extends Enum<E>> implements ITypeConverter<E> {

    private final Class<E> type;

    private Words(Class<E> type) {
        this.type = type;
    }

    /** Makes all options of a command and of those below it, whose type is an enum, take words. */
    static void teach(CommandLine command) {
        command.getCommandSpec().args().stream()
                .flatMap(argument -> Arrays.stream(argument.auxiliaryTypes()))
                .filter(Class::isEnum)
                .forEach(type -> register(command, type));
        command.getSubcommands().values().forEach(Words::teach);
    }

    /** The type is known at run time alone. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void register(CommandLine command, Class type) {
        command.registerConverter(type, new Words(type));
    }

    @Override
    public E convert(String given) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(given.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of " + String.join(", ", all()) + " but was '" + given + "'"));
    }

    private List<String> all() {
        return Arrays.stream(type.getEnumConstants()).map(Words::word).toList();
    }

    /** The word of a constant. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
