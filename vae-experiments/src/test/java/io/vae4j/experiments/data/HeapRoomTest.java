package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import org.junit.jupiter.api.Test;

final class HeapRoomTest {

    @Test
    void whatWasTakenIsNotThereForOthers() throws WrongFile {
        HeapRoom room = new HeapRoom(100);

        assertThat(room.take(60)).isEqualTo(60);
        assertThatThrownBy(() -> room.take(41))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("takes 41 bytes of memory, and there is room for 40")
                .satisfies(fault ->
                        assertThat(((WrongFile) fault).remedy().orElseThrow()).contains("VAE_JAVA_OPTS=-Xmx"));
        assertThat(room.take(40)).isEqualTo(40);
    }

    @Test
    void whatNoArrayHoldsIsRefusedWhateverTheMemory() {
        assertThatThrownBy(() -> new HeapRoom(Long.MAX_VALUE).take(1L << 31))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("the most of one array");
    }

    @Test
    void whatIsMadeAndDoesNotFitIsRefusedWithBothRemedies() {
        HeapRoom.require(1, "one byte", "data.set", "ask for none");
        assertThatThrownBy(() -> HeapRoom.require(Long.MAX_VALUE, "a grid", "data.set", "give a smaller one"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("a grid takes 9223372036854775807 bytes")
                .hasMessageContaining("(data.set); give a smaller one, or give Java more, as by VAE_JAVA_OPTS=-Xmx");
    }
}
