package io.vae4j.experiments.data;

import java.io.IOException;
import java.util.Map;

/** NumPy arrays by name, in whichever files they are. */
interface NumpySource extends SplitSource {

    /** The arrays that are there. */
    NamedArrays arrays(HeapRoom room) throws IOException;

    @Override
    default GivenSplits given(HeapRoom room, Gaps gaps) throws IOException {
        try (NamedArrays arrays = arrays(room)) {
            ArraySplits splits = new ArraySplits(arrays, room, gaps);
            Map<String, IncompleteExamples> examples = splits.examples();
            return splits.named(
                    String.valueOf(path().getFileName()), examples, new Provenance(path().toString(), arrays.sha256()));
        }
    }
}
