package io.vae4j.experiments.device;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes of arrays a device holds; empty where it does not say so. The memory of a CPU is the machine's. */
public final class DeviceMemory {

    /** What Linux could give to programs, with what it would take back from its caches for them. */
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d{1,15}) kB$");

    private DeviceMemory() {}

    /** Of a CPU all that the machine has, or its container; of a GPU what is free. */
    public static OptionalLong total(Device device) {
        if (device.isGpu()) {
            return freeOf(device);
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? OptionalLong.of(system.getTotalMemorySize())
                : OptionalLong.empty();
    }

    /** What is free at the moment; where a CPU's machine does not say it, all that it has. */
    public static OptionalLong available(Device device) {
        OptionalLong total = total(device);
        OptionalLong said = device.isGpu() ? total : available(Path.of("/proc/meminfo"));
        return said.isPresent() && total.isPresent()
                ? OptionalLong.of(Math.min(said.getAsLong(), total.getAsLong()))
                : total;
    }

    /** What the kernel's file says; empty where there is none. */
    static OptionalLong available(Path memory) {
        try {
            Matcher line = AVAILABLE.matcher(Files.readString(memory));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) << 10) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong freeOf(Device gpu) {
        try {
            var memory = CudaUtils.getGpuMemory(gpu);
            return OptionalLong.of(memory.getMax() - memory.getUsed());
        } catch (RuntimeException | LinkageError e) {
            // whoever has no CUDA runtime beside the engine's own
            return OptionalLong.empty();
        }
    }
}
