package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutGradientTest {

    @Test
    void noThreadBuildsAGraphInsideAndEachGoesOnAsItWas() throws Exception {
        NDManager.newBaseManager("PyTorch").close();
        List<Boolean> modes = new ArrayList<>();
        Thread thread = new Thread(() -> {
            modes.add(JniUtils.isGradMode());
            modes.add(WithoutGradient.compute(JniUtils::isGradMode));
            modes.add(JniUtils.isGradMode());
            assertThatThrownBy(() -> WithoutGradient.compute(() -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            modes.add(JniUtils.isGradMode());
        });
        thread.start();
        thread.join();

        assertThat(modes).containsExactly(true, false, true, true);
    }
}
