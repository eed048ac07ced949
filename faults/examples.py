"""Examples that need no network: pictures of MNIST's shape, and a table."""

import random
import struct
import zipfile

SIDE = 28


def write(folder, count, seed=0):
    """Writes the data of all recipes into a folder: so many to train on, a tenth to test on."""
    generator = random.Random(seed)
    with zipfile.ZipFile(folder / "pictures.npz", "w") as archive:
        for split, size in (("train", count), ("test", max(1, count // 10))):
            images, labels = pictures(generator, size)
            archive.writestr(f"x_{split}.npy", npy((size, SIDE, SIDE), images))
            archive.writestr(f"y_{split}.npy", npy((size,), labels))
    rows = ["width,height,weight,age"]
    for _ in range(count):
        size = generator.gauss(0, 1)
        rows.append(",".join(f"{size * k + generator.gauss(0, 0.3):.4f}" for k in (1, 2, -1, 0.5)))
    (folder / "table.csv").write_text("\n".join(rows) + "\n")


def pictures(generator, count):
    """Rectangles whose size is their class, each somewhere and of some level."""
    images, labels = bytearray(), bytearray()
    for _ in range(count):
        label = generator.randrange(10)
        left, top = generator.randrange(2, 12), generator.randrange(2, 12)
        width, height = 4 + 2 * (label % 5), 5 + 7 * (label // 5)
        image = bytearray(SIDE * SIDE)
        for row in range(top, top + height):
            image[row * SIDE + left:row * SIDE + left + width] = bytes([generator.randrange(100, 256)]) * width
        images += image
        labels.append(label)
    return bytes(images), bytes(labels)


def npy(shape, content, kind="|u1"):
    """A NumPy array, format 1.0."""
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (63 - (len(header) + 10) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + content
