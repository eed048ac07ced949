package io.vae4j.experiments.device;

import ai.djl.util.Utils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The host that DJL's engine downloads from, asked for the index of one version.
 *
 * <p>The question goes the way of DJL's own download ({@link java.net.URL}), so that a proxy set by system properties
 * holds for both.
 */
final class PublishedLibraries implements DownloadHost {

    private static final int SECONDS = 3;

    private final String torchVersion;

    PublishedLibraries(String torchVersion) {
        this.torchVersion = torchVersion;
    }

    @Override
    public Optional<String> obstacle() {
        if (Utils.isOfflineMode()) {
            return Optional.of("DJL is set to offline");
        }
        URI index = URI.create("https://publish.djl.ai/pytorch/" + torchVersion + "/files.txt");
        // The look-up of a name has no time limit of its own, hence the second one around everything.
        CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> answers(index));
        try {
            return answer.get(2L * SECONDS, TimeUnit.SECONDS) ? Optional.empty() : unreachable(index);
        } catch (ExecutionException | TimeoutException failed) {
            return unreachable(index);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return unreachable(index);
        }
    }

    private static boolean answers(URI index) {
        try {
            HttpURLConnection connection = (HttpURLConnection) index.toURL().openConnection();
            connection.setConnectTimeout(SECONDS * 1000);
            connection.setReadTimeout(SECONDS * 1000);
            connection.setRequestMethod("HEAD");
            boolean found = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            connection.disconnect();
            return found;
        } catch (IOException silent) {
            return false;
        }
    }

    private static Optional<String> unreachable(URI index) {
        return Optional.of(index.getHost() + " cannot be reached");
    }
}
