"""Compares run folders, file by file and byte by byte, but for what cannot be equal: times."""

import hashlib
import json
import re
from pathlib import Path

import events

# when it ran, and that it went on, are said there and are another each time; somebody may commit meanwhile
TIMES_OF_MANIFEST = ("started", "resumed", "gitRevision")
TIMES_OF_METRICS = ("seconds",)
TIMES_OF_REPORT = [
    re.compile(rb"<td>[0-9.,]+ (?:ms|s|min|h)</td>"),  # the column of seconds
    re.compile(rb"<dt>(?:Started|Time|Git revision)</dt><dd>[^<]*</dd>"),
]
EVENTS = "events.out.tfevents."


def content(file):
    """The bytes of a file without its times."""
    raw = file.read_bytes()
    if file.name == "manifest.json":
        return without(raw, TIMES_OF_MANIFEST)
    if file.name == "metrics.jsonl":
        return b"\n".join(without(line, TIMES_OF_METRICS) for line in raw.splitlines())
    if file.name == "report.html":
        for times in TIMES_OF_REPORT:
            raw = times.sub(b"", raw)
    return raw


def without(raw, keys):
    tree = json.loads(raw)
    return json.dumps({key: value for key, value in tree.items() if key not in keys}).encode()


def files(run):
    """All files of a run but its events, by their names."""
    return {
        str(file.relative_to(run)): file
        for file in sorted(run.rglob("*"))
        if not file.is_dir() and not file.name.startswith(EVENTS)}


def differences(reference, run):
    """The names of what differs: files, folders that one has alone, values of events; none if all is equal."""
    ours, theirs = files(run), files(reference)
    found = [f"{name} is missing" for name in theirs if name not in ours]
    found += [f"{name} is left over" for name in ours if name not in theirs]
    found += [name for name in ours if name in theirs and not same(ours[name], theirs[name])]
    found += [f"{name}/ is left over" for name in sorted(folders(run) - folders(reference))]
    shown, expected = events.values(run), events.values(reference)
    if shown != expected:
        keys = sorted({f"{tag}@{step}" for step, tag in dict(set(shown.items()) ^ set(expected.items()))})
        found.append("events: " + ", ".join(keys[:4]) + (" ..." if len(keys) > 4 else ""))
    return found


def same(one, other):
    try:
        return content(one) == content(other)
    except ValueError:
        return False


def folders(run):
    return {str(folder.relative_to(run)) for folder in run.rglob("*") if folder.is_dir()}


def whole_checkpoints(run):
    """The names of the checkpoints all of whose files have the checksums that their states name."""
    return {folder.name for folder in (run / "checkpoints").glob("epoch-*") if is_whole(folder)}


def is_whole(folder):
    try:
        named = json.loads((folder / "state.json").read_bytes())["files"]
        return all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha for name, sha in named.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def newest_checkpoint(run):
    """The name of the newest checkpoint in its place, or an empty one; cheap, since it is asked all the time."""
    try:
        return max((path.name for path in Path(run, "checkpoints").iterdir() if is_name(path.name)), default="")
    except OSError:
        return ""


def is_name(name):
    return re.fullmatch(r"epoch-\d{4,9}(-step-\d{9,18})?", name) is not None
