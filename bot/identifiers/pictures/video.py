"""Reads clips: their frames as a player shows them, and the fields beside them."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.error import FFmpegError

from bot.identifiers.pictures.decoding import decoded
from bot.identifiers.pictures.film import again
from bot.identifiers.pictures.large import MOST, TOO_MUCH, fitting, smaller
from bot.identifiers.pictures.material import MAX_FRAMES, Material, check_size
from bot.identifiers.pictures.metadata import judge_field
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.sniff import Form

_MADE_SMALLER = (
    "The clip is larger than can be looked through, so it was made smaller first, and its copy is"
    " of that size: very small print may not have been read."
)
BROKEN = "The clip is damaged or of a kind that cannot be read here."
_ODD = (
    FFmpegError,
    OSError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    RuntimeError,
    MemoryError,
    UnicodeDecodeError,
    ZeroDivisionError,
    KeyError,
)
_DULL = frozenset(
    [
        "major_brand",
        "minor_version",
        "compatible_brands",
        "handler_name",
        "encoder",
        "vendor_id",
        "language",
        "ENCODER",
        "DURATION",
        "timecode",
        "rotate",
        "BPS",
        "NUMBER_OF_FRAMES",
        "NUMBER_OF_BYTES",
    ]
)


def read_video(data: bytes) -> Material:
    """Opens a clip. Raises Unreadable."""
    material = Material(Form.VIDEO, lambda: iter(()), 0)
    open_video(data, material)
    return material


def open_video(data: bytes, material: Material) -> None:
    """Fills a material with the frames and fields of a clip. Raises Unreadable."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.video:
                raise Unreadable("The file has no picture in it that could be looked at.")
            stream = container.streams.video[0]
            size = stream.codec_context.width, stream.codec_context.height
            check_size(*size)
            rate = stream.average_rate or stream.guessed_rate or Fraction(25)
            _fields(material, container.metadata)
            for part in container.streams:
                _fields(material, part.metadata)
            if len(container.streams.video) > 1:
                material.not_checked.append(
                    "Only the first of several picture tracks was looked at."
                )
            if container.streams.audio:
                material.not_checked.append("The sound was not listened to; copies have none.")
            if container.streams.subtitles or container.streams.data:
                material.not_checked.append("Other tracks were not looked at; copies have none.")
            count = 0
            for packet in container.demux(stream):
                count += packet.size > 0
                if count > MAX_FRAMES:
                    raise Unreadable("The clip has more frames than can be looked through.")
        if count * size[0] * size[1] > MOST:
            raise Unreadable(TOO_MUCH)
        material.rate = min(240.0, max(0.5, float(rate)))
        if count and fitting(*size) != size:
            data = smaller(data, fitting(*size), material.rate)
            material.not_checked.append(_MADE_SMALLER)
    except Unreadable:
        raise
    except _ODD as error:
        raise Unreadable(BROKEN) from error
    if count == 0:
        raise Unreadable(BROKEN)
    material.count = count
    material.lossless = False
    material.frames = lambda: _frames(data)
    material.again = lambda boxes_of: again(data, boxes_of, material)


def _frames(data: bytes) -> Iterator[Image]:
    try:
        for frame, turns in decoded(data):
            yield np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), turns), np.uint8)
    except _ODD as error:
        raise Unreadable(BROKEN) from error


def _fields(material: Material, fields: dict[str, Any]) -> None:
    for label, value in fields.items():
        if label not in _DULL:
            name = "location" if label.startswith("location") else label
            material.findings.extend(judge_field(name, str(value)))
