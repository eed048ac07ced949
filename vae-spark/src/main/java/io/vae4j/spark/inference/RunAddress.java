package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.spark.ScratchFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a run folder is: a folder of this machine, or an address on any file system that Hadoop knows.
 *
 * @param text such as {@code runs/mine} or {@code hdfs://host/runs/mine}
 */
record RunAddress(String text) {

    /**
     * Reads the files that make the model.
     *
     * @throws InvalidInput if there is no run, or not the weights that are asked for
     */
    RunCopy read(Configuration hadoop, CheckpointChoice weights) throws IOException {
        if (isOfThisMachine()) {
            return RunCopy.of(text, java.nio.file.Path.of(text), weights);
        }
        try (ScratchFolder scratch = ScratchFolder.make("run")) {
            copy(hadoop, new Path(text), scratch.path());
            return RunCopy.of(text, scratch.path(), weights);
        } catch (FileNotFoundException e) {
            throw new InvalidInput("there is no run in this folder", text, "give a run's folder");
        }
    }

    private boolean isOfThisMachine() {
        try {
            return Files.exists(java.nio.file.Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void copy(Configuration hadoop, Path from, java.nio.file.Path to) throws IOException {
        FileSystem files = from.getFileSystem(hadoop);
        for (FileStatus entry : files.listStatus(from)) {
            String name = entry.getPath().getName();
            if (entry.isFile() && (name.equals(RunFolder.RECIPE) || name.equals("manifest.json"))) {
                copyFile(files, entry.getPath(), to.resolve(name));
            } else if (entry.isDirectory() && name.equals("checkpoints")) {
                copyCheckpoints(files, entry.getPath(), Files.createDirectory(to.resolve(name)));
            }
        }
    }

    /** Without what only training needs, which is twice as much. */
    private static void copyCheckpoints(FileSystem files, Path from, java.nio.file.Path to) throws IOException {
        for (FileStatus entry : files.listStatus(from)) {
            String name = entry.getPath().getName();
            if (entry.isDirectory()) {
                copyCheckpoints(files, entry.getPath(), Files.createDirectory(to.resolve(name)));
            } else if (!name.equals("optimizer.safetensors")) {
                copyFile(files, entry.getPath(), to.resolve(name));
            }
        }
    }

    private static void copyFile(FileSystem files, Path from, java.nio.file.Path to) throws IOException {
        files.copyToLocalFile(false, from, new Path(to.toUri()), true);
    }
}
