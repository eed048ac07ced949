"""What a process may say when it ends badly."""

import re

TRACE = re.compile(
    r"^\s+at [\w.$]+\(|Exception in thread|A fatal error has been detected|hs_err_pid|terminate called|SIGSEGV", re.M)
# names of classes are for those who wrote them
JARGON = re.compile(r"\b[A-Z]\w+(?:Exception|Error)\b|--verbose shows where|\b(?:java|com|org|ai|io)\.[a-z]\w+\.[\w.]+")
MOST_LENGTH = 1000


def blemish(ended, codes, limit=None, quoted=b""):
    """What is wrong with an end that should be one line and one of these codes; empty if it is well.

    :param quoted: what the user has written: words of Java in it may be said again
    """
    said = [line for line in ended.err.splitlines() if line.startswith("vae: ")]
    if TRACE.search(ended.err) or TRACE.search(ended.out):
        return "a trace: " + short(ended)
    if ended.code not in codes:
        return f"exit {ended.code}, not {' or '.join(map(str, codes))}: {short(ended)}"
    if limit and ended.busy > limit:
        return f"{ended.busy:.0f} s of work"
    if ended.code == 0:
        return ""
    if len(said) != 1 or not ended.err.rstrip().splitlines()[-1].startswith("vae: "):
        return f"{len(said)} lines of vae: {short(ended)}"
    if len(said[0]) > MOST_LENGTH:
        return f"a line of {len(said[0])} characters"
    words = [word for word in JARGON.findall(said[0]) if word.encode() not in quoted]
    return f"words of Java: {short(ended)}" if words else ""


def short(ended):
    said = ended.last_line or "it says nothing"
    return said if len(said) <= 300 else said[:300] + "..."
