package io.vae4j.experiments.device;

import io.vae4j.experiments.InvalidInput;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user asks for with {@code --device}. */
public sealed interface DeviceRequest {

    /** The GPU when one can be used, otherwise the CPU with a reason. */
    record Auto() implements DeviceRequest {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** The CPU, whatever else is there. */
    record Cpu() implements DeviceRequest {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /** One GPU, or an error; {@code index} counts from 0 among the GPUs that CUDA shows. */
    record Gpu(int index) implements DeviceRequest {

        /** Refuses a negative index with {@link IllegalArgumentException}. */
        public Gpu {
            if (index < 0) {
                throw new IllegalArgumentException("A GPU's index counts from 0, not " + index);
            }
        }

        @Override
        public String toString() {
            return "gpu:" + index;
        }
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code gpu} (the first one) or {@code gpu:N}; the case of letters is ignored.
     *
     * @throws InvalidInput for anything else, naming the four forms
     */
    static DeviceRequest parse(String text) {
        String form = text.strip().toLowerCase(Locale.ROOT);
        // Four digits are more GPUs than any machine has, and cannot overflow.
        Matcher gpu = Pattern.compile("gpu(?::(\\d{1,4}))?").matcher(form);
        if (gpu.matches()) {
            return new Gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
        }
        return switch (form) {
            case "auto" -> new Auto();
            case "cpu" -> new Cpu();
            default ->
                throw new InvalidInput(
                        "'" + text + "' is not a device", "--device", "use auto, cpu, gpu or gpu:N with N from 0");
        };
    }
}
