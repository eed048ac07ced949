"""What is run: every recipe, small, and variants of one that need more to go on than weights and moments."""

import re
from dataclasses import dataclass

import examples

# checkpoints within epochs are written all the time, so that kills fall on them, too
OFTEN = ["--set", "train.checkpointMinutes=0.003"]
LITTLE = ["--set", "train.keepCheckpoints=1", "--set", "train.figureEpochs=[1]"]
EPOCHS = 2
# made for a GPU: 2,000 images would take many minutes on one thread
FOR_A_GPU = re.compile(r".*-full")
FEWER = 128

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
    examples.write(folder_of_few(scratch), FEWER)
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
    if name == "table":  # of which no data are given
        kind = "csv"
    settings = [*LITTLE, *OFTEN]
    if FOR_A_GPU.fullmatch(name) and name != "vae-full":
        images, data = min(images, FEWER), folder_of_few(data)
        settings += ["--set", "train.batch=32"]
    return (name, *of_kind(kind, size.group(1) if size else "64", images, data), *settings)


def folder_of_few(scratch):
    (scratch / "few").mkdir(exist_ok=True)
    return scratch / "few"


def of_kind(kind, size, count, data):
    if kind == "toy":
        return ["--set", f"data.set={{kind: toy, train: {count}, test: 200}}"]
    if kind == "faces":
        return ["--set", f"data.set={{kind: faces, size: {size}, train: {count}, test: {max(8, count // 20)}}}"]
    if kind == "shapes":
        positions = round((count / 30) ** 0.5)  # of 3 shapes in 2 scales and 5 orientations
        return [
            "--set", f"data.set={{kind: shapes, size: {size}, scales: 2, orientations: 5, positions: {positions}}}"]
    return ["--data", str(data / ("table.csv" if kind == "csv" else "pictures.npz"))]


def step_by_step(folder):
    """A run of four steps, kept after each and not by the clock: what it does has the same order each time."""
    folder.mkdir()
    examples.write(folder, 256)
    data = str(folder / "pictures.npz")
    return Case("step by step", ("vae", "--data", data, *LITTLE, "--set", "train.checkpointMinutes=0"))
