package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.device.DeviceSlots.Slot;
import io.vae4j.experiments.device.NvidiaGpus.Card;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which processes share a machine, also one with cards that are made up: none was at hand. */
class DeviceSlotsTest {

    private static final List<Card> CARDS = List.of(new Card("A100", "GPU-aaa"), new Card("H100", "GPU-bbb"));

    @Test
    void eachGpuIsShownToOneProcessAlone() {
        List<Slot> slots = DeviceSlots.onGpus(CARDS, DeviceRequest.Kind.GPU, OptionalInt.empty(), 16);

        assertThat(slots).extracting(Slot::device).containsExactly("gpu", "gpu");
        assertThat(slots)
                .extracting(slot -> slot.environment().get("CUDA_VISIBLE_DEVICES"))
                .containsExactly("GPU-aaa", "GPU-bbb");
        assertThat(slots).extracting(Slot::threads).containsExactly(8, 8);
        assertThat(slots).extracting(Slot::title).containsExactly("A100 0", "H100 1");
    }

    @Test
    void moreProcessesThanCardsShareThemInTurnAndFewerLeaveSomeAlone() {
        assertThat(DeviceSlots.onGpus(CARDS, DeviceRequest.Kind.AUTO, OptionalInt.of(3), 2))
                .extracting(slot -> slot.device() + " " + slot.environment().get("CUDA_VISIBLE_DEVICES"))
                .containsExactly("auto GPU-aaa", "auto GPU-bbb", "auto GPU-aaa");
        assertThat(DeviceSlots.onGpus(CARDS, DeviceRequest.Kind.AUTO, OptionalInt.of(1), 2))
                .hasSize(1);
    }

    @Test
    void processesOnACpuShareItsCores() {
        assertThat(DeviceSlots.onCpu(3, 8)).hasSize(3).allMatch(slot -> slot.threads() == 2);
        assertThat(DeviceSlots.onCpu(4, 2)).hasSize(4).allMatch(slot -> slot.threads() == 1);
    }

    @Test
    void asManyRunAsCoresAndMemoryAllow() {
        long gibibyte = 1L << 30;

        assertThat(DeviceSlots.usual(8, 64 * gibibyte)).isEqualTo(8);
        assertThat(DeviceSlots.usual(8, 4 * gibibyte)).isEqualTo(2);
        assertThat(DeviceSlots.usual(8, gibibyte)).isEqualTo(1);
    }

    @Test
    void thisMachineHasAtLeastOnePlace() {
        assertThat(DeviceSlots.ofThisMachine("cpu", OptionalInt.empty())).isNotEmpty();
        assertThat(DeviceSlots.ofThisMachine("cpu", OptionalInt.of(2))).hasSize(2);
    }
}
