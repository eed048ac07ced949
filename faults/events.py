"""Reads TensorBoard's event files: records of protocol buffers, of which the framing is all that is known here."""

import re
import struct

# what a run says of itself whenever it starts: once is enough, at whatever step
ONCE = re.compile(r"recipe|_hparams_/.*")


def values(folder):
    """What is shown of a run: the value of each (step, tag); of several the one that was written last."""
    shown = {}
    for file in sorted(folder.glob("events.out.tfevents.*"), key=begun):
        for record in records(file.read_bytes()):
            event = fields(record)
            step = last(event, 2, 0)
            for value in all_of(fields(last(event, 5, b"")), 1):
                tag = last(fields(value), 1, b"").decode()
                if tag.startswith("_hparams_/"):
                    value = b""  # holds the time
                shown[(-1 if ONCE.fullmatch(tag) else step, tag)] = value
    return shown


def begun(file):
    """Files in the order in which they were begun: by second, then by number."""
    parts = file.name.split(".")
    return int(parts[3]), int(parts[-1]) if len(parts) > 5 else 0


def records(content):
    """Each is framed by its length and checksums; the last one may be cut by a kill."""
    at = 0
    while at + 12 <= len(content):
        size, = struct.unpack_from("<Q", content, at)
        if at + 16 + size > len(content):
            return
        yield content[at + 12:at + 12 + size]
        at += 16 + size


def fields(message):
    """The fields of a protocol buffer, as (number, value)."""
    found, at = [], 0
    while at < len(message):
        key, at = varint(message, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(message, at)
        elif kind == 2:
            size, at = varint(message, at)
            value, at = message[at:at + size], at + size
        else:
            size = {1: 8, 5: 4}[kind]
            value, at = message[at:at + size], at + size
        found.append((key >> 3, value))
    return found


def varint(message, at):
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def all_of(message, number):
    return [value for key, value in message if key == number]


def last(message, number, otherwise):
    return (all_of(message, number) or [otherwise])[-1]
