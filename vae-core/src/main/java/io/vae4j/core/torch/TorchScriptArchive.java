package io.vae4j.core.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive that {@code torch.jit.load} reads: a zip of stored entries with the code of the modules' classes,
 * the modules as pickled objects, the bytes of each tensor, an empty tuple of constants and a version.
 */
public final class TorchScriptArchive {

    private static final String ROOT = "archive/";
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private TorchScriptArchive() {}

    /** The archive with one module, with copies of all its weights. */
    public static byte[] of(TorchScriptModule module) {
        PickledModule pickled = PickledModule.of(module);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", pickled.bytes());
            store(zip, "code/__torch__.py", module.classes().getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", EMPTY_TUPLE);
            List<byte[]> tensors = pickled.tensors();
            for (int i = 0; i < tensors.size(); i++) {
                store(zip, "data/" + i, tensors.get(i));
            }
            store(zip, "byteorder", "little".getBytes(StandardCharsets.UTF_8));
            store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a TorchScript archive could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setTime(0); // equal models make equal files
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
