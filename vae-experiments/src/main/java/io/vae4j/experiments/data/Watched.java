package io.vae4j.experiments.data;

import ai.djl.util.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs work that has no time limit of its own, for as long as it shows signs of life. */
final class Watched {

    private static final long LOOK_MILLIS = 100;

    private Watched() {}

    /** Work that reports progress. */
    @FunctionalInterface
    interface Work<T> {
        T run(Progress heartbeat) throws IOException;
    }

    /**
     * The result of the work.
     *
     * <p>Work that is given up goes on in a daemon thread until it ends by itself: a blocked connection cannot be
     * interrupted.
     *
     * @throws IOException if the work fails in any way, or shows no progress for as long as the patience lasts
     */
    static <T> T call(Duration patience, Work<T> work) throws IOException {
        Heartbeat heartbeat = new Heartbeat();
        FutureTask<T> task = new FutureTask<>(() -> work.run(heartbeat));
        Thread thread = new Thread(task, "vae4j-download");
        thread.setDaemon(true);
        thread.start();
        while (heartbeat.silence().compareTo(patience) < 0) {
            try {
                return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Still at work; the loop decides whether it still lives.
            } catch (ExecutionException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        task.cancel(true);
        throw new IOException("nothing arrived for %d s".formatted(patience.toSeconds()));
    }

    private static IOException failure(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        // A repository's answer is untrusted: what trips over it with an unchecked exception is a failed download too.
        return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    }

    private static final class Heartbeat implements Progress {

        private volatile long last = System.nanoTime();

        Duration silence() {
            return Duration.ofNanos(System.nanoTime() - last);
        }

        @Override
        public void reset(String message, long max, @Nullable String trailingMessage) {
            beat();
        }

        @Override
        public void start(long initialProgress) {
            beat();
        }

        @Override
        public void end() {
            beat();
        }

        @Override
        public void increment(long increment) {
            beat();
        }

        @Override
        public void update(long progress, @Nullable String message) {
            beat();
        }

        private void beat() {
            last = System.nanoTime();
        }
    }
}
