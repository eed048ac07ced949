package io.vae4j.experiments.device;

import io.vae4j.experiments.InvalidInput;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user asks for with {@code --device}.
 *
 * @param kind the CPU, a GPU or an error, or the GPU when one can be used
 * @param index of the GPU, from 0 among those that CUDA shows
 */
public record DeviceRequest(Kind kind, int index) {

    /** What shall compute. */
    public enum Kind {
        AUTO,
        CPU,
        GPU
    }

    // Four digits are more GPUs than any machine has, and cannot overflow.
    private static final Pattern FORM = Pattern.compile("(auto|cpu|gpu)(?:(?<=gpu):(\\d{1,4}))?");

    /**
     * Reads {@code auto}, {@code cpu}, {@code gpu} (the first one) or {@code gpu:N}; the case of letters is ignored.
     *
     * @throws InvalidInput for anything else, naming the four forms
     */
    public static DeviceRequest parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new InvalidInput(
                    "'" + text + "' is not a device", "--device", "use auto, cpu, gpu or gpu:N with N from 0");
        }
        int index = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
        return new DeviceRequest(Kind.valueOf(form.group(1).toUpperCase(Locale.ROOT)), index);
    }

    @Override
    public String toString() {
        return kind == Kind.GPU ? "gpu:" + index : kind.name().toLowerCase(Locale.ROOT);
    }
}
