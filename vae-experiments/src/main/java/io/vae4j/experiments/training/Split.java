package io.vae4j.experiments.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which part of the data a line of metrics is about. */
public enum Split {
    @JsonProperty("train")
    TRAIN,
    @JsonProperty("test")
    TEST
}
