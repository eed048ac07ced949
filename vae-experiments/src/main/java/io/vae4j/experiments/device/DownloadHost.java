package io.vae4j.experiments.device;

import java.util.Optional;

/** The host that DJL downloads libtorch from; asked only when nothing nearer will do, since asking takes time. */
@FunctionalInterface
public interface DownloadHost {

    /** Why nothing can be downloaded, for people ("offline mode is on"); empty when the host answers. */
    Optional<String> obstacle();
}
