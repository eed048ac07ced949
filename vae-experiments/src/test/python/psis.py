"""Writes ../resources/fixtures/psis.json: log importance weights and the Pareto shape that ArviZ finds for them.

    pip install 'arviz==0.23.4' && python psis.py
"""

import json
import pathlib

import arviz
import numpy

random = numpy.random.default_rng(20261128)
cases = {
    "light": random.normal(-90, 0.3, 400),
    "ordinary": random.normal(-90, 1.5, 1000),
    "heavy": random.normal(-90, 6, 1000),
    "bounded": numpy.log(random.uniform(0.5, 1, 300)),
    "few": random.normal(0, 1, 25),
    "student": random.standard_t(3, 500),
}
written = []
for name, weights in cases.items():
    rounded = numpy.round(weights, 6)
    _, shape = arviz.psislw(rounded.copy())
    written.append({"name": name, "logWeights": rounded.tolist(), "shape": float(shape)})
target = pathlib.Path(__file__).parent.parent / "resources" / "fixtures" / "psis.json"
target.write_text(json.dumps({"arviz": arviz.__version__, "cases": written}) + "\n")
for case in written:
    print(case["name"], len(case["logWeights"]), case["shape"])
