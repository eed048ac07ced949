"""Writes ../resources/fixtures/marginals.json: bytes, and the bits per dimension of their smoothed histograms by NumPy.

    pip install 'numpy==2.4.6' && python marginals.py
"""

import json
import pathlib

import numpy

random = numpy.random.default_rng(20261128)
levels = numpy.array([0, 1, 17, 128, 254, 255])
# each pixel has a distribution of its own, one of them a single level
weights = random.dirichlet([0.4] * len(levels), size=5)
weights[2] = [0, 0, 0, 0, 0, 1]
train, test = (
    numpy.stack([random.choice(levels, size=n, p=w) for w in weights], axis=1).astype(numpy.uint8) for n in (40, 9)
)
test[0, 2] = 3  # never seen
table = numpy.stack([numpy.bincount(train[:, d], minlength=256) + 1 for d in range(train.shape[1])])
table = table / table.sum(axis=1, keepdims=True)
bits = -numpy.log2(table[numpy.arange(test.shape[1]), test]).mean(axis=1)
target = pathlib.Path(__file__).parent.parent / "resources" / "fixtures" / "marginals.json"
written = {"numpy": numpy.__version__, "train": train.tolist(), "test": test.tolist(), "bits": bits.tolist()}
target.write_text(json.dumps(written) + "\n")
print(bits)
