package io.vae4j.core.compiled;

import java.util.List;

/** A thing that a program does, in its place. */
sealed interface Statement permits Application, Update, Overwrite {

    /** What it reads. */
    List<Value> inputs();
}
