package io.vae4j.experiments.device;

import ai.djl.Device;

/**
 * The device that a run computes on, with the engine started.
 *
 * <p>Managers and models are to be made with this device by name: DJL's default device can be another one.
 *
 * @param device for {@code Engine.newBaseManager(device)} and {@code Model.newInstance(name, device)}
 * @param reason why this one, for manifest and report
 * @param libraries where libtorch came from, for manifest and report
 */
public record RunDevice(Device device, String reason, String libraries) {

    /** The CPU, as code in Java asks for it. */
    public static RunDevice cpu() {
        return chosen(Device.cpu());
    }

    /** A device that code in Java chose. */
    public static RunDevice chosen(Device device) {
        return new RunDevice(device, "chosen in Java", "as DJL found them");
    }

    /** The device as {@code --device} takes it: {@code cpu} or {@code gpu:N}. */
    public String name() {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }
}
