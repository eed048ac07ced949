"""Makes the NumPy files beside it, by NumPy itself: python3 make.py"""
import numpy as np

rng = np.random.default_rng(0)
x = np.arange(6 * 2 * 3, dtype="u1").reshape(6, 2, 3)
y = np.array([0, 1, 2, 0, 1, 2])
np.savez("bytes.npz", x_train=x[:4], y_train=y[:4], x_test=x[4:], y_test=y[4:], x_validation=x[:1], y_validation=y[:1])
np.savez_compressed("floats.npz", x=np.linspace(-1, 1, 40).reshape(20, 2))
np.savez("big-endian.npz", x=np.linspace(0, 1, 40, dtype=">f4").reshape(20, 2), y=np.arange(20, dtype=">i8") % 2)
np.savez("channels-last.npz", x=np.arange(10 * 2 * 2 * 3, dtype="u1").reshape(10, 2, 2, 3))
np.savez("booleans.npz", x=rng.random((20, 4)) < 0.5)
bad = np.linspace(0, 1, 40).reshape(20, 2)
bad[3, 1] = np.nan
np.savez("nan.npz", x_train=bad)
np.savez("empty.npz", x=np.zeros((0, 3)))
np.savez("objects.npz", x=np.array([{}, 2], dtype=object))
np.savez("negative-label.npz", x=np.zeros((20, 2)), y=np.full(20, -1))
np.savez("too-many-classes.npz", x=np.zeros((20, 2)), y=np.arange(20) * 100)
np.savez("fewer-labels.npz", x=np.zeros((20, 2)), y=np.zeros(19, dtype=int))
np.savez("half-labels.npz", x=np.zeros((20, 2)), y=np.full(20, 0.5))
np.savez("fortran.npz", x=np.asfortranarray(np.zeros((20, 2))))
np.savez("text.npz", x=np.array([["a", "b"]] * 20))
np.savez("other-names.npz", z=np.zeros((20, 2)))
np.savez("other-shape.npz", x_train=np.zeros((4, 2)), x_test=np.zeros((4, 3)))
