"""Kills one run before each of its file operations in turn, and within each write."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor

import disk
import folders
from tables import Table
from victims import IDENTICAL, LOST, OUTCOMES

SHORT = 4


class Operations:
    """The operations of one run, and what becomes of it when it is killed there."""

    kind = "operations"

    def __init__(self, bench):
        self.bench, self.options = bench, bench.options
        self.disk = disk.compiled(bench)

    def victim(self, name):
        return self.bench.victim(self.bench.small, self.kind, name)

    def moments(self):
        """Before the next operation is after this one: the files are the same."""
        operations = disk.listed(self.bench)
        picked = disk.chosen(operations, SHORT if self.options.short else len(operations), self.generator())
        moments = [(each, "before") for each in picked]
        moments += [(each, "within") for each in picked if each.name == "write"]
        return [*moments, (operations[-1], "after")]

    def generator(self):
        return random.Random(f"{self.options.seed}-operations")

    def killed(self, moment):
        operation, when = moment
        victim = self.victim(f"{when}-{operation.number}")
        ended = victim.start(victim.beginning(), **self.disk.variables(victim, **{when: operation.number})).ended()
        if ended.code != -9:
            outcome, note = LOST, f"was not killed: {ended.last_line}"
        else:
            outcome, note = self.survived(victim, operation)
        print(f"killed {when} {operation}: {outcome} {note}".rstrip(), flush=True)
        if outcome == IDENTICAL:
            shutil.rmtree(victim.folder)
        return operation.name, when, outcome

    def survived(self, victim, operation):
        """No checkpoint that was moved to its place may be gone, unless a later one is there."""
        moved = [each.path.rsplit("/", 1)[-1] for each in self.disk.operations(victim)
                 if each.name == "rename" and each.number < operation.number]
        kept = max(filter(folders.is_name, moved), default="")
        whole = victim.newest_whole()
        outcome, note = victim.end()
        return (LOST, f"{kept} was there; {note}") if whole < kept else (outcome, note)


def kill_each(bench):
    if not disk.is_possible():
        return [], False
    operations = Operations(bench)
    moments = operations.moments()
    with ThreadPoolExecutor(bench.options.jobs) as pool:
        trials = list(pool.map(operations.killed, moments))
    table = Table("SIGKILL at file operations of one run", "operation", "killed", "runs", *OUTCOMES)
    for name, when in sorted({(name, when) for name, when, _ in trials}):
        outcomes = [outcome for *those, outcome in trials if those == [name, when]]
        table.add(name, when, len(outcomes), *(outcomes.count(each) for each in OUTCOMES))
    return [table], any(outcome != IDENTICAL for *_, outcome in trials)
