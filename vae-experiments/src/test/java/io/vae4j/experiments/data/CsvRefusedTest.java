package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.CsvProvider.CsvSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are none: each is one line that says what is wrong, where, and what to do. */
final class CsvRefusedTest {

    @TempDir
    private Path folder;

    @Test
    void aCellOfTextIsRefused() throws IOException {
        refused("a,b\n1,2\n3,red\n", "line 3, column b, is 'red', no number", "--set data.set.labels=b");
    }

    @Test
    void anEmptyCellIsRefused() throws IOException {
        refused("a,b\n1,2\n,3\n4,\n", "t.csv has 2 empty cells, the first in line 3, column a", "pandas' dropna");
    }

    @Test
    void rowsOfUnevenLengthIsRefused() throws IOException {
        refused("a,b\n1,2\n3\n", "t.csv has 1 cells in line 3 and 2 in its header", "as many cells");
    }

    @Test
    void twoColumnsOfOneNameIsRefused() throws IOException {
        refused("a,a\n1,2\n", "t.csv has two columns named a", "names each column once");
    }

    @Test
    void aColumnWithoutANameIsRefused() throws IOException {
        refused(",a\n0,2\n", "t.csv has no name for column 1", "to_csv(index=False)");
    }

    @Test
    void noHeaderIsRefused() throws IOException {
        refused("1,2\n3,4\n", "t.csv has no header: its first line holds numbers", "names each column once");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        refused("", "t.csv is empty", "names each column once");
    }

    @Test
    void aHeaderAloneAreRefused() throws IOException {
        refused("a,b\n", "t.csv has a header and no row below it", "add rows");
    }

    @Test
    void oneRowIsRefused() throws IOException {
        refused("a,b\n1,2\n", "too few examples to set some aside for the test: 1", "give more rows");
    }

    @Test
    void decimalCommasAreRefused() throws IOException {
        refused("a;b\n1,5;2\n", "line 2, column a, is '1,5', no number", "write a point for the decimals");
    }

    @Test
    void columnsSeparatedByBlanksAreRefused() throws IOException {
        refused("a b\n1 2\n", "line 2, column a b, is '1 2', no number", "separate the columns by commas");
    }

    @Test
    void anInfiniteNumberIsRefused() throws IOException {
        refused("a,b\n1,2\n3,-inf\n", "line 3, column b, is -inf, which is not finite", "leave it empty");
    }

    @Test
    void aNumberTooLargeForADoubleIsRefused() throws IOException {
        refused("a,b\n1,2\n3,1e999\n", "line 3, column b, is 1e999, which is not finite", "leave it empty");
    }

    @Test
    void numbersTooLargeToBeSquaredIsRefused() throws IOException {
        refused("a,b\n1,1e300\n2,-1e300\n3,4\n", "the numbers of column b are too large", "another unit");
    }

    @Test
    void javasOwnNumbersAreRefused() throws IOException {
        refused("a,b\n1,2\n3,1f\n", "line 3, column b, is '1f', no number", "data.set.labels=b");
    }

    @Test
    void constantColumnsAloneAreRefused() throws IOException {
        refused("a\n1\n1\n1\n", "no column of numbers differs from row to row", "give more rows");
    }

    @Test
    void aQuoteThatIsNotClosedIsRefused() throws IOException {
        refused("a,b\n1,2\n\"3,4\n", "t.csv is not well formed", "close each quote");
    }

    @Test
    void aMillionColumnsAreRefusedBeforeARowIsRead() throws IOException {
        String header = IntStream.range(0, 1_000_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        refused(header + "\n1\n", "t.csv has 1000000 columns, and up to 100000 are read", "choose columns");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), "a,b\n1,2\n3,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        refused(file, Optional.empty())
                .hasMessageContaining("t.csv is no UTF-8 text")
                .hasMessageContaining("save it as");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        Path file = Files.write(
                folder.resolve("t.csv"), ("a,b\n\"" + "1".repeat(1 << 25)).getBytes(StandardCharsets.UTF_8));

        refused(file, Optional.empty()).hasMessageContaining("t.csv has a row of more than 16777216 characters");
    }

    @Test
    void aTableThatDoesNotFitIntoMemoryIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n");

        assertThatThrownBy(
                        () -> TableSplits.of(new CsvFiles(file, new HeapRoom(1000), line -> {}), Optional.empty(), 0.1))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("t.csv from line 2 on takes")
                .hasMessageContaining("bytes of memory");
    }

    @Test
    void labelsThatDoNotFitIntoMemoryAreRefused() throws IOException {
        String longest = "x".repeat(1 << 20);
        Path file = Files.writeString(
                folder.resolve("t.csv"), "a,class\n1,A\n2,B\n3,%s1\n4,%s2\n".formatted(longest, longest));

        assertThatThrownBy(() -> TableSplits.of(
                        new CsvFiles(file, new HeapRoom(4 << 20), line -> {}), Optional.of("class"), 0.1))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("t.csv from line 5 on takes");
    }

    @Test
    void aColumnOfLabelsThatIsNotThereIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,class\n1,2\n3,4\n");

        refused(file, Optional.of("clas"))
                .hasMessageContaining("t.csv has no column clas")
                .hasMessageContaining("did you mean 'class'? name one of a, class");
    }

    @Test
    void aClassThatOnlyTheTestHasIsRefused() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "a,class\n1,x\n3,y\n");
        Files.writeString(folder.resolve("test.csv"), "a,class\n1,z\n");

        refused(folder, Optional.of("class"))
                .hasMessageContaining("the class z occurs in test.csv and not among the rows to train on");
    }

    @Test
    void filesOfDifferentColumnsAreRefused() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "a,b\n1,2\n3,3\n");
        Files.writeString(folder.resolve("test.csv"), "a,c\n1,2\n");

        refused(folder, Optional.empty()).hasMessageContaining("test.csv and train.csv have different columns");
    }

    private void refused(String text, String what, String remedy) throws IOException {
        refused(Files.writeString(folder.resolve("t.csv"), text), Optional.empty())
                .hasMessageContaining(what)
                .hasMessageContaining(remedy);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path file, Optional<String> labels) {
        return assertThatThrownBy(() -> new CsvSource(file, labels, 0.1).load(DataAccess.standard()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }
}
