"""Fields that travel beside the pixels of a picture: EXIF, GPS, XMP, IPTC, PNG text, comments.

Redacted copies have none of them. Here they are read to say what was there. Values go to the text
engine; fields that hold a person, a place or a number by their very nature are findings anyway.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, cast

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.terms import harmless_line
from bot.identifiers.text.engine import find

_PERSONAL: Final[dict[str, Kind]] = {
    "Artist": Kind.NAME,
    "Copyright": Kind.NAME,
    "XPAuthor": Kind.NAME,
    "CameraOwnerName": Kind.NAME,
    "OwnerName": Kind.NAME,
    "Author": Kind.NAME,
    "BodySerialNumber": Kind.DEVICE_ID,
    "LensSerialNumber": Kind.DEVICE_ID,
    "CameraSerialNumber": Kind.DEVICE_ID,
    "ImageUniqueID": Kind.OTHER_ID,
    "DateTime": Kind.DATE,
    "DateTimeOriginal": Kind.DATE,
    "DateTimeDigitized": Kind.DATE,
    "GPSDateStamp": Kind.DATE,
    "PreviewDateTime": Kind.DATE,
    "HostComputer": Kind.DEVICE_ID,
    "By-line": Kind.NAME,
    "City": Kind.CITY,
    "creation_time": Kind.DATE,
    "Creation Time": Kind.DATE,
    "location": Kind.GPS,
    "Patient": Kind.NAME,
    "creator": Kind.NAME,
    "CreateDate": Kind.DATE,
    "artist": Kind.NAME,
    "ModifyDate": Kind.DATE,
    "MetadataDate": Kind.DATE,
    "DateCreated": Kind.DATE,
    "ModDate": Kind.DATE,
    "CreationDate": Kind.DATE,
    "XPComment": Kind.METADATA,
}
_FREE: Final = frozenset(
    [
        "ImageDescription",
        "UserComment",
        "XPTitle",
        "XPComment",
        "XPSubject",
        "XPKeywords",
        "DocumentName",
        "Comment",
        "Title",
        "Description",
        "Subject",
        "Keywords",
        "title",
        "comment",
        "description",
        "caption",
        "Caption",
        "Headline",
        "Object-name",
        "MakerNote",
        "PageName",
    ]
)
_IPTC: Final = {
    5: "Object-name",
    25: "Keywords",
    55: "DateCreated",
    80: "By-line",
    85: "Author",
    90: "City",
    92: "location-name",
    105: "Headline",
    116: "Copyright",
    120: "Caption",
    122: "Author",
    10: "Urgency",
}
_MILD: Final = re.compile(
    r"(?i)^(?:adobe|gimp|imagej|matplotlib|software|lavf|handbrake|gd-jpeg|created with|"
    r"teaching file|optimi[sz]ed|https?://ns\.adobe)"
)


def judge_field(label: str, value: str) -> Iterator[Finding]:
    """What one field gives away."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", " ", value).strip()
    if not text or not any(letter.isalnum() for letter in text):
        return
    kind = _PERSONAL.get(label)
    if kind is not None and kind is not Kind.METADATA:
        if kind is Kind.DATE and not re.search(r"[1-9]", text):
            return
        yield Finding(
            kind, Where.METADATA, f"The file carries this in its field {label}.", 0.95, text[:300]
        )
        return
    hits = find(text[:20_000], where=Where.METADATA)
    for hit in hits:
        why = f"The file carries this in its field {label}. {hit.why}"
        yield Finding(
            hit.kind, Where.METADATA, why, hit.confidence, hit.text, doubtful=hit.doubtful
        )
    if not hits and label in _FREE and not harmless_line(text) and not _MILD.match(text):
        why = f"Free text in the field {label}: it may tell who the patient is."
        yield Finding(Kind.METADATA, Where.METADATA, why, 0.6, text[:300], doubtful=True)


def picture_fields(picture: Image.Image) -> Iterator[Finding]:
    """Findings in everything a picture file carries beside its pixels."""
    exif = picture.getexif()
    yield from _exif(exif)
    info: dict[str, Any] = {str(key): value for key, value in picture.info.items()}
    for label, value in info.items():
        if label in ("exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "photoshop", "duration"):
            continue
        if isinstance(value, bytes) and label in ("comment", "Comment"):
            yield from judge_field("Comment", _decoded(value))
        elif isinstance(value, str):
            yield from judge_field(label.replace("comment", "Comment"), value)
    for label in ("xmp", "XML:com.adobe.xmp"):
        packet = info.get(label)
        if packet:
            yield from xmp_fields(packet if isinstance(packet, bytes) else str(packet).encode())
    yield from _iptc(picture)


def _exif(exif: Image.Exif) -> Iterator[Finding]:
    for tag, value in exif.items():
        label = ExifTags.TAGS.get(tag, f"tag {tag}")
        if tag in (0x8769, 0x8825, 0xA005) or label in ("XMLPacket", "IPTCNAA", "ImageResources"):
            continue
        yield from judge_field(label, _shown(label, value))
    for tag, value in exif.get_ifd(0x8769).items():
        label = ExifTags.TAGS.get(tag, f"tag {tag}")
        if label != "MakerNote":
            yield from judge_field(label, _shown(label, value))
    place = exif.get_ifd(0x8825)
    if any(tag in place for tag in (1, 2, 3, 4)):
        where = ", ".join(str(place[tag]) for tag in (1, 2, 3, 4) if tag in place)
        yield Finding(
            Kind.GPS, Where.METADATA, "The file says where it was taken.", 1.0, where[:120]
        )
    if exif.get_ifd(0x014A) or (exif._info is not None and _has_thumbnail(exif)):
        why = "The file carries a small copy of the picture, perhaps from before it was changed."
        yield Finding(Kind.METADATA, Where.METADATA, why, 0.6, "thumbnail", doubtful=True)


def _has_thumbnail(exif: Image.Exif) -> bool:
    return bool(exif.get_ifd(ExifTags.IFD.IFD1).get(0x0201))


def xmp_fields(packet: bytes) -> Iterator[Finding]:
    """Texts and attributes of an XMP packet. It is read as text: a hostile packet stays harmless."""  # noqa: E501
    text = _decoded(packet[:200_000])
    for label, value in re.findall(r"<(?:\w+:)?(\w+)[^<>]*>([^<>]{2,2000})<", text):
        yield from judge_field(_SPOKEN.get(str(label), str(label)), value.strip())
    for label, value in re.findall(r"\b(?:\w+:)(\w+)=\"([^\"<>]{2,1000})\"", text):
        if not value.startswith(("http", "adobe:", "uuid:", "xmp.")) and label not in _STRUCTURE:
            yield from judge_field(label, value)


_SPOKEN: Final[dict[str, str]] = {"li": "Description", "title": "Title"}
_STRUCTURE: Final = frozenset(
    ["x", "rdf", "dc", "xmp", "about", "xmptk", "lang", "format", "instanceID", "softwareAgent"]
)


def _iptc(picture: Image.Image) -> Iterator[Finding]:
    try:
        found = IptcImagePlugin.getiptcinfo(cast(ImageFile.ImageFile, picture)) or {}
    except (SyntaxError, ValueError, OSError, AttributeError, TypeError, KeyError):
        return
    for (record, number), value in found.items():
        if record != 2:
            continue
        for part in value if isinstance(value, list) else [value]:
            yield from judge_field(_IPTC.get(number, f"IPTC {number}"), _decoded(part))


def _shown(label: str, value: object) -> str:
    if isinstance(value, bytes):
        if label.startswith("XP"):
            return value.decode("utf-16-le", "replace").rstrip("\0")
        if value[:8] in (b"ASCII\0\0\0", b"\0" * 8):
            return _decoded(value[8:])
        if value[:8] == b"UNICODE\0":
            body = value[8:]
            return body.decode("utf-16-be" if body[:1] == b"\0" else "utf-16-le", "replace")
        text = _decoded(value)
        printable = sum(letter.isprintable() for letter in text)
        return text if printable > 0.9 * max(1, len(text)) else ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and label.startswith("XP"):
        return (
            bytes(item & 255 for item in value if isinstance(item, int))
            .decode("utf-16-le", "replace")
            .rstrip("\0")
        )
    return ""


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
