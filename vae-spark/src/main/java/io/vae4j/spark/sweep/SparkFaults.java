package io.vae4j.spark.sweep;

/** What a user is told when Spark ends a job. */
final class SparkFaults {

    private SparkFaults() {}

    /** The line of an exception that says what went wrong: Spark puts its own story and traces around it. */
    static String told(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        int recent = message.indexOf("Most recent failure: ");
        String tail = recent < 0 ? message : message.substring(recent + "Most recent failure: ".length());
        return tail.lines().findFirst().orElse(fault.toString()).strip();
    }
}
