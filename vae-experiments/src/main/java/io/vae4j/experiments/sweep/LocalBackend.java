package io.vae4j.experiments.sweep;

import io.vae4j.experiments.device.DeviceSlots;
import java.util.List;
import java.util.OptionalInt;

/** Where runs are trained when nobody says otherwise: in processes of their own, on this machine. */
public final class LocalBackend {

    private LocalBackend() {}

    /**
     * Processes on this machine.
     *
     * @param device what each asks for, as {@code --device} takes it; a GPU for each process, where there are some
     * @param jobs how many at one time; empty for one on each GPU, or as many as cores and memory allow
     * @param arguments that every run is given besides, such as {@code --data-dir}
     */
    public static RunBackend of(String device, OptionalInt jobs, List<String> arguments) {
        return of(DeviceSlots.ofThisMachine(device, jobs), ProgramLine.ofThisProcess(), arguments);
    }

    /**
     * Processes on this machine, of a program that was started otherwise than this one.
     *
     * @param slots one for each process
     */
    public static RunBackend of(List<DeviceSlots.Slot> slots, ProgramLine program, List<String> arguments) {
        return new ChildProcesses(slots, program, arguments);
    }
}
