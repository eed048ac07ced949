"""Writes the fixtures that FixtureTest compares with: models evaluated by PyTorch in float64.

    python vae-models/src/test/python/fixtures.py [FOLDER]

Needs Python 3.9 or later and torch (written with torch 2.7.1, CPU build); nothing else. FOLDER is
vae-models/src/test/resources/fixtures unless given. The output is the same bit for bit on one machine and version.

Each file holds weights, data, noise and what follows from them: log p(x|z), log w, the loss of each example and the
gradient of the mean loss. Densities and divergences are those of torch.distributions, evaluated at the drawn z; nothing
is taken from the Java code except the names of the parameters and the soft bound of log sigma.
Axes: samples K, batch B, event.
"""

import json
import math
import sys
from pathlib import Path

import torch
from torch.distributions import Bernoulli, Independent, MultivariateNormal, Normal, kl_divergence

PIXELS, HIDDEN, BATCH = 6, 5, 3


class Weights(dict):
    """Parameters under torch-style names, made on demand from one generator."""

    def __init__(self, generator):
        super().__init__()
        self.generator = generator

    def add(self, name, *shape):
        values = torch.randn(shape, generator=self.generator, dtype=torch.float64) * 0.4
        self[name] = values.requires_grad_()

    def dense(self, name, inputs, outputs):
        """Adds a layer y = x W^T + b."""
        self.add(f"{name}.weight", outputs, inputs)
        self.add(f"{name}.bias", outputs)

    def apply(self, name, x):
        return x @ self[f"{name}.weight"].T + self[f"{name}.bias"]


def add_network(weights, path, inputs, heads):
    """A hidden layer under path, and heads {name: width} that read it."""
    weights.dense(f"{path}.fc1", inputs, HIDDEN)
    for head, width in heads.items():
        weights.dense(head, HIDDEN, width)


def log_scale(raw):
    """log sigma, softly bounded to +-10."""
    return 10 * torch.tanh(raw / 10)


def diagonal(weights, network, family, x):
    """N(mu, diag(sigma^2)) with (mu, log sigma) = NN(x)."""
    hidden = torch.tanh(weights.apply(f"{network}.fc1", x))
    loc = weights.apply(f"{family}.loc", hidden)
    scale = torch.exp(log_scale(weights.apply(f"{family}.logScale", hidden)))
    return Independent(Normal(loc, scale), 1)


def pixels(weights, z):
    """p(x|z): independent bits with logits NN(z)."""
    hidden = torch.tanh(weights.apply("decoder.network.fc1", z))
    return Independent(Bernoulli(logits=weights.apply("decoder.likelihood.logits", hidden)), 1)


def standard_normal(dimensions):
    zeros = torch.zeros(dimensions, dtype=torch.float64)
    return Independent(Normal(zeros, torch.ones_like(zeros)), 1)


def one_layer(weights, x, noise):
    """A factorized posterior under N(0, I): log p(x|z), log w, and the closed KL."""
    return under(standard_normal(noise[0].shape[-1]), weights, x, noise)


def learned_prior(weights, x, noise):
    """A factorized posterior under a learned N(loc, diag(exp(logScale)^2)), its log scale bounded, too."""
    scale = torch.exp(log_scale(weights["prior.logScale"]))
    return under(Independent(Normal(weights["prior.loc"], scale), 1), weights, x, noise)


def under(prior, weights, x, noise):
    q = diagonal(weights, "encoder", "posterior", x)
    z = q.mean + q.stddev * noise[0]
    log_likelihood = pixels(weights, z).log_prob(x)
    return log_likelihood, log_likelihood + prior.log_prob(z) - q.log_prob(z), kl_divergence(q, prior)


def full_covariance(weights, x, noise):
    """z = mu + L eps with L = mask * L' + diag(sigma), mask strictly lower; log q by the multivariate density."""
    dimensions = noise[0].shape[-1]
    hidden = torch.tanh(weights.apply("encoder.fc1", x))
    loc = weights.apply("posterior.diagonal.loc", hidden)
    sigma = torch.exp(log_scale(weights.apply("posterior.diagonal.logScale", hidden)))
    raw = weights.apply("posterior.lower", hidden).reshape(BATCH, dimensions, dimensions)
    mask = torch.tril(torch.ones(dimensions, dimensions, dtype=torch.float64), diagonal=-1)
    lower = mask * raw + torch.diag_embed(sigma)
    q = MultivariateNormal(loc, scale_tril=lower)
    prior = standard_normal(dimensions)
    z = loc + torch.einsum("bij,kbj->kbi", lower, noise[0])
    log_likelihood = pixels(weights, z).log_prob(x)
    closed = kl_divergence(q, MultivariateNormal(torch.zeros_like(loc), torch.eye(dimensions, dtype=torch.float64)))
    return log_likelihood, log_likelihood + prior.log_prob(z) - q.log_prob(z), closed


def two_layers(weights, x, noise):
    """q(h1|x) q(h2|h1) and p(h2) p(h1|h2) p(x|h1); there is no closed KL for the whole."""
    q1 = diagonal(weights, "encoder", "posterior", x)
    h1 = q1.mean + q1.stddev * noise[0]
    q2 = diagonal(weights, "prior.encoder", "prior.posterior", h1)
    h2 = q2.mean + q2.stddev * noise[1]
    p1 = diagonal(weights, "prior.decoder.network", "prior.decoder.likelihood", h2)
    p2 = standard_normal(noise[1].shape[-1])
    log_likelihood = pixels(weights, h1).log_prob(x)
    log_p = log_likelihood + p1.log_prob(h1) + p2.log_prob(h2)
    return log_likelihood, log_p - q1.log_prob(h1) - q2.log_prob(h2), None


def elbo(log_likelihood, log_weight, closed_kl):
    """-E_q[log p(x|z)] + KL, the KL in closed form."""
    return -log_likelihood.mean(0) + closed_kl


def iwae(log_likelihood, log_weight, closed_kl):
    """-log (1/k) sum w."""
    return -(torch.logsumexp(log_weight, 0) - math.log(log_weight.shape[0]))


def diagonal_weights(weights, latent):
    add_network(weights, "encoder", PIXELS, {"posterior.loc": latent, "posterior.logScale": latent})
    add_network(weights, "decoder.network", latent, {"decoder.likelihood.logits": PIXELS})


def learned_prior_weights(weights, latent):
    diagonal_weights(weights, latent)
    weights.add("prior.loc", latent)
    weights.add("prior.logScale", latent)


def full_weights(weights, latent):
    heads = {"diagonal.loc": latent, "diagonal.logScale": latent, "lower": latent * latent}
    add_network(weights, "encoder", PIXELS, {f"posterior.{head}": width for head, width in heads.items()})
    add_network(weights, "decoder.network", latent, {"decoder.likelihood.logits": PIXELS})


def deep_weights(weights, latent):
    diagonal_weights(weights, latent)
    top = latent - 1
    add_network(weights, "prior.encoder", latent, {"prior.posterior.loc": top, "prior.posterior.logScale": top})
    heads = {"prior.decoder.likelihood.loc": latent, "prior.decoder.likelihood.logScale": latent}
    add_network(weights, "prior.decoder.network", top, heads)


FIXTURES = {
    # name: model, its weights, objective, samples, the lengths of the latents from the data upwards
    "vae-elbo": (one_layer, diagonal_weights, elbo, 2, [3]),
    "vae-iwae-50": (one_layer, diagonal_weights, iwae, 50, [3]),
    "vae-learned-prior-elbo": (learned_prior, learned_prior_weights, elbo, 1, [2]),
    "full-covariance-iwae-5": (full_covariance, full_weights, iwae, 5, [3]),
    "two-layers-iwae-10": (two_layers, deep_weights, iwae, 10, [3, 2]),
}


def tensor(values):
    return {"shape": list(values.shape), "values": values.detach().flatten().tolist()}


def fixture(seed, model, add_weights, objective, samples, latents):
    generator = torch.Generator().manual_seed(seed)
    weights = Weights(generator)
    add_weights(weights, latents[0])
    x = torch.randint(0, 2, (BATCH, PIXELS), generator=generator).double()
    noise = [torch.randn((samples, BATCH, d), generator=generator, dtype=torch.float64) for d in latents]
    log_likelihood, log_weight, closed_kl = model(weights, x, noise)
    loss = objective(log_likelihood, log_weight, closed_kl)
    loss.mean().backward()
    expected = {"logLikelihood": tensor(log_likelihood), "logWeight": tensor(log_weight), "loss": tensor(loss)}
    if closed_kl is not None:
        expected["closedKl"] = tensor(closed_kl)
    return {
        "torch": torch.__version__,
        "seed": seed,
        "objective": objective.__name__,
        "samples": samples,
        "x": tensor(x),
        "noise": [tensor(eps) for eps in noise],
        "parameters": {name: tensor(value) for name, value in weights.items()},
        "expected": expected,
        "gradients": {name: tensor(value.grad) for name, value in weights.items()},
    }


def main():
    default = Path(__file__).parent.parent / "resources" / "fixtures"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, recipe) in enumerate(FIXTURES.items(), start=1):
        text = json.dumps(fixture(seed, *recipe), separators=(",", ":"))
        (folder / f"{name}.json").write_text(text.replace('],"', '],\n"') + "\n")


if __name__ == "__main__":
    main()
