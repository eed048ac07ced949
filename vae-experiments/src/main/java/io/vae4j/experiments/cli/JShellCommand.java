package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.plugin.Plugins;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts Java's own shell with everything of this project at hand. */
@Command(
        name = "jshell",
        description = {
            "Starts jshell with the class path, plugins, a device and the imports ready.",
            "The variable 'manager' makes arrays on the device. Files that are named run first; end one with /exit to leave."
        },
        mixinStandardHelpOptions = true)
final class JShellCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "files of Java snippets")
    private List<String> files = List.of();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Override
    public Integer call() throws Exception {
        JShellDevice.use(device.ready().device());
        Path startup = startup();
        List<String> arguments = new ArrayList<>(List.of(
                "--execution",
                JShellExecution.NAME,
                "--class-path",
                classPath(Plugins.jars()),
                "--startup",
                "DEFAULT",
                "--startup",
                startup.toString()));
        arguments.addAll(files);
        try {
            JShellExecution.use(Plugins.jars());
            return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
        } catch (NoClassDefFoundError e) {
            throw new InvalidInput(
                    "this Java has no jshell", System.getProperty("java.home", "java"), "start ./vae with a JDK");
        } finally {
            Files.deleteIfExists(startup);
        }
    }

    private static String classPath(List<Path> plugins) {
        return Stream.concat(
                        Stream.of(System.getProperty("java.class.path")),
                        plugins.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path startup() {
        try (InputStream lines = Objects.requireNonNull(JShellCommand.class.getResourceAsStream("startup.jsh"))) {
            Path file = Files.createTempFile("vae4j", ".jsh");
            Files.copy(lines, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("jshell's first lines cannot be written", e);
        }
    }
}
