package io.vae4j.experiments.cli;

import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.experiments.training.EpochResult;
import io.vae4j.experiments.training.Progress;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar per epoch on a terminal, and one line per epoch everywhere. */
final class ConsoleProgress implements Progress {

    private final PrintWriter err;
    private final boolean terminal;
    private Optional<ProgressBar> bar = Optional.empty();
    private String position = "";
    private boolean started;

    private ConsoleProgress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static Progress on(PrintWriter err) {
        // the launcher knows whether standard error is a terminal; Java 17 cannot ask
        return new ConsoleProgress(err, Boolean.getBoolean("vae4j.terminal"));
    }

    @Override
    public void begin(int epoch, int epochs, int steps) {
        position = "epoch " + epoch + "/" + epochs;
        if (terminal) {
            bar = Optional.of(new ProgressBarBuilder()
                    .setTaskName(position)
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .build());
        }
    }

    @Override
    public void step(int done, double runningLoss) {
        if (!started) {
            started = true;
            double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
            err.printf(Locale.ROOT, "the first step was done %.1f s after the start%n", uptime);
            err.flush();
        }
        bar.ifPresent(shown -> {
            shown.stepTo(done);
            shown.setExtraMessage(String.format(Locale.ROOT, "loss %.2f", runningLoss));
        });
    }

    @Override
    public void stoppedEarly(int epoch, Checkpoints.Best best) {
        err.printf(
                Locale.ROOT,
                "stopped after epoch %d: by the validation %s, %.4g, epoch %d was the best, which --checkpoint best opens%n",
                epoch,
                best.metric(),
                best.value(),
                best.epoch());
        err.flush();
    }

    @Override
    public void passedOver(String damage) {
        err.println("going on from an earlier checkpoint, since " + damage);
        err.flush();
    }

    @Override
    public void changed(String what) {
        err.println("the folder was changed: " + what);
        err.flush();
    }

    @Override
    public void goingOn(int epochs, long steps) {
        err.printf("going on after epoch %d, step %d%n", epochs, steps);
        err.flush();
    }

    @Override
    public void paused(int epoch, int epochs) {
        err.printf("paused after epoch %d of %d, to be gone on with by --resume%n", epoch, epochs);
        err.flush();
    }

    @Override
    public void completing(int epoch) {
        err.printf(
                "all is trained, up to epoch %d; what is missing of pictures, events and report is made now%n", epoch);
        err.flush();
    }

    @Override
    public void end(EpochResult result) {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
        List<Measurement> all = result.all();
        Measurement last = all.get(all.size() - 1);
        double loss = of(last, StandardMetrics.LOSS);
        double reconstruction = of(last, StandardMetrics.RECONSTRUCTION);
        double kl = of(last, StandardMetrics.KL);
        err.printf(
                Locale.ROOT,
                // a tighter bound, a weight on the KL or a penalty is no such sum
                Math.abs(loss - reconstruction - kl) <= 1e-4 * Math.abs(loss)
                        ? "%s%s = reconstruction %.2f + KL %.2f  (nats/example, %.1f s)%n"
                        : "%s%s  reconstruction %.2f  KL %.2f  (nats/example, %.1f s)%n",
                position,
                all.stream().map(ConsoleProgress::loss).collect(Collectors.joining()),
                reconstruction,
                kl,
                all.stream()
                        .mapToDouble(each -> of(each, StandardMetrics.SECONDS))
                        .sum());
        err.flush();
    }

    private static String loss(Measurement measured) {
        return String.format(
                Locale.ROOT, "  %s loss %.2f", measured.split().label(), of(measured, StandardMetrics.LOSS));
    }

    private static double of(Measurement measurement, Metric metric) {
        return measurement.value(metric).orElse(Double.NaN);
    }
}
