package io.vae4j.benchmarks;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What torch did while something ran, by its own profiler: the calls that compute, each of which is one kernel, or a
 * few, on a GPU. What only describes memory (views, allocations) is left out, and so is what only calls others.
 *
 * @param kernels in the order of their beginnings
 */
record Profile(List<Kernel> kernels) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Calls that start no kernel: they make or describe arrays, or are names of what calls others. */
    private static final Set<String> WEIGHTLESS = Set.of(
            "_reshape_alias",
            "_unsafe_view",
            "alias",
            "as_strided",
            "as_strided_",
            "broadcast_tensors",
            "chunk",
            "conj",
            "contiguous",
            "detach",
            "detach_",
            "empty",
            "empty_like",
            "empty_strided",
            "expand",
            "expand_as",
            "flatten",
            "lift_fresh",
            "narrow",
            "permute",
            "reshape",
            "resize_",
            "resolve_conj",
            "resolve_neg",
            "result_type",
            "select",
            "slice",
            "split",
            "squeeze",
            "t",
            "to",
            "transpose",
            "type_as",
            "unbind",
            "unflatten",
            "unsqueeze",
            "view",
            "view_as");
    /** Calls that wait for the device. */
    private static final Set<String> SYNCHRONIZING = Set.of("_local_scalar_dense", "item", "is_nonzero", "nonzero");
    /** Products of matrices and convolutions: the work that a step cannot do without. */
    private static final Set<String> PRODUCTS =
            Set.of("_convolution", "addmm", "addmm_", "baddbmm", "bmm", "convolution_backward", "mm");

    /** One kernel, or a few, on a GPU; on a CPU they call others. */
    private static final Set<String> WHOLE = Set.of("_foreach_zero_", "_fused_adam_", "logsumexp", "mean", "sum");

    Profile {
        kernels = List.copyOf(kernels);
    }

    /**
     * One call that computes.
     *
     * @param name as in ATen, such as {@code mm}
     * @param duration microseconds
     */
    record Kernel(String name, double duration) {

        boolean synchronizes() {
            return SYNCHRONIZING.contains(name);
        }

        boolean isProduct() {
            return PRODUCTS.contains(name);
        }
    }

    /** Runs something under the profiler. */
    static Profile of(Runnable work) {
        try {
            Path trace = Files.createTempFile("profile", ".json");
            try {
                JniUtils.startProfile(false, false, false);
                work.run();
                JniUtils.stopProfile(trace.toString());
                return of(JSON.readTree(trace.toFile()));
            } finally {
                Files.delete(trace);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("torch's profile cannot be read", e);
        }
    }

    /** Microseconds in products of matrices and convolutions. */
    double products() {
        return in(Kernel::isProduct);
    }

    /** Microseconds in the optimizer's update. */
    double update() {
        return in(kernel -> kernel.name().startsWith("_fused_adam"));
    }

    private double in(Predicate<Kernel> chosen) {
        return kernels.stream().filter(chosen).mapToDouble(Kernel::duration).sum();
    }

    /** How often each kernel ran, most frequent first, such as {@code mm 10, add_ 4}. */
    String counts() {
        Map<String, Long> counts = kernels.stream().collect(Collectors.groupingBy(Kernel::name, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Profile of(JsonNode trace) {
        Map<Long, List<Call>> threads = StreamSupport.stream(trace.spliterator(), false)
                .filter(event -> event.path("name").asText().startsWith("aten::"))
                .map(Call::of)
                .collect(Collectors.groupingBy(Call::thread, HashMap::new, Collectors.toList()));
        List<Kernel> kernels = new ArrayList<>();
        threads.values().forEach(calls -> innermost(calls, kernels));
        return new Profile(kernels);
    }

    /** Keeps the calls that call no other that computes, and those that count as a whole. */
    private static void innermost(List<Call> calls, List<Kernel> into) {
        List<Call> computing = calls.stream()
                .filter(call -> !WEIGHTLESS.contains(call.name()))
                .sorted(Comparator.comparingDouble(Call::start)
                        .thenComparing(
                                Comparator.comparingDouble(Call::duration).reversed()))
                .toList();
        double until = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < computing.size(); i++) {
            Call call = computing.get(i);
            boolean callsNone =
                    i + 1 == computing.size() || computing.get(i + 1).start() >= call.end();
            if (call.start() >= until && (callsNone || call.isWhole())) {
                into.add(new Kernel(call.name(), call.duration()));
                until = call.end();
            }
        }
    }

    /** An event of the trace: microseconds. */
    private record Call(String name, long thread, double start, double duration) {

        static Call of(JsonNode event) {
            return new Call(
                    event.path("name").asText().substring("aten::".length()),
                    event.path("tid").asLong(),
                    event.path("ts").asDouble(),
                    event.path("dur").asDouble());
        }

        boolean isWhole() {
            return WHOLE.contains(name) || PRODUCTS.contains(name);
        }

        double end() {
            return start + duration;
        }
    }
}
