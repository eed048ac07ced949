"""Kills sweeps: their process, or that of one of their runs, at random moments, and lets them go on."""

import json
import os
import random
import re
import shutil
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import folders
from tables import Table

KILLED_AGAIN = 0.5
SWEEP = "sweep.yaml"
# one run at a time, so that successive halving decides as it did when nobody disturbed it
ONE_AT_A_TIME = ["--jobs", "1", "--device", "cpu"]
KINDS = {
    "grid": "recipe: toy\nset: {SETTINGS, train.epochs: 6}\n"
            "vary: {optimizer.learningRate: [0.001, 0.003]}\nseeds: [0, 1]\n",
    "asha": "recipe: toy\nset: {SETTINGS, train.epochs: 8}\n"
            "vary: {optimizer.learningRate: {kind: log-uniform, from: 0.0003, to: 0.03}}\n"
            "search: {kind: asha, settings: 5, reduction: 2}\n",
}
SETTINGS = ("data.set.train: 2000, data.set.test: 100, model.network.hidden: [32], train.checkpointMinutes: 0.005, "
            "train.batch: 16")


@dataclass
class Trial:
    """A sweep that was disturbed."""

    kind: str
    folder: Path
    kills: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    def line(self):
        moments = ", ".join(f"{victim} after {seconds:.1f} s" for victim, seconds in self.kills)
        return f"{self.kind}: killed {moments or 'nobody'}: {'; '.join(self.wrong) or 'nothing lost, nothing twice'}"


class Disturbed:
    """A sweep in a folder of its own."""

    def __init__(self, program, kind, folder):
        self.program, self.kind, self.folder = program, kind, folder
        self.starts = 0
        folder.mkdir(parents=True)
        (folder / SWEEP).write_text(KINDS[kind].replace("SETTINGS", SETTINGS) + "evaluate: {settings: 0}\n")

    @property
    def sweep(self):
        return self.folder / "swept"

    def start(self):
        self.starts += 1
        begun = (self.sweep / SWEEP).exists()
        line = ["sweep", "--resume", "swept"] if begun else ["sweep", SWEEP, "--out", "swept"]
        return self.program.start([*line, *ONE_AT_A_TIME], self.folder, f"start-{self.starts}")

    def disturb(self, trial, generator, seconds):
        """Kills somebody after a while; whether the sweep itself has died of it."""
        started, after = self.start(), generator.uniform(0, seconds)
        whom = generator.choice(["the sweep", "a run"])
        killed = []

        def watch():
            if not killed and time.monotonic() - started.begun > after:
                victims = [started.process.pid] if whom == "the sweep" else children(started.process.pid)
                for pid in victims[:1]:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

        ended = started.ended(watch=watch)
        if killed:
            trial.kills.append((whom, after))
        if ended.code not in (0, -9):
            trial.wrong.append(f"exit {ended.code}: {ended.last_line}")
        return ended.code == -9

    def end(self, trial):
        ended = self.start().ended()
        if ended.code:
            trial.wrong.append(f"exit {ended.code}: {ended.last_line}")


def children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def events(sweep):
    return [json.loads(line) for line in (sweep / "journal.jsonl").read_text().splitlines()]


def compare(reference, sweep):
    """What is lost, or there twice; empty if all is as where nobody was killed."""
    wrong = []
    for run in sorted((reference / "runs").iterdir()):
        other = sweep / "runs" / run.name
        different = folders.differences(run, other) if other.exists() else ["it is not there"]
        wrong += [f"{run.name}: {each}" for each in different[:3]]
    wrong += [f"{run.name} is too much" for run in (sweep / "runs").iterdir() if not (reference / "runs" / run.name).exists()]
    reached = Counter((e["run"]["setting"], e["run"]["seed"], e["until"]) for e in events(sweep) if e["event"] == "reached")
    wrong += [f"{key} was reached {times} times" for key, times in reached.items() if times > 1]
    expected = {(e["run"]["setting"], e["run"]["seed"], e["until"]) for e in events(reference) if e["event"] == "reached"}
    wrong += [f"{key} was never reached" for key in expected - set(reached)]
    for metrics in sweep.glob("runs/*/metrics.jsonl"):
        lines = Counter(re.sub(r'"seconds":[^,}]*', "", line) for line in metrics.read_text().splitlines())
        wrong += [f"{metrics.parent.name} has a line {times} times" for _, times in lines.items() if times > 1]
    return wrong


def kill(bench):
    """Disturbs sweeps of both kinds in turn; the table of what became of them, and whether there was a surprise."""
    options, references = bench.options, {}
    for kind in KINDS:
        undisturbed, trial = Disturbed(bench.program, kind, bench.scratch / "sweeps" / kind), Trial(kind, bench.scratch)
        begun = time.monotonic()
        undisturbed.end(trial)
        references[kind] = undisturbed.sweep, time.monotonic() - begun
        if trial.wrong:
            raise SystemExit(f"a sweep ends badly although it is left alone: {trial.wrong[0]}")
    trials, kills, number = [], 0, options.start
    while kills < options.count - options.start:
        kind = list(KINDS)[number % len(KINDS)]
        reference, seconds = references[kind]
        victim = Disturbed(bench.program, kind, bench.scratch / "sweeps" / str(number))
        trial, generator = Trial(kind, victim.folder), random.Random(f"{options.seed}-{number}")
        while victim.disturb(trial, generator, seconds) and generator.random() < KILLED_AGAIN:
            pass
        victim.end(trial)
        trial.wrong += compare(reference, victim.sweep)
        print(f"{number:4} {trial.line()}", flush=True)
        if not trial.wrong:
            shutil.rmtree(victim.folder)
        trials.append(trial)
        kills, number = kills + len(trial.kills), number + 1
    return [table(trials)], any(trial.wrong for trial in trials)


def table(trials):
    found = Table("SIGKILL of sweeps and of their runs", "search", "sweeps", "sweeps killed", "runs killed", "as undisturbed")
    for kind in [*KINDS, "all"]:
        those = [trial for trial in trials if kind in (trial.kind, "all")]
        victims = Counter(victim for trial in those for victim, _ in trial.kills)
        found.add(kind, len(those), victims["the sweep"], victims["a run"], sum(not trial.wrong for trial in those))
    return found
