package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One place to fetch the files of a data set from.
 *
 * <p>A source is not trusted: whoever asks it verifies each file afterwards. It gives up by itself when nothing
 * answers.
 */
public interface DownloadSource {

    /** What {@link Provenance#source} says about data that came from here, such as "DJL basicdataset". */
    String title();

    /**
     * Puts the files, raw and under their own names, into an empty folder; other files there are thrown away.
     *
     * @throws IOException with a reason in a few words if this does not work here or now
     */
    void fetch(List<DataFile> files, Path into) throws IOException;
}
