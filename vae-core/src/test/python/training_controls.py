"""Writes the fixture that TrainingControlsTest compares with: steps of PyTorch's own optimizer in float64.

    python vae-core/src/test/python/training_controls.py [FILE]

Needs Python 3.9 or later and torch (written with torch 2.7.1, on a CPU); nothing else. FILE is
vae-core/src/test/resources/fixtures/training-controls.json unless given.

Gradients are given, not computed: of a matrix, which decays, and of a bias, which does not. Each case is a run of
torch.optim.AdamW after torch.nn.utils.clip_grad_norm_, with the weights after each step and the moving average of them
that torch.optim.swa_utils.AveragedModel keeps.
"""

import json
import sys
from pathlib import Path

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

STEPS = 6
RATES = [0.1, 0.1, 0.05, 0.05, 0.02, 0.02]
# of very different lengths, so that some are clipped and others are not
LENGTHS = [10.0, 0.01, 1.0, 0.3, 100.0, 0.7]


class Weights(torch.nn.Module):
    def __init__(self, matrix, bias):
        super().__init__()
        self.matrix = torch.nn.Parameter(matrix.clone())
        self.bias = torch.nn.Parameter(bias.clone())


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def case(matrix, bias, gradients, decay, clip, average):
    model = Weights(matrix, bias)
    optimizer = torch.optim.AdamW(
        [{"params": [model.matrix], "weight_decay": decay}, {"params": [model.bias], "weight_decay": 0.0}]
    )
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(average))
    steps = []
    for rate, (of_matrix, of_bias) in zip(RATES, gradients):
        model.matrix.grad, model.bias.grad = of_matrix.clone(), of_bias.clone()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), clip) if clip else None
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        averaged.update_parameters(model)
        steps.append(
            {
                "matrix": numbers(model.matrix),
                "bias": numbers(model.bias),
                "averagedMatrix": numbers(averaged.module.matrix),
                "averagedBias": numbers(averaged.module.bias),
                **({"norm": norm.item()} if clip else {}),
            }
        )
    return {"weightDecay": decay, "clipNorm": clip, "average": average, "steps": steps}


def main():
    torch.set_default_dtype(torch.float64)
    generator = torch.Generator().manual_seed(5)
    matrix = torch.randn(3, 2, generator=generator)
    bias = torch.randn(3, generator=generator)
    gradients = [
        (length * torch.randn(3, 2, generator=generator), length * torch.randn(3, generator=generator))
        for length in LENGTHS
    ]
    fixture = {
        "torch": torch.__version__,
        "rates": RATES,
        "matrix": numbers(matrix),
        "bias": numbers(bias),
        "gradients": [{"matrix": numbers(m), "bias": numbers(b)} for m, b in gradients],
        "cases": [
            case(matrix, bias, gradients, 0.0, 1.0, 0.9),
            case(matrix, bias, gradients, 0.3, 0.0, 0.5),
            case(matrix, bias, gradients, 0.3, 0.5, 0.99),
        ],
    }
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "vae-core/src/test/resources/fixtures/training-controls.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture, indent=1) + "\n")


main()
