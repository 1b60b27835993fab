"""What a file carries beside its pixels, on the page: Pillow's and pydicom's own Python opens it,
and the rules of `bot.identifiers.pictures` judge it. Runs in the browser, without a compiled part.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any, Final

from bot.identifiers.findings import Finding
from bot.identifiers.pictures.sniff import ODD, Form

UNREAD_FIELDS: Final = "Fields beside the pixels: they are damaged."


def fields(data: bytes, form: Form) -> tuple[list[Finding], int]:
    """Findings in the fields of a picture, and how many frames it says that it has.

    Raises ValueError for a file that is damaged.
    """
    from bot.identifiers.pictures.metadata import picture_fields

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _opened(data, form)
            count = int(getattr(picture, "n_frames", 1))
            return list(picture_fields(picture)), 1 if form is Form.JPEG else count
    except ODD as error:
        raise ValueError(UNREAD_FIELDS) from error


def _opened(data: bytes, form: Form) -> Any:
    """Opened as far as its header; nothing is unpacked."""
    from PIL import Image

    if form is Form.WEBP:
        return _riff(data)
    if form is Form.HEIF:
        return _boxed(data)
    names = {
        Form.PNG: ("PNG",),
        Form.JPEG: ("JPEG", "MPO"),
        Form.BMP: ("BMP",),
        Form.GIF: ("GIF",),
        Form.TIFF: ("TIFF",),
    }
    whole = _texts_first(data) if form is Form.PNG else data
    picture = Image.open(io.BytesIO(whole), formats=names[form])
    picture.load = lambda: None  # all fields stand in front of the pixels
    return picture


def _texts_first(png: bytes) -> bytes:
    """A PNG with what stands behind its pixels in front of them."""
    early: list[bytes] = []
    late: list[bytes] = []
    at = 8
    while at + 8 <= len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        name = png[at + 4 : at + 8]
        (late if name in (b"IDAT", b"fdAT", b"IEND") else early).append(png[at:end])
        at = end
    return png[:8] + b"".join([*early, *late])


class _Carried:
    """The fields of a file that only Pillow's compiled part could open, as it would hand them
    over."""

    def __init__(self, n_frames: int, **info: bytes) -> None:
        self.n_frames = n_frames
        self.info = info

    def getexif(self) -> Any:
        """The EXIF fields, perhaps none."""
        from PIL import Image

        exif = Image.Exif()
        exif.load(self.info.get("exif", b""))
        return exif


def _riff(data: bytes) -> _Carried:
    """Of a WebP."""
    info: dict[str, bytes] = {}
    frames = 0
    at = 12
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name in (b"EXIF", b"XMP "):
            info["exif" if name == b"EXIF" else "xmp"] = data[at + 8 : at + 8 + length]
        frames += name == b"ANMF"
        at += 8 + length + length % 2
    return _Carried(max(1, frames), **info)


_EXIF: Final = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
_XMP: Final = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_SEQUENCES: Final = (b"avis", b"msf1", b"hevc", b"hevs")


def _boxed(data: bytes) -> _Carried:
    """Of a HEIC or AVIF: its fields stand in one piece somewhere in the file."""
    info: dict[str, bytes] = {}
    if exif := _EXIF.search(data):
        info["exif"] = data[exif.start() : exif.start() + 65_536]
    if xmp := _XMP.search(data):
        info["xmp"] = xmp.group()
    moves = data[8:12] in _SEQUENCES
    return _Carried(2 if moves else 1, **info)
