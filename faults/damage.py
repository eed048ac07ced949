"""Damages each file of run folders in turn, and looks at what the commands make of it."""

import json
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import folders
import verdicts
from damages import damages
from tables import Table

EQUAL, TOLD, REFUSED, SHOWN, SILENT, UNCLEAR = OUTCOMES = "equal", "told", "refused", "shown", "silent", "unclear"
FINE = EQUAL, TOLD, REFUSED, SHOWN
SHORT = 6
COMMANDS = {
    "train": ["train", "--resume", "run", "--epochs", "3"],
    "evaluate": ["evaluate", "run", "--images", "20", "--samples", "5"],
    "sample": ["sample", "run", "--count", "4"],
    "report": ["report", "run"],
}
LIMIT = 120


@dataclass(frozen=True)
class Damage:
    """What is done to a file before a command."""

    base: Path
    file: str
    name: str
    content: bytes
    command: str


def concerned(file):
    """The commands to which a file matters."""
    if file.startswith("checkpoints/"):
        return ["train"] if "-step-" in file else ["train", "evaluate", "sample"]
    return {
        "manifest.json": list(COMMANDS),
        "recipe.yaml": ["train", "evaluate", "sample"],  # a report shows it as it is
        "metrics.jsonl": ["train", "report"],
        "evaluation.json": ["report"],
        "evaluation.safetensors": ["report"],
    }.get(file, ["train"])


class Damaging:
    """Run folders, what the commands make of them, and what they make of them when a file is damaged."""

    def __init__(self, bench):
        self.bench = bench
        self.folder = bench.scratch / "damage"
        self.results = {}

    def finished(self):
        """A run that ended and was evaluated, with the checkpoints of both epochs."""
        victim = self.bench.victim(self.bench.small, "damage", "finished")
        self.well(victim.start([*victim.beginning(), "--set", "train.keepCheckpoints=2"]).ended())
        self.well(victim.start(COMMANDS["evaluate"]).ended())
        return victim.run

    def interrupted(self):
        """A run that was killed within its second epoch."""
        victim = self.bench.victim(self.bench.small, "damage", "interrupted")
        started = victim.start([*victim.beginning(), "--set", "train.keepCheckpoints=2"])
        started.ended(watch=lambda: folders.newest_checkpoint(victim.run) > "epoch-0001" and started.kill())
        return victim.run

    @staticmethod
    def well(ended):
        if ended.code:
            raise SystemExit(f"exit {ended.code} though nothing is damaged: {ended.last_line}")

    def all(self, generator):
        found = []
        for base in self.finished(), self.interrupted():
            names = folders.files(base)
            for name, file in names.items():
                others = [each for each in names.values() if each.parent == file.parent and each != file]
                older = base / name.replace("epoch-0002", "epoch-0001")
                for damage, content in damages(file, generator, older if older != file else None, others):
                    found += [Damage(base, name, damage, content, command) for command in concerned(name)]
        return found

    def run(self, base, folder, command, damage=None):
        """What a command says and leaves of a copy of a run."""
        shutil.copytree(base, folder / "run")
        if damage and damage.content is None:
            (folder / "run" / damage.file).unlink()
        elif damage:
            (folder / "run" / damage.file).write_bytes(damage.content)
        return self.bench.program.run(COMMANDS[command], folder, limit=LIMIT)

    def undamaged(self, base, command):
        folder = self.folder / f"undamaged-{base.parent.name}-{command}"
        if not folder.exists():
            folder.mkdir()
            self.well(self.run(base, folder, command))
        return folder / "run"

    def outcome(self, numbered):
        number, damage = numbered
        folder = self.folder / str(number)
        folder.mkdir()
        ended = self.run(damage.base, folder, damage.command, damage)
        outcome, note = self.verdict(ended, damage, folder / "run")
        what = f"{damage.base.parent.name}/{damage.file} {damage.name}, {damage.command}"
        print(f"{what}: {outcome} {note}".rstrip(), flush=True)
        if outcome in FINE:
            shutil.rmtree(folder)
        return damage.name.split(" (")[0], outcome

    def verdict(self, ended, damage, run):
        blemish = verdicts.blemish(ended, (0, 2))
        if blemish:
            return UNCLEAR, blemish
        named = is_named(damage.file, ended.err)
        if ended.code == 2:
            return (REFUSED, "") if named else (UNCLEAR, f"does not name the file: {ended.last_line}")
        different = self.different(damage, run)
        if not different:
            return EQUAL, ""
        page = (run / "report.html").read_text(errors="replace") if damage.command == "report" else ""
        if named or Path(damage.file).name in page:
            return TOLD, ""
        if damage.command == "report" and says_something(damage):
            return SHOWN, ""
        return SILENT, "; ".join(different[:5])

    def different(self, damage, run):
        """What else is different than the damaged file itself, and the page that shows what it says."""
        reference = self.undamaged(damage.base, damage.command)
        found = folders.differences(reference, run)
        own = damage.file if not damage.file.startswith("events") else "events"
        shown = () if damage.command == "report" else ("report.html",)
        return [each for each in found if not each.startswith((own, *shown))]


def says_something(damage):
    """Whether the file is what it could have been as well, such as other figures: a report shows what it says."""
    if damage.content is None:
        return damage.file == "evaluation.json"
    try:
        return all(isinstance(json.loads(line), dict) for line in lines(damage))
    except ValueError:
        return False


def lines(damage):
    return damage.content.splitlines() if damage.file == "metrics.jsonl" else [damage.content]


def is_named(file, said):
    """By its own name or, of a checkpoint, by that of its folder."""
    path = Path(file)
    return path.name in said or (file.startswith("checkpoints/") and path.parent.name in said)


def damage(bench):
    damaging = Damaging(bench)
    generator = random.Random(f"{bench.options.seed}-damage")
    chosen = damaging.all(generator)
    if bench.options.short:
        chosen = generator.sample(chosen, SHORT)
    for base, command in {(each.base, each.command): None for each in chosen}:
        damaging.undamaged(base, command)
    with ThreadPoolExecutor(bench.options.jobs) as pool:
        outcomes = list(pool.map(damaging.outcome, enumerate(chosen)))
    table = Table("A damaged file in a run folder", "damage", "commands", *OUTCOMES)
    for name in dict.fromkeys(name for name, _ in outcomes):
        those = [outcome for each, outcome in outcomes if each == name]
        table.add(name, len(those), *(those.count(each) for each in OUTCOMES))
    return [table], any(outcome not in FINE for _, outcome in outcomes)
