package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What is told of work while it is done; the clock is the test's own. */
class WorkProgressTest {

    private final StringWriter told = new StringWriter();
    private long seconds;

    @Test
    void theTimeOfLongWorkIsToldOnceAfterAPartOfItWasMeasured() {
        WorkProgress progress = progress(1000);

        progress.accept(0.5); // what comes before the first report is not measured
        seconds = 4;
        progress.accept(0.6);
        seconds = 8;
        progress.accept(0.7);

        assertThat(told.toString().lines()).containsExactly("run: about 11 hours for 1,000 examples");
    }

    @Test
    void ofWorkThatIsDoneSoonOnlyTheTenthsAreTold() {
        WorkProgress progress = progress(40);
        for (int done = 10; done <= 40; done += 10) {
            seconds += 2;
            progress.accept(done);
        }

        assertThat(told.toString().lines())
                .containsExactly(
                        "run: 10 of 40 examples",
                        "run: 20 of 40 examples",
                        "run: 30 of 40 examples",
                        "run: 40 of 40 examples");
    }

    @Test
    void ofOneLongThingTheTenthsAreInPercentWithTheTimeThatIsLeft() {
        WorkProgress progress = progress(1);
        progress.accept(0.001);
        seconds = 999;
        progress.accept(0.5005);

        assertThat(told.toString().lines())
                .containsExactly(
                        "run: about 33 minutes for 1 examples", "run: 50 % of 1 examples, about 17 minutes left");
    }

    @Test
    void timesAreReadable() {
        assertThat(WorkProgress.readable(90)).isEqualTo("90 seconds");
        assertThat(WorkProgress.readable(600)).isEqualTo("10 minutes");
        assertThat(WorkProgress.readable(3 * 3600)).isEqualTo("3.0 hours");
        assertThat(WorkProgress.readable(1e10)).isEqualTo("317 years");
    }

    private WorkProgress progress(double count) {
        CommandSpec spec = CommandSpec.create();
        new CommandLine(spec).setErr(new PrintWriter(told, true));
        return new WorkProgress("run", "examples", count, new Console(spec), () -> seconds * 1_000_000_000);
    }
}
