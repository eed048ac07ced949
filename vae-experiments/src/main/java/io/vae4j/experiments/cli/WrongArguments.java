package io.vae4j.experiments.cli;

import io.vae4j.experiments.Nearest;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody is told whose command line does not fit the command: the name that it may have been meant to have. */
final class WrongArguments {

    private WrongArguments() {}

    /**
     * In a line that ends with where help is.
     *
     * @param line the fault's own message
     */
    static String told(ParameterException fault, String line) {
        CommandSpec command = fault.getCommandLine().getCommandSpec();
        return what(fault, line, command)
                        .replaceAll("is not an? (int|long)\\b", "is not a whole number, or too large a one")
                + "see " + command.qualifiedName() + " --help";
    }

    private static String what(ParameterException fault, String line, CommandSpec command) {
        if (!(fault instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return line + "; ";
        }
        String first = unmatched.getUnmatched().get(0);
        if (first.startsWith("-")) {
            String name = first.split("=", 2)[0];
            return "there is no option '" + name + "'; " + Nearest.hint(name, options(command));
        }
        Collection<String> commands = shown(command);
        return commands.isEmpty()
                ? "there is no place for '" + first + "'; "
                : "there is no command '" + first + "'; " + Nearest.hint(first, commands);
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream().map(option -> option.longestName()).toList();
    }

    private static List<String> shown(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(sub -> !sub.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();
    }
}
