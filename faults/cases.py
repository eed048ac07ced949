"""What is run: every recipe, small, and variants of one that need more to go on than weights and moments."""

import re
from dataclasses import dataclass

# checkpoints within epochs are written all the time, so that kills fall on them, too
OFTEN = ["--set", "train.checkpointMinutes=0.003", "--set", "train.keepCheckpoints=1", "--set", "train.figureEpochs=[1]"]
EPOCHS = 2
# recipes that take minutes for 2,000 images on one thread get as many as take seconds
SHARES = {"deep-conv-full": 0.05}

VARIANTS = {
    "vae, averaged": ["train.averageWeights=0.9", "optimizer.clipNorm=10"],
    "vae, schedules": [
        "optimizer.schedule={kind: warm-up, steps: 20, then: {kind: cosine, epochs: 2}}", "objective.warmUp=1"],
    "vae, stopping": ["data.validationShare=0.1", "train.earlyStopping.patience=5"],
    "vae, accumulated": ["train.accumulate=4"],
    "vae, on the host": [],
}


@dataclass(frozen=True)
class Case:
    """A run: what is said to train it, and in which environment."""

    name: str
    arguments: tuple
    environment: tuple = ()

    def training(self, epochs=EPOCHS):
        return ["train", *self.arguments, "--epochs", str(epochs)]


def all_of(program, scratch, images):
    """The cases of all recipes that the program itself lists, and the variants."""
    names = [line.split()[0] for line in program.run(["recipes"], scratch).out.splitlines()]
    recipes = program.run(["recipes", *names], scratch).out.split("recipeVersion:")[1:]
    cases = [Case(name, arguments(name, recipe, scratch, images)) for name, recipe in zip(names, recipes, strict=True)]
    plain = next(case for case in cases if case.name == "vae")
    for name, settings in VARIANTS.items():
        more = [word for setting in settings for word in ("--set", setting)]
        host = (("VAE4J_DATA_ON", "host"),) if name.endswith("host") else ()
        cases.append(Case(name, (*plain.arguments, *more), host))
    return cases


def arguments(name, recipe, data, images):
    """A recipe keeps the kind of its data where the project draws them, and else gets ours."""
    kind = re.search(r"^  set:\n    kind: (\S+)", recipe, re.M).group(1)
    size = re.search(r"^    size: (\d+)", recipe, re.M)
    count = max(64, round(images * SHARES.get(name, 1)))
    if name == "table":  # of which no data are given
        kind = "csv"
    return (name, *of_kind(kind, size.group(1) if size else "64", count, data), *OFTEN)


def of_kind(kind, size, count, data):
    if kind == "toy":
        return ["--set", f"data.set={{kind: toy, train: {count}, test: 200}}"]
    if kind == "faces":
        return ["--set", f"data.set={{kind: faces, size: {size}, train: {count}, test: 100}}"]
    if kind == "shapes":
        scales = max(1, count // 960)  # of 3 shapes, 5 orientations, 8 x 8 positions
        return ["--set", f"data.set={{kind: shapes, size: {size}, scales: {scales}, orientations: 5, positions: 8}}"]
    return ["--data", str(data / ("table.csv" if kind == "csv" else "pictures.npz"))]
