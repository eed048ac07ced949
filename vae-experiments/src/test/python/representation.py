"""Writes representation/scikit-learn.json: what scikit-learn finds by logistic regression, nearest neighbors and a mixture.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python representation.py > ../resources/representation/scikit-learn.json
"""

import json

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier

rng = np.random.default_rng(0)
centers = np.array([[0.0, 0.0, 0.5], [1.5, 0.5, 0.0], [0.5, 1.5, -0.5]])


def drawn(count):
    classes = np.arange(count) % 3
    points = centers[classes] + rng.normal(size=(count, 3)) @ np.array([[0.8, 0, 0], [0.3, 0.7, 0], [0, -0.2, 0.9]])
    return np.round(points, 4), classes


x, y = drawn(90)
held, held_classes = drawn(60)
regression = LogisticRegression(C=0.5, tol=1e-10, max_iter=10000).fit(x, y)
neighbors = {k: KNeighborsClassifier(k, algorithm="brute").fit(x, y).predict(held).tolist() for k in (1, 5, 6)}

start = np.array([[0.0, 0.0, 0.0], [2.0, 0.0, 0.0]])
mixture = GaussianMixture(
    2,
    means_init=start,
    weights_init=[0.5, 0.5],
    precisions_init=np.stack([np.eye(3), np.eye(3)]),
    tol=1e-12,
    max_iter=2000,
).fit(x)

print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
            "x": x.tolist(),
            "y": y.tolist(),
            "held": held.tolist(),
            "l2": 2.0,
            # the softmax of scikit-learn has free intercepts: only their differences count
            "coefficients": regression.coef_.tolist(),
            "intercepts": (regression.intercept_ - regression.intercept_[0]).tolist(),
            "predicted": regression.predict(held).tolist(),
            "neighbors": neighbors,
            "start": start.tolist(),
            "weights": mixture.weights_.tolist(),
            "means": mixture.means_.tolist(),
            "covariances": mixture.covariances_.tolist(),
            "logDensity": mixture.score_samples(held).tolist(),
        }
    )
)
