package io.vae4j.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** How the rows of a partition go through a model: in batches of 20, each at its place. */
class RowChunkTest {

    @Test
    void aPartitionWithinABatchIsThatBatch() {
        assertThat(chunks(LongStream.range(25, 35), 100, 67)).containsExactly("20+20: 25..34");
    }

    @Test
    void theLastBatchIsAsShortAsItIsAmongAllRows() {
        assertThat(chunks(LongStream.range(41, 67), 100, 67)).containsExactly("40+27: 41..66");
    }

    @Test
    void blocksEndWithABatch() {
        assertThat(chunks(LongStream.range(0, 100), 30, 100))
                .containsExactly("0+40: 0..39", "40+40: 40..79", "80+20: 80..99");
    }

    @Test
    void rowsInAnyOrderAreBroughtIntoThatOfTheirPlaces() {
        assertThat(chunks(LongStream.of(7, 21, 3, 0), 100, 1000)).containsExactly("0+40: 0..21");
    }

    @Test
    void batchesThatAreFarApartGoOneByOne() {
        assertThat(chunks(LongStream.of(5, 905, 45), 100, 1000))
                .containsExactly("0+20: 5..5", "40+20: 45..45", "900+20: 905..905");
    }

    @Test
    void rowsOfOnePlaceDoNotReplaceOneAnother() {
        assertThat(chunks(LongStream.of(3, 3, 4), 100, 1000)).containsExactly("0+20: 3..3", "0+20: 3..4");
    }

    @Test
    void placesAreBoundedWhereFewOfThemAreHere() {
        assertThat(chunks(LongStream.range(0, 10).map(i -> 20 * i), 60, 1000))
                .containsExactly("0+60: 0..40", "60+60: 60..100", "120+60: 120..160", "180+20: 180..180");
    }

    /** As {@code FIRST+COUNT: PLACE..PLACE}. */
    private static List<String> chunks(LongStream places, int most, long total) {
        List<String> chunks = new ArrayList<>();
        var rows = places.mapToObj(place -> new PlacedRow(RowFactory.create(place), place));
        RowChunk.of(rows.iterator(), most, total).forEachRemaining(chunk -> {
            List<PlacedRow> inside = chunk.rows();
            chunks.add(
                    chunk.first() + "+" + chunk.count() + ": " + inside.get(0).place() + ".."
                            + inside.get(inside.size() - 1).place());
        });
        return chunks;
    }
}
