"""Writes what disentanglement_lib says of some representations, which DisentanglementLibTest compares with.

    git clone https://github.com/google-research/disentanglement_lib
    git -C disentanglement_lib checkout 86a644d4ed35c771560dc3360756363d35477357
    python vae-experiments/src/test/python/disentanglement.py disentanglement_lib [FILE]

Needs Python 3.9 or later, numpy, scikit-learn and six (written with the versions that the file names). FILE is
vae-experiments/src/test/resources/disentanglement/expected.json unless given.

The library's own functions are called. It wants gin and absl for its settings and its log only: two stand-ins of a few
lines take their place. Its logistic regression is one against the rest by LIBLINEAR, which was scikit-learn's default
when the library was written and has to be asked for since.
"""

import json
import math
import sys
import types
from pathlib import Path

import numpy as np
import sklearn
from sklearn import linear_model
from sklearn.multiclass import OneVsRestClassifier

SIZES = (3, 4, 5)
POINTS = 10000, 5000
BATCH = 64
BINS = 20


def stand_in(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


def import_library(clone):
    sys.path.insert(0, clone)
    for package in ("disentanglement_lib", "disentanglement_lib.evaluation", "disentanglement_lib.evaluation.metrics"):
        stand_in(package, __path__=[str(Path(clone, *package.split(".")))])
    settings = {"configurable": lambda *a, **k: (lambda f: f), "REQUIRED": None}
    tf = stand_in("gin.tf", **settings)
    stand_in("gin", tf=tf, __path__=[], **settings)
    stand_in("absl", logging=types.SimpleNamespace(info=lambda *a: None))
    one_against_rest = linear_model.LogisticRegression
    linear_model.LogisticRegression = lambda random_state=None: OneVsRestClassifier(
        one_against_rest(solver="liblinear", random_state=random_state))
    from disentanglement_lib.evaluation.metrics import beta_vae, dci, factor_vae, mig, modularity_explicitness, sap_score, utils

    utils.make_discretizer = lambda codes: utils._histogram_discretize(codes, BINS)
    factor_vae._prune_dims.__defaults__ = (0.05,)
    return beta_vae, dci, factor_vae, mig, modularity_explicitness, sap_score, utils


class Grid:
    """Every combination of factors is equally likely, and an example is the list of its factors."""

    num_factors = len(SIZES)

    def sample_factors(self, count, random):
        return np.stack([random.randint(size, size=count) for size in SIZES], axis=1)

    def sample_observations_from_factors(self, factors, random):
        return factors

    def sample_observations(self, count, random):
        return self.sample_factors(count, random)


def perfect(factors):
    return factors[:, [1, 2, 0]] * [1.0, -0.5, 2.0] + [0.0, 1.0, 2.0]


def rotated(factors):
    code = factors.astype(float)
    code[:, 0], code[:, 1] = (factors[:, 0] + factors[:, 1]) * math.sqrt(0.5), (
        factors[:, 0] - factors[:, 1]) * math.sqrt(0.5)
    return code


def redundant(factors):
    return np.hstack([factors, factors]).astype(float)


def entangled(factors):
    """No dimension is one factor's, and one of four dimensions is nearly constant."""
    mixed = factors @ np.array([[1.0, 0.4, 0.0, 0.0], [0.3, -1.0, 0.2, 0.0], [0.0, 0.5, 0.8, 0.001]])
    return np.tanh(mixed - 1.5)


REPRESENTATIONS = {f.__name__: f for f in (perfect, rotated, redundant, entangled)}


def scores(library, representation):
    beta_vae, dci, factor_vae, mig, modularity_explicitness, sap_score, utils = library
    random = np.random.RandomState(0)
    combinations = np.array(list(np.ndindex(*SIZES)))
    factors = combinations[random.randint(len(combinations), size=300)]
    noise = random.normal(size=(300, representation(factors).shape[1])) * 0.15
    codes = np.round(representation(factors) + noise, 6)
    train, test = slice(0, 200), slice(200, 300)
    information = utils.discrete_mutual_info(utils.make_discretizer(codes.T), factors.T)
    pairs = beta_vae.compute_beta_vae_sklearn(Grid(), representation, random, None, BATCH, *POINTS)
    votes = factor_vae.compute_factor_vae(Grid(), representation, random, None, BATCH, *POINTS, 10000)
    many = Grid().sample_factors(1500, random)
    trees = dci._compute_dci(
        representation(many[:1000]).T, many[:1000].T, representation(many[1000:]).T, many[1000:].T)
    return {
        "codes": codes.tolist(),
        "factors": factors.tolist(),
        "grid": representation(combinations).tolist(),
        "information": information.tolist(),
        "mig": mig._compute_mig(codes.T, factors.T)["discrete_mig"],
        "modularity": modularity_explicitness.modularity(information),
        "accuracies": sap_score.compute_score_matrix(
            codes[train].T, factors[train].T, codes[test].T, factors[test].T, False).tolist(),
        "beta_vae_score": pairs["eval_accuracy"],
        "factor_vae_score": votes["eval_accuracy"],
        "dci_disentanglement": trees["disentanglement"],
        "dci_completeness": trees["completeness"],
        "dci_informativeness": trees["informativeness_test"],
    }


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent
    file = Path(sys.argv[2]) if len(sys.argv) > 2 else here / "resources/disentanglement/expected.json"
    loaded = import_library(sys.argv[1])
    said = {name: scores(loaded, f) for name, f in REPRESENTATIONS.items()}
    versions = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
    file.write_text(json.dumps({"versions": versions, "sizes": SIZES, "representations": said}) + "\n")
