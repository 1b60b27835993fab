"""How the parent and a worker speak: a JSON head and raw parts, never pickled objects.

A worker reads hostile files; whatever it may send must not be able to run code in the parent.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.order import Mark, Outcome, Wish

_MOST: Final = 1 << 30


def send(stream: BinaryIO, head: Mapping[str, Any], parts: list[bytes]) -> None:
    """One message."""
    text = json.dumps({"head": head, "sizes": [len(part) for part in parts]}).encode()
    stream.write(struct.pack(">I", len(text)) + text)
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """The next message. Raises EOFError at the end, ValueError for what is none."""
    length = struct.unpack(">I", _exactly(stream, 4))[0]
    if length > _MOST:
        raise ValueError("too long")
    message = json.loads(_exactly(stream, length))
    sizes = [int(size) for size in message["sizes"]]
    if sum(sizes) > _MOST or min(sizes, default=0) < 0:
        raise ValueError("too long")
    return message["head"], [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, count: int) -> bytes:
    pieces: list[bytes] = []
    while count:
        piece = stream.read(min(count, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def packed_wish(wish: Wish) -> dict[str, Any]:
    """A wish as JSON."""
    return {
        "redact": wish.redact,
        "preview": wish.preview,
        "hide": [[list(mark.box), mark.page, mark.frame] for mark in wish.hide],
        "keep": [[list(mark.box), mark.page, mark.frame] for mark in wish.keep],
        "first": wish.first,
        "marked": wish.marked,
    }


def unpacked_wish(head: Mapping[str, Any]) -> Wish:
    """The wish that was packed."""
    marks = {
        side: tuple(
            Mark((box[0], box[1], box[2], box[3]), page, frame) for box, page, frame in head[side]
        )
        for side in ("hide", "keep")
    }
    return Wish(
        *(head["redact"], head["preview"], marks["hide"], marks["keep"], int(head["first"])),
        marked=head["marked"],
    )


def packed_outcome(outcome: Outcome) -> tuple[dict[str, Any], list[bytes]]:
    """An outcome as JSON and parts."""
    head: dict[str, Any] = {
        "findings": [
            finding.to_json() | {"doubtful": finding.doubtful, "sure": finding.confidence}
            for finding in outcome.findings
        ],
        "not_checked": list(outcome.not_checked),
        "suffix": outcome.suffix,
        "refused": outcome.refused,
        "size": None if outcome.size is None else list(outcome.size),
        "frames": outcome.frames,
        "has": [part is not None for part in _parts(outcome)],
    }
    return head, [part for part in _parts(outcome) if part is not None]


def _parts(outcome: Outcome) -> tuple[bytes | None, bytes | None, bytes | None]:
    return outcome.copy, outcome.preview, outcome.marked


def unpacked_outcome(head: Mapping[str, Any], parts: list[bytes]) -> Outcome:
    """The outcome that was packed. Raises ValueError, KeyError or TypeError for anything else."""
    rest = list(parts)
    copy = rest.pop(0) if head["has"][0] else None
    preview = rest.pop(0) if head["has"][1] else None
    marked = rest.pop(0) if head["has"][2] else None
    suffix = str(head["suffix"])
    if suffix and not (suffix.startswith(".") and suffix[1:].isalnum() and len(suffix) < 6):
        raise ValueError("suffix")
    return Outcome(
        tuple(_finding(item) for item in head["findings"]),
        tuple(str(note) for note in head["not_checked"]),
        suffix,
        copy,
        preview,
        None if head["refused"] is None else str(head["refused"]),
        None if head["size"] is None else (float(head["size"][0]), float(head["size"][1])),
        int(head["frames"]),
        marked,
    )


def _finding(item: Mapping[str, Any]) -> Finding:
    box, frame = item.get("box"), item.get("frame")
    return Finding(
        Kind(item["kind"]),
        Where(item["where"]),
        str(item["why"]),
        float(item["sure"]),
        item.get("text"),
        item.get("start"),
        item.get("end"),
        item.get("page"),
        tuple(int(number) for number in frame) if isinstance(frame, list) else frame,
        None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3])),
        item.get("suggestion"),
        bool(item["doubtful"]),
    )
