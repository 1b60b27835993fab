"""What a file carries beside its pixels, on the page: Pillow's and pydicom's own Python opens it,
and the rules of `bot.identifiers.pictures` judge it. Runs in the browser, without a compiled part.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import Any, Final, cast

from bot.identifiers.findings import Finding
from bot.identifiers.pictures.sniff import Form

_ODD: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    AttributeError,
    RuntimeError,
    ZeroDivisionError,
    struct.error,
)
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
    except _ODD as error:
        raise ValueError(UNREAD_FIELDS) from error


def _opened(data: bytes, form: Form) -> Any:
    """Opened as far as its header; nothing is unpacked."""
    from PIL import Image

    if form is Form.WEBP:
        return _Riff(data)
    names = {Form.PNG: ("PNG",), Form.JPEG: ("JPEG", "MPO"), Form.BMP: ("BMP",)}
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


class _Riff:
    """The fields of a WebP, as Pillow's compiled part would hand them over."""

    def __init__(self, data: bytes) -> None:
        self.info: dict[str, bytes] = {}
        self.n_frames = 0
        at = 12
        while at + 8 <= len(data):
            name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
            if name in (b"EXIF", b"XMP "):
                self.info["exif" if name == b"EXIF" else "xmp"] = data[at + 8 : at + 8 + length]
            self.n_frames += name == b"ANMF"
            at += 8 + length + length % 2
        self.n_frames = max(1, self.n_frames)

    def getexif(self) -> Any:
        """The EXIF fields, perhaps none."""
        from PIL import Image

        exif = Image.Exif()
        exif.load(self.info.get("exif", b""))
        return exif


def dicom_fields(data: bytes) -> list[Finding]:
    """Findings in the elements of a DICOM file. Raises ValueError for one that is damaged."""
    import pydicom

    from bot.identifiers.pictures.dicom_tags import tag_findings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = pydicom.dcmread(io.BytesIO(data), force=True)
            return list(tag_findings(cast(Any, dataset)))
    except (*_ODD, RecursionError, NotImplementedError) as error:
        raise ValueError("The DICOM file is damaged or not complete.") from error
