package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DjlSourceTest {

    private static final String OFFLINE = "ai.djl.offline";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FOLDER = "dataset/cv/ai/djl/basicdataset/tiny/";

    @TempDir
    private Path temp;

    private final Optional<String> offlineBefore = Optional.ofNullable(System.getProperty(OFFLINE));
    private Path files;
    private Path into;

    @BeforeEach
    void prepare() throws IOException {
        System.setProperty(OFFLINE, "false");
        files = Files.createDirectory(temp.resolve("files"));
        into = Files.createDirectory(temp.resolve("into"));
        for (DataFile file : TinySet.SET.dataFiles()) {
            Files.write(files.resolve(file.name() + ".gz"), TinySet.gzip(TinySet.bytes(file)));
        }
    }

    @AfterEach
    void restore() {
        offlineBefore.ifPresentOrElse(value -> System.setProperty(OFFLINE, value), () -> System.clearProperty(OFFLINE));
    }

    @Test
    void fetchesFromARepositoryOfLocalFilesEvenOffline() throws IOException {
        System.setProperty(OFFLINE, "true");

        fetch(source(local(metadata(files.toUri().toString()))));

        assertFetched();
    }

    @Test
    void findsFilesBesideTheDescription() throws IOException {
        DjlSource source = source(local(metadata("1.0/")));
        Files.move(files, temp.resolve("repository/" + FOLDER + "1.0"));

        fetch(source);

        assertFetched();
    }

    @Test
    void takesFilesThatAreNotPacked() throws IOException {
        TinySet.write(files);

        fetch(source(local(metadata(files.toUri().toString()).replace(".gz", ""))));

        assertFetched();
    }

    @Test
    void fillsTheCache() throws IOException {
        DjlSource source = source(local(metadata(files.toUri().toString())));

        Dataset data = TinySet.cache(temp.resolve("cache"), line -> {}, source).load(TinySet::read);

        assertThat(data.provenance().source()).isEqualTo("DJL basicdataset");
        assertThat(temp.resolve("cache/tiny/train-images")).hasBinaryContent(TinySet.bytes(TinySet.SET.trainImages()));
    }

    @Test
    void fetchesFromARepositoryOverHttp() throws IOException {
        try (Server server = new Server()) {
            fetch(source(server.description()));

            assertFetched();
            assertThat(server.asked).hasValue(5);
        }
    }

    @Test
    void offlineAsksNobody() throws IOException {
        System.setProperty(OFFLINE, "true");
        try (Server server = new Server()) {
            assertFailure(source(server.description())).hasMessageContaining("offline");
            assertThat(server.asked).hasValue(0);
        }
    }

    @Test
    void theCacheRefusesWhatWasDamagedInTheRepository() throws IOException {
        Files.write(files.resolve("train-labels.gz"), TinySet.gzip(new byte[11]));
        DjlSource source = source(local(metadata(files.toUri().toString())));

        assertThatThrownBy(() ->
                        TinySet.cache(temp.resolve("cache"), line -> {}, source).load(TinySet::read))
                .hasMessageContaining("DJL basicdataset: train-labels begins as magic 0");
    }

    @Test
    void readsNoMoreThanAByteTooMany() throws IOException {
        Files.write(files.resolve("train-labels.gz"), TinySet.gzip(new byte[1 << 20]));

        fetch(source(local(metadata(files.toUri().toString()))));

        assertThat(into.resolve("train-labels"))
                .hasSize(TinySet.SET.trainLabels().bytes() + 1);
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DjlSource source = new DjlSource(remote(mute.getLocalPort()), Duration.ofSeconds(1), LIMIT);

            assertFailure(source).hasMessage("127.0.0.1 has not delivered within 1 s");
        }
    }

    @Test
    void givesUpOnAServerThatStopsHalfway() throws IOException {
        try (Server server = new Server()) {
            server.halting = true;
            DjlSource source = new DjlSource(server.description(), LIMIT, Duration.ofSeconds(1));

            assertFailure(source).hasMessage("127.0.0.1 has not delivered within 1 s");
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertFailure(source(remote(port))).hasMessage("127.0.0.1 cannot be reached");
    }

    @Test
    void anErrorOfTheServerIsAFailedDownload() throws IOException {
        try (Server server = new Server()) {
            URI nowhere = server.description().resolve("no-such-file");

            assertFailure(source(nowhere)).hasMessage(nowhere + " answers with status 404");
        }
    }

    @Test
    void anUnreadableDescriptionIsAFailedDownload() throws IOException {
        assertFailure(source(local("{ \"artifacts\": 7"))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aRepositoryWithoutTheDataSetIsAFailedDownload() {
        assertFailure(source(temp.resolve("elsewhere").toUri()));
    }

    @Test
    void aDescriptionWithoutAFileIsAFailedDownload() throws IOException {
        String incomplete = metadata(files.toUri().toString()).replace("test-labels", "other");

        assertFailure(source(local(incomplete))).hasMessage("the repository has no test-labels");
    }

    @Test
    void anAddressThatIsNoneIsAFailedDownload() throws IOException {
        assertFailure(source(local(metadata(":// /")))).hasMessage("the repository gives no address of train-images");
    }

    @Test
    void aServerCannotLeadToFilesOfThisMachine() throws IOException {
        try (Server server = new Server()) {
            server.metadata = metadata(files.toUri().toString());

            assertFailure(source(server.description())).hasMessage("the repository has no train-images");
        }
    }

    @Test
    void theUsualSourceIsDjlsPublicRepository() {
        assertThat(DjlSource.of("mnist").description())
                .isEqualTo(URI.create("https://mlrepo.djl.ai/dataset/cv/ai/djl/basicdataset/mnist/metadata.json"));
    }

    private static DjlSource source(URI description) {
        return new DjlSource(description, LIMIT, LIMIT);
    }

    private void fetch(DjlSource source) throws IOException {
        source.fetch(TinySet.SET.dataFiles(), into);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFailure(DjlSource source) {
        return assertThatThrownBy(() -> fetch(source)).isInstanceOf(IOException.class);
    }

    private URI local(String metadata) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("repository/" + FOLDER));
        return Files.writeString(folder.resolve("metadata.json"), metadata).toUri();
    }

    private static URI remote(int port) {
        return URI.create("http://127.0.0.1:" + port + "/" + FOLDER + "metadata.json");
    }

    private void assertFetched() throws IOException {
        assertThat(TinySet.pixels(TinySet.read(into, "test").train())).isEqualTo(TinySet.TRAIN_PIXELS);
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
        private volatile String metadata;
        private volatile boolean halting;

        Server() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            metadata = metadata("http://127.0.0.1:" + http.getAddress().getPort() + "/files/");
            http.createContext("/", this::answer);
            http.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            asked.incrementAndGet();
            String name =
                    Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
            if (name.equals("metadata.json")) {
                byte[] body = metadata.getBytes(StandardCharsets.UTF_8);
                send(exchange, body, body.length);
            } else if (Files.isRegularFile(files.resolve(name))) {
                byte[] body = Files.readAllBytes(files.resolve(name));
                send(exchange, body, halting ? body.length / 2 : body.length);
            } else {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            }
        }

        private static void send(HttpExchange exchange, byte[] body, int length) throws IOException {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, length);
            exchange.getResponseBody().flush();
            if (length == body.length) {
                exchange.close();
            }
        }

        URI description() {
            return remote(http.getAddress().getPort());
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
