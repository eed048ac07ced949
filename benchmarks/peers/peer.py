"""What the peers share: the workloads, their input files, the comparison with them, the clock and the command line.

A peer is a framework that does the same training steps as vae4j on the same parameters and images. `check` puts a peer beside
the losses, gradients and updates that vae4j has written to a file, so that what `bursts` measures is known to be the same work.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np
from safetensors.numpy import load_file

Arrays = dict[str, np.ndarray]

TOLERANCE = 1e-4
"""Of the largest magnitude in the tensor that is compared: float32 sums in another order stay well below."""

UPDATE_TOLERANCE = 1e-3
"""The same for what a step adds: a thousandth of a parameter, in numbers that have been rounded to the parameter's digits."""

KINK = 1e-2
"""The same, where float64 stays within the tolerance: what a few inputs on the other side of a ReLU's kink can change."""


@dataclass(frozen=True)
class Workload:
    """The settings that are not in the shapes of an input file.

    `adam_epsilon` is the recipe's; `samples` is the k of the importance-weighted bound, or 1.
    """

    name: str
    samples: int = 1
    adam_epsilon: float = 1e-8


@dataclass(frozen=True)
class Likelihood:
    """The NLL of `images` images by importance sampling with `draws` draws for each, and no gradient."""

    name: str
    images: int
    draws: int


TRAINING = {
    w.name: w
    for w in (
        Workload("w0-host"),
        Workload("w1-vae"),
        Workload("w2-iwae", samples=50, adam_epsilon=5e-6),
        Workload("w3-convolutional-vae"),
        Workload("w4-vq-vae"),
        Workload("w5-two-layer-iwae", samples=50, adam_epsilon=5e-6),
    )
}
LIKELIHOOD = Likelihood("w6-likelihood", images=100, draws=5000)
NAMES = [*TRAINING, LIKELIHOOD.name]

LEARNING_RATE = 1e-3
COMMITMENT = 0.25
DECAY = 0.99
SMOOTHING = 1e-5
"""Of the VQ-VAE: the weight of the commitment, the decay of the moving averages, the uses that smoothing adds to each code."""

LOG_SCALE_BOUND = 10.0
"""Log scales are 10 tanh(raw / 10), as in vae4j."""


@dataclass(frozen=True)
class Case:
    """One input file.

    `trained` and `state` are the parameters with and without a gradient; `noise` are standard normal draws in the order in
    which they are used, each [K, B, D]; `expected` is the loss, or the log likelihood where there is no gradient, [B], nats;
    `after` are all parameters after one step.
    """

    workload: str
    trained: Arrays
    state: Arrays
    images: np.ndarray
    noise: list[np.ndarray]
    expected: np.ndarray
    gradients: Arrays
    after: Arrays

    @classmethod
    def read(cls, directory: Path, workload: str) -> "Case":
        tensors = load_file(directory / f"{workload}.safetensors")
        parameters, gradients = _under("parameter.", tensors), _under("gradient.", tensors)
        noise = _under("noise.", tensors)
        learns = (lambda name: name in gradients) if workload in TRAINING else (lambda name: True)
        return cls(
            workload,
            {name: value for name, value in parameters.items() if learns(name)},
            {name: value for name, value in parameters.items() if not learns(name)},
            tensors["images"],
            [noise[str(i)] for i in range(len(noise))],
            tensors["loss"] if workload in TRAINING else tensors["loglikelihood"],
            gradients,
            _under("after.", tensors),
        )

    def in_float64(self) -> "Case":
        """The same numbers, for arithmetic with smaller rounding errors."""

        def wide(arrays: Arrays) -> Arrays:
            return {name: value.astype(np.float64) for name, value in arrays.items()}

        noise = [n.astype(np.float64) for n in self.noise]
        images = self.images.astype(np.float64)
        return replace(self, trained=wide(self.trained), state=wide(self.state), images=images, noise=noise)

    def many_images(self, count: int) -> np.ndarray:
        """`count` images, the file's over and over: the work does not depend on which they are."""
        return np.resize(self.images, (count, *self.images.shape[1:]))


def _under(prefix: str, tensors: Arrays) -> Arrays:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


class Peer(Protocol):
    """A framework, with what it was told on the command line."""

    name: str
    versions: Mapping[str, str]

    def evaluate(self, case: Case) -> tuple[np.ndarray, Arrays]:
        """What the file expects, [B], and the gradient of its mean by name, from the file's own noise."""

    def update(self, case: Case) -> Arrays:
        """All parameters by name after the first step, from the file's own gradients and noise."""

    def step(self, case: Case) -> Callable[[], None]:
        """A step with noise of its own, done when the call returns; each call goes on where the last one ended."""


COUNTERS = {"posterior.codebook.steps", "posterior.codebook.lastUsed"}
"""What vae4j's restarts of dead codes count; the workload has none, and peers do not count."""


def update_error(peer: Peer, case: Case) -> float:
    """Of what a step adds to each parameter, the worst of all; from equal gradients, for Adam's first step is nearly their sign.

    The first step does not depend on the two decay rates, which are the defaults everywhere.
    """
    before, after = case.trained | case.state, peer.update(case)
    followed = {name: start for name, start in before.items() if name not in COUNTERS}
    each = [relative_error(after[name] - start, case.after[name] - start) for name, start in followed.items()]
    return float(np.max(each))


def relative_error(actual: np.ndarray, expected: np.ndarray) -> float:
    """The largest difference, as a part of the largest magnitude that was expected."""
    if actual.shape != expected.shape:
        raise ValueError(f"the shape is {actual.shape}; expected {expected.shape}")
    difference = np.abs(actual.astype(np.float64) - expected).max()
    return float(difference / max(np.abs(expected).max(), np.finfo(np.float32).tiny))


@dataclass(frozen=True)
class Errors:
    """Of one case; `gradient` is the worst of all parameters, or None where there is no gradient."""

    loss: float
    gradient: float | None

    @classmethod
    def of(cls, peer: Peer, case: Case) -> "Errors":
        values, gradients = peer.evaluate(case)
        each = [relative_error(gradients[name], expected) for name, expected in case.gradients.items()]
        # numpy's maximum hands NaN on, Python's hides it
        return cls(relative_error(values, case.expected), float(np.max(each)) if each else None)

    def within(self, tolerance: float) -> bool:
        """NaN is not."""
        return self.loss <= tolerance and (self.gradient is None or self.gradient <= tolerance)


def check(peer: Peer, cases: Iterable[Case]) -> bool:
    """Prints one JSON object for each case, and answers whether all agree."""
    verdicts = []
    for case in cases:
        errors = Errors.of(peer, case)
        report = {"peer": peer.name, "workload": case.workload, "loss_error": errors.loss, "gradient_error": errors.gradient}
        agrees = errors.within(TOLERANCE)
        if not agrees and errors.loss <= TOLERANCE and errors.within(KINK):
            # an input within rounding of a ReLU's kink may fall on either side; in float64 it falls on the true one
            settled = Errors.of(peer, case.in_float64())
            report |= {"gradient_error_in_float64": settled.gradient}
            agrees = settled.within(TOLERANCE)
        if case.workload in TRAINING:
            report |= {"update_error": update_error(peer, case)}
            agrees = agrees and report["update_error"] <= UPDATE_TOLERANCE
        # a unit on the other side of its kink, in our float32 or in theirs: named, and the same work all the same
        kink = not agrees and errors.loss <= TOLERANCE and errors.within(KINK) and report.get("update_error", 0) <= UPDATE_TOLERANCE
        print(json.dumps(report | {"agrees": agrees, "kink": kink}), flush=True)
        verdicts.append(agrees)
    return all(verdicts)


def bursts(peer: Peer, workload: str, threads: int, step: Callable[[], None], asked: Iterable[str]) -> None:
    """For each line, the seconds of a burst, works as long and prints a line; the caller lets others work in between."""
    step()  # compiles, which is no part of warming up
    for line in asked:
        print(json.dumps(summary(peer, workload, threads, _times(step, float(line)))), flush=True)


def _times(step: Callable[[], None], seconds: float) -> list[float]:
    """Wall times of single steps, in milliseconds; one at least."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1e3)
    return times


def summary(peer: Peer, workload: str, threads: int, times: list[float]) -> dict[str, object]:
    """Median and spread; percentiles by linear interpolation."""
    p10, p90 = np.percentile(times, [10, 90])
    return {
        "peer": peer.name,
        "workload": workload,
        "threads": threads,
        "steps": len(times),
        "median_ms": statistics.median(times),
        "p10_ms": float(p10),
        "p90_ms": float(p90),
        "versions": {"python": platform.python_version(), **peer.versions},
    }


def versions(*packages: str) -> dict[str, str]:
    """Of installed packages."""
    return {package: version(package) for package in packages}


def main(modes: list[str], start: Callable[[str, int], Peer]) -> None:
    """The command line. `start` makes the peer from a mode and a number of threads, before the framework has done any work."""
    options = _parser(modes).parse_args()
    peer = start(options.mode, options.threads)
    if options.command == "check":
        sys.exit(not check(peer, (Case.read(options.directory, name) for name in options.workload or NAMES)))
    case = Case.read(options.directory, options.workload)
    bursts(peer, options.workload, options.threads, peer.step(case), sys.stdin)


def _parser(modes: list[str]) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("directory", type=Path, help="of the input files")
    shared.add_argument("--mode", choices=modes, default=modes[0])
    shared.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="default: all there are")
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    checks = commands.add_parser("check", parents=[shared], help="losses, gradients and updates beside those in the files")
    checks.add_argument("--workload", choices=NAMES, action="append", help="only this one; may be repeated")
    times = commands.add_parser("bursts", parents=[shared], help="wall times of steps, for as many seconds as each line of the input says")
    times.add_argument("--workload", choices=NAMES, required=True)
    return parser
