package io.vae4j.experiments;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what is behind an address, for as long as it may take and no longer, whatever the network does. */
public final class TimedDownload {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(Redirect.NORMAL)
            .build();

    private TimedDownload() {}

    /** Takes what it wants from the bytes. */
    @FunctionalInterface
    public interface ContentReader<T> {
        T read(InputStream content) throws IOException;
    }

    /**
     * What the reader makes of a file or of a web server's answer.
     *
     * @throws IOException with a reason in a few words if nothing is there, if it takes longer than the limit, or if
     *     the address is a web server's and DJL is set to offline
     */
    public static <T> T read(URI address, Duration limit, ContentReader<T> reader) throws IOException {
        if ("file".equals(address.getScheme())) {
            try (InputStream content = Files.newInputStream(Path.of(address))) {
                return reader.read(content);
            }
        }
        if (Utils.isOfflineMode()) {
            throw new IOException("DJL is set to offline");
        }
        // A request's own limit ends with the headers, and that of a connection begins after the look-up of the name.
        FutureTask<T> task = new FutureTask<>(() -> {
            try (InputStream content = open(address)) {
                return reader.read(content);
            }
        });
        Thread thread = new Thread(task, "download");
        thread.setDaemon(true);
        thread.start();
        return await(task, address, limit);
    }

    private static InputStream open(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
            answer.body().close();
            throw new IOException(address + " answers with status " + answer.statusCode());
        }
        return answer.body();
    }

    private static <T> T await(FutureTask<T> task, URI address, Duration limit) throws IOException {
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new IOException("%s has not delivered within %d s".formatted(address.getHost(), limit.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException) {
                throw new IOException(address.getHost() + " cannot be reached", e);
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // An answer is untrusted: what trips over it with an unchecked exception is a failed download too.
            throw e.getCause() instanceof IOException fault ? fault : new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
