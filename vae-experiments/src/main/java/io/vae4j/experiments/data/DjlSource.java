package io.vae4j.experiments.data;

import ai.djl.Application;
import ai.djl.basicdataset.BasicDatasets;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.TimedDownload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The data sets that DJL publishes as {@code basicdataset}.
 *
 * <p>DJL's own client is not used: it sets no time limit, and minds its offline switch for what it has kept only.
 *
 * @param description the address of the data set's {@code metadata.json}, which says where the files are
 * @param patience how long the description may take
 * @param limit how long each file may take
 */
public record DjlSource(URI description, Duration patience, Duration limit) implements DownloadSource {

    private static final int MOST_DESCRIPTION = 1 << 20;

    /** The data set of that name in DJL's public repository. */
    public static DjlSource of(String artifact) {
        URI folder = BasicDatasets.REPOSITORY
                .dataset(Application.CV.ANY, BasicDatasets.GROUP_ID, artifact, "1.0")
                .toURI();
        URI description = BasicDatasets.REPOSITORY.getBaseUri().resolve(folder).resolve("metadata.json");
        return new DjlSource(description, Duration.ofSeconds(20), Duration.ofMinutes(2));
    }

    @Override
    public String title() {
        return "DJL basicdataset";
    }

    @Override
    public void fetch(List<DataFile> files, Path into) throws IOException {
        byte[] json = TimedDownload.read(description, patience, in -> in.readNBytes(MOST_DESCRIPTION));
        List<String> addresses = new ObjectMapper().readTree(json).findValuesAsText("uri");
        for (DataFile file : files) {
            URI address = address(file, addresses);
            // One byte more than expected is enough for the verification to see that the file is too long.
            int most = Math.toIntExact(file.bytes() + 1);
            byte[] content = TimedDownload.read(
                    address, limit, in -> unpacked(in, address).readNBytes(most));
            Files.write(into.resolve(file.name()), content);
        }
    }

    private URI address(DataFile file, List<String> addresses) throws IOException {
        try {
            return addresses.stream()
                    .filter(uri -> uri.endsWith("/" + file.name()) || uri.endsWith("/" + file.name() + ".gz"))
                    .map(description::resolve)
                    // A web server's answer must not lead to files of this machine.
                    .filter(uri -> !"file".equals(uri.getScheme()) || "file".equals(description.getScheme()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the repository has no " + file.name()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the repository gives no address of " + file.name(), e);
        }
    }

    private static InputStream unpacked(InputStream in, URI address) throws IOException {
        return address.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }
}
