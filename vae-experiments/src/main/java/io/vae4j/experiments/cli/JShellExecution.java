package io.vae4j.experiments.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControl.EngineTerminationException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs the snippets of {@code ./vae jshell} in this very process, in which the engine runs. Java's own local execution
 * would do, but it gives the class path to the compiler only, so that a plugin's classes would be known and not found.
 */
public final class JShellExecution implements ExecutionControlProvider {

    /** What jshell's option {@code --execution} calls it. */
    static final String NAME = "vae4j";

    private static List<Path> plugins = List.of();

    /** For the shell's ServiceLoader. */
    public JShellExecution() {}

    static void use(List<Path> jars) {
        plugins = jars;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters)
            throws EngineTerminationException, InternalException {
        LocalExecutionControl local = new LocalExecutionControl();
        for (Path jar : plugins) {
            local.addToClasspath(jar.toString());
        }
        return local;
    }
}
