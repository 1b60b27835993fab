"""Every form that cannot be read ends in a sentence that people understand, and makes no copy."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
import pydicom
import pypdfium2 as pdfium
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from bot.identifiers.findings import Verdict, verdict
from bot.identifiers.pictures import examine_pdf
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.pictures.material import MAX_PAGES
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.pdf import write_pdf
from bot.identifiers.scan import Scanner, exit_code
from tests.identifiers.pictures.drawing import dicom, saved, scene


def why(data: bytes) -> str:
    """The sentence with which a file is refused, told within the time of a person's patience."""
    begin = time.monotonic()
    with pytest.raises(Unreadable) as reason:
        examine(data, Wish(redact=True))
    assert time.monotonic() - begin < 30
    sentence = str(reason.value)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not {"Error", "Traceback", "None", "0x"} & set(sentence.split())
    return sentence


def sheet() -> np.ndarray:
    return np.asarray(scene((96, 64), named=False), np.uint8)


def locked() -> bytes:
    """A PDF behind a password nobody gave."""
    import hashlib

    body = write_pdf([(sheet(), (96, 64))])
    owner = hashlib.sha256(b"owner").hexdigest().upper().encode()
    lock = (
        b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + owner + b">/U<" + owner + b">>>"
    )
    return body.replace(b"trailer\n<<", b"trailer\n<</ID[<00><00>]" + lock).replace(
        b"trailer\r\n<<", b"trailer\r\n<</ID[<00><00>]" + lock
    )


def nested() -> bytes:
    """A PDF whose tree of pages is twenty thousand levels deep."""
    lines = [b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"]
    lines += [
        b"%d 0 obj<</Type/Pages/Count 1/Kids[%d 0 R]>>endobj\n" % (number, number + 1)
        for number in range(2, 20_000)
    ]
    return b"".join([*lines, b"trailer<</Root 1 0 R>>"])


def wide() -> bytes:
    """A PDF with a page as wide as a street."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 900000 10]>>endobj\ntrailer<</Root 1 0 R>>"
    )


def many(pages: int) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(20, 20).close()
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def test_pdf_files_that_cannot_be_read_say_why():
    whole = write_pdf([(sheet(), (96, 64))])
    assert "damaged, locked or not complete" in why(locked())
    assert "damaged, locked or not complete" in why(whole[:60])
    assert "damaged, locked or not complete" in why(nested())
    assert f"more than {MAX_PAGES} pages" in why(many(MAX_PAGES + 1))
    assert examine(many(3), Wish()).frames == 3


def test_a_pdf_page_without_a_sensible_size_is_refused():
    assert why(wide()) == "A page of the PDF has no sensible size."


def test_a_pdf_copy_in_which_something_is_left_is_not_handed_out(monkeypatch: pytest.MonkeyPatch):
    data = write_pdf([(np.asarray(scene(), np.uint8), (640, 480))])
    monkeypatch.setattr(examine_pdf, "painted", lambda image, boxes: image)  # the painter misses
    outcome = examine(data, Wish(redact=True, preview=True))
    assert outcome.copy is None
    assert outcome.preview is None
    assert outcome.refused == "Something could still be read in the copy, so it is not handed out."
    assert verdict(outcome.findings) is Verdict.BLOCK


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "AVIF", "HEIF", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.5])
def test_pictures_cut_short_end_in_a_sentence(form: str, share: float):
    if form == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    data = saved(scene((320, 240), named=False), form)
    cut = data[: max(16, int(len(data) * share))]
    assert why(cut).endswith(".")


def compressed(syntax: str) -> bytes:
    """A DICOM file that says it is packed in a way its content is not."""
    data = pydicom.dcmread(io.BytesIO(dicom(scene((96, 64)))))
    data.file_meta.TransferSyntaxUID = UID(syntax)
    data["PixelData"].VR = "OB"
    data.PixelData = encapsulate([b"\xff\xd8" + b"\x13" * 300])
    data["PixelData"].is_undefined_length = True
    target = io.BytesIO()
    data.save_as(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "syntax", [JPEGBaseline8Bit, JPEGLosslessSV1, JPEGLSLossless, JPEG2000Lossless, RLELossless]
)
def test_packed_dicom_that_cannot_be_unpacked_says_so(syntax: str):
    assert why(compressed(syntax)) in (
        "The pixels of this DICOM file could not be unpacked.",
        "The DICOM file is damaged or not complete.",
    )


def test_a_dicom_file_packed_in_an_unknown_way_says_so():
    known = compressed(JPEGBaseline8Bit)
    assert why(known.replace(b"1.2.840.10008.1.2.4.50", b"1.2.840.10008.1.2.4.48")).endswith(".")


def test_a_file_of_two_forms_is_read_as_the_one_it_begins_with():
    picture = saved(scene((320, 240), named=False), "PNG")
    both = picture + write_pdf([(sheet(), (96, 64))])
    outcome = examine(both, Wish(redact=True))
    assert any("Behind the picture" in note for note in outcome.not_checked)
    if outcome.copy is not None:
        assert b"%PDF" not in outcome.copy  # what was hidden behind it is gone
    script = b"GIF89a/*" + b"<script>alert(1)</script>*/" * 20
    assert why(script).endswith(".")


def test_a_clip_cut_short_ends_in_a_sentence():
    from bot.identifiers.pictures.film import write_video

    clip = write_video([sheet()] * 20, 10)
    assert why(clip[: len(clip) // 3]).endswith(".")


def test_the_command_tells_the_same_sentence_and_ends_with_two(tmp_path: Path):
    file = tmp_path / "case.pdf"
    file.write_bytes(locked())
    scanner = Scanner()
    try:
        report = scanner.scan(file)
    finally:
        scanner.close()
    assert report.verdict is Verdict.BLOCK
    assert any("damaged, locked" in what for what in report.not_checked)
    assert report.redacted is None
    assert exit_code([report]) == 2
