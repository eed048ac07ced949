package io.vae4j.experiments.cli;

import ai.djl.engine.EngineException;
import io.vae4j.experiments.Bytes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is said where memory did not suffice: Java's own, or that of PyTorch's arrays, which is outside of it. */
final class OutOfMemory {

    private static final long GIBIBYTE = 1L << 30;

    /** PyTorch on a CPU. */
    private static final Pattern CPU =
            Pattern.compile("DefaultCPUAllocator: .*?you tried to allocate (\\d{1,20}) bytes", Pattern.DOTALL);

    /** PyTorch on a GPU, in its own units. */
    private static final Pattern GPU = Pattern.compile("out of memory\\. Tried to allocate ([\\d.]+ [A-Za-z]+)");

    private OutOfMemory() {}

    /** In one line, with the remedy; empty for other faults. */
    static Optional<String> told(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .flatMap(cause -> one(cause).stream())
                .findFirst();
    }

    private static Optional<String> one(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        if (fault instanceof OutOfMemoryError) {
            long more = Math.max(8, 2 * (Runtime.getRuntime().maxMemory() / GIBIBYTE));
            return Optional.of(
                    "Java ran out of memory (" + message + "); give it more, as by VAE_JAVA_OPTS=-Xmx" + more + "g");
        }
        return fault instanceof EngineException ? ofPyTorch(message) : Optional.empty();
    }

    private static Optional<String> ofPyTorch(String message) {
        Matcher cpu = CPU.matcher(message);
        if (cpu.find()) {
            return Optional.of(ofArrays(Bytes.readable(Double.parseDouble(cpu.group(1)))));
        }
        Matcher gpu = GPU.matcher(message);
        if (gpu.find()) {
            return Optional.of(ofArrays(gpu.group(1)));
        }
        boolean bare = message.contains("bad_alloc") || message.contains("bad allocation");
        return bare ? Optional.of(ofArrays("more")) : Optional.empty();
    }

    private static String ofArrays(String wanted) {
        return "PyTorch ran out of memory, which -Xmx does not bound, when it wanted " + wanted
                + "; free some, or ask for less at a time: a smaller train.batch, or train.accumulate, or fewer"
                + " --samples or --examples";
    }
}
