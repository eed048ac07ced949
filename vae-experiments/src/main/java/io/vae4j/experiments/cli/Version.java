package io.vae4j.experiments.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, written by Maven. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"vae4j " + number()};
    }

    static String number() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream("/io/vae4j/experiments/version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is missing from the jar");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
