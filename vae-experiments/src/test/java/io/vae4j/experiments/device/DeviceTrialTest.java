package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DeviceTrialTest {

    @Test
    void theCpuComputesWhatIsKnownBeforehand() {
        assertThat(DeviceTrial.fault(Device.cpu())).isEmpty();
    }

    @Test
    void aDeviceThatIsNotThereIsAFaultAndNoException() {
        assertThat(DeviceTrial.fault(Device.gpu(7))).isPresent();
    }
}
