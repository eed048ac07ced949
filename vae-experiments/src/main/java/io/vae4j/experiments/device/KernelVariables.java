package io.vae4j.experiments.device;

import java.util.Map;

/**
 * What variables of the environment say about the kernels of NVIDIA's libraries, which read them before they start: DJL
 * has no switch for either.
 *
 * @param tf32 NVIDIA_TF32_OVERRIDE: 0 keeps float32 products whole, 1 rounds their factors to 10 bits, in cuBLAS and
 *     cuDNN
 * @param workspace CUBLAS_WORKSPACE_CONFIG: with :4096:8 or :16:8 cuBLAS adds in the same order each time
 */
record KernelVariables(String tf32, String workspace) {

    static KernelVariables of(Map<String, String> environment) {
        return new KernelVariables(
                environment.getOrDefault("NVIDIA_TF32_OVERRIDE", ""),
                environment.getOrDefault("CUBLAS_WORKSPACE_CONFIG", ""));
    }

    /** In words, for people. */
    @Override
    public String toString() {
        return "TF32 " + precision() + ", cuBLAS "
                + (isReproducible() ? "reproducible" : "not held to reproducible sums")
                + " (CUBLAS_WORKSPACE_CONFIG" + shown(workspace) + ")";
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
