package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Folders of pictures. */
public final class ImagesProvider implements DatasetProvider {

    private static final String LAYOUT =
            "put PNG or JPEG files of one size into it, in a subfolder for each class if they have any,"
                    + " or so into folders train, validation and test of it";

    @Override
    public String kind() {
        return "images";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return ImagesSource.class;
    }

    @Override
    public String looksFor() {
        return "a folder of pictures, or of subfolders of them as classes";
    }

    @Override
    public Optional<DatasetSource> at(Path path) {
        return ImageFolder.mayHoldPictures(path)
                ? Optional.of(new ImagesSource(path, TestShare.STANDARD))
                : Optional.empty();
    }

    /**
     * A folder of PNG or JPEG files of one size, gray or in color. Subfolders are classes; where there are folders
     * {@code train} and {@code test} or {@code validation}, also called {@code val}, these are the splits.
     *
     * @param path the folder
     * @param testShare the share of pictures that is held out where there is no folder for the test
     */
    @Example("{kind: images, path: pictures}")
    public record ImagesSource(Path path, @Default("0.1") double testShare) implements DatasetSource {

        public ImagesSource {
            TestShare.require(testShare);
        }

        @Override
        public Dataset load(DataAccess access) {
            Datasets.requireThere(path);
            try {
                return new ImageFolder(path, HeapRoom.ofProcess()).read(testShare);
            } catch (WrongFile e) {
                throw new InvalidInput(Reason.of(e), path.toString(), e.remedy().orElse(LAYOUT));
            } catch (IOException | IllegalArgumentException e) {
                throw new InvalidInput(Reason.of(e), path.toString(), "see whether the folder can be read");
            }
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }
    }
}
