package io.vae4j.experiments.device;

import io.vae4j.experiments.InvalidInput;
import java.util.Map;

/**
 * What variables of the environment say about kernels on NVIDIA's GPUs, which are read before they start: DJL has no
 * switch for any of them.
 *
 * @param tf32 NVIDIA_TF32_OVERRIDE: 0 keeps float32 products whole, 1 rounds their factors to 10 bits, in cuBLAS and
 *     cuDNN
 * @param workspace CUBLAS_WORKSPACE_CONFIG: with :4096:8 or :16:8 cuBLAS adds in the same order each time
 * @param fusion PYTORCH_TENSOREXPR: unless it is 0, torch makes one kernel of several once a function has run a few
 *     times, and rounds otherwise from then on
 */
public record KernelVariables(String tf32, String workspace, String fusion) {

    static KernelVariables of(Map<String, String> environment) {
        return new KernelVariables(
                environment.getOrDefault("NVIDIA_TF32_OVERRIDE", ""),
                environment.getOrDefault("CUBLAS_WORKSPACE_CONFIG", ""),
                environment.getOrDefault("PYTORCH_TENSOREXPR", ""));
    }

    /** Those of this process. */
    public static KernelVariables ofThisProcess() {
        return of(System.getenv());
    }

    /**
     * Refuses an environment in which kernels would differ from one run to the next.
     *
     * @throws InvalidInput if there is a GPU to which that matters
     */
    public void requireDeterministic(RunDevice device) {
        if (device.device().isGpu() && !(tf32.equals("0") && isReproducible() && fusion.equals("0"))) {
            throw new InvalidInput(
                    "the environment lets kernels differ from run to run: " + this,
                    "--deterministic",
                    "start by ./vae, which sets it, or set NVIDIA_TF32_OVERRIDE=0 CUBLAS_WORKSPACE_CONFIG=:4096:8"
                            + " PYTORCH_TENSOREXPR=0");
        }
    }

    /** In words, for people. */
    @Override
    public String toString() {
        return "TF32 " + precision() + ", cuBLAS "
                + (isReproducible() ? "reproducible" : "not held to reproducible sums")
                + " (CUBLAS_WORKSPACE_CONFIG" + shown(workspace) + "), fusion "
                + (fusion.equals("0") ? "off" : "on") + " (PYTORCH_TENSOREXPR" + shown(fusion) + ")";
    }

    private String precision() {
        String decision = switch (tf32) {
            case "0" -> "off";
            case "1" -> "on";
            default -> "as the libraries choose";
        };
        return decision + " (NVIDIA_TF32_OVERRIDE" + shown(tf32) + ")";
    }

    private boolean isReproducible() {
        return workspace.equals(":4096:8") || workspace.equals(":16:8");
    }

    private static String shown(String value) {
        return value.isEmpty() ? " unset" : "=" + value;
    }
}
