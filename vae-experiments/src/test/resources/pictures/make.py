"""Makes the pictures beside it, by Pillow: python3 make.py"""
import os

import numpy as np
from PIL import Image


def save(path, pixels, mode=None):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Image.fromarray(pixels, mode).save(path)


ramp = np.arange(12, dtype="u1").reshape(3, 4) * 20
for i, name in enumerate(("circle", "square")):
    for k in range(5):
        save(f"classes/{name}/{k}.png", ramp + i * 3 + k)
for k in range(10):
    save(f"color/{k}.png", np.stack([ramp, 255 - ramp, ramp // 2], axis=-1) + np.uint8(k))
save("color/gray.png", ramp)
for k in range(3):
    save(f"splits/train/a/{k}.png", ramp + k)
save("splits/test/a/0.png", ramp + 9)
save("sizes/a.png", ramp)
save("sizes/b.png", ramp[:2])
save("corrupt/a.png", ramp)
whole = open("corrupt/a.png", "rb").read()
open("corrupt/b.png", "wb").write(whole[:50] + b"garbage" + whole[57:])
save("half/a/0.png", ramp)
save("half/1.png", ramp)

# pictures as cameras and programs save them
left = np.zeros((40, 60, 3), "u1")
left[:, :20] = (200, 100, 50)
exif = Image.Exif()
exif[274] = 6  # held so that the left edge of what was seen is stored as the bottom one
os.makedirs("formats", exist_ok=True)
Image.fromarray(np.rot90(left)).save("formats/held.jpg", exif=exif, quality=95)
Image.fromarray(left).save("formats/plain.bmp")
Image.fromarray(left).quantize(4).save("formats/palette.png")
Image.fromarray(left).quantize(4).save("formats/palette.gif")
Image.fromarray((left[:, :, 0].astype("u2") * 257)).save("formats/sixteen.png")
os.makedirs("print", exist_ok=True)
Image.fromarray(left).convert("CMYK").save("print/1.jpg")
os.makedirs("animation", exist_ok=True)
frames = [Image.fromarray(left), Image.fromarray(left[::-1, ::-1])]
frames[0].save("animation/1.gif", save_all=True, append_images=frames[1:])
