"""Clips larger than anybody reads print in, such as a telephone's 4K, are made smaller once, before
anything looks at them.

Everything after that works on the smaller clip: what is read, and the copy, which shows nothing
that was not looked at in the size in which it is handed out. Only the first pass meets the large
frames, so that a short clip ends within the time a file may take.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import av
import numpy as np

from bot.identifiers.pictures.decoding import decoded
from bot.identifiers.pictures.film import coded

LONGEST: Final = 2560
"""Pixels of the longer side up to which a clip is looked at as it is."""
_SIDE: Final = 1920
"""What a larger clip is brought to: print of 18 pixels in a 4K frame is still read in it."""
MOST: Final = 6_000_000_000
"""Pixels of all frames together that are decoded in the time a file may take; a 4K clip of 24
seconds, or one of 1920 x 1080 of a minute and a half."""
TOO_MUCH: Final = (
    "The clip is too long to be looked through in this size. Cut it to the part that matters, or"
    " make it smaller."
)
_QUICK: Final = {"qp": "10", "preset": "ultrafast", "tune": "zerolatency"}
"""Next to nothing is lost: the copy is coded from this a second time."""


def fitting(width: int, height: int) -> tuple[int, int]:
    """Width and height in which a clip is looked at; even numbers if they are not its own."""
    longest = max(width, height)
    if longest <= LONGEST:
        return width, height
    return (
        max(2, round(width * _SIDE / longest / 2) * 2),
        max(2, round(height * _SIDE / longest / 2) * 2),
    )


def smaller(data: bytes, size: tuple[int, int], rate: float) -> bytes:
    """The clip with frames of this width and height, turned as a player shows them.

    Raises Unreadable, and what the library raises for a damaged clip.
    """
    return coded(_frames(data, size), rate, _QUICK)


def _frames(data: bytes, size: tuple[int, int]) -> Iterator[av.VideoFrame]:
    for frame, turns in decoded(data):
        if turns == 0:
            yield frame.reformat(*size, format="yuv420p", interpolation="BILINEAR")
            continue
        less = frame.reformat(*size, format="rgb24", interpolation="BILINEAR")
        turned = np.ascontiguousarray(np.rot90(less.to_ndarray(), turns), np.uint8)
        yield av.VideoFrame.from_ndarray(turned, format="rgb24").reformat(format="yuv420p")
