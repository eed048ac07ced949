package io.vae4j.experiments.device;

import static io.vae4j.experiments.device.Machine.FIRST;
import static io.vae4j.experiments.device.Machine.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NvidiaGpusTest {

    /**
     * The form is that of {@code nvidia-smi -L}, as NVIDIA's MIG user guide prints it for cards whole and in slices.
     */
    private static final String LISTING = """
            GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)
              MIG 1g.5gb      Device  0: (UUID: MIG-9f0a6d5c-6c8c-5f52-8a38-1e1c3e6c0d11)
              MIG 1g.5gb      Device  1: (UUID: MIG-1c2b3a4d-0f9e-5a76-b2d1-7c7f0b8e2a55)
            GPU 1: NVIDIA T4 (UUID: GPU-cd168d42-1af6-4d47-8a2b-1c0a3d6ee0f1)
            """;

    @Test
    void readsTheCardsOfAListingAndPassesOverTheirSlices() {
        assertThat(NvidiaGpus.listed(LISTING)).containsExactly(FIRST, SECOND);
    }

    @Test
    void readsAListingWithWindowsLineEnds() {
        assertThat(NvidiaGpus.listed(LISTING.replace("\n", "\r\n"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void readsNoCardsFromAnythingElse() {
        assertThat(NvidiaGpus.listed("No devices found.\nGPU access blocked by the operating system\n"))
                .isEmpty();
    }

    @Test
    void showsAllCardsWhenNothingIsSet() {
        assertThat(new NvidiaGpus(List.of(FIRST, SECOND), Optional.empty(), "").visible())
                .containsExactly(FIRST, SECOND);
    }

    @Test
    void showsWhatIsNamedByIndexOrByTheStartOfAUuid() {
        assertThat(shown("1,0")).containsExactly(SECOND, FIRST);
        assertThat(shown("GPU-cd168d42")).containsExactly(SECOND);
    }

    @Test
    void stopsAtTheFirstEntryThatNamesNoCard() {
        assertThat(shown("")).isEmpty();
        assertThat(shown("-1,0")).isEmpty();
        assertThat(shown("1,2,0")).containsExactly(SECOND);
        assertThat(shown("1,1,0")).containsExactly(SECOND);
        assertThat(shown("GPU-00000000,0")).isEmpty();
    }

    @Test
    void countsASliceAsOneDevice() {
        assertThat(shown("MIG-9f0a6d5c-6c8c-5f52-8a38-1e1c3e6c0d11"))
                .extracting(NvidiaGpus.Card::name)
                .containsExactly("MIG slice");
    }

    private static List<NvidiaGpus.Card> shown(String visibleDevices) {
        return new NvidiaGpus(List.of(FIRST, SECOND), Optional.of(visibleDevices), "").visible();
    }
}
