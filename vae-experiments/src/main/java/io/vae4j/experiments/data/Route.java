package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One way to bring the files of a data set onto this machine.
 *
 * <p>A route is not trusted: whoever asks it verifies each file afterwards. It gives up by itself when nothing answers.
 */
public interface Route {

    /** What {@link Provenance#source} says about data that came this way, such as "DJL basicdataset". */
    String source();

    /**
     * Puts the files of the set, raw and under their own names, into a folder; other files there are thrown away.
     *
     * @param set which files are wanted
     * @param into an empty folder
     * @throws IOException with a reason in a few words if this way does not work here or now
     */
    void fetch(IdxSet set, Path into) throws IOException;
}
