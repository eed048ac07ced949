package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The IDX files of one data set in a folder, of which nobody knows what they hold.
 *
 * @param folder that they are in
 * @param files of one data set
 * @param room what they may take
 */
record IdxSplits(Path folder, List<IdxName> files, HeapRoom room) {

    /** What there is of one split. */
    private record Pair(ExampleArray images, Optional<LabelArray> labels) {}

    /**
     * Those of one data set.
     *
     * @param prefix of the files' names; where it is empty, there must be only one data set
     */
    static IdxSplits in(Path folder, Optional<String> prefix, HeapRoom room) throws IOException {
        List<IdxName> all = IdxName.in(folder);
        TreeSet<String> prefixes =
                new TreeSet<>(all.stream().map(IdxName::prefix).toList());
        if (prefix.isEmpty() && prefixes.size() > 1) {
            throw new WrongFile(
                    "the folder holds the files of several data sets: " + Reason.line(String.join(", ", prefixes)),
                    "name one by --set data.set.prefix=" + prefixes.last() + ", or give one of its files");
        }
        String chosen = prefix.orElseGet(() -> prefixes.isEmpty() ? "" : prefixes.first());
        List<IdxName> files =
                all.stream().filter(file -> file.prefix().equals(chosen)).toList();
        if (files.isEmpty()) {
            throw new WrongFile(
                    "there are no IDX files" + prefix.map(name -> " of " + name).orElse(""));
        }
        return new IdxSplits(folder, files, room);
    }

    GivenSplits given() throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        Pair train = pair("train", sums)
                .orElseThrow(() -> new WrongFile("there is no file of images to train on, such as "
                        + "train-images-idx3-ubyte, among " + names()));
        Optional<Pair> validation = pair("validation", sums);
        Optional<Pair> test = pair("test", sums);
        String prefix = files.get(0).prefix();
        return new GivenSplits(
                prefix.isEmpty() ? String.valueOf(folder.getFileName()) : prefix,
                examples(train, train),
                validation.isEmpty() ? Optional.empty() : Optional.of(examples(validation.get(), train)),
                test.isEmpty() ? Optional.empty() : Optional.of(examples(test.get(), train)),
                new Provenance(folder.toString(), sums));
    }

    private String names() {
        return String.join(
                ", ",
                files.stream()
                        .map(name -> String.valueOf(name.file().getFileName()))
                        .toList());
    }

    private Optional<Pair> pair(String split, Map<String, String> sums) throws IOException {
        Optional<NamedArrays.Named> labels = array(split, IdxName.LABELS, sums);
        Optional<NamedArrays.Named> images = array(split, IdxName.IMAGES, sums);
        if (images.isEmpty()) {
            return Optional.empty();
        }
        ExampleArray examples = ExampleArray.of(images.get());
        return Optional.of(new Pair(
                examples,
                labels.isEmpty()
                        ? Optional.empty()
                        : Optional.of(LabelArray.of(labels.get(), examples.count(), room))));
    }

    private Optional<NamedArrays.Named> array(String split, String content, Map<String, String> sums)
            throws IOException {
        Optional<IdxName> name = files.stream()
                .filter(file -> file.split().equals(split) && file.content().equals(content))
                .findFirst();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String file = String.valueOf(name.get().file().getFileName());
        IdxContent found = Idx.read(name.get().file(), room);
        sums.put(file, found.sha256());
        long[] shape = found.shape().sizes().stream().mapToLong(size -> size).toArray();
        ByteBuffer bytes = ByteBuffer.wrap(found.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(new NamedArrays.Named(file, new NumpyArray("u1", shape, bytes, Optional.empty())));
    }

    /** Classes keep their numbers as names, also where these begin at 1. */
    private IncompleteExamples examples(Pair pair, Pair train) throws WrongFile {
        if (pair.labels().isEmpty() || train.labels().isEmpty()) {
            if (pair.labels().isPresent() != train.labels().isPresent()) {
                throw new WrongFile("some splits have labels and some have none", "label all of them, or none");
            }
            return pair.images().examples(Gaps.REFUSED, Labels.none());
        }
        LabelArray known = train.labels().get();
        pair.labels().get().requireAmong(known);
        int lowest = Arrays.stream(known.of()).min().orElseThrow();
        List<String> names = IntStream.range(lowest, known.classes())
                .mapToObj(Integer::toString)
                .toList();
        int[] of = Arrays.stream(pair.labels().get().of())
                .map(label -> label - lowest)
                .toArray();
        return pair.images().examples(Gaps.REFUSED, new Labels.Classes(names, of));
    }
}
