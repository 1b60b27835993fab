"""Looks through one file: the whole way from bytes to findings, and to a redacted copy.

This is what runs in a worker process. It reads and answers bytes, and touches no disk.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.barcodes import barcodes
from bot.identifiers.pictures.cine import MOST_GROUPS, grouped
from bot.identifiers.pictures.faces import NoFaceFinder, faces
from bot.identifiers.pictures.judging import Known, judge
from bot.identifiers.pictures.looking import look, look_closer
from bot.identifiers.pictures.material import Material
from bot.identifiers.pictures.ocr import Image, ModelsMissing, TextReader, text_reader
from bot.identifiers.pictures.order import MAX_BYTES, Outcome, Unreadable, Wish
from bot.identifiers.pictures.painting import written
from bot.identifiers.pictures.plan import blocked, cover, elsewhere, kept
from bot.identifiers.pictures.recognised import (
    NO_FACES,
    UNREAD_TEXT,
    overlay_finding,
    print_findings,
    unlooked,
)
from bot.identifiers.pictures.rows import Box, around, close
from bot.identifiers.pictures.showing import Panel, Tag, marked, shown, worth_showing
from bot.identifiers.pictures.sniff import Form, sniff

_UNKNOWN_FORM = "This kind of file cannot be read here."
_BUSY = "The print in this clip changes too often: not every frame was read."


@dataclass(slots=True)
class _Seen:
    findings: list[Finding]
    not_checked: list[str]
    size: tuple[float, float] | None = None


def examine(data: bytes, wish: Wish) -> Outcome:
    """Findings in a file, and the redacted copy if one is wanted. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("The file is too large to be looked through.")
    if not data:
        raise Unreadable("The file is empty.")
    form = sniff(data)
    if form is None:
        raise Unreadable(_UNKNOWN_FORM)
    if form is Form.PDF:
        from bot.identifiers.pictures.examine_pdf import examine_pdf

        return examine_pdf(data, wish)
    material = _open(data, form)
    seen = _look_through(material)
    if material.form is Form.DICOM:
        _overlays(data, seen, material)
    findings = (*material.findings, *seen.findings)
    notes = (*material.not_checked, *seen.not_checked)
    outcome = Outcome(findings, notes, size=seen.size, frames=max(material.count, 1))
    return _redact(material, outcome, wish) if wish.redact else outcome


def _open(data: bytes, form: Form) -> Material:
    if form is Form.DICOM:
        from bot.identifiers.pictures.dicom import read_dicom

        return read_dicom(data)
    if form is Form.VIDEO:
        from bot.identifiers.pictures.video import read_video

        return read_video(data)
    from bot.identifiers.pictures.stills import read_still

    return read_still(data, form)


def reader_or_none() -> TextReader | None:
    """The text reader, or None where its models are not installed."""
    try:
        return text_reader()
    except ModelsMissing:
        return None


def look_at(
    image: Image,
    known: Known,
    reader: TextReader | None,
    notes: list[str],
    *,
    closely: bool = False,
) -> list[Finding]:
    """Findings in one picture: printed text, codes, faces. Boxes are in its pixels. `closely`: for
    faint print also where something stood out at once."""
    found: list[Finding] = []
    if reader is None:
        notes.append(UNREAD_TEXT)
    else:
        lines, windows = look(reader, image)
        judged = judge(lines, known)
        if closely or not judged:
            judged = judge(look_closer(reader, image, lines, windows), known)
        height, width = image.shape[:2]
        found += print_findings(judged, (width, height))
    found += barcodes(image)
    try:
        found += faces(image)
    except NoFaceFinder:
        notes.append(NO_FACES)
    return found


def _look_through(material: Material, *, closely: bool = False) -> _Seen:
    seen = _Seen([], [])
    if material.count == 0:
        return seen
    known = Known(material.known)
    reader = reader_or_none()
    groups = grouped(material)
    height, width = groups[0].image.shape[:2]
    seen.size = (float(width), float(height))
    per_group: list[list[Finding]] = []
    for group in groups:
        found: list[Finding] = []
        if group.read:
            found = look_at(group.image, known, reader, seen.not_checked, closely=closely)
        per_group.append(found)
    unread = sum(len(group.frames) for group in groups if not group.read)
    if unread:
        seen.findings.append(Finding(Kind.UNREADABLE, Where.PIXELS, _BUSY, 1.0))
        seen.not_checked.append(
            f"{unread} frames beyond {MOST_GROUPS} different prints were not read."
        )
    seen.not_checked = list(dict.fromkeys(seen.not_checked))
    seen.findings += unlooked(seen.not_checked)
    if material.count == 1:
        seen.findings += per_group[0]
        return seen
    merged: list[tuple[Finding, set[int]]] = []
    for group, found in zip(groups, per_group, strict=True):
        for finding in found:
            assert finding.box is not None  # noqa: S101
            frames = set(group.frames)
            for other in groups:
                if (
                    other is not group
                    and other.read
                    and _same_ink(group.image, other.image, finding.box)
                ):
                    frames |= set(other.frames)
            for place, (held, held_frames) in enumerate(merged):
                if held.kind is finding.kind and held.box and close(held.box, finding.box):
                    box = around(held.box, finding.box)
                    better = held if held.confidence >= finding.confidence else finding
                    merged[place] = (replace(better, box=box), held_frames | frames)
                    break
            else:
                merged.append((finding, frames))
    for finding, frames in merged:
        every = len(frames) == material.count
        seen.findings.append(finding if every else replace(finding, frame=tuple(sorted(frames))))
    return seen


def _same_ink(one: Image, two: Image, box: Box) -> bool:
    if one.shape != two.shape:
        return False
    x0, y0, x1, y1 = (int(side) for side in box)
    first = one[y0:y1, x0:x1].mean(axis=2).ravel()
    second = two[y0:y1, x0:x1].mean(axis=2).ravel()
    first, second = first - first.mean(), second - second.mean()
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return size > 1 and float(first @ second) / size > 0.6


def _overlays(data: bytes, seen: _Seen, material: Material) -> None:
    from bot.identifiers.pictures.dicom import overlay_planes

    reader = reader_or_none()
    for _, image in overlay_planes(data):
        judged = judge(look(reader, image)[0], Known(material.known)) if reader else []
        for item in judged:
            seen.findings.append(
                overlay_finding(item.text, item.kind, item.confidence, item.doubtful)
            )
        if not judged:
            seen.findings.append(overlay_finding(None, Kind.METADATA, 0.5, True))


def _redact(material: Material, outcome: Outcome, wish: Wish) -> Outcome:
    if material.count == 0:
        return replace(outcome, refused="There is no picture in the file that could be handed out.")
    boxes_of = [[] for _ in range(material.count)] if material.count else []
    cover(boxes_of, outcome.findings, wish)
    refused = blocked(outcome.findings)
    for _ in range(3):
        if refused:
            return replace(outcome, refused=refused)
        suffix, copy = written(material, boxes_of)
        found = _left(copy, material)
        # what is faint shows itself once what is stark is covered
        more = elsewhere(found, outcome.findings)
        outcome = replace(outcome, findings=(*outcome.findings, *more))
        left = [finding for finding in found if not kept(finding, wish.keep)]
        if not left:
            panels = _panels(material, outcome.findings, boxes_of, wish)
            return replace(
                outcome,
                suffix=suffix,
                copy=copy,
                preview=shown(panels) if wish.preview else None,
                marked=marked(panels[0]) if wish.marked else None,
            )
        if any(finding.box is None for finding in left):
            break
        cover(boxes_of, left, Wish())
    return replace(
        outcome, refused="Something could still be read in the copy, so it is not handed out."
    )


def _panels(
    material: Material, findings: Sequence[Finding], boxes_of: list[list[Box]], wish: Wish
) -> list[Panel]:
    """The frames in which there is something to see, with numbered boxes."""
    if not wish.preview and not wish.marked:
        return []
    boxed = [finding for finding in findings if finding.box is not None]
    wanted = worth_showing([_frames(finding.frame) for finding in boxed])
    panels: list[Panel] = []
    for number, image in enumerate(material.frames()):
        if number in wanted:
            tags = [
                Tag(finding.box, str(wish.first + place))
                for place, finding in enumerate(findings)
                if finding.box is not None
                and (finding.frame is None or number in _frames(finding.frame))
            ]
            title = f"frame {number + 1}" if material.count > 1 else ""
            panels.append(Panel(image, tuple(boxes_of[number]), tuple(tags), title))
        if number >= max(wanted):
            break
    return panels


def _frames(frame: int | tuple[int, ...] | None) -> tuple[int, ...]:
    return (0,) if frame is None else (frame,) if isinstance(frame, int) else frame


def _left(copy: bytes, material: Material) -> list[Finding]:
    """What can still be found in the copy, read again from its bytes."""
    form = sniff(copy)
    if form is None:
        raise Unreadable(_UNKNOWN_FORM)
    again = _open(copy, form)
    if again.count != material.count:
        return [Finding(Kind.UNREADABLE, Where.PIXELS, "The copy lost frames.")]
    again.known = material.known
    return [*again.findings, *_look_through(again, closely=True).findings]
