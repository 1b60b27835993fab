"""Reads PDF files page by page: text layer, pictures on the page, fields; writes them again flat.

A rewritten PDF holds one picture per page and nothing else: no text layer, links, forms,
attachments or fields.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.identifiers.findings import Finding, Where
from bot.identifiers.pictures.material import MAX_PAGES, Material
from bot.identifiers.pictures.metadata import judge_field, xmp_fields
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.rows import Box
from bot.identifiers.pictures.sniff import Form
from bot.identifiers.text.engine import find

SCALE: Final = 2.0
"""Pixels per point (144 dots an inch)."""
_WIDEST: Final = 3000
_LETTERS: Final = 30_000
_BROKEN: Final = "The PDF is damaged, locked or not complete: it could not be read."


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its picture, pixels per point, findings of its text layer with boxes in points,
    boxes of the text layer's lines in pixels, and whether it has anything but text."""

    number: int
    image: Image
    scale: float
    size: tuple[float, float]
    findings: tuple[Finding, ...]
    printed: tuple[Box, ...]
    pictured: bool


def read_pdf(data: bytes) -> tuple[Material, pdfium.PdfDocument]:
    """Opens a PDF. Raises Unreadable."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
        fields = document.get_metadata_dict(skip_empty=True)
        attached = document.count_attachments()
    except (pdfium.PdfiumError, ValueError, UnicodeDecodeError, RuntimeError) as error:
        raise Unreadable(_BROKEN) from error
    if count == 0:
        raise Unreadable(_BROKEN)
    if count > MAX_PAGES:
        raise Unreadable(f"The PDF has more than {MAX_PAGES} pages: too many to be looked through.")
    material = Material(Form.PDF, lambda: iter(()), count)
    for label, value in fields.items():
        if label not in ("Producer", "Creator"):
            material.findings.extend(judge_field(label, value))
    packet = re.search(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", data, re.DOTALL)
    if packet:
        known = {finding.text for finding in material.findings}
        material.findings.extend(hit for hit in xmp_fields(packet[0]) if hit.text not in known)
    if attached:
        material.not_checked.append(
            "Files attached to the PDF were not looked at; copies have none."
        )
    return material, document


def pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Every page, one at a time. Raises Unreadable."""
    for number in range(len(document)):
        try:
            page = document[number]
            page.flatten() if page.formenv else None
            wide, high = page.get_size()
            if not (1 <= wide <= 20_000 and 1 <= high <= 20_000):
                raise Unreadable("A page of the PDF has no sensible size.")
            scale = min(SCALE, _WIDEST / max(wide, high))
            image = np.array(
                page.render(scale=cast(int, scale), draw_annots=True).to_pil().convert("RGB"),
                np.uint8,
            )
            found, printed = _text(page, number + 1, scale)
            pictured = any(
                cast(Any, item).type != raw.FPDF_PAGEOBJ_TEXT
                for item in page.get_objects(max_depth=4)
            )
            pictured = pictured or raw.FPDFPage_GetAnnotCount(page) > 0
            yield Page(
                number + 1, image, scale, (wide, high), tuple(found), tuple(printed), pictured
            )
            page.close()
        except (pdfium.PdfiumError, ValueError, OSError, RuntimeError, RecursionError) as error:
            raise Unreadable(_BROKEN) from error


def _text(page: pdfium.PdfPage, number: int, scale: float) -> tuple[list[Finding], list[Box]]:
    layer: Any = page.get_textpage()
    count = min(layer.count_chars(), _LETTERS)
    text = "".join(
        chr(code)
        if 0 < (code := raw.FPDFText_GetUnicode(layer, index)) <= 0x10FFFF
        and not 0xD800 <= code < 0xE000
        else " "
        for index in range(count)
    )
    high = page.get_size()[1]

    def boxes(start: int, end: int) -> list[Box]:
        lines: list[Box] = []
        for index in range(start, end):
            if not text[index].strip():
                continue
            left, bottom, right, top = layer.get_charbox(index, loose=True)
            box = (left, high - top, right, high - bottom)
            last = lines[-1] if lines else None
            if last and min(last[3], box[3]) - max(last[1], box[1]) > 0.4 * (box[3] - box[1]):
                lines[-1] = (
                    min(last[0], box[0]),
                    min(last[1], box[1]),
                    max(last[2], box[2]),
                    max(last[3], box[3]),
                )
            else:
                lines.append(box)
        return lines

    findings: list[Finding] = []
    for hit in find(text):
        for box in boxes(hit.start or 0, hit.end or 0):
            findings.append(
                Finding(
                    hit.kind,
                    Where.TEXT,
                    hit.why,
                    hit.confidence,
                    hit.text,
                    page=number,
                    box=box,
                    suggestion=hit.suggestion,
                    doubtful=hit.doubtful,
                )
            )
    printed: list[Box] = []
    for found in re.finditer(r"[^\r\n]+", text):
        printed += [cast(Box, tuple(side * scale for side in box)) for box in boxes(*found.span())]  # type: ignore[misc]
    layer.close()
    return findings, printed


def write_pdf(sheets: Iterable[tuple[Image, tuple[float, float]]]) -> bytes:
    """A PDF of one picture per page, at the page sizes given in points."""
    document = pdfium.PdfDocument.new()
    for image, (wide, high) in sheets:
        page = document.new_page(wide, high)
        bitmap = pdfium.PdfBitmap.new_native(image.shape[1], image.shape[0], raw.FPDFBitmap_BGR)
        bitmap.to_numpy()[:] = image[:, :, ::-1]
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pdfium.PdfMatrix().scale(wide, high))
        page.insert_obj(picture)
        page.gen_content()
        bitmap.close()
        page.close()
    target = io.BytesIO()
    document.save(target)
    document.close()
    # pdfium writes when and by what the file was made
    return re.sub(
        rb"/(?:CreationDate|ModDate|Producer|Creator)\s*\([^)]*\)",
        lambda found: b" " * len(found[0]),
        target.getvalue(),
    )
