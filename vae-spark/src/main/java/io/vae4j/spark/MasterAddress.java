package io.vae4j.spark;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The master of a cluster, as Spark writes it.
 *
 * @param url such as {@code spark://host:7077}, {@code yarn}, {@code k8s://https://host:6443}, {@code local[2]} or
 *     {@code local-cluster[2,1,1024]}
 */
public record MasterAddress(String url) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern FORM = Pattern.compile(
            "local|local\\[(\\d+|\\*)(,\\s*\\d+)?]|local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*]"
                    + "|spark://[^,/:\\s]+:\\d{1,5}(,[^,/:\\s]+:\\d{1,5})*|yarn|k8s://\\S+");

    /** @throws InvalidInput if Spark knows no such master */
    public MasterAddress {
        if (!FORM.matcher(url).matches()) {
            throw new InvalidInput(
                    "this is no address of a Spark master",
                    "--master " + url,
                    "give spark://HOST:PORT, yarn, k8s://HOST:PORT, or local[N] for this machine");
        }
    }

    /**
     * Waits seconds for an answer of a standalone master, in place of the minute of retries that Spark would log.
     *
     * @throws IOException if none of its hosts accepts a connection
     */
    public void requireReachable() throws IOException {
        List<String> hosts = hosts();
        for (String host : hosts) {
            if (answers(URI.create("spark://" + host))) {
                return;
            }
        }
        if (!hosts.isEmpty()) {
            throw new ConnectException("no Spark master answers (--master " + url
                    + "); start one there by Spark's sbin/start-master.sh, or give the address that its page shows");
        }
    }

    /** Several where one stands in for another; none where the address names no master of Spark's own. */
    private List<String> hosts() {
        return url.startsWith("spark://")
                ? Stream.of(url.substring("spark://".length()).split(",", -1)).toList()
                : List.of();
    }

    private static boolean answers(URI host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException silent) {
            return false;
        }
    }

    /** Whether tasks run in the driver's own process. */
    boolean isThisProcess() {
        return url.equals("local") || url.startsWith("local[");
    }

    @Override
    public String toString() {
        return url;
    }
}
