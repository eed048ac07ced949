package io.vae4j.experiments.device;

import java.nio.file.Path;

/** Where libtorch comes from; {@code toString()} says it for people. */
sealed interface LibrarySource {

    /** The CPU libraries beside our own jar, kept off the class path because they would hide a GPU there. */
    record BundledJar(Path jar) implements LibrarySource {
        @Override
        public String toString() {
            return "the CPU libraries of this build";
        }
    }

    /** A jar of CPU libraries on the class path; DJL finds it by itself. */
    record ClassPathJar() implements LibrarySource {
        @Override
        public String toString() {
            return "the cpu native jar on the class path";
        }
    }

    /** Libraries that are unpacked already; {@code flavor}, such as cpu or cu128, selects DJL's bridge to them. */
    record Folder(Owner owner, Path path, String flavor) implements LibrarySource {
        @Override
        public String toString() {
            return (owner == Owner.USER ? "PYTORCH_LIBRARY_PATH " : "DJL's cache ") + path;
        }
    }

    /** DJL downloads the libraries into its cache folder, once. */
    record Download(String flavor) implements LibrarySource {
        @Override
        public String toString() {
            return "DJL's download of " + flavor + " libraries";
        }
    }

    /** Who put libraries into a folder. */
    enum Owner {
        USER,
        DJL
    }
}
