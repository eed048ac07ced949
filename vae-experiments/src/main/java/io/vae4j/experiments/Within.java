package io.vae4j.experiments;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values that make sense for a number in a recipe, of a list for each of its numbers: what no serious use exceeds.
 * Others are refused when the recipe is read, and {@code vae recipes --keys} shows the range.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {

    /** An interval, such as {@code (0, 1]} for a number above 0 and up to 1. */
    String value();
}
