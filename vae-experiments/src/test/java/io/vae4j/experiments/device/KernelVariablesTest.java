package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.vae4j.experiments.InvalidInput;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KernelVariablesTest {

    @Test
    void saysWhatIsNotSet() {
        assertThat(KernelVariables.of(Map.of()))
                .hasToString(
                        "TF32 as the libraries choose (NVIDIA_TF32_OVERRIDE unset),"
                                + " cuBLAS not held to reproducible sums (CUBLAS_WORKSPACE_CONFIG unset), fusion on (PYTORCH_TENSOREXPR unset)");
    }

    @Test
    void saysWhatIsSet() {
        assertThat(KernelVariables.of(Map.of("NVIDIA_TF32_OVERRIDE", "0", "CUBLAS_WORKSPACE_CONFIG", ":4096:8")))
                .hasToString("TF32 off (NVIDIA_TF32_OVERRIDE=0), cuBLAS reproducible (CUBLAS_WORKSPACE_CONFIG=:4096:8),"
                        + " fusion on (PYTORCH_TENSOREXPR unset)");
    }

    @Test
    void aSettingThatCublasDoesNotCallReproducibleIsNone() {
        assertThat(KernelVariables.of(Map.of("NVIDIA_TF32_OVERRIDE", "1", "CUBLAS_WORKSPACE_CONFIG", ":0:0")))
                .hasToString(
                        "TF32 on (NVIDIA_TF32_OVERRIDE=1),"
                                + " cuBLAS not held to reproducible sums (CUBLAS_WORKSPACE_CONFIG=:0:0), fusion on (PYTORCH_TENSOREXPR unset)");
    }

    @Test
    void onAGpuADeterministicRunNeedsAllThree() {
        RunDevice gpu = RunDevice.chosen(Device.gpu());
        Map<String, String> all =
                Map.of("NVIDIA_TF32_OVERRIDE", "0", "CUBLAS_WORKSPACE_CONFIG", ":16:8", "PYTORCH_TENSOREXPR", "0");

        KernelVariables.of(all).requireDeterministic(gpu);
        KernelVariables.of(Map.of()).requireDeterministic(RunDevice.cpu());
        for (String name : all.keySet()) {
            Map<String, String> others = new HashMap<>(all);
            others.remove(name);
            assertThatThrownBy(() -> KernelVariables.of(others).requireDeterministic(gpu))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining(name + " unset");
        }
    }
}
