package io.vae4j.experiments.cli;

import ai.djl.Device;

/** The device of {@code ./vae jshell}, for the first lines of the shell. */
public final class JShellDevice {

    private static Device ready = Device.cpu();

    private JShellDevice() {}

    /** The device that the command was started with. */
    public static Device ready() {
        return ready;
    }

    static void use(Device device) {
        ready = device;
    }
}
