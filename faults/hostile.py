"""Hostile files and wrong command lines: each is refused in one line, soon, within memory, and nothing is written."""

import hashlib
import json
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import command_lines
import hostile_files
import verdicts
from tables import Table

SHORT = 10
LINES = 120
SECONDS = 20  # of processors
# the JVM with its libraries, twice its largest heap's share for files, and libtorch
MOST_MIB = 1536
REFUSED = 2
OUTCOMES = "refused", "not as it should"


@dataclass
class Hostile:
    """What is given to a command, in a folder of its own."""

    kind: str
    name: str
    command: list
    files: dict = field(default_factory=dict)
    needs_run: bool = False


def train_by(data):
    return ["train", "vae", "--epochs", "1", "--out", "out", "--data", data]


def files():
    """All hostile files."""
    for name, content in hostile_files.idx_folders():
        yield Hostile("IDX", name, train_by("data"), {f"data/{file}": each for file, each in content.items()})
    for kind, named in (("npz", hostile_files.npz_files()), ("npy", hostile_files.arrays())):
        for name, content in named:
            yield Hostile(kind, name, train_by(f"data.{kind}"), {f"data.{kind}": content})
    for name, content in hostile_files.pictures():
        yield Hostile("images", name, train_by("data"), {f"data/{file}": each for file, each in content.items()})
    for name, content in hostile_files.tables():
        yield Hostile("csv", name, ["train", "table", *train_by("data.csv")[2:]], {"data.csv": content})
    for name, content in hostile_files.recipes():
        yield Hostile("recipe", name, ["train", "recipe.yaml", "--out", "out"], {"recipe.yaml": content})
    for name, content in hostile_files.plugins():
        yield Hostile("plugin", name, ["--plugin", "plugin.jar", "recipes"], {"plugin.jar": content})
    for name, content in hostile_files.tensors():
        weights = {"run/checkpoints/epoch-0002/model.safetensors": content}
        yield Hostile("safetensors", name, ["sample", "run", "--count", "2"], weights, needs_run=True)


def lines(bench, generator):
    """Some of the wrong command lines."""
    all_lines = list(command_lines.wrong(bench.program, bench.scratch))
    for name, command in generator.sample(all_lines, min(LINES, len(all_lines))):
        yield Hostile("command line", name, command, needs_run=True)


class Refusing:
    """Gives what is hostile to the program."""

    def __init__(self, bench):
        self.bench = bench
        self.run = bench.reference(bench.small)[0]

    def outcome(self, numbered):
        number, hostile = numbered
        folder = self.bench.scratch / "hostile" / str(number)
        folder.mkdir(parents=True)
        if hostile.needs_run:
            shutil.copytree(self.run, folder / "run")
        for name, content in hostile.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
            if name.endswith(".safetensors"):
                trust(folder / name)
        before = listed(folder)
        ended = self.bench.program.run(hostile.command, folder, limit=20 * SECONDS)
        fault = self.fault(ended, before, listed(folder), b"".join(hostile.files.values()))
        outcome = OUTCOMES[1] if fault else OUTCOMES[0]
        print(f"{hostile.kind}, {hostile.name}: {outcome} {fault}".rstrip(), flush=True)
        if not fault:
            shutil.rmtree(folder)
        return hostile.kind, outcome, ended

    @staticmethod
    def fault(ended, before, after, given):
        blemish = verdicts.blemish(ended, (REFUSED,), SECONDS, given)
        if blemish:
            return blemish
        if ended.peak_mib > MOST_MIB:
            return f"{ended.peak_mib:.0f} MiB"
        written = sorted(name for name in before ^ after)
        return f"writes {written[:3]}" if written else ""


def trust(weights):
    """The state names the checksum of the weights, as somebody would who means harm."""
    state = weights.parent / "state.json"
    tree = json.loads(state.read_bytes())
    tree["files"][weights.name] = hashlib.sha256(weights.read_bytes()).hexdigest()
    state.write_text(json.dumps(tree))


def listed(folder):
    """What is there but for what the process said, with times."""
    return {
        (str(path.relative_to(folder)), path.lstat().st_mtime_ns) for path in folder.rglob("*")
        if path.name not in ("vae.out", "vae.err") and path.is_file()}


def give(bench):
    generator = random.Random(f"{bench.options.seed}-hostile")
    chosen = [*files(), *lines(bench, generator)]
    if bench.options.short:
        chosen = generator.sample(chosen, SHORT)
    refusing = Refusing(bench)
    with ThreadPoolExecutor(bench.options.jobs) as pool:
        outcomes = list(pool.map(refusing.outcome, enumerate(chosen)))
    table = Table("Hostile files and wrong command lines", "kind", "tried", *OUTCOMES, "most work", "memory at most")
    for kind in dict.fromkeys(kind for kind, *_ in outcomes):
        those = [(outcome, ended) for each, outcome, ended in outcomes if each == kind]
        counts = [sum(outcome == each for outcome, _ in those) for each in OUTCOMES]
        longest, largest = max(ended.busy for _, ended in those), max(ended.peak_mib for _, ended in those)
        table.add(kind, len(those), *counts, f"{longest:.1f} s", f"{largest:.0f} MiB")
    return [table], any(outcome != OUTCOMES[0] for _, outcome, _ in outcomes)
