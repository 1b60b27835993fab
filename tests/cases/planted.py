"""The pictures that the walks hand over: each holds what a person could overlook."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from bot.identifiers.pictures.gif import write_gif
from tests.identifiers.pictures.drawing import NAME, dicom, saved, scene

PORTRAIT = Path(__file__).parents[1] / "identifiers" / "pictures" / "portrait.jpg"


def faint() -> bytes:
    """White on almost white, in a corner: 19 of 255 levels apart. At 11 it is not found."""
    picture = Image.new("RGB", (640, 480), (236, 236, 236))
    draw = ImageDraw.Draw(picture)
    draw.text((440, 440), "DOB: 14.03.1961", font=ImageFont.load_default(20), fill=(255, 255, 255))
    return saved(picture, "PNG")


def plain(shade: int = 118, size: tuple[int, int] = (120, 90)) -> Image.Image:
    """Nothing to read, so that looking at it is quick; shades tell one from another."""
    return Image.new("RGB", size, (shade, shade, shade))


def with_gps() -> bytes:
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (52.0, 31.0, 12.0), "E", (13.0, 24.0, 18.0)
    return saved(plain(96), "JPEG", exif=exif)


def wristband() -> bytes:
    picture = plain(118, (480, 360))
    code = zxingcpp.create_barcode("MRN48210937", zxingcpp.BarcodeFormat.QRCode)
    drawn = np.asarray(zxingcpp.write_barcode_to_image(code, scale=6))
    picture.paste(Image.fromarray(drawn).convert("RGB"), (240, 120))
    return saved(picture, "PNG")


def portrait() -> bytes:
    return PORTRAIT.read_bytes()


def third_frame() -> bytes:
    """An animated GIF whose third frame has the name."""
    frames: list[np.ndarray] = []
    for number in range(4):
        picture = scene(named=False)
        if number == 2:
            font = ImageFont.load_default(20)
            ImageDraw.Draw(picture).text((12, 12), NAME, font=font, fill=(255, 255, 255))
        frames.append(np.asarray(picture, np.uint8))
    return write_gif(frames, [200] * 4)


def ordinary() -> bytes:
    return saved(scene(named=False), "PNG")


def disguised() -> bytes:
    """A DICOM file that is called a picture."""
    return dicom(plain(140))


def files() -> dict[str, bytes]:
    """By the name under which each is handed over."""
    return {
        "faint.png": faint(),
        "MRN_48210937.png": saved(plain(), "PNG"),
        "holiday.jpg": with_gps(),
        "series.png": disguised(),
        "portrait.jpg": portrait(),
        "band.png": wristband(),
        "run.gif": third_frame(),
    }
