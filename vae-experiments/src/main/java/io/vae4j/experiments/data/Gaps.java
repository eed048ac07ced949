package io.vae4j.experiments.data;

/** Whether elements of examples may be missing, such as empty cells of a table or NaN in an array. */
enum Gaps {
    REFUSED,
    KEPT
}
