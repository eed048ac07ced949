package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MeanwhileTest {

    @Test
    void theWorkRunsWhileTheCallerGoesOn() throws Exception {
        CountDownLatch callerWentOn = new CountDownLatch(1);
        Meanwhile<String> work = Meanwhile.start("work", () -> {
            awaitQuietly(callerWentOn);
            return Thread.currentThread().getName();
        });
        callerWentOn.countDown();

        assertThat(work.await()).isEqualTo("work");
    }

    @Test
    void itsFaultsAreThrownAsTheyAre() {
        InvalidInput wrong = new InvalidInput("what", "where", "remedy");

        assertThatThrownBy(() -> Meanwhile.start("work", () -> {
                            throw wrong;
                        })
                        .await())
                .isSameAs(wrong);
        OutOfMemoryError full = new OutOfMemoryError("full");
        assertThatThrownBy(() -> Meanwhile.start("work", () -> {
                            throw full;
                        })
                        .await())
                .isSameAs(full);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
