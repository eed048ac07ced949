package io.vae4j.experiments;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A small value of a kind, as one would write it in a recipe: what {@code ./vae recipes --keys} shows, and what tests
 * try with everything else.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Example {

    /** YAML. */
    String value();
}
