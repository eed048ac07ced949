package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;

/**
 * How much of Java's memory is left for a data set: for all that is read and for the copies that are made of it, which
 * are there at once. It is asked before anything is allocated, so that what does not fit is told in one line.
 */
public final class HeapRoom {

    /** The most that one Java array holds. */
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    private static final long GIBIBYTE = 1L << 30;

    private long left;

    HeapRoom(long bytes) {
        left = bytes;
    }

    /** Half of the memory: a collector that divides it by age gives no more to what is old. */
    static HeapRoom ofProcess() {
        return new HeapRoom(Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * Refuses data that are to be made in memory and do not fit, for the {@code load} of a source that makes them.
     *
     * @param what takes so many bytes, as the message begins
     * @param where the key that asks for it
     * @param less what to ask for instead, such as "give a smaller data.set.size"
     * @throws InvalidInput if there is not so much room
     */
    public static void require(long bytes, String what, String where, String less) {
        try {
            ofProcess().take(bytes);
        } catch (WrongFile e) {
            String more = e.remedy().map(remedy -> ", or " + remedy).orElse("");
            throw new InvalidInput(what + " " + e.getMessage(), where, less + more);
        }
    }

    /** Whether there is room for so many bytes in one array. */
    boolean has(long bytes) {
        return bytes <= Math.min(left, LARGEST);
    }

    /**
     * Takes room for so many bytes.
     *
     * @return as many, as the size of an array
     * @throws WrongFile if there is not so much; the message goes on after the name of what needs it
     */
    int take(long bytes) throws WrongFile {
        if (bytes > left) {
            long more = Math.max(8, 2 * (Runtime.getRuntime().maxMemory() / GIBIBYTE));
            throw new WrongFile(
                    "takes " + bytes + " bytes of memory, and there is room for " + left + ", copies counted",
                    "give Java more, as by VAE_JAVA_OPTS=-Xmx" + more
                            + "g, or numpy.save one array of uint8 or float32, which is used where it lies");
        }
        if (bytes > LARGEST) {
            throw new WrongFile(
                    "takes " + bytes + " bytes, and " + LARGEST + " are the most of one array",
                    "give fewer examples, or bytes instead of floats");
        }
        left -= bytes;
        return (int) bytes;
    }
}
