"""Kills runs at random moments, lets them go on, and compares what they come to with runs that nobody killed."""

import random
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import cases
import folders
from tables import Table

IDENTICAL, DIFFERENT, LOST, STUCK = "identical", "different", "lost", "stuck"
# nothing of a run is there yet: the program says what to do
ANEW = ("train into it anew, by --out", "there is no run folder", "there is no run in this folder")
KILLED_AGAIN = 0.3


@dataclass
class Trial:
    """One run that was killed."""

    case: cases.Case
    kills: list = field(default_factory=list)
    outcome: str = IDENTICAL
    notes: list = field(default_factory=list)

    def surprise(self, outcome, note):
        self.outcome = outcome
        self.notes.append(note)

    def line(self):
        moments = " and ".join(f"{seconds:.2f} s ({phase})" for seconds, phase in self.kills)
        return f"{self.case.name}: killed after {moments or 'nothing'}: {self.outcome}" + "".join(
            f"\n      {note}" for note in self.notes)


class References:
    """Runs that nobody killed, made when they are asked for."""

    def __init__(self, program, scratch):
        self.program = program
        self.scratch = scratch
        self.guard = threading.Lock()
        self.locks, self.made = {}, {}

    def of(self, case):
        """The folder of the run and the seconds that it took."""
        with self.guard:
            lock = self.locks.setdefault(case.name, threading.Lock())
        with lock:
            if case.name not in self.made:
                self.made[case.name] = self.make(case)
            return self.made[case.name]

    def make(self, case):
        folder = self.scratch / "references" / case.name.replace(" ", "-")
        folder.mkdir(parents=True)
        ended = self.program.run([*case.training(), "--out", "run"], folder, environment=dict(case.environment))
        if ended.code:
            raise SystemExit(f"{case.name} ends with {ended.code} although nobody kills it: {ended.last_line}")
        return folder / "run", ended.seconds


class Killing:
    """Kills one run, perhaps more than once, until it has gone on to its end."""

    def __init__(self, program, references, generator, folder, case):
        self.program, self.generator, self.folder = program, generator, folder
        self.run = folder / "run"
        self.reference, self.seconds = references.of(case)
        self.trial = Trial(case)
        self.newest = ""
        self.starts = 0

    def outcome(self):
        command = self.beginning()
        while not self.trial.kills or self.generator.random() < KILLED_AGAIN:
            if not self.killed(command):
                if self.trial.kills:
                    break  # the run that went on ended before it was killed
                shutil.rmtree(self.run)
            command = self.going_on()
        self.end(command)
        return self.trial

    def beginning(self):
        return [*self.trial.case.training(), "--out", "run"]

    def going_on(self):
        return ["train", "--resume", "run"] if self.run.exists() else self.beginning()

    def start(self, command):
        self.starts += 1
        return self.program.start(
            command, self.folder, f"start-{self.starts}", environment=dict(self.trial.case.environment))

    def killed(self, command):
        """Kills a process; false if it ended by itself before."""
        after = self.generator.uniform(0, self.seconds)
        self.newest = ""
        ended = self.start(command).killed_after(after, self.watch)
        if ended.code != -9:
            return False
        self.trial.kills.append((after, self.phase()))
        whole = max(folders.whole_checkpoints(self.run), default="")
        if whole < self.newest:
            self.trial.surprise(LOST, f"{self.newest} was there, and {whole or 'none'} is whole")
        return True

    def watch(self):
        self.newest = max(self.newest, folders.newest_checkpoint(self.run))

    def phase(self):
        """What the run had come to."""
        if not (self.run / "recipe.yaml").exists():
            return "before it began"
        newest = folders.newest_checkpoint(self.run)
        if not newest:
            return "before a checkpoint"
        if "step" in newest:
            return "within an epoch"
        return "after its last epoch" if newest == f"epoch-{cases.EPOCHS:04}" else "between epochs"

    def end(self, command):
        """Lets the run go on to its end, as a user would who reads what is said."""
        ended = self.start(command).ended()
        if ended.code == 2 and any(words in ended.err for words in ANEW):
            ended = self.start(self.beginning()).ended()
        complete = ended.code == 2 and f"has {cases.EPOCHS} epochs already" in ended.err
        if ended.code and not complete:
            return self.trial.surprise(STUCK, f"exit {ended.code}: {ended.last_line}")
        different = folders.differences(self.reference, self.run)
        if different:
            self.trial.surprise(DIFFERENT, "; ".join(different[:8]))


def kill(program, scratch, options):
    """Kills `options.count` runs; the table of what became of them, and whether there was a surprise."""
    chosen = [case for case in options.cases if not options.only or case.name in options.only]
    random.Random(options.seed).shuffle(chosen)
    references = References(program, scratch)

    def one(number):
        folder = scratch / "trials" / str(number)
        folder.mkdir(parents=True)
        generator = random.Random(f"{options.seed}-{number}")
        trial = Killing(program, references, generator, folder, chosen[number % len(chosen)]).outcome()
        print(f"{number:4} {trial.line()}", flush=True)
        if trial.outcome == IDENTICAL:
            shutil.rmtree(folder)
        return trial

    with ThreadPoolExecutor(options.jobs) as pool:
        trials = list(pool.map(one, range(options.start, options.count)))
    return [by_recipe(trials, references), by_phase(trials)], any(trial.outcome != IDENTICAL for trial in trials)


def by_recipe(trials, references):
    table = Table("SIGKILL at random moments", "recipe", "seconds", "runs", "kills", IDENTICAL, DIFFERENT, LOST, STUCK)
    names = sorted({trial.case.name for trial in trials})
    for name in [*names, "all"]:
        those = [trial for trial in trials if name in (trial.case.name, "all")]
        seconds = f"{references.made[name][1]:.1f}" if name in references.made else ""
        table.add(name, seconds, *counts(those))
    return table


def counts(trials):
    kills = sum(len(trial.kills) for trial in trials)
    outcomes = [sum(trial.outcome == each for trial in trials) for each in (IDENTICAL, DIFFERENT, LOST, STUCK)]
    return [len(trials), kills, *outcomes]


def by_phase(trials):
    table = Table("What the killed runs had come to", "phase", "kills", "of runs that ended " + IDENTICAL)
    kills = [(phase, trial.outcome) for trial in trials for _, phase in trial.kills]
    for phase in sorted({phase for phase, _ in kills}):
        outcomes = [outcome for each, outcome in kills if each == phase]
        table.add(phase, len(outcomes), outcomes.count(IDENTICAL))
    return table
