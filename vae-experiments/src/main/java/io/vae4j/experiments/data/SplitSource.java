package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Path;

/** A file or folder whose examples are taken as they are, in the splits that it has. */
interface SplitSource extends DatasetSource {

    /** Where it is. */
    Path path();

    /** The share of examples that is held out where no test split is given. */
    double testShare();

    /** How it should be laid out, as a remedy. */
    String layout();

    /**
     * Reads it.
     *
     * @param room what all that is read may take
     */
    GivenSplits given(HeapRoom room, Gaps gaps) throws IOException;

    @Override
    default Dataset load(DataAccess access) {
        return FileReading.of(
                path(),
                layout(),
                () -> given(HeapRoom.ofProcess(), Gaps.REFUSED).dataset(testShare()));
    }

    @Override
    default Examples asked(DataAccess access, DataSummary form) {
        return asked(access, form, Gaps.REFUSED).examples();
    }

    @Override
    default IncompleteExamples incomplete(DataAccess access, DataSummary form) {
        return asked(access, form, Gaps.KEPT);
    }

    private IncompleteExamples asked(DataAccess access, DataSummary form, Gaps gaps) {
        GivenSplits given = FileReading.of(path(), layout(), () -> given(HeapRoom.ofProcess(), gaps));
        IncompleteExamples held = given.test().orElse(given.train());
        Examples formed = new AskedExamples(form, given.name(), access.progress()).of(held.examples());
        return new IncompleteExamples(formed, held.missing());
    }
}
