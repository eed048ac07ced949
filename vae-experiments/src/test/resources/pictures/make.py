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
