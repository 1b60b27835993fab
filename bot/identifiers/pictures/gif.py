"""Writes animated GIFs frame by frame: every frame stays, with its own palette and delay.

Pillow leaves out frames that equal the one before and shares palettes; a redacted copy has to keep
number and colours of the frames.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from PIL import Image as Pillow

from bot.identifiers.pictures.ocr import Image

_FEW: Final = 1024


def write_gif(frames: Iterable[Image], delays: Sequence[int]) -> bytes:
    """A GIF of RGB frames; `delays` are milliseconds."""
    parts: list[bytes] = []
    for number, image in enumerate(frames):
        body, size = _single(image)
        if not parts:
            parts.append(b"GIF89a" + struct.pack("<HHBBB", *size, 0x70, 0, 0))
            parts.append(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")
        delay = delays[number] if number < len(delays) else 100
        parts.append(b"\x21\xf9\x04" + struct.pack("<BHBB", 0x04, min(65535, delay // 10), 0, 0))
        parts.append(body)
    return b"".join([*parts, b";"])


def _single(image: Image) -> tuple[bytes, tuple[int, int]]:
    """Image block with a palette of its own, cut from a one-frame GIF."""
    target = io.BytesIO()
    _palette(image).save(target, "GIF", optimize=False, interlace=False)
    raw = target.getvalue()
    width, height, flags = struct.unpack("<HHB", raw[6:11])
    colours = 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
    palette = raw[13 : 13 + colours]
    at = 13 + colours
    while raw[at] == 0x21:  # extensions
        at += 2
        while raw[at]:
            at += raw[at] + 1
        at += 1
    own = raw[at + 9]
    data = raw[at + 10 : -1]
    if own & 0x80:
        return raw[at:-1], (width, height)
    return raw[at : at + 9] + bytes([(flags & 7) | 0x80]) + palette + data, (width, height)


def _palette(image: Image) -> Pillow.Image:
    """The exact colours where there are at most 256. A few more (a full palette and the black of a
    box) give way to their nearest neighbours; of many the best 256 are chosen."""
    flat = image.reshape(-1, 3).astype(np.uint32)
    codes = flat[:, 0] << 16 | flat[:, 1] << 8 | flat[:, 2]
    colours, places, often = np.unique(codes, return_inverse=True, return_counts=True)
    if len(colours) > _FEW:
        return Pillow.fromarray(image).quantize(256, kmeans=2, dither=Pillow.Dither.NONE)
    spread = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)
    chosen = np.sort(np.argsort(-often.astype(np.int64), kind="stable")[:256])
    if len(colours) > 256:
        apart = ((spread[:, None, :] - spread[None, chosen, :]) ** 2).sum(axis=2)
        places = apart.argmin(axis=1)[places]
    indexed = Pillow.fromarray(places.reshape(image.shape[:2]).astype(np.uint8), "P")
    indexed.putpalette(spread[chosen].astype(np.uint8).tobytes())
    return indexed
