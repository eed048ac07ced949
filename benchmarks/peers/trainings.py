"""Whole trainings of W1 as a user of PyTorch would write them, from MNIST's files to samples in a picture.

    python trainings.py pytorch|pythae DATA_DIR OUT_DIR [--epochs 10] [--threads 2]

Prints a line of JSON after each epoch: {"epoch": 1, "elbo": -120.3}, the mean bound of the test images, nats. Both train on
binarized images by the same model as `./vae train vae`: 784-400-20, ReLU, batches of 128, Adam with a rate of 1e-3.
`pytorch` draws the bits anew in each batch, as `vae` does; pythae takes arrays, which are drawn once.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

HIDDEN, LATENT, BATCH, RATE = 400, 20, 128, 1e-3
SHOWN = 64


def images(file: Path) -> np.ndarray:
    """The pixels of an IDX file from 0 to 1, [N, 784]."""
    content = file.read_bytes()
    _, count, rows, columns = struct.unpack(">4i", content[:16])
    return np.frombuffer(content, np.uint8, offset=16).reshape(count, rows * columns).astype(np.float32) / 255


def told(epoch: int, elbo: float) -> None:
    print(json.dumps({"epoch": epoch, "elbo": elbo}), flush=True)


class Vae(nn.Module):
    """As anybody writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(784, HIDDEN)
        self.loc, self.log_scale = nn.Linear(HIDDEN, LATENT), nn.Linear(HIDDEN, LATENT)
        self.decoder = nn.Sequential(nn.Linear(LATENT, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 784))

    def forward(self, x: Tensor) -> Tensor:
        """Minus the bound of each image, [B]."""
        features = F.relu(self.hidden(x))
        loc, log_scale = self.loc(features), self.log_scale(features)
        z = loc + log_scale.exp() * torch.randn_like(loc)
        reconstruction = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="none").sum(1)
        return reconstruction + (0.5 * (loc.square() + (2 * log_scale).exp() - 1) - log_scale).sum(1)


def pytorch(train: np.ndarray, test: np.ndarray, out: Path, epochs: int) -> None:
    model = Vae()
    adam = torch.optim.Adam(model.parameters(), lr=RATE)
    batches = DataLoader(TensorDataset(torch.from_numpy(train)), BATCH, shuffle=True)
    held_out = DataLoader(TensorDataset(torch.from_numpy(test)), 1000)
    for epoch in range(1, epochs + 1):
        model.train()
        for (x,) in batches:
            loss = model(torch.bernoulli(x)).mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
        model.eval()
        with torch.no_grad():
            told(epoch, -torch.cat([model(torch.bernoulli(x)) for (x,) in held_out]).mean().item())
    torch.save(model.state_dict(), out / "model.pt")
    with torch.no_grad():
        picture(torch.sigmoid(model.decoder(torch.randn(SHOWN, LATENT))).numpy(), out)


def pythae(train: np.ndarray, test: np.ndarray, out: Path, epochs: int) -> None:
    from pythae.data.datasets import DatasetOutput
    from pythae.models import VAE, VAEConfig
    from pythae.models.base.base_utils import ModelOutput
    from pythae.models.nn import BaseDecoder, BaseEncoder
    from pythae.pipelines import TrainingPipeline
    from pythae.trainers import BaseTrainerConfig
    from pythae.trainers.training_callbacks import TrainingCallback

    class Encoder(BaseEncoder):
        def __init__(self) -> None:
            super().__init__()
            self.hidden = nn.Linear(784, HIDDEN)
            self.loc, self.log_variance = nn.Linear(HIDDEN, LATENT), nn.Linear(HIDDEN, LATENT)

        def forward(self, x: Tensor) -> ModelOutput:
            features = F.relu(self.hidden(x))
            return ModelOutput(embedding=self.loc(features), log_covariance=self.log_variance(features))

    class Decoder(BaseDecoder):
        def __init__(self) -> None:
            super().__init__()
            self.network = nn.Sequential(nn.Linear(LATENT, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 784), nn.Sigmoid())

        def forward(self, z: Tensor) -> ModelOutput:
            return ModelOutput(reconstruction=self.network(z))

    class Epochs(TrainingCallback):
        def on_epoch_end(self, training_config, **kwargs) -> None:
            self.done = getattr(self, "done", 0) + 1
            model.eval()
            with torch.no_grad():
                losses = [model(DatasetOutput(data=x)).loss.item() for x in held_out.split(1000)]
            told(self.done, -float(np.mean(losses)))

    bits = np.random.default_rng(0)
    drawn = (bits.random(train.shape) < train).astype(np.float32)
    held_out = torch.from_numpy((bits.random(test.shape) < test).astype(np.float32))
    model = VAE(VAEConfig(input_dim=(784,), latent_dim=LATENT, reconstruction_loss="bce"), Encoder(), Decoder())
    configuration = BaseTrainerConfig(output_dir=str(out), num_epochs=epochs, learning_rate=RATE, per_device_train_batch_size=BATCH)
    TrainingPipeline(training_config=configuration, model=model)(drawn, callbacks=[Epochs()])
    with torch.no_grad():
        picture(model.decoder(torch.randn(SHOWN, LATENT)).reconstruction.numpy(), out)


def picture(pixels: np.ndarray, out: Path) -> None:
    """A sheet of 8 x 8 images, as a portable graymap."""
    sheet = pixels.reshape(8, 8, 28, 28).transpose(0, 2, 1, 3).reshape(224, 224)
    (out / "samples.pgm").write_bytes(b"P5 224 224 255\n" + (255 * sheet).astype(np.uint8).tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=["pytorch", "pythae"])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    train, test = images(options.data / "train-images-idx3-ubyte"), images(options.data / "t10k-images-idx3-ubyte")
    {"pytorch": pytorch, "pythae": pythae}[options.peer](train, test, options.out, options.epochs)


if __name__ == "__main__":
    main()
