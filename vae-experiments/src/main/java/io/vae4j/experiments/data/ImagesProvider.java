package io.vae4j.experiments.data;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Folders of pictures. */
public final class ImagesProvider implements DatasetProvider {

    private static final String LAYOUT =
            "put PNG, JPEG, BMP or GIF files of one size into it, in a subfolder for each class if they have any,"
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
                ? Optional.of(new ImagesSource(path, List.of(), PictureColors.AS_FOUND, TestShare.STANDARD))
                : Optional.empty();
    }

    /**
     * A folder of PNG, JPEG, BMP or GIF files, gray or in color. Subfolders are classes; where there are folders
     * {@code train} and {@code test} or {@code validation}, also called {@code val}, these are the splits. The pictures
     * are decoded once, into the cache of this machine.
     *
     * @param path the folder
     * @param size the height and width that each picture is cropped to, around its center, and resized to, such as
     *     {@code [48, 64]}, or one number for both; without it all must have one size
     * @param colors whether they become gray, red, green and blue, or what they are
     * @param testShare the share of pictures that is held out where there is no folder for the test
     */
    @Example("{kind: images, path: pictures, size: [48, 64], colors: rgb}")
    public record ImagesSource(
            Path path,

            @Default("[]") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Integer> size,

            @Default("as-found") PictureColors colors,
            @Default("0.1") double testShare)
            implements DatasetSource {

        private static final int LARGEST = 4096;

        public ImagesSource {
            size = List.copyOf(size);
            boolean possible = size.size() <= 2 && size.stream().allMatch(side -> side >= 1 && side <= LARGEST);
            if (!possible) {
                throw new InvalidInput(
                        "data.set.size is " + size,
                        "recipe",
                        "give one number, or height and width as in [48, 64], each from 1 to " + LARGEST);
            }
            TestShare.require(testShare);
        }

        @Override
        public Dataset load(DataAccess access) {
            return FileReading.of(path, LAYOUT, () -> new ImageFolder(path, framing(), access).read(testShare));
        }

        @Override
        public Dataset load(DataAccess access, DataSummary form) {
            return form.isImage()
                    ? FileReading.of(
                            path, LAYOUT, () -> new ImageFolder(path, Framing.of(form.event()), access).read(testShare))
                    : load(access);
        }

        @Override
        public Examples asked(DataAccess access, DataSummary form) {
            if (!form.isImage()) {
                return DatasetSource.super.asked(access, form);
            }
            Examples asked =
                    FileReading.of(path, LAYOUT, () -> new ImageFolder(path, Framing.of(form.event()), access).asked());
            return new AskedExamples(form, path.toString(), access.progress()).of(asked);
        }

        private Framing framing() {
            Optional<Framing.Size> wanted = size.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Framing.Size(size.get(0), size.get(size.size() - 1)));
            return new Framing(wanted, colors);
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }
    }
}
