package io.vae4j.experiments.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Memory and disk, as far as a run needs them. */
final class Storage {

    private static final long GIB = 1L << 30;
    // PyTorch's libraries unpack to half of this, MNIST and a run take a fraction.
    private static final long DISK_WANTED = 2 * GIB;
    private static final long MEMORY_WANTED = 3 * GIB;

    Finding memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long total = system.getTotalMemorySize();
        String value = "%s, Java's heap at most %s"
                .formatted(gib(total), gib(Runtime.getRuntime().maxMemory()));
        return total < MEMORY_WANTED
                ? Finding.warning("Memory", value, "training wants " + gib(MEMORY_WANTED) + "; use smaller batches")
                : Finding.ok("Memory", value);
    }

    /** Whether the folder, or the one it would be created in, can be written, and how much room is there. */
    Finding folder(String name, Path folder, String setting) {
        Path place = folder.toAbsolutePath().normalize();
        Path existing = existing(place);
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.problem(
                    name, place + ", which cannot be written", "set " + setting + " to a folder that can");
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String value = "%s, %s free".formatted(place, gib(free));
            return free < DISK_WANTED
                    ? Finding.warning(
                            name, value, "free some, or set " + setting + " to a disk with " + gib(DISK_WANTED))
                    : Finding.ok(name, value);
        } catch (IOException unknown) {
            return Finding.ok(name, place + ", free space unknown");
        }
    }

    private static Path existing(Path folder) {
        Path existing = folder;
        while (Files.notExists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                break;
            }
            existing = parent;
        }
        return existing;
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
