package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.CsvProvider.CsvSource;
import io.vae4j.experiments.run.DataRecord;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of numbers: what is taken of them, and in which form. */
final class CsvSourceTest {

    private static final String FLOWERS = """
            length,width,species
            5.0,3.0,setosa
            7.0,3.5,virginica
            6.0,2.5,setosa
            8.0,3.0,setosa
            """;

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final DataAccess access = new DataAccess(Path.of("nowhere"), Optional.empty(), said::add);

    @Test
    void whatIsToldOfCellsIsReadByTheRunsColumnsAsItIsWritten() throws IOException {
        TableForm run =
                new TableForm(List.of("length", "width"), List.of(6.5, 3.0), List.of(1.1, 0.4), Optional.empty());
        Path mask = Files.writeString(folder.resolve("mask.csv"), "width,length\n0,1\n1,0\n");
        DataSummary form = new DataSummary(new Shape(2), Support.REAL, List.of(), Optional.of(run.asWritten()));

        Examples read = Datasets.at(mask).source().asked(access, form);

        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            assertThat(read.values().stored(manager).toFloatArray()).containsExactly(1, 0, 0, 1);
        }
    }

    @Test
    void columnsAreStandardizedByTheRowsToTrainOnAlone() throws IOException {
        Random random = new Random(1);
        double[][] rows = IntStream.range(0, 50)
                .mapToObj(i -> new double[] {1.7e9 + 40 * random.nextGaussian(), random.nextGaussian() / 1000})
                .toArray(double[][]::new);
        StringBuilder text = new StringBuilder("time,size\n");
        for (double[] row : rows) {
            text.append(row[0]).append(',').append(row[1]).append('\n');
        }
        Dataset data = load(write("t.csv", text.toString()));
        TestShare.Places places = TestShare.places(50, 0.1);

        TableForm form = data.summary().table().orElseThrow();
        for (int c = 0; c < 2; c++) {
            DescriptiveStatistics train = new DescriptiveStatistics();
            for (int place : places.train()) {
                train.addValue(rows[place][c]);
            }
            assertThat(form.mean().get(c)).isCloseTo(train.getMean(), within(1e-9 * Math.abs(train.getMean())));
            assertThat(form.scale().get(c))
                    .isCloseTo(
                            Math.sqrt(train.getPopulationVariance()),
                            within(1e-6 * form.scale().get(c)));
        }
        int first = IntStream.of(places.train()).min().orElseThrow();
        assertThat(floats(data.train())[0])
                .isCloseTo(
                        (float) ((rows[first][0] - form.mean().get(0))
                                / form.scale().get(0)),
                        within(1e-6f));
        assertThat(data.train().values().mean()[1]).isCloseTo(0, within(1e-6f));
        assertThat(data.summary().support()).isEqualTo(Support.REAL);
        assertThat(data.test().count()).isEqualTo(5);
    }

    @Test
    void whatTheModelGivesIsTurnedBackIntoTheUnitsOfTheTable() throws IOException {
        Dataset data = load(write("t.csv", FLOWERS), "species");
        TableForm form = data.summary().table().orElseThrow();
        double[] restored = form.restored(floats(data.test()));

        assertThat(restored).hasSize(2);
        assertThat(restored[0]).isCloseTo(Math.rint(restored[0]), within(1e-6)).isBetween(4.9, 8.1);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray rows = manager.create(floats(data.test()), new Shape(1, 2));
            assertThat(form.restored(rows).toFloatArray()).containsExactly((float) restored[0], (float) restored[1]);
        }
        assertThat(form.logScale())
                .isCloseTo(Math.log(form.scale().get(0) * form.scale().get(1)), within(1e-12));
    }

    @Test
    void aColumnOfLabelsGivesClassesInOrder() throws IOException {
        Dataset data = load(write("t.csv", FLOWERS), "species");

        assertThat(data.summary().classes()).containsExactly("setosa", "virginica");
        assertThat(data.summary().event()).isEqualTo(new Shape(2));
        assertThat(data.provenance().sha256())
                .containsEntry("t.csv", Sha256.of(FLOWERS.getBytes(StandardCharsets.UTF_8)));
        assertThat(said).containsExactly("reading t.csv, separated by commas");
    }

    @Test
    void classesThatAreNumbersComeByTheirSize() throws IOException {
        Dataset data = load(write("t.csv", "a,label\n1,10\n2,9\n3,-1\n4,9\n"), "label");

        assertThat(data.summary().classes()).containsExactly("-1", "9", "10");
    }

    @Test
    void aColumnThatIsCalledLabelIsTakenForOneWhereNothingIsSaid() throws IOException {
        Path file = write("t.csv", "a,class\n1,x\n2,y\n3,x\n");

        assertThat(Datasets.at(file).source()).isEqualTo(new CsvSource(file, Optional.of("class"), 0.1));
        assertThat(Datasets.at(file).kind()).isEqualTo("csv");
    }

    @Test
    void semicolonsTabsQuotesAndAByteOrderMarkAreUnderstood() throws IOException {
        Path semicolons = write("s.csv", "\uFEFF\"a;b\";c\r\n\"1.5\"; 2\r\n3;4\r\n\r\n5;7\r\n");
        Path tabs = write("t.tsv", "a\tb\n1\t2\n3\t5\n4\t4");

        assertThat(load(semicolons).summary().table().orElseThrow().columns()).containsExactly("a;b", "c");
        assertThat(load(tabs).summary().table().orElseThrow().columns()).containsExactly("a", "b");
        assertThat(said).containsExactly("reading s.csv, separated by semicolons", "reading t.tsv, separated by tabs");
    }

    @Test
    void aFolderOfThreeFilesHoldsTheSplits() throws IOException {
        write("train.csv", "a,b,class\n0,1,x\n2,2,y\n4,6,x\n");
        write("test.csv", "class,b,a\nx,3,2\n");
        write("validation.csv", "a,b,class\n4,3,y\n");
        Dataset data = Datasets.at(folder).source().load(access);

        assertThat(data.train().count()).isEqualTo(3);
        assertThat(data.validation().orElseThrow().count()).isEqualTo(1);
        assertThat(floats(data.test())).containsExactly(0, 0);
        assertThat(TinySet.labels(data.validation().orElseThrow())).containsExactly(1);
        assertThat(data.provenance().sha256()).containsOnlyKeys("train.csv", "test.csv", "validation.csv");
    }

    @Test
    void aColumnThatNeverDiffersIsLeftOutAndNamed() throws IOException {
        Dataset data = load(write("t.csv", "a,b,c\n1,5,2\n2,5,1\n3,5,1\n"));

        assertThat(data.summary().table().orElseThrow().columns()).containsExactly("a", "c");
        assertThat(said).contains("left out, the same in all rows to train on: b");
    }

    @Test
    void anotherTableIsPutToARunByTheRunsNamesAndStatistics() throws IOException {
        TableForm form = new TableForm(List.of("a", "b"), List.of(1.0, 10.0), List.of(2.0, 5.0), Optional.of("class"));
        Path file = write("o.csv", "b,other,class,a\n20,words,y,3\n5,more,z,-1\n");
        Examples asked = new CsvSource(file, Optional.empty(), 0.1).asked(access, run(form, "x", "y"));

        assertThat(floats(asked)).containsExactly(1, 2, -1, -1);
        assertThat(asked.labels().classNames()).containsExactly("x", "y", "z");
        assertThat(TinySet.labels(asked)).containsExactly(1, 2);
        assertThat(said)
                .contains("not read, since the run has no such column: other", "the run knows no class z, only x, y");
    }

    @Test
    void aWholeTableIsReadByTheRunsStatisticsNotByItsOwn() throws IOException {
        TableForm form = new TableForm(List.of("b"), List.of(10.0), List.of(5.0), Optional.of("class"));
        DataSummary run = new DataSummary(new Shape(1), Support.REAL, List.of("x", "y"), Optional.of(form));
        write("train.csv", "a,b,class\n1,20,y\n2,5,y\n");
        write("test.csv", "a,b,class\n1,15,y\n");
        Dataset data = new CsvSource(folder, Optional.empty(), 0.1).load(access, run);

        assertThat(floats(data.train())).containsExactly(2, -1);
        assertThat(floats(data.test())).containsExactly(1);
        assertThat(data.summary().classes()).containsExactly("x", "y");
        assertThat(TinySet.labels(data.train())).containsExactly(1, 1);
        assertThat(data.summary().table()).contains(form);
    }

    @Test
    void emptyCellsAreMissingElementsWhereTheyMayBe() throws IOException {
        TableForm form = new TableForm(List.of("a", "b"), List.of(1.0, 10.0), List.of(2.0, 5.0), Optional.empty());
        CsvSource source = new CsvSource(write("o.csv", "a,b\n3,\nnan,15\n?,NA\n"), Optional.empty(), 0.1);
        IncompleteExamples asked = source.incomplete(access, run(form));

        assertThat(floats(asked.examples())).containsExactly(1, 0, 0, 1, 0, 0);
        assertThat(NpySourceTest.missing(asked)).containsExactly("0:1", "1:0", "2:0", "2:1");
        assertThatThrownBy(() -> source.asked(access, run(form)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("o.csv has 4 empty cells, the first in line 2, column b");
    }

    /** Rows of class far are a million times as large; column b is 1 but for them. */
    @Test
    void aTableIsStandardizedByTheRowsThatRemainToTrainOn() throws IOException {
        StringBuilder text = new StringBuilder("a,b,class\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 3 == 0 ? "%de6,%d,far%n".formatted(i, i) : "0.%02d,1,near%n".formatted(i));
        }
        Dataset read = load(write("t.csv", text.toString()), "class");
        Dataset data = ValidationShare.of(WithoutClasses.of(read, List.of("far")), 0.25);
        TableForm form = data.summary().table().orElseThrow();
        DescriptiveStatistics train = new DescriptiveStatistics();
        for (double value : form.restored(floats(data.train()))) {
            train.addValue(value);
        }

        assertThat(form.columns()).containsExactly("a");
        assertThat(said).contains("left out, the same in all rows to train on: b");
        assertThat(form.mean().get(0)).isCloseTo(train.getMean(), within(1e-7));
        assertThat(form.scale().get(0)).isCloseTo(Math.sqrt(train.getPopulationVariance()), within(1e-7));
        assertThat(data.train().values().mean()[0]).isCloseTo(0, within(1e-6f));
        assertThat(data.validation().orElseThrow().values().mean()[0]).isNotCloseTo(0, within(1e-6f));
        assertThat(data.summary().classes()).containsExactly("near");
        assertThat(data.origins()).containsOnlyKeys("test", "validation");
        assertThat(DataRecord.of(data).table()).contains(form);
    }

    @Test
    void aRunsTableKeepsItsStatisticsWhateverRowsAreTakenAway() throws IOException {
        TableForm form = new TableForm(List.of("a"), List.of(10.0), List.of(5.0), Optional.of("class"));
        DataSummary run = new DataSummary(new Shape(1), Support.REAL, List.of("x"), Optional.of(form));
        Path file = write("t.csv", "a,class\n15,x\n20,y\n5,x\n10,x\n10,y\n10,x\n10,x\n0,x\n");
        Dataset data =
                WithoutClasses.of(new CsvSource(file, Optional.of("class"), 0.1).load(access, run), List.of("y"));

        assertThat(data.summary().table()).contains(form);
        assertThat(data.summary().classes()).containsExactly("x");
        assertThat(TinySet.labels(data.train())).containsOnly(0);
    }

    @Test
    void rowsWithoutAClassArePutToAModelWithoutClassesAndAreNotTrainedOn() throws IOException {
        TableForm form = new TableForm(List.of("a", "b"), List.of(1.0, 1.0), List.of(2.0, 5.0), Optional.of("class"));
        CsvSource source = new CsvSource(write("o.csv", "a,b,class\n3,4,x\n1,1,\n"), Optional.of("class"), 0.1);

        assertThat(source.asked(access, run(form, "x")).labels()).isEqualTo(Labels.none());
        assertThat(said).contains("no classes are taken, since some are not known: the first in line 3, column class");
        assertThatThrownBy(() -> source.load(access))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("o.csv has 1 empty cell, in line 3, column class")
                .hasMessageContaining("or give each a class");
    }

    @Test
    void aTableThatLacksAColumnOfTheRunIsRefused() throws IOException {
        TableForm form = new TableForm(List.of("a", "b"), List.of(1.0, 1.0), List.of(2.0, 5.0), Optional.empty());
        CsvSource source = new CsvSource(write("o.csv", "a,c\n3,4\n"), Optional.empty(), 0.1);

        assertThatThrownBy(() -> source.asked(access, run(form)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("o.csv lacks columns that the run was trained on: b")
                .hasMessageContaining("give a table with the run's columns: a, b");
    }

    @Test
    void dataWithoutColumnsAreRefusedByARunOnATable() {
        TableForm form = new TableForm(List.of("a", "b"), List.of(1.0, 1.0), List.of(2.0, 5.0), Optional.empty());
        Values values = Values.ofFloats(FloatBuffer.wrap(new float[] {1, 2}), 1, new Shape(2));
        AskedExamples asked = new AskedExamples(run(form), "x.npz", said::add);

        assertThatThrownBy(() -> asked.of(new Examples(values)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("give a csv file with the columns a, b");
    }

    @Test
    void theManifestKeepsTheFormToTheLastBit() throws IOException {
        DataRecord record = DataRecord.of(load(write("t.csv", FLOWERS), "species"));
        ObjectMapper mapper = new ObjectMapper().registerModule(new Jdk8Module());

        String json = mapper.writeValueAsString(record.table());
        TableForm again = mapper.readValue(json, TableForm.class);

        assertThat(Optional.of(again)).isEqualTo(record.table());
        assertThat(record.summary().orElseThrow().table()).isEqualTo(record.table());
    }

    @Test
    void aFileThatIsWrittenToMeanwhileIsNotUsed() throws IOException {
        Path file = write("t.csv", FLOWERS);

        assertThatThrownBy(() -> FileReading.of(file, "-", () -> Files.writeString(file, FLOWERS + "9,9,setosa\n")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("t.csv changed while it was read, and nothing of it is used");
    }

    @Test
    void aFileThatEndsTooEarlyIsSaidToBeCutOffWhateverItsKind() throws IOException {
        Path file = write("t.csv", FLOWERS);

        assertThatThrownBy(() -> FileReading.of(file, "-", () -> {
                    throw new EOFException("Unexpected end of ZLIB input stream");
                }))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the file is cut off or damaged: EOFException: Unexpected end of ZLIB input stream (" + file
                        + "); save or copy it anew");
    }

    private static DataSummary run(TableForm form, String... classes) {
        return new DataSummary(new Shape(2), Support.REAL, List.of(classes), Optional.of(form));
    }

    private Dataset load(Path file, String... labels) {
        return new CsvSource(file, Optional.of(labels).filter(l -> l.length > 0).map(l -> l[0]), 0.1).load(access);
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text, StandardCharsets.UTF_8);
    }

    private Path write(String name, String text, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(charset));
    }

    static float[] floats(Examples examples) {
        int numbers = examples.values().exampleBytes() / Float.BYTES;
        ByteBuffer buffer =
                ByteBuffer.allocate(numbers * Float.BYTES * examples.count()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < examples.count(); i++) {
            examples.values().read(i, buffer);
        }
        float[] floats = new float[numbers * examples.count()];
        buffer.flip().asFloatBuffer().get(floats);
        return floats;
    }
}
