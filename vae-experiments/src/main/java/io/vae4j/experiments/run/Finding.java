package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One number that an evaluation found, with how sure it is.
 *
 * @param heading what people read it under
 * @param value NaN where it was not finite
 * @param unit what the number is
 * @param standardError of the value; empty where it is exact or none is known
 * @param interval of 95 %; empty where none was estimated
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Finding(
        String heading,
        double value,
        Optional<Metric.Unit> unit,
        @JsonProperty("standard_error") Optional<Double> standardError,
        Optional<Interval> interval) {

    public Finding {
        heading = heading == null ? "" : heading;
    }

    /** A number that is exact, or whose error is not known. */
    public static Finding of(String heading, double value, Metric.Unit unit) {
        return new Finding(heading, value, Optional.of(unit), Optional.empty(), Optional.empty());
    }

    /** Nats per example. */
    public static Finding nats(String heading, double value) {
        return of(heading, value, Metric.Unit.NATS_PER_EXAMPLE);
    }

    /** The same number with its standard error. */
    public Finding within(double error) {
        return new Finding(heading, value, unit, Optional.of(error), interval);
    }

    /** The same number with its interval of 95 %. */
    public Finding between(double lower, double upper) {
        return new Finding(heading, value, unit, standardError, Optional.of(new Interval(lower, upper)));
    }

    /** Where a number lies with 95 % confidence. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Interval(double lower, double upper) {}
}
