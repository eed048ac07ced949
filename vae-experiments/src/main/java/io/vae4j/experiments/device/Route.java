package io.vae4j.experiments.device;

import java.nio.file.Path;

/** Where libtorch comes from; {@code toString()} says it for people. */
public sealed interface Route {

    /** The CPU libraries beside our own jar, kept off the class path because they would hide a GPU there. */
    record BundledJar(Path jar) implements Route {
        @Override
        public String toString() {
            return "the CPU libraries of this build";
        }
    }

    /** What the user's {@code PYTORCH_LIBRARY_PATH} points at; {@code flavour} selects DJL's bridge. */
    record UserLibraries(Path folder, String flavour) implements Route {
        @Override
        public String toString() {
            return "PYTORCH_LIBRARY_PATH " + folder;
        }
    }

    /** Libraries in DJL's cache folder; {@code flavour} selects DJL's bridge. */
    record CachedLibraries(Path folder, String flavour) implements Route {
        @Override
        public String toString() {
            return "DJL's cache " + folder;
        }
    }

    /** A native jar on the class path; DJL finds it by itself. */
    record ClassPathJar(String flavour) implements Route {
        @Override
        public String toString() {
            return "the " + flavour + " native jar on the class path";
        }
    }

    /** DJL downloads the libraries into its cache folder, once. */
    record Download(String flavour) implements Route {
        @Override
        public String toString() {
            return "DJL's download of " + flavour + " libraries";
        }
    }
}
