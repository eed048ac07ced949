"""Kills runs at random moments, lets them go on, and compares what they come to with runs that nobody killed."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cases
import folders
from tables import Table
from victims import IDENTICAL, LOST, OUTCOMES

KILLED_AGAIN = 0.3


@dataclass
class Trial:
    """A run that was killed, after so many seconds in such phases."""

    name: str
    kills: list
    outcome: str
    note: str

    def line(self):
        moments = " and ".join(f"{seconds:.2f} s ({phase})" for seconds, phase in self.kills)
        return f"{self.name}: killed after {moments}: {self.outcome} {self.note}".rstrip()


class Killing:
    """Kills one run, perhaps more than once, until it has gone on to its end."""

    def __init__(self, victim, seconds, generator):
        self.victim, self.seconds, self.generator = victim, seconds, generator
        self.kills, self.losses = [], []

    def trial(self):
        while not self.kill(self.victim.beginning()):
            shutil.rmtree(self.victim.run)  # it ended by itself before
        while self.generator.random() < KILLED_AGAIN and self.kill(self.victim.going_on()):
            pass
        outcome, note = self.victim.end()
        if self.losses:
            outcome, note = LOST, "; ".join([*self.losses, note])
        return Trial(self.victim.case.name, self.kills, outcome, note)

    def kill(self, command):
        """Whether it could be killed before it ended."""
        after = self.generator.uniform(0, self.seconds)
        seen = set()
        ended = self.victim.start(command).killed_after(
            after, lambda: seen.add(folders.newest_checkpoint(self.victim.run)))
        if ended.code != -9:
            return False
        self.kills.append((after, self.victim.phase()))
        whole = self.victim.newest_whole()
        if whole < max(seen, default=""):
            self.losses.append(f"{max(seen)} was there, and {whole or 'none'} is whole")
        return True


def kill(bench):
    """Kills runs of all recipes in turn; the tables of what became of them, and whether there was a surprise."""
    options = bench.options
    chosen = cases.all_of(bench.program, bench.scratch, options.images)
    chosen = [case for case in chosen if not options.only or case.name in options.only]
    random.Random(options.seed).shuffle(chosen)

    def one(number):
        case = chosen[number % len(chosen)]
        victim = bench.victim(case, "killed", number)
        seconds = bench.reference(case)[1]
        trial = Killing(victim, seconds, random.Random(f"{options.seed}-{number}")).trial()
        print(f"{number:4} {trial.line()}", flush=True)
        if trial.outcome == IDENTICAL:
            shutil.rmtree(victim.folder)
        return trial

    with ThreadPoolExecutor(options.jobs) as pool:
        trials = list(pool.map(one, range(options.start, options.count)))
    return [by_recipe(trials, bench), by_phase(trials)], any(trial.outcome != IDENTICAL for trial in trials)


def by_recipe(trials, bench):
    table = Table("SIGKILL at random moments", "recipe", "seconds", "runs", "kills", *OUTCOMES)
    for name in [*sorted({trial.name for trial in trials}), "all"]:
        those = [trial for trial in trials if name in (trial.name, "all")]
        seconds = f"{bench.references[name][1]:.1f}" if name in bench.references else ""
        outcomes = [sum(trial.outcome == each for trial in those) for each in OUTCOMES]
        table.add(name, seconds, len(those), sum(len(trial.kills) for trial in those), *outcomes)
    return table


def by_phase(trials):
    table = Table("What the killed runs had come to", "phase", "kills", "of runs that ended " + IDENTICAL)
    kills = [(phase, trial.outcome) for trial in trials for _, phase in trial.kills]
    for phase in sorted({phase for phase, _ in kills}):
        outcomes = [outcome for each, outcome in kills if each == phase]
        table.add(phase, len(outcomes), outcomes.count(IDENTICAL))
    return table
