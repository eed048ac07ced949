package io.vae4j.experiments.training;

/** Who is told how training goes. */
public interface Progress {

    /** An epoch begins. */
    void begin(int epoch, int epochs, int steps);

    /** A step is done. */
    void step(int done, double runningLoss);

    /** The epoch and its test are done. */
    void end(EpochResult result);

    /** Says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void begin(int epoch, int epochs, int steps) {}

            @Override
            public void step(int done, double runningLoss) {}

            @Override
            public void end(EpochResult result) {}
        };
    }
}
