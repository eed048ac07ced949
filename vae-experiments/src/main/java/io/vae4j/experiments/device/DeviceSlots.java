package io.vae4j.experiments.device;

import ai.djl.Device;
import io.vae4j.experiments.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The places on this machine where processes can compute at one time: one for each GPU, or several on the CPU, which
 * share its cores. <b>Untried on GPUs</b>: none was at hand.
 */
public final class DeviceSlots {

    /** Of a process with its engine, data and model of the usual size. */
    private static final long BYTES = 3L << 29;

    private DeviceSlots() {}

    /**
     * A place for one process.
     *
     * @param device what it is to ask for with {@code --device}
     * @param threads of its kernels
     * @param environment variables that show it its own GPU alone
     * @param title for people, such as {@code GPU 1}
     */
    public record Slot(String device, int threads, Map<String, String> environment, String title) {

        public Slot {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * The places of this machine.
     *
     * @param device what the user asks for, as {@link DeviceRequest#parse} takes it; without a number, all GPUs
     * @param jobs how many processes; empty for one on each GPU, or as many as cores and memory allow
     * @throws InvalidInput if a GPU is asked for and there is none
     */
    public static List<Slot> ofThisMachine(String device, OptionalInt jobs) {
        DeviceRequest request = DeviceRequest.parse(device);
        DeviceFacts facts = Probe.ofThisMachine().facts();
        DeviceChoice choice = facts.choose(request);
        int cores = Runtime.getRuntime().availableProcessors();
        if (choice instanceof DeviceChoice.Gpu gpu) {
            List<NvidiaGpus.Card> all = facts.gpus().visible();
            return onGpus(device.contains(":") ? List.of(all.get(gpu.index())) : all, request.kind(), jobs, cores);
        }
        return onCpu(
                jobs.orElseGet(
                        () -> usual(cores, DeviceMemory.available(Device.cpu()).orElse(Long.MAX_VALUE))),
                cores);
    }

    /** A process for each core, if they have room. */
    static int usual(int cores, long freeBytes) {
        return (int) Math.max(1, Math.min(cores, freeBytes / BYTES));
    }

    static List<Slot> onCpu(int jobs, int cores) {
        int threads = Math.max(1, cores / jobs);
        return IntStream.range(0, jobs)
                .mapToObj(job -> new Slot("cpu", threads, Map.of(), "CPU"))
                .toList();
    }

    /** Each process sees one card, the first one there is for it; further processes than cards share them in turn. */
    static List<Slot> onGpus(List<NvidiaGpus.Card> cards, DeviceRequest.Kind kind, OptionalInt jobs, int cores) {
        int processes = jobs.orElse(cards.size());
        int threads = Math.max(1, cores / processes);
        String device = kind == DeviceRequest.Kind.AUTO ? "auto" : "gpu";
        return IntStream.range(0, processes)
                .mapToObj(job -> {
                    int card = job % cards.size();
                    return new Slot(
                            device,
                            threads,
                            Map.of("CUDA_VISIBLE_DEVICES", cards.get(card).uuid()),
                            cards.get(card).name() + " " + card);
                })
                .toList();
    }
}
