package io.vae4j.experiments.data;

import ai.djl.Application;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Repository;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets that DJL publishes as {@code basicdataset}, by way of DJL's own repository and cache.
 *
 * @param repository DJL's repository, or another of its form
 * @param artifact the data set's name there
 * @param patience how long to wait while nothing arrives
 */
public record DjlRoute(Repository repository, String artifact, Duration patience) implements Route {

    private static final String VERSION = "1.0";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PROBE = Duration.ofSeconds(5);

    /** The data set of that name in DJL's public repository. */
    public static DjlRoute of(String artifact) {
        return new DjlRoute(BasicDatasets.REPOSITORY, artifact, PATIENCE);
    }

    @Override
    public String source() {
        return "DJL basicdataset";
    }

    @Override
    public void fetch(IdxSet set, Path into) throws IOException {
        MRL mrl = repository.dataset(Application.CV.ANY, BasicDatasets.GROUP_ID, artifact, VERSION);
        requireAllowed(mrl);
        // DJL sets no time limit on its connections. What it downloads goes into its own cache, so that a download
        // which is given up here cannot write into the folder behind our back.
        Map<String, Artifact.Item> items = Watched.call(patience, heartbeat -> {
            probe();
            Artifact found = Optional.ofNullable(mrl.getDefaultArtifact())
                    .orElseThrow(() -> new IOException("the repository has no " + artifact + " " + VERSION));
            mrl.prepare(found, heartbeat);
            return found.getFiles();
        });
        copy(items, "train_data", set.trainImages(), into);
        copy(items, "train_labels", set.trainLabels(), into);
        copy(items, "test_data", set.testImages(), into);
        copy(items, "test_labels", set.testLabels(), into);
    }

    /** DJL itself minds its offline switch only when it has the description in its cache, and else tries to connect. */
    private void requireAllowed(MRL mrl) throws IOException {
        if (!repository.isRemote() || !Utils.isOfflineMode()) {
            return;
        }
        Path kept = repository.getCacheDirectory().resolve(mrl.toURI().getPath());
        if (!Files.exists(kept.resolve("metadata.json")) || !Files.isDirectory(kept.resolve(VERSION))) {
            throw new IOException("not in DJL's cache, and DJL is switched to offline");
        }
    }

    /** A network that drops packets shows itself here, sooner than by the patience that a download needs. */
    private void probe() throws IOException {
        if (!repository.isRemote() || Utils.isOfflineMode()) {
            return;
        }
        URL url = repository.getBaseUri().toURL();
        if (url.openConnection() instanceof HttpURLConnection connection) {
            connection.setRequestMethod("HEAD");
            connection.setConnectTimeout((int) PROBE.toMillis());
            connection.setReadTimeout((int) PROBE.toMillis());
            connection.getResponseCode();
            connection.disconnect();
        }
    }

    private void copy(Map<String, Artifact.Item> items, String key, IdxFile file, Path into) throws IOException {
        Artifact.Item item = Optional.ofNullable(items.get(key))
                .orElseThrow(() -> new IOException("the repository's " + artifact + " has no " + key));
        try (InputStream in = repository.openStream(item, null);
                OutputStream out = Files.newOutputStream(into.resolve(file.name()))) {
            // One byte more than expected is enough for the verification to see that the file is too long.
            out.write(in.readNBytes(file.bytes() + 1));
        }
    }
}
