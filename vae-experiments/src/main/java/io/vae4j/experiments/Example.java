package io.vae4j.experiments;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A small value of a kind, or of a key that is a list, as one would write it in a recipe: what {@code ./vae recipes
 * --keys} shows. Tests try those of kinds with everything else.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Example {

    /** YAML. */
    String value();
}
