"""Whole files through the engine: what is found, what is covered, what stays as it was."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.identifiers.findings import Kind, Verdict, Where, verdict
from bot.identifiers.pictures.barcodes import barcodes
from bot.identifiers.pictures.dicom import read_dicom
from bot.identifiers.pictures.examine import Outcome, Wish, examine
from bot.identifiers.pictures.faces import faces
from bot.identifiers.pictures.gif import write_gif
from bot.identifiers.pictures.order import Mark
from bot.identifiers.pictures.painting import painted
from bot.identifiers.pictures.sniff import Form, sniff
from bot.identifiers.pictures.stills import read_still
from tests.identifiers.pictures.drawing import dicom, saved, scene

SEARCHED = {Kind.NAME, Kind.MRN, Kind.DATE}


def pixels(data: bytes) -> list[np.ndarray]:
    picture = Image.open(io.BytesIO(data))
    frames = []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        frames.append(np.asarray(picture.convert("RGB"), np.int16))
    return frames


def kinds(outcome: Outcome, where: Where = Where.PIXELS) -> set[Kind]:
    return {finding.kind for finding in outcome.findings if finding.where is where}


def outside(outcome: Outcome, shape: tuple[int, ...]) -> np.ndarray:
    mask = np.ones(shape[:2], bool)
    for finding in outcome.findings:
        if finding.box:
            x0, y0, x1, y1 = (int(side) for side in finding.box)
            mask[y0 : y1 + 1, x0 : x1 + 1] = False
    return mask


@pytest.mark.parametrize(
    ("form", "suffix", "options"),
    [
        ("PNG", ".png", {}),
        ("BMP", ".bmp", {}),
        ("TIFF", ".tif", {}),
        ("WEBP", ".webp", {"lossless": True}),
    ],
)
def test_a_lossless_picture_stays_the_same_outside_the_boxes(form, suffix, options):
    data = saved(scene(), form, **options)
    outcome = examine(data, Wish(redact=True, preview=True))
    assert kinds(outcome) == SEARCHED
    assert outcome.suffix == suffix
    assert outcome.copy is not None
    before, after = pixels(data)[0], pixels(outcome.copy)[0]
    assert before.shape == after.shape
    mask = outside(outcome, before.shape)
    assert (before[mask] == after[mask]).all()
    assert not after[16:32, 20:200].any()
    assert outcome.preview is not None
    assert examine(outcome.copy, Wish()).findings == ()


def test_a_jpeg_keeps_40_decibel_outside_the_boxes():
    data = saved(scene(), "JPEG", quality=80)
    outcome = examine(data, Wish(redact=True))
    assert kinds(outcome) == SEARCHED
    assert outcome.copy is not None
    before, after = pixels(data)[0], pixels(outcome.copy)[0]
    apart = ((before - after)[outside(outcome, before.shape)] ** 2).mean()
    assert 10 * np.log10(255**2 / max(apart, 1e-9)) >= 40


def test_a_picture_without_identifiers_has_no_findings():
    for form in ("PNG", "JPEG"):
        outcome = examine(saved(scene(named=False), form), Wish())
        assert verdict(outcome.findings) is Verdict.NOTHING_FOUND


def test_the_name_of_a_file_is_not_believed(tmp_path: Path):
    outcome = examine(dicom(scene()), Wish(redact=True))
    assert kinds(outcome, Where.METADATA) >= {Kind.NAME, Kind.MRN}
    assert kinds(outcome) == SEARCHED
    assert outcome.suffix == ".png"
    assert b"owalczyk" not in (outcome.copy or b"")
    assert b"DICM" not in (outcome.copy or b"")


def test_a_dicom_file_may_begin_like_a_tiff_file():
    data = b"II*\0" + dicom(scene((96, 64), named=False))[4:]
    assert sniff(data) is Form.DICOM
    assert kinds(examine(data, Wish()), Where.METADATA) >= {Kind.NAME, Kind.MRN}


def test_values_of_tags_are_found_in_the_pixels_although_they_are_plain_words():
    from PIL import ImageDraw, ImageFont

    picture = scene(named=False)
    ImageDraw.Draw(picture).text(
        (300, 20), "Gross Portal", font=ImageFont.load_default(22), fill=(255, 255, 255)
    )
    outcome = examine(dicom(picture, name="Gross^Ann"), Wish())
    assert Kind.NAME in kinds(outcome)


def test_every_frame_of_a_clip_in_which_the_name_stands_is_covered():
    frames = [scene((320, 240), named=number in (2, 3)) for number in range(6)]
    data = write_gif([np.asarray(frame, np.uint8) for frame in frames], [80] * 6)
    outcome = examine(data, Wish(redact=True))
    found = [finding for finding in outcome.findings if finding.kind is Kind.MRN]
    assert [finding.frame for finding in found] == [(2, 3)]
    assert outcome.copy is not None
    after = pixels(outcome.copy)
    assert len(after) == len(pixels(data)) == 6
    assert not after[2][20:28, 20:100].any()
    assert after[0][20:28, 20:100].any()


def test_a_clip_is_written_again_with_all_frames_and_no_words():
    from bot.identifiers.pictures.film import write_video
    from bot.identifiers.pictures.video import read_video

    frame = np.asarray(scene((321, 241)), np.uint8)
    data = write_video([frame] * 12, 12.5)
    outcome = examine(data, Wish(redact=True))
    assert kinds(outcome) == SEARCHED
    assert outcome.copy is not None
    again = read_video(outcome.copy)
    assert again.count == 12
    assert next(again.frames()).shape == (241, 321, 3)
    assert b"Lavf" not in outcome.copy


def decibel(before: np.ndarray, after: np.ndarray, mask: np.ndarray) -> float:
    apart = ((before.astype(float) - after)[mask] ** 2).mean()
    return float(10 * np.log10(255**2 / max(apart, 1e-9)))


def test_a_clip_keeps_40_decibel_outside_the_boxes():
    from bot.identifiers.pictures.film import write_video
    from bot.identifiers.pictures.video import read_video

    data = write_video([np.asarray(scene((320, 240)), np.uint8)] * 4, 10)
    outcome = examine(data, Wish(redact=True))
    assert outcome.copy is not None
    mask = outside(outcome, (240, 320))
    for before, after in zip(
        read_video(data).frames(), read_video(outcome.copy).frames(), strict=True
    ):
        assert decibel(before, after, mask) >= 40
        assert after[20:28, 20:100].max() < 8


def test_a_short_grey_dicom_clip_stays_the_same_outside_the_boxes():
    picture = scene((320, 240))
    outcome = examine(dicom(picture, frames=3), Wish(redact=True))
    assert outcome.suffix == ".gif"
    assert all(finding.frame is None for finding in outcome.findings)
    assert outcome.copy is not None
    before = np.asarray(picture, np.int16)
    mask = outside(outcome, before.shape)
    frames = pixels(outcome.copy)
    assert len(frames) == 3
    assert all((after[mask] == before[mask]).all() for after in frames)


def test_a_gif_with_a_full_palette_keeps_its_colours():
    values = np.arange(1, 257, dtype=np.uint8).repeat(64).reshape(128, 128)
    colourful = np.stack([values, 255 - values, values // 2], axis=2)
    covered = painted(colourful, [(0, 0, 40, 10)])
    after = pixels(write_gif([covered], [50]))[0]
    assert not after[:10, :40].any()
    assert np.abs(after - covered).max() <= 2


def test_overlay_planes_are_read_and_left_out():
    import pydicom

    plane = np.zeros((480, 640), np.uint8)
    grey = np.asarray(scene(named=True).convert("L"))
    plane[:100] = grey[:100] > 250
    data = pydicom.dcmread(io.BytesIO(dicom(scene(named=False))))
    data.add_new(0x60000010, "US", 480)
    data.add_new(0x60000011, "US", 640)
    data.add_new(0x60000040, "CS", "G")
    data.add_new(0x60000050, "SS", [1, 1])
    data.add_new(0x60000100, "US", 1)
    data.add_new(0x60000102, "US", 0)
    data.add_new(0x60003000, "OW", np.packbits(plane.ravel(), bitorder="little").tobytes())
    target = io.BytesIO()
    data.save_as(target)
    outcome = examine(target.getvalue(), Wish())
    assert Kind.NAME in kinds(outcome, Where.OVERLAY)


def test_fields_beside_the_pixels_are_found_and_gone():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", "MRN 48210937")
    exif = Image.Exif()
    exif[0x013B] = "Martina Kowalczyk"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 1.0)
    data = saved(scene(named=False), "PNG", pnginfo=notes, exif=exif)
    outcome = examine(data, Wish(redact=True))
    assert kinds(outcome, Where.METADATA) == {Kind.NAME, Kind.MRN, Kind.GPS}
    assert outcome.copy is not None
    assert b"48210937" not in outcome.copy
    assert examine(outcome.copy, Wish()).findings == ()


def test_a_pdf_loses_its_text_layer_and_fields():
    import pypdfium2

    from bot.identifiers.pictures.pdf import write_pdf

    image = np.asarray(scene(), np.uint8)
    data = write_pdf([(image, (320.0, 240.0)), (image, (320.0, 240.0))])
    outcome = examine(data, Wish(redact=True))
    assert {finding.page for finding in outcome.findings} == {1, 2}
    assert {finding.kind for finding in outcome.findings} == SEARCHED
    assert outcome.copy is not None
    again = pypdfium2.PdfDocument(outcome.copy)
    assert len(again) == 2
    assert again[0].get_size() == (320.0, 240.0)
    assert again[0].get_textpage().get_text_range() == ""
    again.close()


def test_codes_and_manual_boxes_and_what_may_stay():
    import zxingcpp

    code = zxingcpp.create_barcode("48210937", zxingcpp.BarcodeFormat.QRCode)
    square = Image.fromarray(np.asarray(code.to_image(scale=5)))
    picture = scene(named=False)
    picture.paste(square, (420, 150))
    data = saved(picture, "PNG")
    wish = Wish(redact=True, hide=(Mark((0, 200, 50, 250)),))
    outcome = examine(data, wish)
    assert Kind.BARCODE in kinds(outcome, Where.BARCODE)
    assert outcome.copy is not None
    after = pixels(outcome.copy)[0]
    assert not after[200:250, 0:50].any()
    assert zxingcpp.read_barcodes(after.astype(np.uint8)) == []
    stays = examine(data, Wish(redact=True, keep=(Mark((400, 130, 620, 400)),)))
    assert stays.copy is not None
    assert zxingcpp.read_barcodes(pixels(stays.copy)[0].astype(np.uint8))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.sirweb.org/", set()),
        ("https://viewer.example.org/p?id=48210937", {Kind.BARCODE}),
        ("WARD 7 BED 3", {Kind.BARCODE}),
        ("KOWALCZYK^MARTINA|48210937", {Kind.BARCODE, Kind.NAME}),
    ],
)
def test_a_code_is_found_unless_it_is_a_public_link(text, found):
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    square = np.pad(np.asarray(code.to_image(scale=4)), 24, constant_values=255)
    image = np.repeat(square[:, :, None], 3, axis=2)
    assert {finding.kind for finding in barcodes(image)} >= found
    assert bool(found) is bool(list(barcodes(image)))


def test_a_face_is_found_where_it_is():
    picture = scene((640, 480), named=False)
    with Image.open(Path(__file__).with_name("portrait.jpg")) as portrait:
        picture.paste(portrait, (300, 100))
    (found,) = faces(np.asarray(picture, np.uint8))
    assert found.kind is Kind.FACE
    assert found.box is not None
    x0, y0, x1, y1 = found.box
    assert (300 < x0 < 365, y0 < 145, 395 < x1 < 460, y1 > 200) == (True,) * 4
    assert list(faces(np.asarray(scene(named=False), np.uint8))) == []


def test_pictures_of_telephones_are_read():
    import pillow_heif

    pillow_heif.register_heif_opener()
    for form in ("HEIF", "AVIF"):
        material = read_still(saved(scene((96, 64)), form), Form.HEIF)
        assert next(material.frames()).shape == (64, 96, 3)


@pytest.mark.parametrize(
    ("form", "codec"), [("webm", "libvpx"), ("mov", "mpeg4"), ("avi", "mjpeg")]
)
def test_clips_of_other_forms_are_read(form: str, codec: str):
    import av

    from bot.identifiers.pictures.video import read_video

    target = io.BytesIO()
    with av.open(target, "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=10)
        stream.width, stream.height = 96, 64
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        frame = np.asarray(scene((96, 64), named=False), np.uint8)
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))
    data = target.getvalue()
    assert sniff(data) is Form.VIDEO
    material = read_video(data)
    assert material.count == 3
    assert [image.shape for image in material.frames()] == [(64, 96, 3)] * 3


@pytest.mark.parametrize("syntax", ["RLELossless", "JPEG2000Lossless"])
def test_compressed_dicom_is_read(syntax):
    import pydicom
    import pydicom.uid

    data = pydicom.dcmread(io.BytesIO(dicom(scene())))
    data.compress(getattr(pydicom.uid, syntax))
    target = io.BytesIO()
    data.save_as(target)
    material = read_dicom(target.getvalue())
    assert next(material.frames()).shape == (480, 640, 3)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "CT_small",
            "MR_small",
            "MR_small_RLE",
            "MR_small_bigendian",
            "MR_small_jpeg_ls_lossless",
        ),
        *("J2K_pixelrep_mismatch", "JPEG2000", "SC_rgb_jpeg_dcmtk", "examples_palette"),
        *("examples_ybr_color", "examples_overlay"),
    ],
)
def test_files_of_real_machines_are_read(name: str):
    import pydicom

    folder = Path(pydicom.__file__).parent / "data" / "test_files"
    data = (folder / f"{name}.dcm").read_bytes()
    material = read_dicom(data)
    images = list(material.frames())
    assert len(images) == material.count
    assert all(image.dtype == np.uint8 and image.shape[2] == 3 for image in images)
    assert images[0].max() > images[0].min()
