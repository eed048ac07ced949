package io.vae4j.core;

/**
 * How the engine is seeded before each sample: a hash of (seed, step, stream, position) to 32 bits, for torch's
 * generator for CPUs keeps no more of a seed than these.
 */
public enum NoiseScheme {

    /** The place is hashed, and samples share their seed by chance: some 45,000 pairs among 20 million. */
    HASHED {
        @Override
        public int engineSeed(long seed, long step, long stream, long position) {
            return (int) (mix(Noise.key(seed, step, stream) ^ position) >>> 32);
        }
    },

    /**
     * The place is counted and the count permuted by a bijection that the seed chooses: no two samples of a run share
     * their seed in its first 2^24 steps, in streams 0 to 15, for the first 16 samples of each. A place outside this
     * box is hashed, and meets another one by chance.
     */
    COUNTED {
        @Override
        public int engineSeed(long seed, long step, long stream, long position) {
            boolean counted = fits(step, STEP_BITS) && fits(stream, STREAM_BITS) && fits(position, POSITION_BITS);
            return counted
                    ? permuted((int) ((step << STREAM_BITS | stream) << POSITION_BITS | position), seed)
                    : HASHED.engineSeed(seed, step, stream, position);
        }
    };

    private static final int STEP_BITS = 24;
    private static final int STREAM_BITS = 4;
    private static final int POSITION_BITS = 4;

    /** The 32 bits that seed the engine for the sample at a position, 0 for the first of a pass. */
    public abstract int engineSeed(long seed, long step, long stream, long position);

    /** The noise of one pass. */
    public Noise noise(long seed, long step, long stream) {
        return new SeededNoise(this, seed, step, stream);
    }

    private static boolean fits(long value, int bits) {
        return value >>> bits == 0;
    }

    /** Every step of this can be undone, so that different counts stay different. */
    private static int permuted(int count, long seed) {
        long key = mix(seed);
        long other = mix(key);
        int word = finalized(count ^ (int) key);
        word = finalized(word ^ (int) (key >>> 32));
        return finalized(word ^ (int) other) ^ (int) (other >>> 32);
    }

    /** The finalizer of MurmurHash3, a bijection of 32 bits. Appleby 2011. */
    private static int finalized(int word) {
        int mixed = (word ^ (word >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), with the golden-ratio increment in front. */
    static long mix(long z) {
        long word = z + 0x9E3779B97F4A7C15L;
        word = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
        word = (word ^ (word >>> 27)) * 0x94D049BB133111EBL;
        return word ^ (word >>> 31);
    }
}
