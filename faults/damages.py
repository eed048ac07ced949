"""Ways in which a file becomes another one."""

import json
import re

FLIPS = 3


def damages(file, generator, older, others):
    """Pairs of a name and the bytes that stand there then, or None where nothing stands.

    :param older: the same file of an older checkpoint, if there is one
    :param others: files of the same folder
    """
    content = file.read_bytes()
    yield "empty", b""
    yield "cut to half", content[:len(content) // 2]
    yield "deleted", None
    yield "garbage", generator.randbytes(max(8, min(len(content), 5000)))
    for number in range(FLIPS if content else 0):
        yield f"bit flipped ({number + 1})", flipped(content, generator)
    if others:
        yield "another file", generator.choice(others).read_bytes()
    if older:
        yield "of an older epoch", older.read_bytes()
    newer = of_newer_version(file.name, content)
    if newer:
        yield "of a newer version", newer
    if file.suffix == ".json":
        yield "null", b"null"
        yield "of wrong types", wrong_types(content)


def flipped(content, generator):
    at = generator.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << generator.randrange(8)]) + content[at + 1:]


def of_newer_version(name, content):
    if name == "recipe.yaml":
        return re.sub(rb"(?m)^recipeVersion: (\d+)", lambda found: b"recipeVersion: %d" % (int(found[1]) + 1), content)
    if name.endswith(".json") and b'"format"' in content:
        return re.sub(rb'"format"\s*:\s*(\d+)', lambda found: b'"format" : %d' % (int(found[1]) + 1), content)
    return b""


def wrong_types(content):
    """Each value is a list of itself."""
    tree = json.loads(content)
    return json.dumps({key: [value] for key, value in tree.items()} if isinstance(tree, dict) else {"a": tree}).encode()
