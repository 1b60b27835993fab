"""The frames of a clip, one after another, as they were coded. What they show is not looked at."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
from collections.abc import Iterator

import av

from bot.identifiers.pictures.material import MAX_FRAMES, check_size
from bot.identifiers.pictures.order import Unreadable


def decoded(data: bytes) -> Iterator[tuple[av.VideoFrame, int]]:
    """Every frame of the first picture track, and by how many quarter turns a player turns it.

    Raises Unreadable for more or larger frames than are looked through, and what the library
    raises for a damaged clip.
    """
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = 2
        for count, frame in enumerate(container.decode(stream)):
            check_size(frame.width, frame.height)
            if count >= MAX_FRAMES:
                raise Unreadable("The clip has more frames than can be looked through.")
            yield frame, round(frame.rotation / 90) % 4
