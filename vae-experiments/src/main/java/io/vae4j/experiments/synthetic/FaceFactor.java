package io.vae4j.experiments.synthetic;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.experiments.data.Labels.Factor;
import io.vae4j.experiments.synthetic.Face.Glasses;
import io.vae4j.experiments.synthetic.Face.HairStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** What a portrait is labeled with. Of a continuous factor it is which of equally wide ranges the value lies in. */
@SuppressWarnings("ImmutableEnumChecker") // lists that nobody can change, functions without a state
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum FaceFactor {
    /** From light to dark. */
    SKIN(
            List.of("lightest skin", "light skin", "medium skin", "dark skin", "darkest skin"),
            face -> range(face.complexion().skin(), 0, 1, 5)),
    /** Its style. */
    HAIR(
            List.of("bald", "short hair", "chin-length hair", "long hair", "curly hair"),
            face -> place(face.hair().style(), HairStyle.values())),
    /** Also of brows and beard. */
    HAIR_COLOR(
            List.of("black hair", "brown hair", "red hair", "blond hair", "gray hair"),
            face -> face.hair().color()),
    /** Of the irises. */
    EYES(
            List.of("brown eyes", "blue eyes", "green eyes"),
            face -> face.complexion().eyes()),
    /** Whether there are any, and dark ones. */
    GLASSES(
            List.of("no glasses", "glasses", "sunglasses"),
            face -> place(face.accessories().glasses(), Glasses.values())),
    /** Whether there is one. */
    HAT(List.of("no hat", "hat"), face -> face.accessories().hat() ? 1 : 0),
    /** Whether there is one. */
    BEARD(List.of("no beard", "beard"), face -> face.hair().beard() ? 1 : 0),
    /** Where the face is turned to, as the viewer sees it. */
    AZIMUTH(
            List.of("turned left", "half left", "from the front", "half right", "turned right"),
            face -> range(face.pose().azimuth(), -Face.Pose.MOST_AZIMUTH, Face.Pose.MOST_AZIMUTH, 5)),
    /** What the mouth says. */
    EMOTION(
            List.of("frown", "neutral", "smile"),
            face -> range(face.expression().smile(), -1, 1, 3)),
    /** Where the light comes from, as the viewer sees it. */
    LIGHT(
            List.of("light from the left", "light from the right"),
            face -> range(face.scene().light(), -1, 1, 2));

    private final List<String> valueNames;
    private final ToIntFunction<Face> of;

    FaceFactor(List<String> valueNames, ToIntFunction<Face> of) {
        this.valueNames = valueNames;
        this.of = of;
    }

    /** The names of the values. */
    List<String> valueNames() {
        return valueNames;
    }

    /** The value of a face, a place in the list of values. */
    int of(Face face) {
        return of.applyAsInt(face);
    }

    /** As labels have it. */
    Factor factor() {
        return new Factor(name().toLowerCase(Locale.ROOT).replace('_', ' '), valueNames.size());
    }

    private static int place(Enum<?> value, Enum<?>... values) {
        return Arrays.asList(values).indexOf(value);
    }

    private static int range(double value, double from, double to, int ranges) {
        return Math.min(ranges - 1, (int) (ranges * (value - from) / (to - from)));
    }
}
