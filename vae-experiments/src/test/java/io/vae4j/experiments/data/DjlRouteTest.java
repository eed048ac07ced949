package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DjlRouteTest {

    private static final String CACHE = "DJL_CACHE_DIR";
    private static final String OFFLINE = "ai.djl.offline";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path temp;

    private final Optional<String> cacheBefore = Optional.ofNullable(System.getProperty(CACHE));
    private final Optional<String> offlineBefore = Optional.ofNullable(System.getProperty(OFFLINE));
    private Path files;
    private Path into;

    @BeforeEach
    void prepare() throws IOException {
        System.setProperty(CACHE, temp.resolve("djl").toString());
        System.setProperty(OFFLINE, "true");
        files = Files.createDirectory(temp.resolve("files"));
        into = Files.createDirectory(temp.resolve("into"));
        for (IdxFile file : TinySet.SET.files()) {
            Files.write(files.resolve(file.name() + ".gz"), TinySet.gzip(TinySet.bytes(file)));
        }
    }

    @AfterEach
    void restore() {
        cacheBefore.ifPresentOrElse(value -> System.setProperty(CACHE, value), () -> System.clearProperty(CACHE));
        offlineBefore.ifPresentOrElse(value -> System.setProperty(OFFLINE, value), () -> System.clearProperty(OFFLINE));
    }

    @Test
    void fetchesFromARepositoryOfLocalFiles() throws IOException {
        route(local(metadata(files.toUri().toString()))).fetch(TinySet.SET, into);

        assertFetched();
    }

    @Test
    void fillsTheCacheThroughTheChain() throws IOException {
        DjlRoute route = route(local(metadata(files.toUri().toString())));

        Dataset data =
                new DataChain(TinySet.SET, temp.resolve("cache"), List.of(route), line -> {}).load(Optional.empty());

        assertThat(data.provenance().source()).isEqualTo("DJL basicdataset");
        assertThat(temp.resolve("cache/tiny/train-images")).hasBinaryContent(TinySet.bytes(TinySet.SET.trainImages()));
    }

    @Test
    void fetchesFromARepositoryOverHttp() throws IOException {
        System.setProperty(OFFLINE, "false");
        try (Server server = new Server()) {
            route(server.repository()).fetch(TinySet.SET, into);

            assertFetched();
            assertThat(server.asked).hasPositiveValue();
        }
    }

    @Test
    void offlineAsksNobody() throws IOException {
        try (Server server = new Server()) {
            assertThatThrownBy(() -> route(server.repository()).fetch(TinySet.SET, into))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("offline");
            assertThat(server.asked).hasValue(0);
        }
    }

    @Test
    void offlineStillTakesWhatDjlKeeps() throws IOException {
        System.setProperty(OFFLINE, "false");
        try (Server server = new Server()) {
            route(server.repository()).fetch(TinySet.SET, Files.createDirectory(temp.resolve("first")));
            int asked = server.asked.get();
            System.setProperty(OFFLINE, "true");

            route(server.repository()).fetch(TinySet.SET, into);

            assertFetched();
            assertThat(server.asked).hasValue(asked);
        }
    }

    @Test
    void theChainRefusesWhatWasDamagedInDjlsCache() throws IOException {
        Files.write(files.resolve("train-labels.gz"), TinySet.gzip(new byte[11]));
        DjlRoute route = route(local(metadata(files.toUri().toString())));

        assertThatThrownBy(() -> new DataChain(TinySet.SET, temp.resolve("cache"), List.of(route), line -> {})
                        .load(Optional.empty()))
                .hasMessageContaining("DJL basicdataset: train-labels begins as magic 0");
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() throws IOException {
        System.setProperty(OFFLINE, "false");
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DjlRoute route = new DjlRoute(remote(mute.getLocalPort()), "tiny", Duration.ofSeconds(1));

            assertThatThrownBy(() -> route.fetch(TinySet.SET, into))
                    .isInstanceOf(IOException.class)
                    .hasMessage("nothing arrived for 1 s");
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        System.setProperty(OFFLINE, "false");
        int port;
        try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> route(remote(port)).fetch(TinySet.SET, into)).isInstanceOf(ConnectException.class);
    }

    @Test
    void anUnreadableDescriptionIsAFailedDownload() throws IOException {
        System.setProperty(OFFLINE, "false");
        try (Server server = new Server()) {
            server.description = "{ \"artifacts\": 7";

            assertThatThrownBy(() -> route(server.repository()).fetch(TinySet.SET, into))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("JsonSyntaxException");
        }
    }

    @Test
    void aRepositoryWithoutTheDataSetIsAFailedDownload() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));

        assertThatThrownBy(
                        () -> route(Repository.newInstance("local", elsewhere)).fetch(TinySet.SET, into))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aDescriptionWithoutAFileIsAFailedDownload() throws IOException {
        String incomplete = metadata(files.toUri().toString()).replace("test_labels", "other");

        assertThatThrownBy(() -> route(local(incomplete)).fetch(TinySet.SET, into))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no test_labels");
    }

    @Test
    void theUsualRouteIsDjlsPublicRepository() {
        assertThat(DjlRoute.of("mnist").repository()).isSameAs(BasicDatasets.REPOSITORY);
    }

    private static DjlRoute route(Repository repository) {
        return new DjlRoute(repository, "tiny", PATIENCE);
    }

    private Repository local(String metadata) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("repository/dataset/cv/ai/djl/basicdataset/tiny"));
        Files.writeString(folder.resolve("metadata.json"), metadata);
        return Repository.newInstance("local", temp.resolve("repository"));
    }

    private static Repository remote(int port) {
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        return new RemoteRepository("remote", URI.create("http://" + host + ":" + port + "/"));
    }

    private void assertFetched() throws IOException {
        assertThat(TinySet.pixels(
                        new IdxFolder(into).verified(TinySet.SET, "test").train()))
                .isEqualTo(TinySet.TRAIN_PIXELS);
    }

    private static String metadata(String base) {
        return """
                {"metadataVersion": "0.2", "resourceType": "dataset", "application": "cv",
                 "groupId": "ai.djl.basicdataset", "artifactId": "tiny", "name": "Tiny",
                 "artifacts": [{"version": "1.0", "snapshot": false, "files": {
                   "train_data": {"uri": "%1$strain-images.gz"}, "train_labels": {"uri": "%1$strain-labels.gz"},
                   "test_data": {"uri": "%1$stest-images.gz"}, "test_labels": {"uri": "%1$stest-labels.gz"}}}]}
                """.formatted(base);
    }

    /** Serves the description and the four files, and counts the requests. */
    private final class Server implements AutoCloseable {

        private final AtomicInteger asked = new AtomicInteger();
        private final HttpServer http;
        private volatile String description;

        Server() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            description = metadata(repository().getBaseUri() + "files/");
            http.createContext("/", exchange -> {
                asked.incrementAndGet();
                byte[] body = body(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
        }

        private byte[] body(String path) throws IOException {
            if (path.endsWith("metadata.json")) {
                return description.getBytes(StandardCharsets.UTF_8);
            }
            Path file = files.resolve(path.substring(path.lastIndexOf('/') + 1));
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        }

        Repository repository() {
            return remote(http.getAddress().getPort());
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
