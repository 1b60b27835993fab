"""What kind of file it is, told by its first bytes; a file's name is never believed. Loads no
library, because the page in the browser tells by it as well."""

from __future__ import annotations

import struct
from enum import StrEnum

ODD = (
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
"""What libraries raise for damaged files of one kind or another."""


class Form(StrEnum):
    """The kinds of file that have a reader."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    TIFF = "tiff"
    BMP = "bmp"
    HEIF = "heif"
    GIF = "gif"
    VIDEO = "video"
    DICOM = "dicom"
    PDF = "pdf"


_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def sniff(data: bytes) -> Form | None:
    """The form of a file, or None for one that nothing here reads."""
    head = data[:16]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Form.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Form.JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Form.WEBP
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        # the standard lets a DICOM file begin like a TIFF file
        return Form.DICOM if data[128:132] == b"DICM" else Form.TIFF
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return Form.GIF
    if data[128:132] == b"DICM":
        return Form.DICOM
    if head[4:8] == b"ftyp":
        brands = data[8 : min(64, int.from_bytes(data[:4], "big"))]
        return Form.HEIF if any(brand in brands for brand in _HEIF_BRANDS) else Form.VIDEO
    if head[:4] == b"\x1aE\xdf\xa3" or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return Form.VIDEO
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return Form.VIDEO
    if b"%PDF-" in data[:1024]:
        return Form.PDF
    if head[:2] == b"BM" and len(data) > 26:
        return Form.BMP
    if _bare_dicom(data):
        return Form.DICOM
    return None


def _bare_dicom(data: bytes) -> bool:
    """A DICOM data set without its preamble begins with an element of group 2 or 8."""
    if len(data) < 200 or data[:2] not in (b"\x02\x00", b"\x08\x00") or data[1:2] != b"\0":
        return False
    return data[4:6] in (b"UL", b"CS", b"UI", b"OB", b"SH", b"LO") or (
        data[6:8] == b"\0\0" and 0 < int.from_bytes(data[4:8], "little") < 200
    )


def picture_end(data: bytes, form: Form) -> int:
    """Where the picture ends, as far as that is easily told."""
    if form is Form.PNG:
        found = data.rfind(b"IEND")
        return found + 8 if found > 0 else len(data)
    if form is Form.JPEG:
        found = data.rfind(b"\xff\xd9")
        return found + 2 if found > 0 else len(data)
    if form is Form.GIF:
        found = data.rfind(b"\x3b")
        return found + 1 if found > 0 else len(data)
    return len(data)
