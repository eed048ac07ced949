package io.vae4j.spark.sweep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Where all machines keep the runs of a sweep, on any file system of Hadoop. A run in it is a run folder like any other
 * at every moment: a checkpoint appears whole, and the figures up to it are there before it is.
 *
 * @param root the sweep's folder in the store
 */
record RunStore(Path root) {

    /** Written once at the end, and looked at by people alone. */
    private static final Pattern LATE =
            Pattern.compile("(images|figures)/.*|report\\.html|evaluation\\..*|events\\.out\\.tfevents\\..*");

    private static final String CHECKPOINTS = "checkpoints";
    private static final Pattern CHECKPOINT = Pattern.compile("epoch-\\d+(-step-\\d+)?");

    /** By which a folder is a run: it comes last, when there is something to go on from. */
    private static final String RECIPE = "recipe.yaml";

    private static final String METRICS = "metrics.jsonl";

    /** @param address such as {@code hdfs://host/sweeps/mine} or {@code file:///shared/sweeps/mine} */
    static RunStore at(String address) {
        return new RunStore(new Path(address));
    }

    private FileSystem system() throws IOException {
        return root.getFileSystem(SparkHadoopUtil.get().conf());
    }

    private Path run(String name) {
        return new Path(new Path(root, "runs"), name);
    }

    /** A file of the sweep, replaced as a whole. */
    void put(String name, byte[] content) throws IOException {
        write(new Path(root, name), content);
    }

    /** A file of the sweep. */
    byte[] get(String name) throws IOException {
        try (InputStream in = system().open(new Path(root, name))) {
            return in.readAllBytes();
        }
    }

    /** Whether there is such a file. */
    boolean has(String name) throws IOException {
        return system().exists(new Path(root, name));
    }

    private void write(Path file, byte[] content) throws IOException {
        FileSystem system = system();
        system.mkdirs(file.getParent());
        Path draft = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
        try (OutputStream out = system.create(draft, true)) {
            out.write(content);
        }
        replace(system, draft, file);
    }

    /** Between the two steps a reader may find nothing; one that died there has left the draft. */
    private static void replace(FileSystem system, Path draft, Path file) throws IOException {
        if (!system.rename(draft, file)) {
            system.delete(file, true);
            if (!system.rename(draft, file)) {
                throw new IOException("the store lets nothing be renamed to " + file);
            }
        }
    }

    /** Brings a run to this machine, if it has begun. */
    void pull(String name, java.nio.file.Path folder) throws IOException {
        if (system().exists(new Path(run(name), RECIPE))) {
            pull(run(name), folder, Set.of());
        }
    }

    /** Brings what a report shows of a run to this machine: all but its checkpoints. */
    void pullShown(String name, java.nio.file.Path folder) throws IOException {
        if (system().exists(run(name))) {
            pull(run(name), folder, Set.of(CHECKPOINTS));
        }
    }

    private void pull(Path from, java.nio.file.Path to, Set<String> without) throws IOException {
        Files.createDirectories(to);
        for (FileStatus file : system().listStatus(from)) {
            String name = file.getPath().getName();
            boolean isDraft = name.endsWith(".tmp");
            if (file.isDirectory() && !isDraft && !without.contains(name)) {
                pull(file.getPath(), to.resolve(name), Set.of());
            } else if (file.isFile() && !isDraft && !name.endsWith(".crc")) {
                try (InputStream in = system().open(file.getPath())) {
                    Files.copy(in, to.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Keeps what a run has reached so far: its latest checkpoint and the figures up to it. */
    void pushCheckpoint(String name, java.nio.file.Path folder) throws IOException {
        List<String> local = checkpoints(folder);
        if (local.isEmpty() || !Files.exists(folder.resolve(RECIPE))) {
            return;
        }
        String newest = local.get(local.size() - 1);
        Path place = new Path(new Path(run(name), CHECKPOINTS), newest);
        if (!system().exists(place)) {
            try {
                copy(folder, "manifest.json", name);
                copy(folder, METRICS, name);
                pushFolder(folder.resolve(CHECKPOINTS).resolve(newest), place);
                copyIfThere(folder, CHECKPOINTS + "/best.json", name);
                copy(folder, RECIPE, name);
            } catch (NoSuchFileException e) {
                return; // the run has a later one by now, which the next call finds
            }
            dropOthers(name, new HashSet<>(checkpoints(folder)), newest);
        }
    }

    /** By their names, which rise. */
    private static List<String> checkpoints(java.nio.file.Path folder) throws IOException {
        java.nio.file.Path all = folder.resolve(CHECKPOINTS);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<java.nio.file.Path> folders = Files.list(all)) {
            return folders.map(path -> String.valueOf(path.getFileName()))
                    .filter(each -> CHECKPOINT.matcher(each).matches())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private void pushFolder(java.nio.file.Path from, Path place) throws IOException {
        FileSystem system = system();
        Path draft = new Path(place.getParent(), "." + place.getName() + "." + UUID.randomUUID() + ".tmp");
        try (Stream<java.nio.file.Path> files = Files.list(from)) {
            for (java.nio.file.Path file : files.toList()) {
                try (OutputStream out = system.create(new Path(draft, String.valueOf(file.getFileName())), true)) {
                    Files.copy(file, out);
                }
            }
            if (!system.rename(draft, place)) {
                throw new IOException("the store lets nothing be renamed to " + place);
            }
        } finally {
            if (system.exists(draft)) {
                system.delete(draft, true);
            }
        }
    }

    private void dropOthers(String name, Set<String> kept, String newest) throws IOException {
        try {
            for (FileStatus there : system().listStatus(new Path(run(name), CHECKPOINTS))) {
                String checkpoint = there.getPath().getName();
                if (there.isDirectory() && !kept.contains(checkpoint) && checkpoint.compareTo(newest) < 0) {
                    system().delete(there.getPath(), true);
                }
            }
        } catch (FileNotFoundException e) {
            // another machine has the run now
        }
    }

    private void copy(java.nio.file.Path folder, String file, String name) throws IOException {
        write(new Path(run(name), file), Files.readAllBytes(folder.resolve(file)));
    }

    private void copyIfThere(java.nio.file.Path folder, String file, String name) throws IOException {
        if (Files.exists(folder.resolve(file))) {
            copy(folder, file, name);
        }
    }

    /** Keeps all that a run has, when its process has ended. */
    void pushAll(String name, java.nio.file.Path folder) throws IOException {
        if (!Files.exists(folder.resolve(RECIPE))) {
            return;
        }
        pushCheckpoint(name, folder);
        Set<String> late = new TreeSet<>();
        try (Stream<java.nio.file.Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace(java.io.File.separatorChar, '/'))
                    .filter(file -> LATE.matcher(file).matches())
                    .forEach(late::add);
        }
        late.addAll(List.of(METRICS, "manifest.json", RECIPE));
        for (String file : late) {
            copyIfThere(folder, file, name);
        }
    }
}
