"""Reads still and animated picture files with Pillow."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from bot.identifiers.pictures.material import (
    MAX_FRAMES,
    MAX_PIXELS,
    MAX_TOTAL,
    TOO_LARGE,
    Material,
    check_size,
)
from bot.identifiers.pictures.metadata import picture_fields
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.sniff import ODD, Form, picture_end

_NAMES = {
    Form.PNG: ("PNG",),
    Form.JPEG: ("JPEG", "MPO"),
    Form.WEBP: ("WEBP",),
    Form.TIFF: ("TIFF",),
    Form.BMP: ("BMP",),
    Form.HEIF: ("HEIF", "AVIF"),
    Form.GIF: ("GIF",),
}
BROKEN = "The file is damaged or not complete: it could not be read."


def read_still(data: bytes, form: Form) -> Material:
    """Opens a picture. Raises Unreadable."""
    Pillow.MAX_IMAGE_PIXELS = MAX_PIXELS
    if form is Form.HEIF:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        if Pillow.registered_extensions().get(".avif") is None:
            raise Unreadable("Pictures of this kind (AVIF) cannot be read here.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _opened(data, form)
            check_size(*picture.size)
            count = _count(picture)
            if count * picture.width * picture.height > MAX_TOTAL:
                raise Unreadable("The file unfolds to more pictures than can be looked through.")
            next(_frames(data, form, 1))
            material = Material(form, lambda: _frames(data, form, count), count)
            material.findings.extend(picture_fields(picture))
            material.lossless = form not in (Form.JPEG, Form.HEIF) and not (
                form is Form.WEBP and b"VP8L" not in data[:4096]
            )
            material.delays = _delays(data, form, count) if count > 1 else []
    except Unreadable:
        raise
    except Pillow.DecompressionBombError as error:
        raise Unreadable(TOO_LARGE) from error
    except ODD as error:
        raise Unreadable(BROKEN) from error
    hidden = len(data) - picture_end(data, form)
    if hidden > 64:
        material.not_checked.append(
            "Behind the picture the file holds more data that was not looked at."
        )
    return material


def _opened(data: bytes, form: Form) -> Pillow.Image:
    return Pillow.open(io.BytesIO(data), formats=_NAMES[form])


def _count(picture: Pillow.Image) -> int:
    if picture.format == "MPO":
        return 1
    count = 0
    if getattr(picture, "is_animated", False):
        # n_frames of an endless file never ends: count by hand, up to the limit
        try:
            while count <= MAX_FRAMES:
                picture.seek(count)
                count += 1
        except EOFError:
            pass
        picture.seek(0)
    if count > MAX_FRAMES:
        raise Unreadable("The file has more frames than can be looked through.")
    return max(1, count)


def _frames(data: bytes, form: Form, count: int) -> Iterator[Image]:
    try:
        picture = _opened(data, form)
        for number in range(count):
            picture.seek(number)
            check_size(*picture.size)
            yield rgb(picture)
    except Pillow.DecompressionBombError as error:
        raise Unreadable(TOO_LARGE) from error
    except ODD as error:
        raise Unreadable(BROKEN) from error


def rgb(picture: Pillow.Image) -> Image:
    """Eight-bit RGB; 16-bit grey is scaled down, transparency laid on black, turned upright."""
    shown = ImageOps.exif_transpose(picture) if picture.getexif().get(0x0112, 1) != 1 else picture
    if shown.mode.startswith(("I", "F")):
        deep = np.asarray(shown, np.float32)
        low, high = float(deep.min()), float(deep.max())
        top = 65535.0 if high > 255 else 255.0
        if shown.mode == "F" or low < 0 or high > 65535:
            deep, top = deep - low, max(high - low, 1.0)
        grey = np.clip(deep / top * 255, 0, 255).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    return np.array(shown.convert("RGB"), np.uint8)


def _delays(data: bytes, form: Form, count: int) -> list[int]:
    picture = _opened(data, form)
    delays: list[int] = []
    for number in range(count):
        picture.seek(number)
        picture.load()
        delays.append(int(picture.info.get("duration", 100) or 100))
    return delays
