package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.plugin.Plugins;
import io.vae4j.experiments.run.BuildInfo;
import io.vae4j.experiments.training.StopSignal;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command with its subcommands, and the one place where failures become exit codes and lines. */
@Command(
        name = "vae",
        description = "Trains variational autoencoders and shows what they learned.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VaeCommand.Version.class,
        subcommands = {
            TrainCommand.class,
            SweepCommand.class,
            RecipesCommand.class,
            DoctorCommand.class,
            EvaluateCommand.class,
            SampleCommand.class,
            EncodeCommand.class,
            ReconstructCommand.class,
            ScoreCommand.class,
            InterpolateCommand.class,
            ImputeCommand.class,
            ExportCommand.class,
            FigureCommand.class,
            ClassifyCommand.class,
            ReportCommand.class,
            GradientsCommand.class,
            ExplainCommand.class,
            JShellCommand.class
        })
public final class VaeCommand {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    /** Java takes file names by the locale, and C has no letters beyond those of English. */
    private static final String IN_ANOTHER_LOCALE = "; set LC_ALL=C.UTF-8, or another locale of UTF-8";

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "shows where it happened when something unexpected does")
    private boolean verbose;

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            scope = ScopeType.INHERIT,
            description =
                    "a jar with parts, data sets, metrics or figures of your own; repeatable; also the variable VAE_PLUGINS")
    private List<Path> plugins = List.of();

    private VaeCommand() {}

    /** Runs the command line and returns the exit code. */
    public static int run(String... arguments) {
        VaeCommand vae = new VaeCommand();
        CommandLine line = new CommandLine(vae).addSubcommand("recognise", renamed(new ClassifyCommand()));
        Words.teach(line);
        line.setParameterExceptionHandler((fault, given) -> misused(fault));
        line.setExecutionExceptionHandler((fault, command, parsed) -> vae.failed(fault, command));
        line.setExecutionStrategy(parsed -> vae.executed(parsed, line));
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return WRONG_INPUT;
        }
        return line.execute(arguments);
    }

    /** Loads the plugins, then runs the command. Picocli reports the exceptions of the latter only, and no errors. */
    private int executed(ParseResult parsed, CommandLine line) {
        try {
            Plugins.load(allPlugins());
        } catch (RuntimeException | VirtualMachineError | LinkageError fault) {
            return failed(fault, line);
        }
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (VirtualMachineError | LinkageError fault) {
            return failed(fault, line);
        }
    }

    /** Those of the environment first. */
    private List<Path> allPlugins() {
        String variable = System.getenv().getOrDefault("VAE_PLUGINS", "");
        return Stream.concat(Plugins.listed(variable).stream(), plugins.stream())
                .toList();
    }

    /** A command under the name that it once had, which no help shows. */
    private static CommandLine renamed(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().usageMessage().hidden(true);
        return line;
    }

    private static int misused(ParameterException fault) {
        CommandLine command = fault.getCommandLine();
        String line = oneLine(fault);
        if (line.contains(InvalidPathException.class.getName())) {
            say(command.getErr(), "a path has letters that the locale has not" + IN_ANOTHER_LOCALE);
            return WRONG_INPUT;
        }
        say(command.getErr(), WrongArguments.told(fault, line));
        return WRONG_INPUT;
    }

    private int failed(Throwable fault, CommandLine command) {
        if (fault instanceof StopSignal.Stopped) {
            return DONE; // the signal's own exit code wins: the process is already ending
        }
        Throwable told = blamed(fault);
        say(command.getErr(), oneLine(told));
        if (verbose && !(fault instanceof InvalidInput)) {
            fault.printStackTrace(command.getErr());
        }
        return told instanceof InvalidInput ? WRONG_INPUT : FAILED;
    }

    /**
     * What is missing from a class is missing since somebody compiled against another one: a plugin, if there is any.
     */
    private static Throwable blamed(Throwable fault) {
        boolean missing = fault instanceof IncompatibleClassChangeError || fault instanceof NoClassDefFoundError;
        return missing && !Plugins.jars().isEmpty()
                ? new InvalidInput(
                        "a plugin does not go with this version of vae4j: " + fault,
                        Plugins.jars().toString(),
                        "build it anew against vae4j " + BuildInfo.version())
                : fault;
    }

    private static String oneLine(Throwable fault) {
        return OutOfMemory.told(fault).orElseGet(() -> plain(fault)).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String plain(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        if (fault instanceof NoSuchFileException) {
            message = "no such file: " + message;
        } else if (fault instanceof AccessDeniedException) {
            message = "this may not be read or written: " + message + "; change its permissions";
        } else if (fault instanceof InvalidPathException path) {
            message = "a path has letters that the locale has not: " + path.getInput() + IN_ANOTHER_LOCALE;
        } else if (fault instanceof ExceptionInInitializerError && fault.getCause() != null) {
            message = "a class cannot start: " + fault.getCause() + " (--verbose shows where)";
        } else if (fault.getMessage() == null || isUnexpected(fault)) {
            message = fault.getClass().getSimpleName() + ": " + message + " (--verbose shows where)";
        }
        return message;
    }

    private static boolean isUnexpected(Throwable fault) {
        return fault.getClass().getName().startsWith("java.lang.");
    }

    private static void say(PrintWriter err, String line) {
        err.println("vae: " + line);
        err.flush();
    }

    /** For {@code --version}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"vae4j " + BuildInfo.version()};
        }
    }
}
