"""Makes the NumPy files beside it, by NumPy itself: python3 make.py"""
import os

import numpy as np

np.save("x.npy", np.arange(20 * 2 * 3, dtype="u1").reshape(20, 2, 3))
gaps = np.arange(6, dtype="f8").reshape(3, 2)
gaps[0, 1] = gaps[2, 0] = np.nan
np.save("gaps.npy", gaps)
os.makedirs("splits", exist_ok=True)
x = np.arange(12, dtype="f4").reshape(6, 2)
np.save("splits/x_train.npy", x[:4])
np.save("splits/x_test.npy", x[4:])
np.save("splits/y_train.npy", np.array([0, 1, 2, 0]))
np.save("splits/y_test.npy", np.array([1, 2]))
