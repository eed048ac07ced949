"""vae4j's training steps in JAX, each one jitted function with donated state.

    python jax_peer.py check DIR [--workload NAME]
    python jax_peer.py bursts DIR --workload NAME [--threads 2]

A step is all of: drawing the noise, forward, backward, Adam and, for the VQ-VAE, the moving averages of its codes. Noise comes
from Threefry, JAX's default, which takes less time on a CPU than its RBG. Dense weights are [in, out] and images have their
channels last, as XLA's CPU backend likes them; the input files have torch's layouts.
"""

import math
import os
from collections.abc import Callable
from contextlib import nullcontext
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array, lax

import peer
from peer import Arrays, Case

Parameters = dict[str, Array]

DRAWS_AT_ONCE = 20
"""Of the likelihood, for each of its 100 images: 2,000 rows in the decoder."""


class Seen(NamedTuple):
    """What the codebook learns from: the encoder's outputs, [M, D], and which code is nearest to each, [M]."""

    encoded: Array
    nearest: Array


class BoundTerms(NamedTuple):
    """The loss of each example, [B], nats, and what a codebook has seen."""

    loss: Array
    seen: Seen | None = None


class State(NamedTuple):
    """What one step hands to the next; `rest` are the parameters that no gradient moves."""

    trained: Parameters
    rest: Parameters
    adam: optax.OptState
    key: Array


Model = Callable[[Parameters, Array, list[Array]], BoundTerms]


# Layers


def product(x: Array, weight: Array) -> Array:
    """x [..., in] times [in, out], as a product of two matrices: XLA's CPU backend is slow at the gradients of others."""
    return (x.reshape(-1, x.shape[-1]) @ weight).reshape(*x.shape[:-1], -1)


def dense(p: Parameters, name: str, x: Array) -> Array:
    return product(x, p[f"{name}.weight"]) + p[f"{name}.bias"]


def two_tanh(p: Parameters, name: str, x: Array) -> Array:
    return jnp.tanh(dense(p, f"{name}.fc2", jnp.tanh(dense(p, f"{name}.fc1", x))))


def gaussian(p: Parameters, name: str, features: Array) -> tuple[Array, Array]:
    """The mean and the bounded log scale."""
    raw = dense(p, f"{name}.logScale", features)
    return dense(p, f"{name}.loc", features), peer.LOG_SCALE_BOUND * jnp.tanh(raw / peer.LOG_SCALE_BOUND)


def convolution(p: Parameters, name: str, x: Array, stride: int = 1) -> Array:
    weight, bias = p[f"{name}.weight"], p[f"{name}.bias"]
    size = weight.shape[0]
    if size == 1:
        return product(x, weight[0, 0]) + bias  # XLA's own convolution takes several times as long backwards
    padding = [(size // 2, size // 2)] * 2
    axes = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(x, weight, (stride, stride), padding, dimension_numbers=axes) + bias


def doubling(p: Parameters, name: str, x: Array) -> Array:
    """The transposed convolution of size 4, stride 2 and padding 1, with weight [4, 4, in, out].

    Each output pixel sees a window of 2 x 2 inputs, and which of the 4 x 4 taps meet it depends only on whether its row and
    its column are even. So all windows are multiplied by the taps of all four cases at once, and the results interleaved;
    `lax.conv_transpose` would multiply the zeros between the inputs, too, and takes several times as long.
    """
    batch, height, width, channels = x.shape
    weight = p[f"{name}.weight"]
    padded = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    corners = [padded[:, i : i + height + 1, j : j + width + 1] for i in (0, 1) for j in (0, 1)]
    # tap 2 i + r meets input 1 - i of a window and outputs of parity 1 - r
    taps = weight.reshape(2, 2, 2, 2, channels, -1)[::-1, ::-1, ::-1, ::-1].transpose(0, 2, 4, 1, 3, 5)
    products = product(jnp.concatenate(corners, -1), taps.reshape(4 * channels, -1))
    cases = products.reshape(batch, height + 1, width + 1, 2, 2, -1)
    rows = [
        jnp.stack([cases[:, a : a + height, b : b + width, a, b] for b in (0, 1)], 3)  # [B, H, W, 2, out]
        for a in (0, 1)
    ]
    return jnp.stack(rows, 2).reshape(batch, 2 * height, 2 * width, -1) + p[f"{name}.bias"]


def residual(p: Parameters, name: str, x: Array) -> Array:
    hidden = convolution(p, f"{name}.conv1", jax.nn.relu(x))
    return x + convolution(p, f"{name}.conv2", jax.nn.relu(hidden))


def feature_maps(p: Parameters, name: str, x: Array) -> Array:
    """[B, H, W, C] from images with channels last."""
    x = jax.nn.relu(convolution(p, f"{name}.conv1", x, stride=2))
    return jax.nn.relu(residual(p, f"{name}.residual1", convolution(p, f"{name}.conv2", x, stride=2)))


def image_logits(p: Parameters, x: Array) -> Array:
    """From the coarsest feature map to logits, [B, 784]."""
    x = residual(p, "decoder.network.residual1", x)
    for name in ("up1", "up2"):
        x = doubling(p, f"decoder.network.{name}", jax.nn.relu(x))
    return convolution(p, "decoder.likelihood.logits", jax.nn.relu(x)).reshape(len(x), -1)


# Terms, in nats


def minus_log_bernoulli(logits: Array, x: Array) -> Array:
    """-log p(x|z) of bits, summed over the last axis: softplus(l) where x = 0 and softplus(-l) where x = 1.

    Written out, since `jax.nn.softplus` also guards against infinite logits.
    """
    signed = logits * (1 - 2 * x)
    return (jnp.maximum(signed, 0) + jnp.log1p(jnp.exp(-jnp.abs(signed)))).sum(-1)


def kl_to_standard(loc: Array, log_scale: Array) -> Array:
    return (0.5 * (jnp.exp(2 * log_scale) + jnp.square(loc) - 1) - log_scale).sum(-1)


def importance_bound(log_weight: Array) -> Array:
    """log (1/k) sum_i w_i over the first axis."""
    return jax.nn.logsumexp(log_weight, 0) - math.log(log_weight.shape[0])


# Models


def vae(p: Parameters, x: Array, noise: list[Array]) -> BoundTerms:
    loc, log_scale = gaussian(p, "posterior", jax.nn.relu(dense(p, "encoder.fc1", x)))
    z = loc + jnp.exp(log_scale) * noise[0][0]
    logits = dense(p, "decoder.likelihood.logits", jax.nn.relu(dense(p, "decoder.network.fc1", z)))
    return BoundTerms(minus_log_bernoulli(logits, x) + kl_to_standard(loc, log_scale))


def convolutional_vae(p: Parameters, x: Array, noise: list[Array]) -> BoundTerms:
    maps = feature_maps(p, "encoder.network1", x)
    # the dense layers count features in torch's order, channels first
    features = jax.nn.relu(dense(p, "encoder.network2.fc1", maps.transpose(0, 3, 1, 2).reshape(len(x), -1)))
    loc, log_scale = gaussian(p, "posterior", features)
    z = loc + jnp.exp(log_scale) * noise[0][0]
    batch, height, width, channels = maps.shape
    stem = dense(p, "decoder.network.stem", z).reshape(batch, channels, height, width).transpose(0, 2, 3, 1)
    loss = minus_log_bernoulli(image_logits(p, stem), x.reshape(len(x), -1))
    return BoundTerms(loss + kl_to_standard(loc, log_scale))


def encoded(p: Parameters, x: Array) -> tuple[Array, Array]:
    """loc and log scale of q(z|x) for the dense models of Burda et al. 2016."""
    return gaussian(p, "posterior", two_tanh(p, "encoder", x))


def iwae_log_weight(p: Parameters, x: Array, loc: Array, log_scale: Array, eps: Array) -> Array:
    """log p(x,z) - log q(z|x), [K, B]; the constants of the two Gaussians cancel."""
    z = loc + jnp.exp(log_scale) * eps
    logits = dense(p, "decoder.likelihood.logits", two_tanh(p, "decoder.network", z))
    kl = (0.5 * (jnp.square(z) - jnp.square(eps)) - log_scale).sum(-1)
    return -minus_log_bernoulli(logits, x) - kl


def iwae(p: Parameters, x: Array, noise: list[Array]) -> BoundTerms:
    return BoundTerms(-importance_bound(iwae_log_weight(p, x, *encoded(p, x), noise[0])))


def two_layer_iwae(p: Parameters, x: Array, noise: list[Array]) -> BoundTerms:
    below, above = noise
    loc1, log_scale1 = encoded(p, x)
    h1 = loc1 + jnp.exp(log_scale1) * below
    loc2, log_scale2 = gaussian(p, "prior.posterior", two_tanh(p, "prior.encoder", h1))
    h2 = loc2 + jnp.exp(log_scale2) * above
    prior_loc, prior_log_scale = gaussian(p, "prior.decoder.likelihood", two_tanh(p, "prior.decoder.network", h2))
    residue = (h1 - prior_loc) * jnp.exp(-prior_log_scale)
    kl1 = (0.5 * (jnp.square(residue) - jnp.square(below)) + prior_log_scale - log_scale1).sum(-1)
    kl2 = (0.5 * (jnp.square(h2) - jnp.square(above)) - log_scale2).sum(-1)
    logits = dense(p, "decoder.likelihood.logits", two_tanh(p, "decoder.network", h1))
    return BoundTerms(-importance_bound(-minus_log_bernoulli(logits, x) - kl1 - kl2))


def vq_vae(p: Parameters, x: Array, noise: list[Array]) -> BoundTerms:
    maps = feature_maps(p, "encoder", x)
    codes = p["posterior.codebook.codes"]
    z = dense(p, "posterior.projection", maps).reshape(-1, codes.shape[1])
    fixed = lax.stop_gradient(z)
    nearest = jnp.argmin(jnp.square(codes).sum(1) - 2 * fixed @ codes.T, axis=1)
    chosen = codes[nearest]
    commitment = peer.COMMITMENT * jnp.square(z - chosen).reshape(len(x), -1).sum(1)
    through = (chosen + (z - fixed)).reshape(*maps.shape[:3], -1)
    logits = image_logits(p, convolution(p, "decoder.network.stem", through))
    rate = maps.shape[1] * maps.shape[2] * math.log(codes.shape[0])
    return BoundTerms(minus_log_bernoulli(logits, x.reshape(len(x), -1)) + commitment + rate, Seen(fixed, nearest))


def follow(p: Parameters, seen: Seen) -> Parameters:
    """The codes at the debiased moving averages, smoothed at their present places, with the averages themselves."""
    codes, counts, sums, updates = (p[name] for name in CODEBOOK)
    uses = jax.nn.one_hot(seen.nearest, len(codes), dtype=codes.dtype)
    counts = peer.DECAY * counts + (1 - peer.DECAY) * uses.sum(0)
    sums = peer.DECAY * sums + (1 - peer.DECAY) * (uses.T @ seen.encoded)
    updates = updates + 1
    weight = 1 - jnp.exp(updates * math.log(peer.DECAY))
    n, m = counts / weight, sums / weight
    total = n.sum()
    smoothed = (n + peer.SMOOTHING) / (total + peer.SMOOTHING * len(codes)) * total
    codes = (m + (smoothed - n)[:, None] * codes) / smoothed[:, None]
    return p | dict(zip(CODEBOOK, (codes, counts, sums, updates), strict=True))


CODEBOOK = [
    f"posterior.codebook.{name}" for name in ("codes", "averages.counts", "averages.sums", "averages.updates")
]

MODELS: dict[str, Model] = {
    "w0-host": vae,
    "w1-vae": vae,
    "w2-iwae": iwae,
    "w3-convolutional-vae": convolutional_vae,
    "w4-vq-vae": vq_vae,
    "w5-two-layer-iwae": two_layer_iwae,
}


# Layouts


def _axes(name: str, rank: int) -> tuple[int, ...]:
    """Which of torch's axes ours are: [in, out] of [out, in], HWIO of OIHW, or of IOHW where convolutions are transposed."""
    if not name.endswith(".weight"):
        return tuple(range(rank))
    if rank == 2:
        return (1, 0)
    return (2, 3, 0, 1) if ".up" in name else (2, 3, 1, 0)


def from_torch(arrays: Arrays) -> Parameters:
    return {name: jnp.array(value.transpose(_axes(name, value.ndim))) for name, value in arrays.items()}


def to_torch(parameters: Parameters) -> Arrays:
    return {name: np.asarray(x).transpose(np.argsort(_axes(name, x.ndim))) for name, x in parameters.items()}


def channels_last(images: np.ndarray) -> Array:
    return jnp.array(images.transpose(0, 2, 3, 1) if images.ndim == 4 else images)


# The peer


def limit_threads(threads: int) -> None:
    """XLA makes as many threads as it may use processors, when it is first used; no flag sets another number."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


class JaxPeer:
    """JAX on the CPU."""

    name = "jax"
    versions = peer.versions("jax", "jaxlib", "optax", "numpy")

    def __init__(self, mode: str, threads: int) -> None:
        limit_threads(threads)

    def evaluate(self, case: Case) -> tuple[np.ndarray, Arrays]:
        with jax.enable_x64(True) if case.images.dtype == np.float64 else nullcontext():
            trained, rest = from_torch(case.trained), from_torch(case.state)
            images, noise = channels_last(case.images), [jnp.array(n) for n in case.noise]
            if case.workload not in MODELS:
                portions = noise[0].reshape(2, -1, *noise[0].shape[1:])
                return np.asarray(jax.jit(log_likelihood)(trained, images, portions)), {}
            gradient = jax.value_and_grad(objective(MODELS[case.workload]), has_aux=True)
            (_, terms), gradients = jax.jit(gradient)(trained, rest, images, noise)
            return np.asarray(terms.loss), to_torch(gradients)

    def update(self, case: Case) -> Arrays:
        trained, rest = from_torch(case.trained), from_torch(case.state)
        images, noise = channels_last(case.images), [jnp.array(n) for n in case.noise]
        _, terms = jax.jit(objective(MODELS[case.workload]))(trained, rest, images, noise)
        adam = self._adam(case)
        updates, _ = adam.update(from_torch(case.gradients), adam.init(trained))
        rest = rest if terms.seen is None else follow(rest, terms.seen)
        return to_torch(optax.apply_updates(trained, updates) | rest)

    def step(self, case: Case) -> Callable[[], None]:
        return self._training(case) if case.workload in MODELS else self._likelihood(case)

    def _training(self, case: Case) -> Callable[[], None]:
        model, shapes, images = MODELS[case.workload], [n.shape for n in case.noise], channels_last(case.images)
        adam = self._adam(case)

        def advance(state: State, x: Array) -> State:
            key, *keys = jax.random.split(state.key, 1 + len(shapes))
            noise = [jax.random.normal(k, shape) for k, shape in zip(keys, shapes, strict=True)]
            gradient = jax.grad(objective(model), has_aux=True)
            gradients, terms = gradient(state.trained, state.rest, x, noise)
            updates, moments = adam.update(gradients, state.adam)
            rest = state.rest if terms.seen is None else follow(state.rest, terms.seen)
            return State(optax.apply_updates(state.trained, updates), rest, moments, key)

        compiled = jax.jit(advance, donate_argnums=0)
        trained = from_torch(case.trained)
        state = State(trained, from_torch(case.state), adam.init(trained), jax.random.key(0))

        def step() -> None:
            nonlocal state
            state = jax.block_until_ready(compiled(state, images))

        return step

    def _adam(self, case: Case) -> optax.GradientTransformation:
        return optax.adam(peer.LEARNING_RATE, eps=peer.TRAINING[case.workload].adam_epsilon)

    def _likelihood(self, case: Case) -> Callable[[], None]:
        p, images = from_torch(case.trained), channels_last(case.many_images(peer.LIKELIHOOD.images))
        portion = (DRAWS_AT_ONCE, len(images), case.noise[0].shape[-1])
        estimate = jax.jit(lambda p, x, keys: log_likelihood(p, x, keys, lambda k: jax.random.normal(k, portion)))
        key = jax.random.key(0)

        def step() -> None:
            nonlocal key
            key, *keys = jax.random.split(key, 1 + peer.LIKELIHOOD.draws // DRAWS_AT_ONCE)
            jax.block_until_ready(estimate(p, images, jnp.stack(keys)))

        return step


def objective(model: Model) -> Callable[..., tuple[Array, BoundTerms]]:
    """The mean loss as a function of (trained, rest, images, noise), with what it was the mean of."""

    def mean(trained: Parameters, rest: Parameters, x: Array, noise: list[Array]) -> tuple[Array, BoundTerms]:
        terms = model(trained | rest, x, noise)
        return terms.loss.mean(), terms

    return mean


def log_likelihood(p: Parameters, x: Array, portions: Array, draw: Callable[[Array], Array] = lambda eps: eps) -> Array:
    """log (1/K) sum_k w_k for each image, [B]: portions of the noise, or the keys to draw them from, added up one by one."""
    loc, log_scale = encoded(p, x)

    def add(carried: tuple[Array, Array], portion: Array) -> tuple[tuple[Array, Array], None]:
        total, draws = carried
        log_weight = iwae_log_weight(p, x, loc, log_scale, draw(portion))
        return (jnp.logaddexp(total, jax.nn.logsumexp(log_weight, 0)), draws + len(log_weight)), None

    (total, draws), _ = lax.scan(add, (jnp.full(len(x), -jnp.inf, loc.dtype), jnp.zeros((), loc.dtype)), portions)
    return total - jnp.log(draws)


if __name__ == "__main__":
    peer.main(["jit"], JaxPeer)
