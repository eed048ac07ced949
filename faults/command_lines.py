"""Command lines that are wrong, made from what the commands say of themselves."""

import re

OPTION = re.compile(r"^\s+(?:-\w, )?(--[a-z-]+)(?:, --[a-z-]+)*=([A-Z][A-Z0-9.=a-z|]*)", re.M)
NUMBERS = ["", "NaN", "abc", "1.5", "99999999999999999999", "0x10", "1e3", "--", "\u0661\u0662 \u20ac"]
BELOW = ["-1", "-9223372036854775808"]
WRONG = {
    "N": NUMBERS, "K": NUMBERS, "C": ["no such class", "-1"],
    "SHARE": ["", "NaN", "x", "-0.1", "1.5", "Infinity", "1e400"],
    "DEVICE": ["", "tpu", "gpu:-1", "gpu:x", "gpu:99999999999"],
    "PATH": ["", "missing.npz", "/dev/null", "nul\u20acl\u00e9"],
    "JAR": ["missing.jar", "/dev/null"],
    "KEY=VALUE": ["", "=", "x", "model.latent", "model.latent=", "model.latent=abc", "no.such=1", "train.epochs=1e99",
                  "model=[", "train.batch=-1", "objective={kind: nothing}", "train.batch=\u00bd"],
    "NAME.KEY=NUMBER": ["", "=", "ais.chains", "ais.chains=x", "no.such=1", "ais.chains=-1"],
    "NAME[": ["no-such-evaluation"],
    "last|best|N": ["first", "-1", "99", "99999999999999999999"],
}
COUNTS = {"--epochs", "--samples", "--images", "--count", "--components"}


def wrong(program, folder):
    """Pairs of a name and arguments; `run` is a run that is there."""
    commands = re.findall(r"^  ([a-z]+)  ", program.run(["--help"], folder).out, re.M)
    yield from general()
    for command in commands:
        if command in ("doctor", "jshell"):
            continue
        text = program.run([command, "--help"], folder).out
        plain = arguments(command, text)
        yield f"{command} --no-such-option", [*plain, "--no-such-option"]
        for option, kind in OPTION.findall(text):
            yield f"{command} {option}", [*plain, option]
            values = WRONG.get(kind, []) + (BELOW if option in COUNTS else [])
            yield from ((f"{command} {option}={value}", [*plain, f"{option}={value}"]) for value in values)
        if "RUN" in text:
            for run in ("", "missing", "/dev/null", ".", "/proc", "\u20ac\u00e9"):
                yield f"{command} on '{run}'", [run if word == "run" else word for word in plain]


def arguments(command, text):
    """What makes the command a complete one."""
    if command == "figure":
        return [command, "traversal", "run"]
    if command == "train":
        return [command, "toy", "--out", "out"]
    return [command, "run"] if "RUN" in text else [command]


def general():
    yield "nothing", []
    yield "an unknown command", ["trian"]
    yield "an empty command", [""]
    yield "a command of other letters", ["\u0442\u0440\u0435\u043d"]
    yield "a very long word", ["train", "x" * 100000]
    yield "no such recipe", ["train", "no-such-recipe"]
    yield "a folder for a recipe", ["train", "."]
    yield "a device for a recipe", ["train", "/dev/null"]
    yield "a file for a folder", ["train", "toy", "--out", "/dev/null"]
    yield "a folder that cannot be", ["train", "toy", "--out", "/proc/nothing/run"]
    yield "two recipes", ["train", "toy", "vae"]
    yield "resume and more", ["train", "toy", "--resume", "run"]
    yield "resume nothing", ["train", "--resume", "missing"]
    yield "another seed", ["train", "--resume", "run", "--seed", "5"]
    yield "no such figure", ["figure", "no-such-figure", "run"]
