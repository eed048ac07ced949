package io.vae4j.experiments.data;

import java.util.Map;
import java.util.Optional;

/** What a file or folder holds, split as it is given. */
record GivenSplits(
        String name,
        IncompleteExamples train,
        Optional<IncompleteExamples> validation,
        Optional<IncompleteExamples> test,
        Provenance provenance) {

    /**
     * The data set.
     *
     * @param testShare the share of the examples to train on that is held out where no test split is given
     */
    Dataset dataset(double testShare) throws WrongFile {
        TestShare.Parts parts = test.isPresent()
                ? new TestShare.Parts(train.examples(), test.get().examples())
                : split(testShare);
        return new ArrayDataset(
                name,
                parts.train(),
                validation.map(IncompleteExamples::examples),
                parts.test(),
                provenance,
                test.isPresent() ? Map.of() : TestShare.origins(testShare));
    }

    private TestShare.Parts split(double testShare) throws WrongFile {
        try {
            return TestShare.split(train.examples(), testShare);
        } catch (IllegalArgumentException e) {
            throw new WrongFile(String.valueOf(e.getMessage()), "give more examples, or a test split of its own");
        }
    }
}
