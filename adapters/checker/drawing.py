"""What the browser needs to know to draw the pictures of a DICOM file: where the values lie, how
they are stored, what is black and white. Runs in the browser, without a compiled part.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from bot.identifiers.findings import Finding
from bot.identifiers.pictures.dicom_greys import deep_range, number_of
from bot.identifiers.pictures.sniff import ODD

BROKEN: Final = "The DICOM file is damaged or not complete: it could not be read."
NO_PIXELS: Final = (
    "The pictures of this DICOM file are packed in a way that this page cannot open. Use `case"
    " check` in the chat, or `python -m bot scan` on your own computer."
)
NO_PICTURE: Final = "The DICOM file has no picture that could be looked at."
DOCUMENT: Final = "The document inside the DICOM file was not looked at."
CURVES: Final = "Curves stored in the DICOM file were not looked at."
_PLAIN: Final = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99")
_BIG: Final = "1.2.840.10008.1.2.2"
_RUNS: Final = "1.2.840.10008.1.2.5"
_JPEG: Final = ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51")
_GREY: Final = ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
_ALONE: Final = (*_GREY, "RGB", "YBR_FULL")
_MOST: Final = 600_000_000
"""Bytes of all frames together."""


@dataclass(slots=True)
class Drawing:
    """`told` is for the browser, with bytes of every frame in `frames`; None where there is no
    picture. `planes` are overlay planes: columns, rows, and a bit for each place."""

    findings: list[Finding]
    notes: list[str] = field(default_factory=lambda: [])
    told: Mapping[str, Any] | None = None
    frames: list[bytes] = field(default_factory=lambda: [])
    planes: list[tuple[int, int, bytes]] = field(default_factory=lambda: [])
    shut: bool = False
    """Whether there are pictures that cannot be opened here."""


def drawing(data: bytes) -> Drawing:
    """Everything of a DICOM file that can be looked at. Raises ValueError for a damaged one."""
    import pydicom

    from bot.identifiers.pictures.dicom_tags import tag_findings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = cast(Any, pydicom.dcmread(io.BytesIO(data), force=True))
            made = Drawing(list(tag_findings(dataset)), planes=_planes(dataset))
            if "EncapsulatedDocument" in dataset:
                made.notes.append(DOCUMENT)
            if "WaveformSequence" in dataset:
                made.notes.append(CURVES)
            _pictures(dataset, made)
    except (*ODD, RecursionError, NotImplementedError) as error:
        raise ValueError(BROKEN) from error
    return made


def _pictures(dataset: Any, made: Drawing) -> None:
    if "PixelData" not in dataset:
        if any(name in dataset for name in ("FloatPixelData", "DoubleFloatPixelData")):
            made.shut = True
        elif len(dataset) < 2:
            raise ValueError(BROKEN)
        else:
            made.notes.append(NO_PICTURE)
        return
    syntax = _syntax(dataset)
    told = _told(dataset)
    whole = told["width"] * told["height"] * told["samples"] * told["bits"] // 8
    if not _drawable(told, syntax) or whole * told["count"] > _MOST:
        made.shut = True
        return
    told["big"] = syntax == _BIG
    told["jpeg"] = syntax in _JPEG
    if syntax in _JPEG:
        from pydicom.encaps import generate_frames

        frames = list(generate_frames(dataset.PixelData, number_of_frames=told["count"]))
    elif syntax == _RUNS:
        from pydicom.pixels.decoders.base import get_decoder

        decoder = get_decoder(cast(Any, _RUNS))
        frames = [bytes(frame) for frame, _ in decoder.iter_buffer(dataset)]
        told["planar"] = 1
    else:
        values = dataset.PixelData
        frames = [values[at * whole : (at + 1) * whole] for at in range(told["count"])]
    if len(frames) != told["count"] or (not told["jpeg"] and any(len(f) < whole for f in frames)):
        raise ValueError(BROKEN)
    made.told, made.frames = told, frames


def _syntax(dataset: Any) -> str:
    meta = getattr(dataset, "file_meta", None) or {}
    named = meta.get("TransferSyntaxUID")
    return _PLAIN[0] if named is None else str(named)


def _told(dataset: Any) -> dict[str, Any]:
    low, high = deep_range(dataset)
    kind = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    pause = number_of(dataset.get("FrameTime"))
    rate = number_of(dataset.get("RecommendedDisplayFrameRate")) or number_of(
        dataset.get("CineRate")
    )
    bits = int(dataset.get("BitsAllocated", 8))
    return {
        "width": int(dataset.Columns),
        "height": int(dataset.Rows),
        "count": max(1, int(dataset.get("NumberOfFrames") or 1)),
        "samples": int(dataset.get("SamplesPerPixel", 1)),
        "bits": bits,
        "stored": int(dataset.get("BitsStored", bits)),
        "signed": bool(int(dataset.get("PixelRepresentation", 0) or 0)),
        "planar": int(dataset.get("PlanarConfiguration", 0) or 0),
        "kind": kind,
        "low": low,
        "high": high,
        "pause": pause or (1000 / rate if rate else 100),
        "palette": _palette(dataset) if kind == "PALETTE COLOR" else None,
    }


def _drawable(told: Mapping[str, Any], syntax: str) -> bool:
    if told["width"] < 1 or told["height"] < 1 or not 1 <= told["stored"] <= told["bits"]:
        return False
    if syntax in _JPEG:
        # what else a JPEG inside may mean by its colours, a browser cannot be told
        return told["bits"] == told["stored"] == 8 and told["kind"] in (
            *("MONOCHROME1", "MONOCHROME2"),
            *("YBR_FULL_422", "YBR_FULL"),
        )
    if syntax not in (*_PLAIN, _BIG, _RUNS) or told["kind"] not in _ALONE:
        return False
    if syntax == _BIG and (told["bits"] == 8 or told["kind"] not in _GREY[:2]):
        return False  # whose bytes may stand in either order
    return told["bits"] in (8, 16, 32) and told["samples"] == (1 if told["kind"] in _GREY else 3)


def _palette(dataset: Any) -> dict[str, Any]:
    """Red, green and blue of every entry, in bytes, and the value of the first one."""
    colours: list[list[int]] = []
    many, first, deep = (int(one) for one in dataset.RedPaletteColorLookupTableDescriptor)
    many = many or 65536
    for name in ("Red", "Green", "Blue"):
        raw = bytes(dataset[f"{name}PaletteColorLookupTableData"].value)
        if len(raw) >= 2 * many:
            words = struct.unpack(f"<{many}H", raw[: 2 * many])
            colours.append([one >> 8 if deep > 8 else one & 255 for one in words])
        else:
            colours.append(list(raw[:many].ljust(many, b"\0")))
    return {"first": first, "colours": colours}


def _planes(dataset: Any) -> list[tuple[int, int, bytes]]:
    found: list[tuple[int, int, bytes]] = []
    for group in range(0x6000, 0x6020, 2):
        if len(dataset.group_dataset(group)) == 0:
            continue
        try:
            high = int(dataset[group, 0x0010].value)
            wide = int(dataset[group, 0x0011].value)
            bits = bytes(dataset[group, 0x3000].value)
        except ODD:
            wide, high, bits = 8, 8, b""  # kept, as something that nobody could read
        if not 0 < wide * high <= 8 * len(bits):
            wide, high, bits = 8, 8, bytes(8)
        found.append((wide, high, bits))
    return found
