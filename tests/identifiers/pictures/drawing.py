"""Invented pictures for the tests: drawn on the spot, nothing stored."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

NAME, NUMBER, BORN = "KOWALCZYK, MARTINA", "MRN: 48210937", "DOB: 14.03.1961"
HARMLESS = ("LAO 30 CRAN 10", "78 kVp 640 mA", "Run 7")


def scene(size: tuple[int, int] = (640, 480), *, named: bool = True) -> Image.Image:
    """A grey picture with a soft shape, harmless lines below, identifiers above if `named`."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    round_ = 150 - 70 * np.exp(-(((x - width / 2) / 120) ** 2 + ((y - height / 2) / 90) ** 2))
    noise = np.random.default_rng(3).normal(0, 3, (height, width))
    grey = np.clip(round_ + noise, 0, 255).astype(np.uint8)
    picture = Image.fromarray(grey).convert("RGB")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(20)
    for number, line in enumerate(HARMLESS):
        draw.text((12, height - 90 + 28 * number), line, font=font, fill=(255, 255, 255))
    if named:
        for number, line in enumerate((NAME, NUMBER, BORN)):
            draw.text((12, 12 + 28 * number), line, font=font, fill=(255, 255, 255))
    return picture


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def dicom(picture: Image.Image, *, frames: int = 1, name: str = "Kowalczyk^Martina") -> bytes:
    """A secondary capture, uncompressed grey."""
    import pydicom
    from pydicom.dataset import FileDataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid()
    data = FileDataset("x", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID = meta.MediaStorageSOPClassUID
    data.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    data.SpecificCharacterSet = "ISO_IR 192"
    data.PatientName, data.PatientID, data.Modality = name, "48210937", "OT"
    pixels = np.asarray(picture.convert("L"))
    data.Rows, data.Columns = pixels.shape
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation = 7, 0
    if frames > 1:
        data.NumberOfFrames = frames
    data.PixelData = pixels.tobytes() * frames
    target = io.BytesIO()
    pydicom.dcmwrite(target, data, enforce_file_format=True)
    return target.getvalue()
