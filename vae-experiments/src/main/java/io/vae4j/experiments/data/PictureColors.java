package io.vae4j.experiments.data;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.OptionalInt;

/** Which channels the pictures of a folder become. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum PictureColors {
    /** Red, green and blue if any picture has color, else gray. */
    AS_FOUND(OptionalInt.empty()),
    /** One channel, the luma of a color: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    GRAY(OptionalInt.of(1)),
    /** Three channels, which are alike in a gray picture. */
    RGB(OptionalInt.of(3));

    private final OptionalInt channels;

    PictureColors(OptionalInt channels) {
        this.channels = channels;
    }

    /** How many channels; empty where the pictures decide. */
    OptionalInt channels() {
        return channels;
    }

    /** The choice that gives so many channels. */
    static PictureColors of(long channels) {
        return channels == 1 ? GRAY : RGB;
    }
}
