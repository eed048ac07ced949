package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder of pictures, which nobody vouches for.
 *
 * @param path the folder
 * @param framing what its pictures become
 * @param access has the cache of decoded pictures
 */
record ImageFolder(Path path, Framing framing, DataAccess access) {

    /** Deep enough for {@code train/class/picture.png}. */
    private static final int DEPTH = 2;

    /** Whether there is a picture, by name, in a folder or below it, or a folder that only reading will tell of. */
    static boolean mayHoldPictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            return PictureTree.first(folder, DEPTH).isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    Dataset read(double testShare) throws IOException {
        PictureListing listing = listing();
        DecodedPictures decoded = new PictureCache(access, listing, framing).load();
        Map<String, Examples> splits = splits(listing, decoded);
        Examples train = Objects.requireNonNull(splits.get(PictureListing.TRAIN));
        Optional<Examples> test = Optional.ofNullable(splits.get(PictureListing.TEST));
        TestShare.Parts parts = test.isPresent() ? new TestShare.Parts(train, test.get()) : split(train, testShare);
        return new ArrayDataset(
                String.valueOf(path.getFileName()),
                parts.train(),
                Optional.ofNullable(splits.get(PictureListing.VALIDATION.get(0))),
                parts.test(),
                new Provenance(path.toString(), Map.of(listing.pictures().size() + " pictures", decoded.sha256())),
                test.isPresent() ? Map.of() : TestShare.origins(testShare));
    }

    /** The pictures to look at by a trained model: those of the test split where there is one, else all. */
    Examples asked() throws IOException {
        PictureListing listing = listing();
        Map<String, Examples> splits = splits(listing, new PictureCache(access, listing, framing).load());
        return Objects.requireNonNull(splits.getOrDefault(PictureListing.TEST, splits.get(PictureListing.TRAIN)));
    }

    private PictureListing listing() throws IOException {
        PictureListing listing = PictureListing.of(path);
        listing.others().ifPresent(access.progress());
        listing.beside().ifPresent(access.progress());
        return listing;
    }

    private static Map<String, Examples> splits(PictureListing listing, DecodedPictures decoded) throws IOException {
        Map<String, Examples> splits = new LinkedHashMap<>();
        int from = 0;
        for (Map.Entry<String, PicturesOfSplit> part : listing.parts().entrySet()) {
            PicturesOfSplit pictures = part.getValue();
            Values values = decoded.values(from, pictures.pictures().size());
            int[] of = pictures.classes().stream()
                    .mapToInt(listing.classes()::indexOf)
                    .toArray();
            Labels labels = listing.classes().isEmpty() ? Labels.none() : new Labels.Classes(listing.classes(), of);
            splits.put(part.getKey(), new Examples(values, labels));
            from += values.count();
        }
        return splits;
    }

    private static TestShare.Parts split(Examples all, double testShare) throws WrongFile {
        try {
            return TestShare.split(all, testShare);
        } catch (IllegalArgumentException e) {
            throw new WrongFile(
                    String.valueOf(e.getMessage()),
                    "put more pictures into it, or pictures into folders train and test");
        }
    }
}
