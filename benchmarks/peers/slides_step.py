"""The training step of the slides' MNIST run in plain PyTorch: the peer of benchmarks' ElboStep.

Usage: python slides_step.py [STEPS] [--fused]      (needs: pip install torch==2.7.1 numpy)
Prints the median, in milliseconds, of the second half of the steps.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 400)
        self.loc = nn.Linear(400, 20)
        self.log_scale = nn.Linear(400, 20)
        self.up = nn.Linear(20, 400)
        self.logits = nn.Linear(400, 784)

    def forward(self, x):
        h = F.relu(self.hidden(x))
        loc, log_scale = self.loc(h), self.log_scale(h)
        z = loc + log_scale.exp() * torch.randn_like(loc)
        return self.logits(F.relu(self.up(z))), loc, log_scale


def loss(logits, x, loc, log_scale):
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kl = (0.5 * ((2 * log_scale).exp() + loc.square() - 1) - log_scale).sum()
    return (reconstruction + kl) / x.shape[0]


def main():
    fused = "--fused" in sys.argv
    numbers = [a for a in sys.argv[1:] if a.isdigit()]
    steps = int(numbers[0]) if numbers else 1000
    torch.manual_seed(0)
    model = Vae()
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, fused=fused)
    x = torch.rand(128, 784)
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        adam.zero_grad()
        loss(*_forward(model, x)).backward()
        adam.step()
        seconds.append(time.perf_counter() - start)
    late = sorted(seconds[steps // 2 :])
    kind = "fused Adam" if fused else "default Adam"
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {kind}: {late[len(late) // 2] * 1e3:.2f} ms")


def _forward(model, x):
    logits, loc, log_scale = model(x)
    return logits, x, loc, log_scale


if __name__ == "__main__":
    main()
