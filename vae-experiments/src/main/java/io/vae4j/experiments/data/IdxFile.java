package io.vae4j.experiments.data;

/**
 * One file of a data set as it must be, byte for byte.
 *
 * @param name its name in a folder
 * @param shape what its header must declare
 * @param sha256 SHA-256 of the whole file, in lower-case hex
 */
public record IdxFile(String name, IdxShape shape, String sha256) {

    private static final int MAX_BYTES = 1 << 30;

    /**
     * Checks that the file is one that can be read into memory.
     *
     * @throws IllegalArgumentException if it is larger, or the checksum is not one
     */
    public IdxFile {
        if (shape.fileBytes() > MAX_BYTES) {
            throw new IllegalArgumentException(name + " is too large: " + shape);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(name + " has no SHA-256 but " + sha256);
        }
    }

    /** Length of the whole file in bytes. */
    public int bytes() {
        return Math.toIntExact(shape.fileBytes());
    }
}
