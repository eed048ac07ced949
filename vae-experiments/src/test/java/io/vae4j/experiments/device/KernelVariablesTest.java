package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class KernelVariablesTest {

    @Test
    void saysWhatIsNotSet() {
        assertThat(KernelVariables.of(Map.of()))
                .hasToString("TF32 as the libraries choose (NVIDIA_TF32_OVERRIDE unset),"
                        + " cuBLAS not held to reproducible sums (CUBLAS_WORKSPACE_CONFIG unset)");
    }

    @Test
    void saysWhatIsSet() {
        assertThat(KernelVariables.of(Map.of("NVIDIA_TF32_OVERRIDE", "0", "CUBLAS_WORKSPACE_CONFIG", ":4096:8")))
                .hasToString(
                        "TF32 off (NVIDIA_TF32_OVERRIDE=0), cuBLAS reproducible (CUBLAS_WORKSPACE_CONFIG=:4096:8)");
    }

    @Test
    void aSettingThatCublasDoesNotCallReproducibleIsNone() {
        assertThat(KernelVariables.of(Map.of("NVIDIA_TF32_OVERRIDE", "1", "CUBLAS_WORKSPACE_CONFIG", ":0:0")))
                .hasToString("TF32 on (NVIDIA_TF32_OVERRIDE=1),"
                        + " cuBLAS not held to reproducible sums (CUBLAS_WORKSPACE_CONFIG=:0:0)");
    }
}
