"""Covers places in pictures, and writes the pictures again from nothing but their pixels."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from PIL import Image as Pillow

from bot.identifiers.pictures.gif import write_gif
from bot.identifiers.pictures.material import Material
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.rows import Box
from bot.identifiers.pictures.sniff import Form

_FAITHFUL: Final = 43.0
"""Decibel that a re-coded JPEG keeps to what it was."""
_SMALL_CLIP: Final = 8_000_000
"""Pixels of all frames together up to which a grey clip that lost nothing becomes a GIF, which
loses nothing either; longer ones would become files that no community takes."""


def painted(image: Image, boxes: Iterable[Box]) -> Image:
    """A copy with black boxes."""
    copy = image.copy()
    height, width = copy.shape[:2]
    for x0, y0, x1, y1 in boxes:
        left, top = max(0, int(np.floor(x0))), max(0, int(np.floor(y0)))
        right, bottom = min(width, int(np.ceil(x1))), min(height, int(np.ceil(y1)))
        copy[top:bottom, left:right] = 0
    return copy


def written(material: Material, boxes_of: Sequence[Sequence[Box]]) -> tuple[str, bytes]:
    """File ending and bytes of the redacted copy; `boxes_of` has the boxes of every frame."""

    def frames() -> Iterator[Image]:
        for number, image in enumerate(material.frames()):
            yield painted(image, boxes_of[min(number, len(boxes_of) - 1)])

    form = material.form
    if material.again is not None:
        return ".mp4", material.again(boxes_of)
    if material.count == 1:
        image = next(frames())
        if form is Form.JPEG:
            return ".jpg", _jpeg(image)
        if form is Form.TIFF:
            return ".tif", _saved([image], "TIFF", compression="tiff_deflate")
        if form is Form.BMP:
            return ".bmp", _saved([image], "BMP")
        if form is Form.GIF:
            return ".gif", write_gif([image], [100])
        if form is Form.WEBP:
            return ".webp", _saved([image], "WEBP", lossless=True, exact=True)
        return ".png", _png(image)
    if form is Form.TIFF:
        return ".tif", _saved(list(frames()), "TIFF", compression="tiff_deflate")
    if form is Form.GIF or (form in (Form.PNG, Form.WEBP)):
        return ".gif", write_gif(frames(), material.delays)
    pace = material.rate or 10.0
    first = next(frames())
    if material.lossless and _grey(first) and material.count * first[:, :, 0].size <= _SMALL_CLIP:
        return ".gif", write_gif(frames(), [round(1000 / pace)] * material.count)
    from bot.identifiers.pictures.film import write_video

    return ".mp4", write_video(frames(), pace)


def _grey(image: Image) -> bool:
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return bool((red == green).all() and (green == blue).all())


def _png(image: Image) -> bytes:
    plain = np.ascontiguousarray(image[:, :, 0]) if _grey(image) else image
    return _saved([plain], "PNG", compress_level=4)


def _jpeg(image: Image) -> bytes:
    plain = np.ascontiguousarray(image[:, :, 0]) if _grey(image) else image
    coded = b""
    for quality in (95, 98, 100):
        coded = _saved([plain], "JPEG", quality=quality, subsampling=0)
        again = np.asarray(Pillow.open(io.BytesIO(coded)).convert("RGB"), np.float32)
        apart = float(((again - image) ** 2).mean())
        if apart == 0 or 10 * np.log10(255**2 / apart) >= _FAITHFUL:
            break
    return coded


def _saved(images: list[Image], form: str, **options: object) -> bytes:
    target = io.BytesIO()
    first, *more = [Pillow.fromarray(image) for image in images]
    if more:
        options |= {"save_all": True, "append_images": more}
    first.save(target, form, **options)
    return target.getvalue()
