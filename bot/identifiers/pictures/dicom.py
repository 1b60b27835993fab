"""Reads DICOM files: tags, overlay planes, single and multi-frame pixels of most syntaxes."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pydicom
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.pixels.processing import apply_color_lut
from pydicom.pixels.utils import iter_pixels, pixel_array
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from bot.identifiers.pictures.dicom_greys import deep_range, number_of
from bot.identifiers.pictures.dicom_tags import tag_findings
from bot.identifiers.pictures.material import (
    MAX_FRAMES,
    MAX_TOTAL,
    Material,
    check_size,
)
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.sniff import Form

_VIDEO = ("1.2.840.10008.1.2.4.10",)
_BROKEN = "The DICOM file is damaged or not complete: it could not be read."
_ODD = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    EOFError,
    NotImplementedError,
    MemoryError,
    OverflowError,
    ZeroDivisionError,
    InvalidDicomError,
    BytesLengthException,
    ImportError,
)


def read_dicom(data: bytes) -> Material:
    """Opens a DICOM file. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = pydicom.dcmread(io.BytesIO(data), force=True)
            found = list(tag_findings(dataset))
    except RecursionError as error:
        raise Unreadable("The DICOM file is nested too deeply to be read.") from error
    except _ODD as error:
        raise Unreadable(_BROKEN) from error
    material = Material(Form.DICOM, lambda: iter(()), 0, findings=found)
    material.known = [(item.kind, item.text) for item in found if item.text]
    if "EncapsulatedDocument" in dataset:
        material.not_checked.append("The document inside the DICOM file was not looked at.")
    if "WaveformSequence" in dataset:
        material.not_checked.append("Curves stored in the DICOM file were not looked at.")
    if "PixelData" not in dataset:
        if not any(tag in dataset for tag in ("FloatPixelData", "DoubleFloatPixelData")):
            if len(dataset) < 2:
                raise Unreadable(_BROKEN)
            material.not_checked.append("The DICOM file has no picture that could be looked at.")
            return material
        raise Unreadable("DICOM pictures of this kind (floating point) cannot be read here.")
    try:
        _open_pixels(dataset, material)
    except _ODD as error:
        raise Unreadable(_BROKEN) from error
    return material


def overlay_planes(data: bytes) -> list[tuple[int, Image]]:
    """Group number and picture (white on black) of each overlay plane that can be drawn."""
    planes: list[tuple[int, Image]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = pydicom.dcmread(io.BytesIO(data), force=True)
        for group in range(0x6000, 0x6020, 2):
            if len(dataset.group_dataset(group)) == 0:
                continue
            try:
                bits = np.asarray(dataset.overlay_array(group))
            except _ODD:
                bits = np.zeros((8, 8), np.uint8)
            flat = bits if bits.ndim == 2 else bits.max(axis=0)
            planes.append((group, np.repeat((flat > 0).astype(np.uint8)[:, :, None] * 255, 3, 2)))
    return planes


def _open_pixels(dataset: Dataset, material: Material) -> None:
    rows, columns = int(dataset.Rows), int(dataset.Columns)
    count = max(1, int(dataset.get("NumberOfFrames") or 1))
    check_size(columns, rows)
    if count > MAX_FRAMES or count * rows * columns > MAX_TOTAL:
        raise Unreadable("The file has more frames than can be looked through.")
    syntax = dataset.file_meta.get("TransferSyntaxUID") if hasattr(dataset, "file_meta") else None
    if syntax is None:
        dataset.ensure_file_meta()
        implicit = dataset.original_encoding[0]
        syntax = ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian
        dataset.file_meta.TransferSyntaxUID = syntax
    if (
        "1.2.840.10008.1.2.4.100" <= str(syntax) <= "1.2.840.10008.1.2.4.108"
        and len(str(syntax)) == 23
    ):
        _open_film(dataset, material)
        return
    low, high = deep_range(dataset)
    material.count = count
    material.frames = lambda: _frames(dataset, low, high)
    material.lossless = not (
        str(dataset.get("LossyImageCompression", "00")) == "01"
        or str(syntax).endswith((".50", ".51"))
    )
    pause = number_of(dataset.get("FrameTime"))
    rate = number_of(dataset.get("RecommendedDisplayFrameRate")) or number_of(
        dataset.get("CineRate")
    )
    material.rate = 1000 / pause if pause > 0 else rate or None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            next(iter(material.frames()))
    except StopIteration as error:
        raise Unreadable(_BROKEN) from error


def _open_film(dataset: Dataset, material: Material) -> None:
    from pydicom.encaps import generate_fragments

    from bot.identifiers.pictures.video import open_video

    try:
        stream = b"".join(generate_fragments(dataset.PixelData))[:]
    except _ODD as error:
        raise Unreadable(_BROKEN) from error
    open_video(stream, material)
    material.form = Form.DICOM


def _frames(dataset: Dataset, low: float, high: float) -> Iterator[Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for pixels in _unpacked(dataset):
                yield _shown(dataset, np.asarray(pixels), low, high)
    except _ODD as error:
        raise Unreadable("The pixels of this DICOM file could not be unpacked.") from error


def _unpacked(dataset: Dataset) -> Iterator[npt.NDArray[np.generic]]:
    given = 0
    try:
        for pixels in iter_pixels(dataset):
            given += 1
            yield pixels
    except ValueError:
        # a wrong sign in JPEG 2000 is mended only in frames that are asked for one by one
        for number in range(given, max(1, int(dataset.get("NumberOfFrames") or 1))):
            yield pixel_array(dataset, index=number)


def _shown(dataset: Dataset, pixels: npt.NDArray[np.generic], low: float, high: float) -> Image:
    """As a viewer would show it: deep grey through the window of the file, palettes resolved."""
    kind = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    if kind == "PALETTE COLOR":
        colours = np.asarray(apply_color_lut(pixels, dataset))
        pixels = (colours >> 8).astype(np.uint8) if colours.dtype != np.uint8 else colours
    if pixels.ndim == 3:
        if pixels.dtype != np.uint8:
            bits = int(dataset.get("BitsStored", 16))
            pixels = (pixels.astype(np.float32) * (255.0 / ((1 << bits) - 1))).astype(np.uint8)
        return np.ascontiguousarray(pixels[:, :, :3], np.uint8)
    if pixels.dtype == np.uint8 and int(dataset.get("BitsStored", 8)) == 8:
        grey = np.asarray(pixels, np.uint8)
    else:
        values = pixels.astype(np.float32)
        grey = np.clip((values - low) / max(high - low, 1e-6) * 255, 0, 255).astype(np.uint8)
    if kind == "MONOCHROME1":
        grey = (255 - grey).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)
