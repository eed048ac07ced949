package io.vae4j.experiments.cli;

import java.util.function.IntConsumer;

/** A line whenever another tenth of the examples is done. */
final class ExampleProgress implements IntConsumer {

    private final String subject;
    private final int count;
    private final Console console;
    private int tenths;

    ExampleProgress(String subject, int count, Console console) {
        this.subject = subject;
        this.count = count;
        this.console = console;
    }

    @Override
    public void accept(int done) {
        int reached = (int) (10L * done / count);
        if (reached > tenths) {
            tenths = reached;
            console.tell(subject + ": " + done + " of " + count + " examples");
        }
    }
}
