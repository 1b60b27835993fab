"""Writes clips: nothing but pixels, near to what they were outside the boxes.

A clip in the usual eight-bit formats is painted and coded again in its own colours, because the way
through RGB and back already costs more than the coding.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import av
import numpy as np
from av.error import FFmpegError

from bot.identifiers.pictures.decoding import decoded
from bot.identifiers.pictures.material import Material
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.painting import painted
from bot.identifiers.pictures.rows import Box

_FINE: Final = {"qp": "14", "preset": "veryfast", "tune": "psnr"}
"""A fixed quantizer: one that follows the picture saves exactly where a vessel is thin."""
_OWN: Final = frozenset({"yuv420p", "yuvj420p", "yuv444p", "yuvj444p"})


def write_video(frames: Iterable[Image], rate: float) -> bytes:
    """An MP4 of RGB frames of equal size, with no fields and no sound."""

    def shown() -> Iterator[av.VideoFrame]:
        for image in frames:
            height, width = image.shape[:2]
            even = width % 2 == height % 2 == 0
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            yield frame.reformat(format="yuv420p" if even else "yuv444p")

    return coded(shown(), rate)


def again(data: bytes, boxes_of: Sequence[Sequence[Box]], material: Material) -> bytes:
    """The clip with black boxes over each frame. Raises Unreadable."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            first = next(container.decode(container.streams.video[0]))
            plain = first.format.name in _OWN and round(first.rotation) % 360 == 0
            even = first.width % 2 == first.height % 2 == 0
            plain = plain and (even or "444" in first.format.name)
    except (FFmpegError, StopIteration) as error:
        raise Unreadable("The clip could not be read a second time.") from error
    rate = material.rate or 10.0
    if plain:
        return coded(_own(data, boxes_of), rate)
    pictures = enumerate(material.frames())
    return write_video(
        (painted(image, boxes_of[min(number, len(boxes_of) - 1)]) for number, image in pictures),
        rate,
    )


def _own(data: bytes, boxes_of: Sequence[Sequence[Box]]) -> Iterator[av.VideoFrame]:
    for number, (frame, _) in enumerate(decoded(data)):
        # the decoder still looks at its own frame when it unpacks the next one
        copy = av.VideoFrame(frame.width, frame.height, frame.format.name)
        copy.color_range, copy.colorspace = frame.color_range, frame.colorspace
        black = 0 if "j" in frame.format.name or int(frame.color_range) == 2 else 16
        boxes = boxes_of[min(number, len(boxes_of) - 1)]
        for depth, (old, new) in enumerate(zip(frame.planes, copy.planes, strict=True)):
            target = _plane(new)
            target[:] = _plane(old)
            _cover(target, boxes, frame.width / new.width, black if depth == 0 else 128)
        yield copy


def _plane(plane: Any) -> np.ndarray[Any, Any]:
    sheet = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return sheet[: plane.height, : plane.width]


def _cover(sheet: np.ndarray[Any, Any], boxes: Sequence[Box], scale: float, fill: int) -> None:
    height, width = sheet.shape
    for x0, y0, x1, y1 in boxes:
        left, top = max(0, int(x0 / scale)), max(0, int(y0 / scale))
        right, bottom = int(min(width, -(-x1 // scale))), int(min(height, -(-y1 // scale)))
        sheet[top:bottom, left:right] = fill


def coded(
    frames: Iterator[av.VideoFrame], rate: float, options: Mapping[str, str] = _FINE
) -> bytes:
    """An MP4 of these frames, which are of equal size and format. `options` are the coder's."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        container.flags |= 0x400  # bit exact: no word of the program that wrote it
        stream: Any = None
        speed = Fraction(rate).limit_denominator(1001)
        for number, frame in enumerate(frames):
            if stream is None:
                stream = container.add_stream("libx264", rate=speed)
                stream.width, stream.height = frame.width, frame.height
                stream.pix_fmt = frame.format.name
                stream.options = dict(options)
                stream.codec_context.thread_count = 2
                stream.codec_context.color_range = frame.color_range
                stream.codec_context.colorspace = frame.colorspace
            frame.pts = number
            frame.time_base = 1 / speed
            container.mux(stream.encode(frame))
        if stream is not None:
            container.mux(stream.encode(None))
    return target.getvalue()
