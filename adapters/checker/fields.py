"""What a file carries beside its pixels, on the page: Pillow's and pydicom's own Python opens it,
and the rules of `bot.identifiers.pictures` judge it. Runs in the browser, without a compiled part.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
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


_MADE: Final = re.compile(rb"(?:mvhd|mdhd)([\0\1])\0\0\0(.{8})", re.DOTALL)
_FIRST: Final = datetime(1904, 1, 1, tzinfo=UTC)


_PLACE: Final = re.compile(rb"[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}(?:[+-][\d.]{1,12})?/")


def filmed(data: bytes) -> list[Finding]:
    """When and where a clip says that it was made, and what else stands elsewhere than in tags."""
    from bot.identifiers.pictures.metadata import judge_field

    found: dict[str, Finding] = {}
    for version, moment in _MADE.findall(data):
        (since,) = (
            struct.unpack(">Q", moment) if version == b"\1" else struct.unpack(">I", moment[:4])
        )
        if 0 < since < 2**33:
            when = (_FIRST + timedelta(seconds=since)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
            found.update((one.text or "", one) for one in judge_field("creation_time", when))
    places = {place.decode() for place in _PLACE.findall(data)} | set(_places(data))
    for place in sorted(places):
        found.update((one.text or "", one) for one in judge_field("location", place))
    for label, value in _info(data):
        found.update((one.text or "", one) for one in judge_field(label, value))
    return list(found.values())


def _places(data: bytes) -> Iterator[str]:
    """Of boxes in which telephones keep the place, in degrees of 1/65536."""
    for box in re.finditer(rb"loci\0\0\0\0..[^\0]*\0.(.{8})", data[-2_000_000:], re.DOTALL):
        east, north = struct.unpack(">ii", box[1])
        yield f"{north / 65536:+08.4f}{east / 65536:+09.4f}/"


def _info(data: bytes) -> Iterator[tuple[str, str]]:
    """Title and moment of a Matroska or WebM file, which stand in no tag."""
    begun = re.search(rb"\x15\x49\xa9\x66(?!\x53\xac)", data)  # not where it is only pointed at
    if begun is None or data[:4] != b"\x1aE\xdf\xa3":
        return
    at = begun.start()
    at, size = _long(data, at + 4)
    end = min(len(data), at + size)
    while at + 3 < end:
        mark = data[at] | 15
        wide = 1 if mark & 128 else 2 if mark & 64 else 3 if mark & 32 else 4
        name = data[at : at + wide]
        at, size = _long(data, at + wide)
        value = data[at : at + size]
        if name == b"\x7b\xa9":
            yield "title", value.decode("utf-8", "replace")
        elif name == b"\x44\x61" and size == 8:
            since = timedelta(microseconds=int.from_bytes(value, "big", signed=True) // 1000)
            moment = datetime(2001, 1, 1, tzinfo=UTC) + since
            yield "creation_time", moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        at += size


def _long(data: bytes, at: int) -> tuple[int, int]:
    """Where a value begins whose length stands at a place, and that length."""
    first = data[at] if at < len(data) else 255
    wide = 9 - first.bit_length() if first else 8
    value = int.from_bytes(data[at : at + wide], "big") & ((1 << 7 * wide) - 1)
    return at + wide, value


_DULL: Final = frozenset(
    ("encoder", "loci", "handler_name", "vendor_id", "language", "duration", "timecode", "©too")
)
_NAMED: Final = {
    "©nam": "title",
    "©cmt": "comment",
    "©des": "description",
    "desc": "description",
    "©ART": "artist",
    "©aut": "author",
    "©day": "date",
    "©xyz": "location",  # found by its form
    "©cpy": "copyright",
}


def beside_a_clip(told: Iterable[Sequence[str]]) -> Iterator[Finding]:
    """What the texts beside a clip give away, by name."""
    from bot.identifiers.pictures.metadata import judge_field

    for label, value in told:
        plain = _NAMED.get(label, label.lower())
        if plain not in _DULL and label not in _DULL and "location" not in plain:
            yield from judge_field(plain, value)
