package io.vae4j.experiments;

import io.vae4j.experiments.cli.VaeCommand;

/** Where the launcher enters. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(VaeCommand.run(arguments));
    }
}
