package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceRequestTest {

    @ParameterizedTest
    @CsvSource({"auto,auto", "cpu,cpu", "gpu,gpu:0", "gpu:0,gpu:0", "gpu:12,gpu:12", " GPU:1 ,gpu:1"})
    void readsEveryForm(String text, String canonical) {
        assertThat(DeviceRequest.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cuda", "gpu:", "gpu:-1", "gpu:1x", "gpu:99999999999", "gpu 1", "cpu:0", "mps"})
    void namesTheFourFormsWhenItReadsNone(String text) {
        assertThatThrownBy(() -> DeviceRequest.parse(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("'" + text + "' is not a device (--device); use auto, cpu, gpu or gpu:N with N from 0");
    }
}
