"""Looks through a PDF page by page and writes it again as pictures of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.identifiers.findings import Finding, Where
from bot.identifiers.pictures.examine import look_at, reader_or_none
from bot.identifiers.pictures.judging import Known
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Outcome, Wish
from bot.identifiers.pictures.painting import painted
from bot.identifiers.pictures.pdf import Page, pages, read_pdf, write_pdf
from bot.identifiers.pictures.plan import blocked, elsewhere, kept
from bot.identifiers.pictures.recognised import unlooked
from bot.identifiers.pictures.rows import Box, overlap
from bot.identifiers.pictures.showing import Panel, Tag, marked, shown, worth_showing
from bot.identifiers.text import without_model


def examine_pdf(data: bytes, wish: Wish, *, closely: bool = False) -> Outcome:
    """Findings with pages and boxes in points. `closely`: for faint print on every page. Raises
    Unreadable."""
    material, document = read_pdf(data)
    notes = [*material.not_checked, *without_model()]
    try:
        findings = list(material.findings)
        size: tuple[float, float] | None = None
        count = 0
        for page in pages(document):
            size, count = size or page.size, count + 1
            findings += page.findings
            findings += _pictures(page, notes, closely=closely)
        findings += unlooked(dict.fromkeys(notes))
        outcome = Outcome(tuple(findings), tuple(dict.fromkeys(notes)), size=size, frames=count)
        if not wish.redact:
            return outcome
        refused = blocked(findings)
        if refused:
            return replace(outcome, refused=refused)
        panels: dict[int, Panel] = {}

        def sheets(more: list[Finding]) -> Iterator[tuple[Image, tuple[float, float]]]:
            wanted = worth_showing([(one.page,) for one in findings if one.box and one.page]) or {1}
            panels.clear()
            for page in pages(document):
                boxes = _boxes(page, [*findings, *more], wish)
                if (wish.preview or wish.marked) and page.number in (wanted - {0} or {1}):
                    panels[page.number] = _panel(page, boxes, findings, wish.first)
                yield painted(page.image, boxes), page.size

        more: list[Finding] = []
        for _ in range(3):
            copy = write_pdf(sheets(more))
            found = examine_pdf(copy, Wish(), closely=True).findings
            left = [item for item in found if not kept(item, wish.keep)]
            if not left:
                seen = tuple(panels.values())
                return replace(
                    outcome,
                    findings=tuple(findings),
                    suffix=".pdf",
                    copy=copy,
                    preview=shown(seen) if seen and wish.preview else None,
                    marked=marked(seen[0]) if seen and wish.marked else None,
                )
            if any(item.box is None for item in left):
                break
            findings += elsewhere(found, findings)
            more += left
        why = "Something could still be read in the copy, so it is not handed out."
        return replace(outcome, refused=why)
    finally:
        document.close()


def _pictures(page: Page, notes: list[str], *, closely: bool) -> Iterator[Finding]:
    """Findings in what is drawn on a page and is not in its text layer."""
    if not page.pictured:
        return
    for found in look_at(page.image, Known(()), reader_or_none(), notes, closely=closely):
        box = found.box
        if box is None:
            continue
        printed = found.where is Where.PIXELS and any(
            overlap(box, line) > 0.5 for line in page.printed
        )
        if printed:
            continue
        points: Box = tuple(side / page.scale for side in box)  # pyright: ignore[reportAssignmentType]
        yield replace(found, page=page.number, box=points)


def _boxes(page: Page, findings: list[Finding], wish: Wish) -> list[Box]:
    boxes: list[Box] = []
    for finding in findings:
        if finding.page != page.number or finding.box is None or kept(finding, wish.keep):
            continue
        more = 1.5 if finding.where is Where.TEXT else 0.5
        boxes.append(_pixels(finding.box, page.scale, more))
    for mark in wish.hide:
        if mark.page in (None, page.number):
            boxes.append(_pixels(mark.box, page.scale, 0))
    return boxes


def _panel(page: Page, boxes: list[Box], findings: list[Finding], first: int) -> Panel:
    tags = [
        Tag(_pixels(finding.box, page.scale, 0), str(first + place))
        for place, finding in enumerate(findings)
        if finding.page == page.number and finding.box is not None
    ]
    return Panel(page.image, tuple(boxes), tuple(tags), f"page {page.number}")


def _pixels(box: Box, scale: float, more: float) -> Box:
    x0, y0, x1, y1 = box
    return (x0 - more) * scale, (y0 - more) * scale, (x1 + more) * scale, (y1 + more) * scale
