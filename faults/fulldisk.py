"""Fills the disk under a run at each of its writes, lets it fail, and lets it go on when there is room again."""

import random
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import disk
import verdicts
from operations import Operations
from tables import Table
from victims import DIFFERENT, IDENTICAL

SHORT = 1
FAULTS = {
    "no space": {"error": "ENOSPC"},
    "no space, within a write": {"error": "ENOSPC", "short": 1},
    "input/output error": {"error": "EIO"},
}
UNCLEAR = "unclear end"
OUTCOMES = IDENTICAL, "different", "stuck", UNCLEAR
TMPFS_KIB = 1500


class FullDisk(Operations):
    """The same operations, each of which fails, as do all later ones."""

    kind = "full-disk"

    def moments(self):
        operations = disk.listed(self.bench)
        generator = random.Random(f"{self.options.seed}-full-disk")
        moments = []
        for name, fault in FAULTS.items():
            those = [each for each in operations if can_fail(each, fault)]
            picked = disk.chosen(those, SHORT if self.options.short else len(those), generator)
            moments += [(each, name) for each in picked]
        return moments

    def failed(self, moment):
        operation, fault = moment
        victim = self.victim(f"{fault.replace(' ', '-')}-{operation.number}")
        faults = self.disk.variables(victim, **{"from": operation.number}, **FAULTS[fault])
        ended = victim.start(victim.beginning(), **faults).ended()
        outcome, note = self.recovered(victim, ended)
        print(f"{fault} from {operation} on, exit {ended.code}: {outcome} {note}".rstrip(), flush=True)
        if outcome == IDENTICAL:
            shutil.rmtree(victim.folder)
        return fault, ended.code, outcome

    @staticmethod
    def recovered(victim, ended):
        """A run that says that it is done may lack nothing; every other goes on when there is room again."""
        unclear = verdicts.blemish(ended, (0, 1, 2))
        outcome, note = victim.end()
        if unclear and outcome == IDENTICAL:
            return UNCLEAR, unclear
        return outcome, "; ".join(filter(None, [note, unclear]))


def can_fail(operation, fault):
    space = operation.name in disk.NEEDS_SPACE
    return operation.name == "write" if "short" in fault else fault["error"] == "EIO" or space


def fill(bench):
    tables, surprise = on_a_small_disk(bench)
    if disk.is_possible():
        faults = FullDisk(bench)
        moments = faults.moments()
        with ThreadPoolExecutor(bench.options.jobs) as pool:
            trials = list(pool.map(faults.failed, moments))
        tables.append(counted(trials))
        surprise = surprise or any(outcome != IDENTICAL for *_, outcome in trials)
    return tables, surprise


def counted(trials):
    table = Table("Writes that fail from some operation of one run on", "fault", "exit", "runs", *OUTCOMES)
    for fault, code in sorted({(fault, code) for fault, code, _ in trials}):
        outcomes = [outcome for *those, outcome in trials if those == [fault, code]]
        table.add(fault, code, len(outcomes), *(outcomes.count(each) for each in OUTCOMES))
    return table


def on_a_small_disk(bench):
    """A file system that is really full, where one may be mounted."""
    victim = bench.victim(bench.small, "tmpfs", "run")
    small = victim.folder / "disk"
    small.mkdir()
    victim.run = small / "run"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={TMPFS_KIB}k", "tmpfs", small], capture_output=True, check=False)
    if mounted.returncode:
        print("no small file system may be mounted here: that is left out")
        return [], False
    try:
        ended = victim.start(victim.beginning()).ended()
        outcome, note = (DIFFERENT, "the run fits") if ended.code == 0 else ("", "")
        subprocess.run(["mount", "-o", "remount,size=64m", small], check=True)
        outcome, note = (outcome, note) if outcome else FullDisk.recovered(victim, ended)
    finally:
        subprocess.run(["umount", small], check=True)
    print(f"a disk of {TMPFS_KIB} KiB, exit {ended.code}: {outcome} {note}".rstrip(), flush=True)
    table = Table("A small disk that becomes full", "size", "exit", "when there is room again")
    table.add(f"{TMPFS_KIB} KiB", ended.code, outcome)
    return [table], outcome != IDENTICAL
