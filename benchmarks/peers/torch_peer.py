"""vae4j's training steps in PyTorch, eager and compiled.

    python torch_peer.py check DIR [--mode eager|compiled] [--workload NAME]
    python torch_peer.py bursts DIR --workload NAME [--mode eager|compiled] [--threads 2]

A step is all of: drawing the noise, forward, backward, Adam and, for the VQ-VAE, the moving averages of its codes. The
models are functions of their parameters, by the names in the input file. Noise is an argument of theirs, since torch.compile
would otherwise draw it by a scalar generator of its own, slower than torch.randn.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

import peer
from peer import Arrays, Case

Parameters = dict[str, Tensor]

DRAWS_AT_ONCE = 20
"""Of the likelihood, for each of its 100 images: 2,000 rows in the decoder."""


class Seen(NamedTuple):
    """What the codebook learns from: the encoder's outputs, [M, D], and which code is nearest to each, [M]."""

    encoded: Tensor
    nearest: Tensor


class BoundTerms(NamedTuple):
    """The loss of each example, [B], nats, and what a codebook has seen."""

    loss: Tensor
    seen: Seen | None = None


Model = Callable[[Parameters, Tensor, list[Tensor]], BoundTerms]


# Layers


def dense(p: Parameters, name: str, x: Tensor) -> Tensor:
    return F.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])


def two_tanh(p: Parameters, name: str, x: Tensor) -> Tensor:
    return dense(p, f"{name}.fc2", dense(p, f"{name}.fc1", x).tanh()).tanh()


def gaussian(p: Parameters, name: str, features: Tensor) -> tuple[Tensor, Tensor]:
    """The mean and the bounded log scale."""
    raw = dense(p, f"{name}.logScale", features)
    return dense(p, f"{name}.loc", features), peer.LOG_SCALE_BOUND * torch.tanh(raw / peer.LOG_SCALE_BOUND)


def convolution(p: Parameters, name: str, x: Tensor, stride: int = 1) -> Tensor:
    weight = p[f"{name}.weight"]
    return F.conv2d(x, weight, p[f"{name}.bias"], stride, padding=weight.shape[-1] // 2)


def doubling(p: Parameters, name: str, x: Tensor) -> Tensor:
    return F.conv_transpose2d(x, p[f"{name}.weight"], p[f"{name}.bias"], stride=2, padding=1)


def residual(p: Parameters, name: str, x: Tensor) -> Tensor:
    return x + convolution(p, f"{name}.conv2", convolution(p, f"{name}.conv1", x.relu()).relu())


def feature_maps(p: Parameters, name: str, x: Tensor) -> Tensor:
    x = convolution(p, f"{name}.conv1", x, stride=2).relu()
    return residual(p, f"{name}.residual1", convolution(p, f"{name}.conv2", x, stride=2)).relu()


def image_logits(p: Parameters, x: Tensor) -> Tensor:
    """From the coarsest feature map to logits, [B, 784]."""
    x = residual(p, "decoder.network.residual1", x)
    for name in ("up1", "up2"):
        x = doubling(p, f"decoder.network.{name}", x.relu())
    return convolution(p, "decoder.likelihood.logits", x.relu()).flatten(1)


# Terms, in nats


def minus_log_bernoulli(logits: Tensor, x: Tensor) -> Tensor:
    """-log p(x|z) of bits, summed over the last axis: softplus(l) where x = 0 and softplus(-l) where x = 1."""
    return F.softplus(logits * (1 - 2 * x)).sum(-1)


def kl_to_standard(loc: Tensor, log_scale: Tensor) -> Tensor:
    return (0.5 * ((2 * log_scale).exp() + loc.square() - 1) - log_scale).sum(-1)


def importance_bound(log_weight: Tensor) -> Tensor:
    """log (1/k) sum_i w_i over the first axis."""
    return log_weight.logsumexp(0) - math.log(log_weight.shape[0])


# Models


def vae(p: Parameters, x: Tensor, noise: list[Tensor]) -> BoundTerms:
    loc, log_scale = gaussian(p, "posterior", dense(p, "encoder.fc1", x).relu())
    z = torch.addcmul(loc, log_scale.exp(), noise[0][0])
    logits = dense(p, "decoder.likelihood.logits", dense(p, "decoder.network.fc1", z).relu())
    return BoundTerms(minus_log_bernoulli(logits, x) + kl_to_standard(loc, log_scale))


def convolutional_vae(p: Parameters, x: Tensor, noise: list[Tensor]) -> BoundTerms:
    maps = feature_maps(p, "encoder.network1", x)
    features = dense(p, "encoder.network2.fc1", maps.flatten(1)).relu()
    loc, log_scale = gaussian(p, "posterior", features)
    z = torch.addcmul(loc, log_scale.exp(), noise[0][0])
    stem = dense(p, "decoder.network.stem", z).view(maps.shape).contiguous(memory_format=torch.channels_last)
    return BoundTerms(minus_log_bernoulli(image_logits(p, stem), x.flatten(1)) + kl_to_standard(loc, log_scale))


def encoded(p: Parameters, x: Tensor) -> tuple[Tensor, Tensor]:
    """loc and log scale of q(z|x) for the dense models of Burda et al. 2016."""
    return gaussian(p, "posterior", two_tanh(p, "encoder", x))


def iwae_log_weight(p: Parameters, x: Tensor, loc: Tensor, log_scale: Tensor, eps: Tensor) -> Tensor:
    """log p(x,z) - log q(z|x), [K, B]; the constants of the two Gaussians cancel."""
    z = torch.addcmul(loc, log_scale.exp(), eps)
    logits = dense(p, "decoder.likelihood.logits", two_tanh(p, "decoder.network", z))
    kl = 0.5 * (z.square() - eps.square()).sum(-1) - log_scale.sum(-1)
    return -minus_log_bernoulli(logits, x) - kl


def iwae(p: Parameters, x: Tensor, noise: list[Tensor]) -> BoundTerms:
    return BoundTerms(-importance_bound(iwae_log_weight(p, x, *encoded(p, x), noise[0])))


def two_layer_iwae(p: Parameters, x: Tensor, noise: list[Tensor]) -> BoundTerms:
    below, above = noise
    loc1, log_scale1 = encoded(p, x)
    h1 = torch.addcmul(loc1, log_scale1.exp(), below)
    loc2, log_scale2 = gaussian(p, "prior.posterior", two_tanh(p, "prior.encoder", h1))
    h2 = torch.addcmul(loc2, log_scale2.exp(), above)
    prior_loc, prior_log_scale = gaussian(p, "prior.decoder.likelihood", two_tanh(p, "prior.decoder.network", h2))
    residue = (h1 - prior_loc) * (-prior_log_scale).exp()
    kl1 = (0.5 * (residue.square() - below.square()) + prior_log_scale - log_scale1).sum(-1)
    kl2 = (0.5 * (h2.square() - above.square()) - log_scale2).sum(-1)
    logits = dense(p, "decoder.likelihood.logits", two_tanh(p, "decoder.network", h1))
    return BoundTerms(-importance_bound(-minus_log_bernoulli(logits, x) - kl1 - kl2))


def vq_vae(p: Parameters, x: Tensor, noise: list[Tensor]) -> BoundTerms:
    maps = feature_maps(p, "encoder", x).permute(0, 2, 3, 1)
    codes = p["posterior.codebook.codes"]
    z = dense(p, "posterior.projection", maps.flatten(0, 2))
    fixed = z.detach()
    nearest = torch.addmm(codes.square().sum(1), fixed, codes.T, alpha=-2).argmin(1)
    chosen = codes[nearest]
    commitment = peer.COMMITMENT * (z - chosen).square().view(x.shape[0], -1).sum(1)
    through = (chosen + (z - fixed)).view(*maps.shape[:3], -1).permute(0, 3, 1, 2)
    logits = image_logits(p, convolution(p, "decoder.network.stem", through))
    rate = maps.shape[1] * maps.shape[2] * math.log(codes.shape[0])
    loss = minus_log_bernoulli(logits, x.flatten(1)) + commitment + rate
    return BoundTerms(loss, Seen(fixed, nearest))


def follow(p: Parameters, seen: Seen) -> None:
    """Moves the codes to the debiased moving averages, smoothed at their present places; in place."""
    codes, counts, sums, updates = (
        p[f"posterior.codebook.{name}"] for name in ("codes", "averages.counts", "averages.sums", "averages.updates")
    )
    fresh = 1 - peer.DECAY
    ones = torch.ones_like(seen.encoded[:, 0])
    counts.mul_(peer.DECAY).index_add_(0, seen.nearest, ones, alpha=fresh)
    sums.mul_(peer.DECAY).index_add_(0, seen.nearest, seen.encoded, alpha=fresh)
    updates.add_(1)
    weight = 1 - torch.exp(updates * math.log(peer.DECAY))
    n, m = counts / weight, sums / weight
    total = n.sum()
    smoothed = (n + peer.SMOOTHING) / (total + peer.SMOOTHING * len(codes)) * total
    codes.copy_((m + (smoothed - n)[:, None] * codes) / smoothed[:, None])


MODELS: dict[str, Model] = {
    "w0-host": vae,
    "w1-vae": vae,
    "w2-iwae": iwae,
    "w3-convolutional-vae": convolutional_vae,
    "w4-vq-vae": vq_vae,
    "w5-two-layer-iwae": two_layer_iwae,
}


# The peer


def resident(array: np.ndarray) -> Tensor:
    """On the CPU; image-shaped tensors with channels last, the layout in which oneDNN need not reorder them."""
    tensor = torch.tensor(array)
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.dim() == 4 else tensor


def tensors(arrays: Arrays, trained: bool = False) -> Parameters:
    return {name: resident(array).requires_grad_(trained) for name, array in arrays.items()}


class TorchPeer:
    """PyTorch on the CPU; `mode` is eager or compiled."""

    versions = peer.versions("torch", "numpy")

    def __init__(self, mode: str, threads: int) -> None:
        self.name = f"pytorch-{mode}"
        self._compiles = mode == "compiled"
        torch.set_num_threads(threads)
        torch.manual_seed(0)

    def _ready(self, function: Callable) -> Callable:
        """Compiled for the shapes that it will see, if this peer compiles."""
        return torch.compile(function, fullgraph=True, dynamic=False) if self._compiles else function

    def evaluate(self, case: Case) -> tuple[np.ndarray, Arrays]:
        images, noise = resident(case.images), [torch.tensor(n) for n in case.noise]
        if case.workload not in MODELS:
            estimate = self._estimate(tensors(case.trained), images)
            return estimate(noise[0].split(len(noise[0]) // 2)).numpy(), {}
        trained = tensors(case.trained, trained=True)
        mean, terms = self._objective(case)(trained | tensors(case.state), images, noise)
        mean.backward()
        return terms.loss.detach().numpy(), {name: value.grad.numpy() for name, value in trained.items()}

    def _objective(self, case: Case) -> Callable[[Parameters, Tensor, list[Tensor]], tuple[Tensor, BoundTerms]]:
        model = MODELS[case.workload]

        def objective(p: Parameters, x: Tensor, noise: list[Tensor]) -> tuple[Tensor, BoundTerms]:
            terms = model(p, x, noise)
            return terms.loss.mean(), BoundTerms(terms.loss.detach(), terms.seen)

        return self._ready(objective)

    def update(self, case: Case) -> Arrays:
        trained, state = tensors(case.trained, trained=True), tensors(case.state)
        _, terms = self._objective(case)(trained | state, resident(case.images), [torch.tensor(n) for n in case.noise])
        for name, value in trained.items():
            value.grad = resident(case.gradients[name])
        self._adam(case, trained).step()
        if terms.seen is not None:
            self._ready(torch.no_grad()(follow))(state, terms.seen)
        return {name: value.detach().numpy() for name, value in (trained | state).items()}

    def step(self, case: Case) -> Callable[[], None]:
        return self._training(case) if case.workload in MODELS else self._likelihood(case)

    def _training(self, case: Case) -> Callable[[], None]:
        objective, learn = self._objective(case), self._ready(torch.no_grad()(follow))
        images, shapes = resident(case.images), [n.shape for n in case.noise]
        trained, state = tensors(case.trained, trained=True), tensors(case.state)
        parameters = trained | state
        adam = self._adam(case, trained)

        def step() -> None:
            mean, terms = objective(parameters, images, [torch.randn(shape) for shape in shapes])
            mean.backward()
            adam.step()
            adam.zero_grad(set_to_none=True)
            if terms.seen is not None:
                learn(state, terms.seen)

        return step

    def _adam(self, case: Case, trained: Parameters) -> torch.optim.Adam:
        epsilon = peer.TRAINING[case.workload].adam_epsilon
        return torch.optim.Adam(trained.values(), lr=peer.LEARNING_RATE, eps=epsilon, fused=True)

    def _likelihood(self, case: Case) -> Callable[[], None]:
        images = resident(case.many_images(peer.LIKELIHOOD.images))
        estimate = self._estimate(tensors(case.trained), images)
        portion = (DRAWS_AT_ONCE, len(images), case.noise[0].shape[-1])
        portions = peer.LIKELIHOOD.draws // DRAWS_AT_ONCE

        def step() -> None:
            estimate(torch.randn(portion) for _ in range(portions))

        return step

    def _estimate(self, p: Parameters, images: Tensor) -> Callable[[Iterable[Tensor]], Tensor]:
        """log (1/K) sum_k w_k for each image, [B], from portions of the noise that are added up one by one."""
        encode = self._ready(encoded)
        add = self._ready(lambda total, *rest: torch.logaddexp(total, iwae_log_weight(p, images, *rest).logsumexp(0)))

        @torch.no_grad()
        def estimate(portions: Iterable[Tensor]) -> Tensor:
            loc, log_scale = encode(p, images)
            total, draws = torch.full(loc.shape[:1], -math.inf), 0
            for eps in portions:
                total = add(total, loc, log_scale, eps)
                draws += len(eps)
            return total - math.log(draws)

        return estimate


if __name__ == "__main__":
    peer.main(["eager", "compiled"], TorchPeer)
