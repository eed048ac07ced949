package io.vae4j.experiments.cli;

import java.util.List;
import org.jline.utils.Signals;

/** Lets somebody who asks twice not wait: the first signal ends the work when it is safe, the second one at once. */
final class SecondSignal {

    /** Their numbers are those of POSIX, of which a shell makes exit codes. */
    private record Kind(String name, int number) {}

    private static final List<Kind> KINDS = List.of(new Kind("INT", 2), new Kind("TERM", 15));

    private SecondSignal() {}

    /** Called when the first one is there. What is being written then is a draft, which the next start removes. */
    static void endsAtOnce() {
        KINDS.forEach(kind ->
                Signals.register(kind.name(), () -> Runtime.getRuntime().halt(128 + kind.number())));
    }
}
