"""Writes the fixture that LikelihoodFixtureTest compares with: log-probabilities and means in 50 digits.

    python vae-core/src/test/python/likelihoods.py [FILE]

Needs Python 3.9 or later and mpmath (written with mpmath 1.3.0). FILE is
vae-core/src/test/resources/fixtures/likelihoods.json unless given.

Everything goes by the papers' definitions, in which a probability is a difference of two values of a cumulative
distribution function: with 50 digits nothing is lost by it. Means of levels are sums over all 256 of them; those of
green and blue sum over the levels of what they follow.
"""

import json
import math
import random
import sys
from pathlib import Path

from mpmath import exp, log, mp, mpf, pi, quad, sqrt

mp.dps = 50
LEVELS = 256
ELEMENTS, COMPONENTS, PIXELS = 6, 3, 2
generator = random.Random(11)


def cdf(x, loc, scale):
    """Of a logistic variable."""
    return 1 / (1 + exp(-(x - loc) / scale))


def mass(level, loc, scale):
    """Salimans et al. 2017, eq. 2: the outer levels reach to infinity."""
    above = mpf(1) if level == LEVELS - 1 else cdf((level + mpf(1) / 2) / 255, loc, scale)
    below = mpf(0) if level == 0 else cdf((level - mpf(1) / 2) / 255, loc, scale)
    return above - below


def masses(loc, scale):
    return [mass(level, loc, scale) for level in range(LEVELS)]


def mean_level(of):
    return sum(level * p for level, p in enumerate(of)) / 255


def mean_clipped(loc, scale):
    """E min(1, max(0, x)) of the variable that is not rounded: the integral of P(x > t) over t from 0 to 1."""
    points = sorted({mpf(0), mpf(1), *(t for t in (loc + k * scale for k in range(-40, 41, 4)) if 0 < t < 1)})
    return quad(lambda t: 1 - cdf(t, loc, scale), points)


def softmax(logits):
    weights = [exp(l) for l in logits]
    return [w / sum(weights) for w in weights]


def draws(count, low, high):
    """Numbers that float32 holds exactly."""
    return [round(generator.uniform(low, high) * 4096) / 4096 for _ in range(count)]


def numbers(values):
    return [float(v) for v in values]


def discretized_logistic(loc, log_scale, levels):
    pairs = [(mpf(m), exp(mpf(s))) for m, s in zip(loc, log_scale)]
    return {
        "loc": loc,
        "logScale": log_scale,
        "levels": levels,
        "logProbEach": numbers(log(mass(v, m, s)) for v, (m, s) in zip(levels, pairs)),
        "mean": numbers(mean_clipped(m, s) for m, s in pairs),
        "meanLevel": numbers(mean_level(masses(m, s)) for m, s in pairs),
    }


def mixture(logits, loc, log_scale, levels):
    """Parameters [elements][components]."""
    log_prob, mean, level = [], [], []
    for l, m, s, v in zip(logits, loc, log_scale, levels):
        weights = softmax([mpf(x) for x in l])
        parts = [(w, mpf(a), exp(mpf(b))) for w, a, b in zip(weights, m, s)]
        log_prob.append(log(sum(w * mass(v, a, b) for w, a, b in parts)))
        mean.append(sum(w * mean_clipped(a, b) for w, a, b in parts))
        level.append(sum(w * mean_level(masses(a, b)) for w, a, b in parts))
    return {
        "logits": sum(logits, []),
        "loc": sum(loc, []),
        "logScale": sum(log_scale, []),
        "levels": levels,
        "logProbEach": numbers(log_prob),
        "mean": numbers(mean),
        "meanLevel": numbers(level),
    }


def float_masses(loc, scale):
    """All 256, in ordinary floating point; adding up what is left of the tail would gain nothing for a mean."""
    edges = [0.5 + 0.5 * math.tanh(((level + 0.5) / 255 - loc) / (2 * scale)) for level in range(LEVELS - 1)]
    return [high - low for low, high in zip([0.0, *edges], [*edges, 1.0])]


def float_mean_clipped(loc, scale):
    """As mean_clipped, in closed form."""
    softplus = lambda x: max(x, 0) + math.log1p(math.exp(-abs(x)))
    return scale * (softplus(loc / scale) - softplus((loc - 1) / scale))


def color_mean(mu, s, c):
    """The mean color of a component: sums over the levels of red, and of green for each; the last step is clipped."""
    red, green, blue = 0.0, 0.0, 0.0
    for r, p in enumerate(float_masses(mu[0], s[0])):
        red += p * r / 255
        loc = mu[1] + c[0] * (r / 255 - 0.5)
        for g, q in enumerate(float_masses(loc, s[1])):
            green += p * q * g / 255
            blue += p * q * float_mean_clipped(mu[2] + c[1] * (r / 255 - 0.5) + c[2] * (g / 255 - 0.5), s[2])
    return red, green, blue


def colors(logits, loc, log_scale, coefficients, levels):
    """Salimans et al. 2017, eq. 3. Parameters [components][3][pixels], logits [components][pixels], levels [3][pixels]."""
    log_prob = mpf(0)
    mean = [[0.0] * PIXELS for _ in range(3)]
    for pixel in range(PIXELS):
        weights = softmax([mpf(l[pixel]) for l in logits])
        r, g, b = (levels[channel][pixel] for channel in range(3))
        # colors enter as their distance from a half
        x = [mpf(v) / 255 - mpf(1) / 2 for v in (r, g)]
        total = mpf(0)
        for weight, m, t, c in zip(weights, loc, log_scale, coefficients):
            mu = [mpf(m[channel][pixel]) for channel in range(3)]
            s = [exp(mpf(t[channel][pixel])) for channel in range(3)]
            each = color_mean(numbers(mu), numbers(s), [c[i][pixel] for i in range(3)])
            for channel in range(3):
                mean[channel][pixel] += float(weight) * each[channel]
            alpha, beta, gamma = (mpf(c[i][pixel]) for i in range(3))
            total += (
                weight
                * mass(r, mu[0], s[0])
                * mass(g, mu[1] + alpha * x[0], s[1])
                * mass(b, mu[2] + beta * x[0] + gamma * x[1], s[2])
            )
        log_prob += log(total)
    flat = lambda nested: [v for part in nested for row in part for v in row]
    return {
        "logits": sum(logits, []),
        "loc": flat(loc),
        "logScale": flat(log_scale),
        "coefficients": flat(coefficients),
        "levels": sum(levels, []),
        "logProb": [float(log_prob)],
        "meanLevel": sum(mean, []),
    }


def categorical(logits, levels):
    """Logits [256][elements]."""
    log_prob, mean = [], []
    for element, level in enumerate(levels):
        p = softmax([mpf(row[element]) for row in logits])
        log_prob.append(log(p[level]))
        mean.append(mean_level(p))
    return {"logits": sum(logits, []), "levels": levels, "logProbEach": numbers(log_prob), "mean": numbers(mean)}


def location_scale(log_density, loc, log_scale, values):
    return {
        "loc": loc,
        "logScale": log_scale,
        "values": values,
        "logProbEach": numbers(
            log_density(mpf(x) - mpf(m), exp(mpf(s))) for x, m, s in zip(values, loc, log_scale)
        ),
        "mean": loc,
    }


def continuous_bernoulli(logits, values):
    """p(x) = C p^x (1 - p)^(1 - x), normalized and averaged by quadrature."""
    log_prob, mean = [], []
    for l, x in zip(logits, values):
        p = 1 / (1 + exp(-mpf(l)))
        shape = lambda t: p**t * (1 - p) ** (1 - t)
        norm = quad(shape, [0, mpf(1) / 4, mpf(3) / 4, 1])
        log_prob.append(log(shape(mpf(x)) / norm))
        mean.append(quad(lambda t: t * shape(t), [0, mpf(1) / 4, mpf(3) / 4, 1]) / norm)
    return {"logits": logits, "values": values, "logProbEach": numbers(log_prob), "mean": numbers(mean)}


def main():
    grid = lambda rows, columns, low, high: [draws(columns, low, high) for _ in range(rows)]
    cube = lambda low, high: [grid(3, PIXELS, low, high) for _ in range(COMPONENTS)]
    fixture = {
        "discretizedLogistic": discretized_logistic(
            [0.5, -0.25, 1.125, 0.03125, 0.75, 0.25], [-1.0, -2.5, -3.0, -4.5, -5.5, 1.5], [128, 0, 255, 9, 250, 40]
        ),
        "mixture": mixture(
            grid(ELEMENTS, COMPONENTS, -2, 2),
            grid(ELEMENTS, COMPONENTS, -0.2, 1.2),
            grid(ELEMENTS, COMPONENTS, -5, 0),
            [0, 255, 1, 254, 77, 180],
        ),
        "colors": colors(
            grid(COMPONENTS, PIXELS, -2, 2), cube(-0.2, 1.2), cube(-5, -1), cube(-1, 1), [[0, 200], [90, 255], [31, 120]]
        ),
        "categorical": categorical(grid(LEVELS, ELEMENTS, -4, 4), [0, 255, 17, 128, 254, 63]),
        "laplace": location_scale(
            lambda d, b: -abs(d) / b - log(2 * b), draws(ELEMENTS, -2, 2), draws(ELEMENTS, -4, 2), draws(ELEMENTS, -3, 3)
        ),
        "gaussian": location_scale(
            lambda d, s: -(d**2) / (2 * s**2) - log(s * sqrt(2 * pi)),
            draws(ELEMENTS, -2, 2),
            draws(ELEMENTS, -2, 2),
            draws(ELEMENTS, -3, 3),
        ),
        "continuousBernoulli": continuous_bernoulli([-20.0, -3.0, -0.375, 0.0078125, 0.5, 12.0], [0.0, 1.0, 0.5, 0.25, 0.75, 0.125]),
    }
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "vae-core/src/test/resources/fixtures/likelihoods.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture, indent=1) + "\n")


main()
