package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

/** What is said where memory did not suffice. */
class OutOfMemoryTest {

    @Test
    void javasMemoryIsToldFromPyTorchs() {
        assertThat(OutOfMemory.told(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
                .hasValueSatisfying(line -> assertThat(line).contains("Java heap space", "VAE_JAVA_OPTS=-Xmx"));
        assertThat(OutOfMemory.told(new EngineException("[enforce fail at alloc_cpu.cpp:119] err == 0."
                        + " DefaultCPUAllocator: can't allocate memory: you tried to allocate 1600000000000 bytes."
                        + " Error code 12 (Cannot allocate memory)")))
                .hasValueSatisfying(line -> assertThat(line).contains("PyTorch", "1.6 TB", "train.batch"));
        assertThat(OutOfMemory.told(new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has")))
                .hasValueSatisfying(line -> assertThat(line).contains("PyTorch", "20.00 MiB"));
        assertThat(OutOfMemory.told(new EngineException("std::bad_alloc"))).isPresent();
    }

    @Test
    void otherFaultsAreNone() {
        assertThat(OutOfMemory.told(new EngineException("mat1 and mat2 shapes cannot be multiplied")))
                .isEmpty();
        assertThat(OutOfMemory.told(new IllegalStateException())).isEmpty();
    }
}
