"""Starts vae as its launcher does, without asking for a build each time, and says how it ended."""

import os
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LAUNCHER = PROJECT / "vae-experiments/target/launcher"
MAIN = "io.vae4j.experiments.Main"
# one thread: results are the same bits, and several runs fit beside one another
ONE_THREAD = ["-Dai.djl.pytorch.num_threads=1", "-Dai.djl.offline=true"]
POLL = 0.004


@dataclass
class Ended:
    """How a process ended; a negative code is the signal that killed it."""

    code: int
    out: str
    err: str
    seconds: float
    busy: float  # seconds of processors, which others on the machine do not lengthen
    peak_mib: float
    command: list = field(repr=False)

    @property
    def last_line(self):
        lines = self.err.strip().splitlines()
        return lines[-1] if lines else ""


def build():
    """Lets the launcher build what is stale; the command that it then hands over to."""
    subprocess.run([PROJECT / "vae", "--version"], check=True, stdout=subprocess.DEVNULL)
    current = LAUNCHER / (LAUNCHER / "current").read_text().strip()
    jars = sorted(map(str, (current / "jars").glob("*.jar")))
    archives = [f"-XX:SharedArchiveFile={archive}" for archive in current.glob("classes-*.jsa")]
    return [
        java(), "-Xmx2g", "-XX:+DisplayVMOutputToStderr", "-XX:+UseSerialGC", "-Xlog:cds*=off", *archives[:1],
        f"-Dvae4j.natives={PROJECT}/vae-experiments/target/natives", f"-Dvae4j.home={PROJECT}", *ONE_THREAD,
        "-cp", os.pathsep.join([*jars, (current / "libraries").read_text().strip()]), MAIN]


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin/java") if home else shutil.which("java")


class Program:
    """The command line of vae."""

    def __init__(self, command):
        self.command = command

    def start(self, arguments, folder, name="vae", environment=None, **options):
        """Begins a process in a folder; what it says goes to files there."""
        command = [*self.command, *map(str, arguments)]
        variables = {**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})}
        with open(folder / f"{name}.out", "wb") as out, open(folder / f"{name}.err", "wb") as err:
            streams = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": err, **options}
            process = subprocess.Popen(command, cwd=folder, env=variables, **streams)
        return Started(process, command, folder, name)

    def run(self, arguments, folder, name="vae", limit=600, **options):
        return self.start(arguments, folder, name, **options).ended(limit)


class Started:
    """A process that runs."""

    def __init__(self, process, command, folder, name):
        self.process = process
        self.command = command
        self.out, self.err = folder / f"{name}.out", folder / f"{name}.err"
        self.begun = time.monotonic()

    def kill(self):
        # Popen.send_signal asks first whether the process has ended, and takes that answer away from `ended`
        if self.process.returncode is None:
            os.kill(self.process.pid, signal.SIGKILL)

    def ended(self, limit=600, watch=lambda: None):
        """Waits for its end, and kills it after `limit` seconds; `watch` is called all the while."""
        timer = threading.Timer(limit, self.kill)
        timer.start()
        try:
            while True:
                pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
                if pid:
                    break
                watch()
                time.sleep(POLL)
        finally:
            timer.cancel()
        self.process.returncode = os.waitstatus_to_exitcode(status)
        seconds, busy = time.monotonic() - self.begun, usage.ru_utime + usage.ru_stime
        said = text(self.out), text(self.err)
        return Ended(self.process.returncode, *said, seconds, busy, usage.ru_maxrss / 1024, self.command)

    def killed_after(self, seconds, watch=lambda: None):
        """Kills it with SIGKILL after that time, unless it ends before."""
        return self.ended(seconds, watch)


def text(file):
    return file.read_text(errors="replace") if file.exists() else ""
