"""Starts the launcher in poor environments: it works, or says in a line why not."""

import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import folders
import verdicts
from program import ONE_THREAD, PROJECT, Program
from tables import Table

SHORT = 5
NOBODY = 65534
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
ALL = (0, 1, 2)
REFUSES = (1, 2)
WORKS, SAYS, FAULTY = OUTCOMES = "works", "says why not", "not as it should"


@dataclass(frozen=True)
class Environment:
    """A script in which VAE is the launcher, TRAIN trains into `run`, and DATA is its data set.

    :param codes: the exit codes that are as they should be
    :param nobody: whether it is run as another user, if this one is root
    :param bound: whether permissions count, also for root
    :param mute: whether nothing can be said
    """

    name: str
    script: str
    codes: tuple = ALL
    nobody: bool = False
    bound: bool = False
    mute: bool = False


ENVIRONMENTS = [
    Environment("no HOME", "unset HOME; exec $VAE $TRAIN", (0,)),
    Environment("HOME that is not there", "HOME=/nonexistent/home exec $VAE $TRAIN"),
    Environment("HOME and caches not writable", "HOME=/proc XDG_CACHE_HOME=/proc exec $VAE $TRAIN"),
    Environment("a user without home", "HOME=/nonexistent exec $VAE $TRAIN", nobody=True),
    Environment("another user", "HOME=$PWD exec $VAE $TRAIN", nobody=True),
    Environment("no folder for temporary files", 'VAE_JAVA_OPTS="$VAE_JAVA_OPTS -Djava.io.tmpdir=/proc" exec $VAE $TRAIN'),
    Environment("LC_ALL=C", "LC_ALL=C exec $VAE $TRAIN", (0,)),
    Environment("LC_ALL=C, a path beyond ASCII", "LC_ALL=C exec $VAE train toy --epochs 1 --out lauf-\u00e9\u20ac"),
    Environment("a path beyond ASCII", "LC_ALL=C.UTF-8 exec $VAE train toy --epochs 1 --out lauf-\u00e9\u20ac", (0,)),
    Environment("40 open files", "ulimit -n 40; exec $VAE $TRAIN"),
    Environment("128 open files", "ulimit -n 128; exec $VAE $TRAIN"),
    Environment("1 GB of addresses", "ulimit -v 1000000; exec $VAE $TRAIN"),
    Environment("3 GB of addresses", "ulimit -v 3000000; exec $VAE $TRAIN"),
    Environment("files of 200 KB", "ulimit -f 200; exec $VAE $TRAIN", REFUSES),
    Environment("files of no size", "ulimit -f 0; exec $VAE $TRAIN", REFUSES, mute=True),
    Environment("a folder that is gone", "mkdir gone; cd gone; rmdir ../gone; exec $VAE $TRAIN", REFUSES),
    Environment("closed standard input", "exec $VAE $TRAIN <&-", (0,)),
    Environment("closed standard output", "exec $VAE $TRAIN >&-"),
    Environment("closed standard error", "exec $VAE $TRAIN 2>&-", mute=True),
    Environment("all three closed", "exec $VAE $TRAIN <&- >&- 2>&-", mute=True),
    Environment("a full standard output", "exec $VAE $TRAIN >/dev/full", (1,)),
    Environment("a full standard error", "exec $VAE $TRAIN 2>/dev/full", mute=True),
    Environment("a full standard output for recipes", "exec $VAE recipes >/dev/full", (1,)),
    Environment("a reader who leaves", "$VAE recipes | head -1 >/dev/null; exit ${PIPESTATUS[0]}", (0, 1, 141)),
    Environment("a heap of 64 MB", 'VAE_JAVA_OPTS="$VAE_JAVA_OPTS -Xmx64m" exec $VAE $TRAIN'),
    Environment("a heap of 16 MB", 'VAE_JAVA_OPTS="$VAE_JAVA_OPTS -Xmx16m" exec $VAE $TRAIN'),
    Environment("no TERM", "unset TERM; exec $VAE $TRAIN", (0,)),
    Environment("no PATH but that of Java", "PATH=$(dirname $(command -v java)):/usr/bin:/bin exec $VAE $TRAIN", (0,)),
    Environment("an empty environment", 'exec env -i PATH="$PATH" VAE_JAVA_OPTS="$VAE_JAVA_OPTS" $VAE $TRAIN', (0,)),
    Environment("a folder that may not be written", "mkdir r; chmod a-w r; exec $VAE $TRAIN_BELOW_R", REFUSES, bound=True),
    Environment("an installation of others, not built", "$OTHERS; chmod -R a-w i; exec i/vae recipes", REFUSES, bound=True),
    Environment(
        "an installation of others, with a lock",
        "$OTHERS; mkdir $LOCK; echo 999999 $(uname -n) >$LOCK/owner; chmod -R a-w i; exec timeout 60 i/vae recipes",
        REFUSES, bound=True),
    Environment("a read-only run: resume", "$READY; exec $VAE train --resume run --epochs 3", REFUSES, bound=True),
    Environment("a read-only run: report", "$READY; exec $VAE report run", REFUSES, bound=True),
    Environment("a read-only run: sample", "$READY; exec $VAE sample run --count 2", REFUSES, bound=True),
    Environment(
        "no room in /dev/shm",
        "exec unshare -m sh -c 'mount -t tmpfs -o size=4k none /dev/shm; exec $VAE $TRAIN' || exec $VAE $TRAIN", (0,)),
]


class Starting:
    """Starts the launcher in one of them."""

    def __init__(self, bench):
        self.bench = bench
        self.reference = bench.reference(bench.small)[0]
        bench.scratch.chmod(0o755)  # others are to come in
        self.ready = f"cp -r {self.reference} run; chmod -R a-w run"
        self.others = f"mkdir -p i/vae-experiments/target/launcher; cp {PROJECT / 'vae'} i"
        train = " ".join([*bench.small.training(), "--out"])
        self.variables = {
            "VAE": str(PROJECT / "vae"),
            "LOCK": "i/vae-experiments/target/launcher/lock",
            "TRAIN": train + " run",
            "TRAIN_BELOW_R": train + " r/run",
            "VAE_JAVA_OPTS": " ".join(ONE_THREAD),
        }

    def outcome(self, environment):
        folder = self.bench.scratch / "environments" / environment.name.replace(" ", "-").replace("/", "-")
        folder.mkdir(parents=True)
        script = environment.script.replace("$READY", self.ready).replace("$OTHERS", self.others)
        bound = environment.bound and not os.getuid()
        ended = Program([*(WITHOUT_RIGHTS if bound else []), "bash", "-c", script]).run(
            [], folder, environment=self.variables, limit=300, **self.user(environment, folder))
        outcome, note = self.verdict(environment, ended, folder / "run")
        print(f"{environment.name}: exit {ended.code}, {outcome} {note}".rstrip(), flush=True)
        if outcome != FAULTY:
            shutil.rmtree(folder)
        return environment.name, ended, outcome

    @staticmethod
    def user(environment, folder):
        if not environment.nobody or os.getuid():
            return {}
        os.chown(folder, NOBODY, NOBODY)
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def verdict(self, environment, ended, run):
        if environment.mute and ended.code in environment.codes and not verdicts.TRACE.search(ended.out + ended.err):
            return (WORKS if ended.code == 0 else SAYS), ""
        blemish = verdicts.blemish(ended, environment.codes)
        if blemish:
            return FAULTY, blemish
        if ended.code:
            return SAYS, ended.last_line
        trained = "$TRAIN" in environment.script
        different = folders.differences(self.reference, run) if trained else []
        return (FAULTY, "; ".join(different[:5])) if different else (WORKS, "")


def start(bench):
    starting = Starting(bench)
    chosen = ENVIRONMENTS
    if bench.options.short:
        chosen = random.Random(f"{bench.options.seed}-environments").sample(ENVIRONMENTS, SHORT)
    with ThreadPoolExecutor(bench.options.jobs) as pool:
        outcomes = list(pool.map(starting.outcome, chosen))
    table = Table("Poor environments", "environment", "exit", "outcome")
    for name, ended, outcome in outcomes:
        table.add(name, ended.code, outcome)
    return [table], any(outcome == FAULTY for *_, outcome in outcomes)
