"""The library that stands between a run and its disk: compiles it, lists what a run does, and makes that fail."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import folders

SOURCE = Path(__file__).with_name("faultfs.c")
UNIQUE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=tfevents\.).*")
NEEDS_SPACE = {"create", "write", "mkdir", "link", "symlink", "sendfile", "copy_file_range", "fallocate"}


@dataclass(frozen=True)
class Operation:
    """What a run does to a file: the number of it in the run, and to what."""

    number: int
    name: str
    path: str

    @property
    def kind(self):
        """The same wherever the same is done."""
        return self.name, re.sub(r"\d+", "N", UNIQUE.sub("*", self.path))

    def __str__(self):
        return f"{self.number} ({self.name} {UNIQUE.sub('*', self.path)})"


class Disk:
    """The operations below the run folder of a victim."""

    def __init__(self, library):
        self.library = library

    def variables(self, victim, **faults):
        """The environment in which a process meets faults; without any its operations are listed."""
        named = {"LD_PRELOAD": self.library, "FAULTFS_FOLDER": victim.run, "FAULTFS_LOG": victim.folder / "operations"}
        named |= {"FAULTFS_" + name.upper(): value for name, value in faults.items()}
        return {name: str(value) for name, value in named.items()}

    @staticmethod
    def operations(victim):
        lines = (victim.folder / "operations").read_text(errors="replace").splitlines()
        return [Operation(int(number), name, path) for number, name, path in (line.split(" ", 2) for line in lines)]


def is_possible():
    """Whether there is a compiler for it; says so if there is none."""
    if not shutil.which("gcc"):
        print("there is no gcc here: what needs to count the operations of a run is left out")
    return shutil.which("gcc") is not None


@cache
def compiled(bench):
    library = bench.scratch / "faultfs.so"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return Disk(library)


@cache
def listed(bench):
    """The operations of the small run, which end as without the library."""
    victim = bench.victim(bench.small, "operations", "listed")
    ended = victim.start(victim.beginning(), **compiled(bench).variables(victim)).ended()
    if ended.code or folders.differences(victim.reference, victim.run):
        raise SystemExit(f"the run is another one when its operations are listed: {ended.last_line}")
    return Disk.operations(victim)


def chosen(operations, most, generator):
    """All of them, or of each kind the first, one in the middle and the last; of those, `most`."""
    kinds = {}
    for operation in operations:
        kinds.setdefault(operation.kind, []).append(operation)
    picked = {same[at] for same in kinds.values() for at in (0, len(same) // 2, -1)}
    picked = list(operations) if len(operations) <= 400 else sorted(picked, key=lambda each: each.number)
    return sorted(generator.sample(picked, min(most, len(picked))), key=lambda each: each.number)
