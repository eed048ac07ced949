"""Files that were made to do harm, or that are not what their names say; each by its name."""

import gzip
import io
import json
import struct
import zipfile
import zlib

from examples import npy

BOMB = 200 << 20  # zeros, which a zip makes a thousand times smaller


def zipped(entries, compressed=zipfile.ZIP_STORED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compressed) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def idx(kind, *sizes, content=b""):
    return bytes([0, 0, kind, len(sizes)]) + struct.pack(f">{len(sizes)}I", *sizes) + content


def idx_folders():
    """Images that are wrong, beside labels that are not."""
    wrong = {
        "no magic": b"hello",
        "empty": b"",
        "more than fit into memory": idx(8, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        "a product that overflows": idx(8, 1 << 31, 1 << 31, 4),
        "no examples": idx(8, 0, 28, 28),
        "cut off": idx(8, 20, 28, 28, content=bytes(100)),
        "of no size": idx(8, 20, 0, 0),
        "unknown type": idx(7, 20, 28, 28, content=bytes(20 * 784)),
        "200 dimensions": bytes([0, 0, 8, 200]) + bytes(800),
    }
    packed = {"cut gzip": gzip.compress(bytes(1000))[:20], "no gzip": b"no gzip", "gzip bomb": gzip.compress(bytes(BOMB))}
    labels = idx(8, 20, content=bytes(20))
    for name, content in wrong.items():
        yield name, {"train-images-idx3-ubyte": content, "train-labels-idx1-ubyte": labels}
    for name, content in packed.items():
        yield name, {"train-images-idx3-ubyte.gz": content, "train-labels-idx1-ubyte": labels}
    images = idx(8, 20, 28, 28, content=bytes(20 * 784))
    yield "fewer labels", {"train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": idx(8, 3, content=bytes(3))}


def header(text):
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


def arrays():
    """NumPy arrays."""
    yield "empty", b""
    yield "no magic", b"hello"
    yield "a header that never ends", b"\x93NUMPY\x01\x00\xff\xff{'descr'"
    yield "a header of 4 GiB", b"\x93NUMPY\x02\x00\xff\xff\xff\xff{"
    yield "version 9", b"\x93NUMPY\x09\x00\x10\x00" + bytes(16)
    yield "objects", npy((3, 4), b"cos\nsystem\n(S'true'\ntR.", "|O")
    yield "negative size", npy((-1, 28, 28), bytes(784))
    yield "a product that overflows", npy((1 << 62, 1 << 62), bytes(16))
    yield "more than there is", npy((1000000, 28, 28), bytes(784))
    yield "unknown type", npy((10, 4), bytes(40), "<q9")
    yield "code for a header", header("__import__('os').system('true')\n")
    yield "a deep header", header("(" * 20000)
    yield "not finite", npy((10, 4), struct.pack("<f", float("nan")) * 40, "<f4")
    yield "a single number", npy((), bytes(1))


def npz_files():
    """Archives of arrays."""
    yield "no zip", b"PK\x03\x04 no zip"
    yield "no arrays", zipped([("readme.txt", b"hello")])
    yield "an empty zip", zipped([])
    yield "cut off", zipped([("x_train.npy", npy((50, 28, 28), bytes(50 * 784)))])[:3000]
    yield "a bomb", zipped([("x_train.npy", npy((10, 28, 28), bytes(BOMB)))], zipfile.ZIP_DEFLATED)
    yield "names that leave", zipped([("../../x_train.npy", npy((10, 28, 28), bytes(7840)))])
    for name, content in arrays():
        yield f"{name}, within", zipped([("x_train.npy", content)])


def png(width, height, content=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(content)) + chunk(b"IEND", b""))


def pictures():
    """Folders of images, one of which is wrong."""
    good = png(8, 8, bytes(72))
    wrong = {
        "text": b"hello",
        "empty": b"",
        "ten thousand million pixels": png(100000, 100000, b""),
        "of no width": png(0, 8),
        "cut off": good[:40],
        "a bomb": png(30000, 30000, bytes(BOMB)),
        "another size": png(4, 4, bytes(20)),
    }
    for name, content in wrong.items():
        yield name, {**{f"a/{i}.png": good for i in range(12)}, "b/z.png": content}


def tables():
    yield "empty", b""
    yield "a header alone", b"a,b,c\n"
    yield "words", b"a,b\n" + b"x,y\n" * 20
    yield "ragged", b"a,b\n1,2\n1,2,3\n" * 9
    yield "zero bytes", b"a,b\n1,\x002\n" * 20
    yield "no UTF-8", b"a,b\n1,\xff\xfe\n" * 20
    yield "a quote that never ends", b'a,b\n1,"2\n' + b"1,2\n" * 20
    yield "too large a number", b"a,b\n1,1e999\n2,3\n" * 9
    yield "no numbers", b"a,b\nnan,1\n2,inf\n" * 9
    yield "a hundred thousand columns", b",".join(b"c%d" % i for i in range(100000)) + b"\n1,2\n"
    yield "one line of 20 MB", b"1" * (20 << 20)


def recipes():
    """YAML."""
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
    whole = "extends: vae\n"
    texts = {
        "empty": "", "a list": "- 1\n- 2\n", "a word": "hello", "tabs": "model:\n\tkind: vae\n",
        "deep lists": whole + "model: " + "[" * 20000, "deep maps": whole + "model: " + "{a: " * 20000,
        "a billion laughs": laughs + whole, "an alias of itself": whole + "model: &a [*a]\n",
        "a tag of Java": "model: !!java.util.HashMap {}\n" + whole,
        "a tag that loads code": "a: !!javax.script.ScriptEngineManager "
                                 '[!!java.net.URLClassLoader [[!!java.net.URL ["http://127.0.0.1/"]]]]\n',
        "a tag of its own": whole + "description: !shell true\n",
        "extends itself": "extends: recipe.yaml\n", "extends nothing": "extends: nobody\n",
        "keys twice": whole + "train: {epochs: 1}\ntrain: {epochs: 2}\n",
        "two documents": whole + "---\n" + whole, "a newer version": whole + "recipeVersion: 99\n",
        "no such key": whole + "train: {epochz: 1}\n", "no number": whole + "train: {epochs: many}\n",
        "not finite": whole + "optimizer: {learningRate: .nan}\n",
        "infinite": whole + "objective: {kind: elbo, beta: .inf}\n",
        "negative": whole + "train: {batch: -1}\n", "huge": whole + "train: {batch: 99999999999}\n",
    }
    yield from ((name, text.encode()) for name, text in texts.items())
    yield "UTF-16", whole.encode("utf-16")
    yield "zero bytes", whole.encode() + bytes(100)
    yield "30 MB", whole.encode() + b"# comment\n" * (3 << 20)


def plugins():
    """Jars."""
    service = "META-INF/services/io.vae4j.experiments.recipe.RecipeParts"
    yield "no zip", b"hello"
    yield "empty", b""
    yield "cut off", zipped([("a.class", bytes(1000))])[:200]
    yield "names no class", zipped([(service, b"no.such.Parts\n")])
    yield "a class that is none", zipped([(service, b"Bad\n"), ("Bad.class", b"\xca\xfe\xba\xbe hello")])
    yield "a class of another kind", zipped([(service, b"io.vae4j.experiments.Main\n")])
    manifest = b"Manifest-Version: 1.0\nClass-Path: h%zz/\n\n"
    yield "a class path that is none", zipped([("META-INF/MANIFEST.MF", manifest), (service, b"# none\n")])
    yield "names that are no names", zipped([(service, b"\x00\xff no name\n")])


def tensors():
    """Weights; the checksum beside them is right."""
    def file(tree, content=b""):
        text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
        return struct.pack("<Q", len(text)) + text + content

    def tensor(shape, start, end, kind="F32"):
        return {"dtype": kind, "shape": shape, "data_offsets": [start, end]}
    yield "empty", b""
    yield "a length of 2^63", struct.pack("<Q", 1 << 63) + b"{}"
    yield "a length of 2 GiB", struct.pack("<Q", (1 << 31) - 1) + b"{}"
    yield "no JSON", file(b"hello")
    yield "deep JSON", file(b"[" * 100000)
    yield "no tensors", file({})
    yield "a product that overflows", file({"a": tensor([1 << 32, 1 << 32], 0, 4)}, bytes(4))
    yield "negative sizes", file({"a": tensor([-1, -4], 0, 16)}, bytes(16))
    yield "places that overlap", file({"a": tensor([4], 0, 16), "b": tensor([4], 0, 16)}, bytes(16))
    yield "a name twice", file(b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},' * 2 + b'"b":1}', bytes(4))
    yield "unknown type", file({"a": tensor([4], 0, 16, "F33")}, bytes(16))
    yield "beyond its end", file({"a": tensor([1 << 20], 0, 4 << 20)}, bytes(16))
    yield "other names", file({"a": tensor([4], 0, 16)}, bytes(16))
    yield "an NDList of DJL", b"NDLS" + bytes(64)
    yield "a pickle", b"\x80\x02cos\nsystem\n(S'true'\ntR."
