package io.vae4j.experiments.training;

import ai.djl.Device;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceMemory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the examples of a split lie while a model looks at them. */
public enum Placement {
    /** On the device, all of them. */
    DEVICE,
    /** On the host, in memory or in a mapped file; a batch at a time comes to the device. */
    HOST;

    /** The environment variable by which a user decides: {@code device}, {@code host} or {@code auto}. */
    public static final String VARIABLE = "VAE4J_DATA_ON";

    /** Of a GPU that does not say what it has. */
    private static final long PRESUMED = 4L << 30;

    /** As the user says, or else by what there is room for. */
    static Placement of(long bytes, Device device) {
        return asked(Optional.ofNullable(System.getenv(VARIABLE)))
                .orElseGet(() -> of(bytes, device.isGpu(), DeviceMemory.total(device)));
    }

    /** What the user asks for; empty for {@code auto} and where nothing is said. */
    static Optional<Placement> asked(Optional<String> said) {
        if (said.isEmpty() || said.get().isBlank() || said.get().equals("auto")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(place -> place.name().toLowerCase(Locale.ROOT).equals(said.get()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "data cannot lie on '" + said.get() + "'",
                        "environment variable " + VARIABLE,
                        "set it to device, host or auto")));
    }

    /**
     * On a GPU, what takes at most half of its free memory, so that the model has the rest. On a CPU, whose memory is
     * the host's, a copy for each process must stay small: what takes at most an eighth.
     *
     * @param room the memory of the device, as far as it is known
     */
    static Placement of(long bytes, boolean gpu, OptionalLong room) {
        return bytes <= room.orElse(PRESUMED) / (gpu ? 2 : 8) ? DEVICE : HOST;
    }
}
