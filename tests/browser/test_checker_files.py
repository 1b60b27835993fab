"""What else the checker page opens (DICOM pictures, files of several frames, codes, faces), that it
is what `scan` finds, and that what this browser cannot open is told."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRBigEndian, JPEG2000Lossless, JPEGBaseline8Bit, RLELossless

from adapters.checker.build import SITE
from adapters.checker.drawing import drawing
from bot.identifiers.pictures.dicom import read_dicom
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.scan import scan_file
from tests.browser.checker_page import BLOCKED, choose, downloaded, reported
from tests.browser.conftest import Checker, shot
from tests.identifiers.pictures.drawing import dicom, saved, scene

PORTRAIT = Path(__file__).parents[1] / "identifiers" / "pictures" / "portrait.jpg"


def stored_dicom(kind: str) -> bytes:
    """The scene in one of the ways in which DICOM files store pictures."""
    data = pydicom.dcmread(io.BytesIO(dicom(scene((320, 240)))))
    grey = np.asarray(scene((320, 240)).convert("L"))
    colours = np.stack([grey, 255 - grey, grey // 2], axis=2)
    deep = grey.astype(np.uint16) * 8
    if kind in ("deep", "turned", "big", "signed"):
        data.BitsAllocated, data.BitsStored, data.HighBit = 16, 12, 11
        data.WindowCenter, data.WindowWidth = 1000, 1500
        if kind == "signed":
            data.PixelRepresentation, data.RescaleIntercept = 1, -24
        # What other programs keep in the bits that are not in use is no part of the picture.
        data.PixelData = (
            (deep | 0x4000 * (kind == "turned")).astype(">u2" if kind == "big" else "<u2").tobytes()
        )
    if kind == "turned":
        data.PhotometricInterpretation = "MONOCHROME1"
    if kind == "window":  # bytes are shown as they are, whatever the window
        data.WindowCenter, data.WindowWidth = 40, 20
    if kind in ("colours", "planes", "brightness"):
        data.SamplesPerPixel, data.PhotometricInterpretation = 3, "RGB"
        if kind == "brightness":
            data.PhotometricInterpretation = "YBR_FULL"
        data.PlanarConfiguration = int(kind == "planes")
        data.PixelData = (colours.transpose(2, 0, 1) if kind == "planes" else colours).tobytes()
    if kind == "palette":
        data.PhotometricInterpretation = "PALETTE COLOR"
        for at, name in enumerate(("Red", "Green", "Blue")):
            table = np.roll(np.arange(256, dtype=np.uint16) * 256, 40 * at)
            data.add_new((0x0028, 0x1101 + at), "US", [256, 0, 16])
            setattr(data, f"{name}PaletteColorLookupTableData", table.tobytes())
    if kind == "big":
        data.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    if kind in ("runs", "waves"):
        data.compress(RLELossless if kind == "runs" else JPEG2000Lossless)
    if kind == "jpeg":
        data.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
        data.PixelData = encapsulate([saved(Image.fromarray(grey), "JPEG", quality=95)])
        data["PixelData"].VR = "OB"
    target = io.BytesIO()
    pydicom.dcmwrite(
        target, data, implicit_vr=False, little_endian=kind != "big", force_encoding=True
    )
    return target.getvalue()


KINDS = (
    *("plain", "deep", "turned", "signed", "big", "runs", "window"),
    *("colours", "planes", "brightness", "palette"),
)


def test_dicom_pictures_are_drawn_as_the_program_draws_them(tmp_path: Path) -> None:
    """Bit for bit, for each way in which they are stored; by the page's own code, without it."""
    files = [stored_dicom(kind) for kind in KINDS]
    given = [drawing(file) for file in files]
    told = [[one.told, base64.b64encode(one.frames[0]).decode()] for one in given]
    (tmp_path / "told.json").write_text(json.dumps(told), encoding="utf-8")
    words = [shutil.which("node") or "node", str(Path(__file__).with_name("drawing.mjs"))]
    words += [str(SITE), str(tmp_path / "told.json")]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    for kind, file, theirs in zip(KINDS, files, json.loads(said), strict=True):
        wanted = np.asarray(next(iter(read_dicom(file).frames())), np.uint8)
        shown = np.frombuffer(base64.b64decode(theirs), np.uint8).reshape(wanted.shape)
        assert np.abs(shown.astype(int) - wanted).max() <= int(kind == "brightness"), kind
        assert wanted.std() > 5, kind


@pytest.mark.parametrize("kind", ["deep", "jpeg"])
def test_a_dicom_picture_is_judged_as_scan_does(
    checker: Checker, tmp_path: Path, kind: str
) -> None:
    _, page, frame = checker
    file = tmp_path / "a.dcm"
    file.write_bytes(stored_dicom(kind))
    assert choose(frame, file.name, file.read_bytes()) == BLOCKED
    theirs, ours = reported(page), scan_file(file).to_json()
    assert _found(theirs) == _found(ours)
    assert theirs["not_checked"] == []
    name, copy = downloaded(page, frame)
    assert name.endswith(".png")
    shown = np.asarray(Image.open(io.BytesIO(copy)).convert("RGB"), np.int16)
    wanted = np.asarray(next(iter(read_dicom(file.read_bytes()).frames())), np.int16)
    left_open = ~(shown == 0).all(axis=2)
    assert left_open.mean() > 0.7
    assert np.abs(shown - wanted)[left_open].max() <= (2 if kind == "jpeg" else 0)
    assert examine(copy, Wish()).findings == ()


def test_a_dicom_file_packed_as_no_browser_unpacks_it_is_told_and_not_passed_over(
    checker: Checker,
) -> None:
    _, page, frame = checker
    assert choose(frame, "a.dcm", stored_dicom("waves")) == BLOCKED
    expect(frame.locator("#picture-unchecked li")).to_have_count(1)
    expect(frame.locator("#picture-unchecked")).to_contain_text("cannot open")
    expect(frame.locator("#canvas-part")).to_be_hidden()
    kinds = {one["kind"] for one in reported(page)["findings"]}
    assert kinds > {"unreadable", "name"}  # its elements are looked at all the same


@pytest.mark.parametrize("form", ["GIF", "WEBP", "dcm"])
def test_every_frame_is_looked_at_and_covered(checker: Checker, tmp_path: Path, form: str) -> None:
    _, page, frame = checker
    bare, named = scene((320, 240), named=False), scene((320, 240))
    pictures = [bare.copy(), bare.copy(), named, bare.copy()]
    for at, picture in enumerate(pictures):  # equal ones are made one by who writes a GIF
        picture.paste((40 * at, 0, 0), (150 + 10 * at, 120, 158 + 10 * at, 128))
    if form == "dcm":
        data = pydicom.dcmread(io.BytesIO(dicom(bare, frames=4)))
        data.PixelData = b"".join(np.asarray(one.convert("L")).tobytes() for one in pictures)
        target = io.BytesIO()
        data.save_as(target)
        content = target.getvalue()
    else:
        frames = [one.convert("L") if form == "GIF" else one for one in pictures]
        lossless = {"lossless": True} if form == "WEBP" else {}
        content = saved(
            frames[0], form, save_all=True, append_images=frames[1:], duration=[80, 90, 70, 60],
            **lossless,
        )  # fmt: skip
    file = tmp_path / f"a.{form.lower()}"
    file.write_bytes(content)
    assert choose(frame, file.name, content) == BLOCKED
    assert _found(reported(page)) == _found(scan_file(file).to_json())
    expect(frame.locator(".box")).to_have_count(3)
    expect(frame.locator("#frame-said")).to_have_text("1 of 4")
    frame.locator("#frame").fill("3")
    expect(frame.locator("#frame-said")).to_have_text("3 of 4")
    shot(page, f"checker-frames-{form.lower()}")
    if form == "WEBP":
        return  # from here on it is the same for all of them
    name, copy = downloaded(page, frame)
    assert name.endswith(".gif")
    again = examine(copy, Wish(redact=True))
    assert again.findings == ()
    assert again.frames == 4
    assert b"Introducer" in copy
    assert b"Introducer" not in (again.copy or b"Introducer")


def test_codes_and_faces_are_what_scan_finds(checker: Checker, tmp_path: Path) -> None:
    _, page, frame = checker
    picture = scene((640, 480), named=False)
    square = zxingcpp.create_barcode("MRN 48210937", zxingcpp.BarcodeFormat.QRCode)
    bars = zxingcpp.create_barcode("48210937", zxingcpp.BarcodeFormat.Code128)
    for code, place in ((square, (20, 40)), (bars, (30, 220))):
        drawn = np.asarray(zxingcpp.write_barcode_to_image(code, scale=3))
        picture.paste(Image.fromarray(drawn).convert("RGB"), place)
    with Image.open(PORTRAIT) as portrait:
        picture.paste(portrait, (400, 150))
    file = tmp_path / "a.png"
    file.write_bytes(saved(picture, "PNG"))
    assert choose(frame, file.name, file.read_bytes()) == BLOCKED
    theirs, ours = reported(page), scan_file(file).to_json()
    assert _found(theirs) == _found(ours)
    assert {"barcode", "face", "mrn"} <= {one["kind"] for one in theirs["findings"]}
    for one, two in zip(_boxes(theirs), _boxes(ours), strict=True):
        assert np.abs(np.array(one) - np.array(two)).max() <= 6
    shot(page, "checker-codes")
    _, copy = downloaded(page, frame)
    assert examine(copy, Wish()).findings == ()


def test_what_only_some_browsers_open_is_looked_at_or_told(checker: Checker) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    _, page, frame = checker
    assert choose(frame, "a.avif", saved(scene(), "AVIF", exif=_exif())) == BLOCKED
    found = {(one["where"], one["kind"]) for one in reported(page)["findings"]}
    assert found >= {("pixels", "name"), ("pixels", "mrn"), ("metadata", "name")}
    expect(frame.locator("#picture-unchecked")).to_contain_text("Other pictures inside")
    for form in ("HEIF", "TIFF"):
        assert choose(frame, "a.bin", saved(scene(), form, exif=_exif())) == BLOCKED
        expect(frame.locator("#picture-unchecked")).to_contain_text("This browser cannot open")
        assert ("metadata", "name") in {
            (one["where"], one["kind"]) for one in reported(page)["findings"]
        }
        expect(frame.locator("#canvas-part")).to_be_hidden()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = "Otieno, MRN 70157993"
    exif[0x013B] = "Martina Kowalczyk"
    return exif


def _found(report: dict) -> list[tuple[str, str, str]]:
    """Blanks between words come and go with a pixel."""
    return sorted(
        (one["where"], one["kind"], one.get("text", "").replace(" ", ""))
        for one in report["findings"]
    )


def _boxes(report: dict) -> list[list[float]]:
    return sorted(one["box"] for one in report["findings"] if "box" in one)
