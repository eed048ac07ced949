package io.vae4j.experiments;

import io.vae4j.experiments.cli.VaeCommand;

/** Where the launcher enters. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // Reports draw with AWT, which otherwise looks for a screen.
        System.setProperty("java.awt.headless", "true");
        StandardOutput output = StandardOutput.install();
        int code = VaeCommand.run(arguments);
        System.out.flush();
        System.exit(output.exitCode(code, System.err));
    }
}
