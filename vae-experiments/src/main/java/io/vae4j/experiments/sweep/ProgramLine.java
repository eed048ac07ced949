package io.vae4j.experiments.sweep;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How this program is started as another process.
 *
 * @param options of Java, such as {@code -Xmx2g}
 * @param classPath as Java takes it
 */
public record ProgramLine(List<String> options, String classPath) {

    /** What a process has for itself: a debugger's port, an agent, a terminal, a number of threads. */
    private static final List<String> OWN =
            List.of("-agentlib:", "-javaagent:", "-Dvae4j.terminal", "-Dai.djl.pytorch.num_threads");

    /** Copies the options. */
    public ProgramLine {
        options = List.copyOf(options);
    }

    /** As this process was started. */
    static ProgramLine ofThisProcess() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> OWN.stream().noneMatch(option::startsWith))
                .toList();
        return new ProgramLine(options, System.getProperty("java.class.path"));
    }

    /** The whole line, for a process that ends when whoever holds its standard input does. */
    List<String> with(int threads, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of(
                "-Dvae4j.supervised=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-cp",
                classPath,
                "io.vae4j.experiments.Main"));
        return Stream.concat(line.stream(), arguments.stream()).toList();
    }
}
