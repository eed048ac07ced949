package io.vae4j.experiments.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The NVIDIA cards of this machine, and which of them CUDA will show.
 *
 * @param cards in the order of their PCI addresses, as {@code nvidia-smi} counts them
 * @param shown the value of {@code CUDA_VISIBLE_DEVICES} when it is set, even to nothing
 * @param search what the search for cards found, for people: "no NVIDIA driver found"
 */
public record InstalledGpus(List<GpuCard> cards, Optional<String> shown, String search) {

    /** Copies the list. */
    public InstalledGpus {
        cards = List.copyOf(cards);
    }

    /** No cards, because of {@code search}. */
    static InstalledGpus none(String search) {
        return new InstalledGpus(List.of(), Optional.empty(), search);
    }

    /**
     * The cards in the order in which CUDA numbers them.
     *
     * <p>CUDA reads {@code CUDA_VISIBLE_DEVICES} from the left and stops at the first entry that names no card. An
     * entry is an index, the beginning of a UUID, or a MIG slice, which counts as one device.
     */
    public List<GpuCard> visible() {
        if (shown.isEmpty()) {
            return cards;
        }
        List<GpuCard> seen = new ArrayList<>();
        for (String entry : shown.get().split(",", -1)) {
            Optional<GpuCard> card = named(entry.strip());
            if (card.isEmpty() || seen.contains(card.get())) {
                break;
            }
            seen.add(card.get());
        }
        return List.copyOf(seen);
    }

    private Optional<GpuCard> named(String entry) {
        if (entry.matches("\\d{1,4}")) {
            int index = Integer.parseInt(entry);
            return index < cards.size() ? Optional.of(cards.get(index)) : Optional.empty();
        }
        if (entry.startsWith("MIG-") && !cards.isEmpty()) {
            return Optional.of(new GpuCard("MIG slice", entry));
        }
        return entry.startsWith("GPU-")
                ? cards.stream().filter(card -> card.uuid().startsWith(entry)).findFirst()
                : Optional.empty();
    }
}
