"""Runs to which something is done, and what they come to when they go on."""

import threading
from argparse import Namespace
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cases
import folders
from program import Program

IDENTICAL, DIFFERENT, LOST, STUCK = OUTCOMES = "identical", "different", "lost", "stuck"
# nothing of a run is there yet: the program says what to do
ANEW = ("train into it anew, by --out", "there is no run folder", "there is no run in this folder")


@dataclass(eq=False)
class Bench:
    """What all faults need: the program, a scratch folder, what was asked for, and runs that nobody disturbed."""

    program: Program
    scratch: Path
    options: Namespace

    def __post_init__(self):
        self.guard, self.locks, self.references = threading.Lock(), {}, {}

    @cached_property
    def small(self):
        """The run to which most is done."""
        return cases.step_by_step(self.scratch / "small")

    def reference(self, case):
        """The folder of an undisturbed run, made when it is first asked for, and the seconds that it took."""
        with self.guard:
            lock = self.locks.setdefault(case.name, threading.Lock())
        with lock:
            if case.name not in self.references:
                self.references[case.name] = self.undisturbed(case)
            return self.references[case.name]

    def undisturbed(self, case):
        folder = self.scratch / "references" / case.name.replace(" ", "-")
        folder.mkdir(parents=True)
        ended = self.program.run([*case.training(), "--out", "run"], folder, environment=dict(case.environment))
        if ended.code:
            raise SystemExit(f"{case.name} ends with {ended.code} although it is left alone: {ended.last_line}")
        return folder / "run", ended.seconds

    def victim(self, case, kind, name):
        return Victim(self.program, case, self.reference(case)[0], self.scratch / kind / str(name))


class Victim:
    """A run in a folder of its own, which may end and go on several times."""

    def __init__(self, program, case, reference, folder):
        self.program, self.case, self.reference, self.folder = program, case, reference, folder
        self.run = folder / "run"
        self.starts = 0
        folder.mkdir(parents=True, exist_ok=True)

    def beginning(self):
        return [*self.case.training(), "--out", self.run.relative_to(self.folder)]

    def going_on(self):
        return ["train", "--resume", self.run.relative_to(self.folder)] if self.run.exists() else self.beginning()

    def start(self, command, **environment):
        self.starts += 1
        return self.program.start(
            command, self.folder, f"start-{self.starts}", environment={**dict(self.case.environment), **environment})

    def newest_whole(self):
        return max(folders.whole_checkpoints(self.run), default="")

    def phase(self):
        """What the run has come to."""
        if not (self.run / "recipe.yaml").exists():
            return "before it began"
        newest = folders.newest_checkpoint(self.run)
        if not newest:
            return "before a checkpoint"
        if "step" in newest:
            return "within an epoch"
        return "after its last epoch" if newest == f"epoch-{cases.EPOCHS:04}" else "between epochs"

    def end(self):
        """Lets the run go on to its end, as a user would who reads what is said: the outcome, and why it is that."""
        ended = self.start(self.going_on()).ended()
        if ended.code == 2 and any(words in ended.err for words in ANEW):
            ended = self.start(self.beginning()).ended()
        complete = ended.code == 2 and f"up to epoch {cases.EPOCHS} already" in ended.err
        if ended.code and not complete:
            return STUCK, f"exit {ended.code}: {ended.last_line}"
        different = folders.differences(self.reference, self.run)
        return (DIFFERENT, "; ".join(different[:8])) if different else (IDENTICAL, "")
