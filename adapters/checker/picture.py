"""One picture on the page: the project's own judgement on what the browser saw; runs there too.

The browser decodes, reads and paints; it hands over lines with boxes, codes and faces, and gets
back findings and boxes. The rules are those of `bot.identifiers.pictures`, unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.checker.drawing import NO_PIXELS, Drawing, drawing
from adapters.checker.fields import beside_a_clip, fields, filmed
from bot.identifiers.findings import FileReport, Finding, Kind, Where, unreadable, verdict
from bot.identifiers.pictures.judging import Judged, Known, judge
from bot.identifiers.pictures.lines import Line
from bot.identifiers.pictures.order import Mark, Wish
from bot.identifiers.pictures.plan import blocked, cover, elsewhere, kept
from bot.identifiers.pictures.recognised import (
    Code,
    code_findings,
    face_finding,
    overlay_finding,
    print_findings,
    unlooked,
    widened,
)
from bot.identifiers.pictures.rows import Box, around, close, overlap, without_repeats
from bot.identifiers.pictures.sniff import Form, picture_end, sniff
from bot.identifiers.text import check_filename

FAINT: Final = 0.5
OPENED: Final = frozenset(
    {Form.PNG, Form.JPEG, Form.WEBP, Form.BMP, Form.GIF, Form.TIFF, Form.HEIF}
)
"""What browsers open, some of them only some: the rest is told."""
ELSEWHERE: Final = (
    "This page cannot open this kind of file. Use `case check` in the chat, or `python -m bot scan`"
    " on your own computer."
)
BEHIND: Final = "Behind the picture the file holds more data that was not looked at."
BESIDE: Final = "Other pictures inside the file (small or deep ones): the copy leaves them out."
BUSY: Final = "The print in this clip changes too often: not every frame was read."
UNREAD: Final = "Print that I cannot read, perhaps in another script: it may be a name."


@dataclass(slots=True)
class _Group:
    """Frames with the same print: what was seen in the one of them that was looked at."""

    seen: Mapping[str, Any]
    lines: list[Line]

    def kept(self) -> list[Line]:
        """Each line once."""
        return without_repeats([line for line in self.lines if line.score >= FAINT])


class Picture:
    """What is known of one file. Answers are JSON; `told` is what the browser saw: size, notes,
    `groups` of frames (lines, unread, codes, faces of each), lines in overlay `planes`, and whether
    there were too many groups (`busy`)."""

    def __init__(self, name: str, data: Iterable[int]) -> None:
        self._name = name
        self._data = bytes(data)
        self._findings: tuple[Finding, ...] = ()
        self._fields: Sequence[Finding] = ()
        self._notes: tuple[str, ...] = ()
        self._said: tuple[str, ...] = ()
        self._known = Known(())
        self._size = (0, 0)
        self._groups: list[_Group] = []
        self._copy: Picture | None = None
        self.frames: list[bytes] = []
        """Values of the pictures of a DICOM file, then the bits of its overlay planes."""

    def begin(self) -> str:
        """`form` and `count` of frames for the decoder, or the `report` on a file that is not
        opened here. Of a DICOM file also how to draw it."""
        data, self._data = self._data, b""
        form = sniff(data)
        if form is Form.DICOM:
            return self._dicom(data)
        if form is Form.VIDEO:
            self._fields = filmed(data)
            return json.dumps({"form": form.value, "count": 0})
        if form is None or form not in OPENED:
            return self.broken(ELSEWHERE)
        try:
            self._fields, frames = fields(data, form)
        except ValueError as error:
            return self.broken(str(error))
        if frames > 1 and form in (Form.TIFF, Form.HEIF):
            return self.broken(ELSEWHERE)
        if len(data) - picture_end(data, form) > 64:
            self._notes = (*self._notes, BEHIND)
        if form is Form.HEIF:
            self._notes = (*self._notes, BESIDE)
        self._known = Known((one.kind, one.text) for one in self._fields if one.text)
        kind = "avif" if form is Form.HEIF and data[8:12] == b"avif" else form.value
        return json.dumps({"form": kind, "count": frames})

    def _dicom(self, data: bytes) -> str:
        try:
            made = drawing(data)
        except ValueError as error:
            return self.broken(str(error))
        self._fields, self._notes = made.findings, tuple(made.notes)
        self._known = Known((one.kind, one.text) for one in self._fields if one.text)
        if made.shut:
            return self.broken(NO_PIXELS)
        if made.told is None:
            self._findings = (*self._fields, *self._planes({"lines": ()} for _ in made.planes))
            return self._told(self._notes)
        return self._drawn(made)

    def _drawn(self, made: Drawing) -> str:
        assert made.told is not None  # noqa: S101
        self.frames = [*made.frames, *(bits for *_, bits in made.planes)]
        planes = [[wide, high] for wide, high, _ in made.planes]
        drawn = {**made.told, "planes": planes}
        return json.dumps({"form": "dicom", "count": made.told["count"], "drawn": drawn})

    def broken(self, why: str) -> str:
        """The report on a file that could not be read."""
        self._findings = (*self._fields, *unreadable(self._name, why).findings)
        return self._told((*self._notes, why))

    def look(self, told: str, *, closely: bool = False) -> str:
        """The `report`; or `closer`, groups and the places of the lines that are known, which have
        to be looked at a second time before it is said that nothing was found. `closely`: all of
        them, because something faint may stand beside what was covered."""
        seen = json.loads(told)
        self._size = (int(seen["size"][0]), int(seen["size"][1]))
        self._fields = (*self._fields, *beside_a_clip(seen.get("fields", ())))
        self._groups = [_Group(one, _lines(one["lines"])) for one in seen["groups"]]
        closer: list[dict[str, Any]] = []
        for number, group in enumerate(self._groups):
            read, known = group.lines, group.kept()
            if closely or not judge(known, self._known):
                places = [next(at for at, one in enumerate(read) if one is line) for line in known]
                closer.append({"group": number, "places": places})
            group.lines = known
        return json.dumps({"closer": closer}) if closer else self._report(seen)

    def look_closer(self, told: str) -> str:
        """The report, with the lines as the second look has them: `more`, a list a group."""
        seen = json.loads(told)
        for number, lines in seen["more"]:
            self._groups[number].lines = _lines(lines)
        return self._report(seen)

    def plan(self, wish: str) -> str:
        """The boxes that are painted: x0, y0, x1, y1. `wish` has `hide` and `keep`, lists of boxes;
        `again` are findings of a look at the copy that is no copy yet."""
        wanted = json.loads(wish)
        boxes: list[list[Box]] = [[]]
        cover(boxes, self._findings, _wish(wanted))
        cover(boxes, (_boxed(box) for box in wanted.get("again", ())), Wish())
        return json.dumps({"boxes": boxes[0], "refused": blocked(self._findings)})

    def left(self, told: str, closer: bool, wish: str) -> str:
        """What can still be read in the copy: `closer` as in `look`, or `boxes` and `open`, whether
        something is left that no box covers. `report` is there if it stands in new places."""
        copy = self._copy if closer and self._copy else Picture(self._name, b"")
        copy._known, self._copy = self._known, copy
        said = json.loads(copy.look_closer(told) if closer else copy.look(told, closely=True))
        if "closer" in said:
            return json.dumps(said)
        keep = _wish(json.loads(wish)).keep
        left = [one for one in copy._findings if not kept(one, keep)]
        boxes = [one.box for one in left if one.box is not None]
        answer: dict[str, Any] = {"boxes": boxes, "open": len(boxes) < len(left)}
        # what is faint shows itself once what is stark is covered
        if more := elsewhere(copy._findings, self._findings):
            self._findings = (*self._findings, *more)
            answer.update(json.loads(self._told(self._said)))
        return json.dumps(answer, ensure_ascii=False)

    def _report(self, seen: Mapping[str, Any]) -> str:
        found: list[Finding] = []
        for group in self._groups:
            for one in self._of(group):
                if seen["count"] == 1 or not _again(found, one):
                    found.append(one)
        if seen["busy"]:
            found.append(Finding(Kind.UNREADABLE, Where.PIXELS, BUSY, 1.0))
        found += self._planes(seen["planes"])
        notes = tuple(str(note) for note in seen["notes"])
        self._findings = (*self._fields, *found, *unlooked(notes))
        return self._told(tuple(dict.fromkeys((*self._notes, *notes))))

    def _of(self, group: _Group) -> Iterable[Finding]:
        lines, seen = group.kept(), group.seen
        yield from print_findings(judge(lines, self._known), self._size)
        yield from _unread(seen["unread"], lines, self._size)
        codes = [_code(one) for one in seen["codes"]]
        places = [_box(one["whole"]) for one in seen["codes"]]
        whole = {id(code): place for code, place in zip(codes, places, strict=True)}
        yield from code_findings(codes, lambda code: whole[id(code)])
        for one in seen["faces"]:
            x, y, wide, high, sure = (float(value) for value in one)
            yield face_finding((x, y, wide, high), sure, self._size)

    def _planes(self, planes: Iterable[Mapping[str, Any]]) -> Iterable[Finding]:
        """What stands in overlay planes, or that there are some."""
        for plane in planes:
            judged: Sequence[Judged] = judge(
                without_repeats([one for one in _lines(plane["lines"]) if one.score >= FAINT]),
                self._known,
            )
            for one in judged:
                yield overlay_finding(one.text, one.kind, one.confidence, one.doubtful)
            if not judged:
                yield overlay_finding(None, Kind.METADATA, 0.5, True)

    def _told(self, notes: tuple[str, ...]) -> str:
        self._said = notes
        found = (*self._findings, *check_filename(self._name))
        report = FileReport(self._name, verdict(found), found, notes).to_json()
        report.pop("seconds", None)
        return json.dumps({"report": report}, ensure_ascii=False)


def _again(found: list[Finding], one: Finding) -> bool:
    """Whether it was found in a frame before: the same kind at the same place."""
    for place, held in enumerate(found):
        if held.kind is one.kind and held.box and one.box and close(held.box, one.box):
            better = held if held.confidence >= one.confidence else one
            found[place] = replace(better, box=around(held.box, one.box))
            return True
    return False


def _lines(told: Sequence[Mapping[str, Any]]) -> list[Line]:
    return [Line(one["text"], one["score"], one["quad"], tuple(one["places"])) for one in told]


def _unread(quads: Sequence[Any], lines: Sequence[Line], size: tuple[int, int]) -> list[Finding]:
    """Boxes as long as a word, in which the detector sees print and the reader no letter."""
    found: list[Finding] = []
    for quad in quads:
        line = Line("", 0.0, quad)
        box = line.box
        wide, high = box[2] - box[0], box[3] - box[1]
        read = any(overlap(box, other.box) > 0.3 for other in lines)
        if not read and max(wide, high) > 2.2 * min(wide, high) and min(wide, high) > 8:
            place = widened(box, size)
            found.append(Finding(Kind.NAME, Where.PIXELS, UNREAD, 0.4, box=place, doubtful=True))
    return found


def _code(told: Mapping[str, Any]) -> Code:
    x0, y0, x1, y1 = (int(side) for side in told["box"])
    return Code(str(told["text"]), str(told["form"]), bool(told["valid"]), (x0, y0, x1, y1))


def _box(told: Sequence[float]) -> Box:
    return (float(told[0]), float(told[1]), float(told[2]), float(told[3]))


def _boxed(told: Sequence[float]) -> Finding:
    return Finding(Kind.NAME, Where.PIXELS, UNREAD, box=_box(told))


def _wish(told: Mapping[str, Any]) -> Wish:
    hide = tuple(Mark(_box(one)) for one in told["hide"])
    return Wish(hide=hide, keep=tuple(Mark(_box(one)) for one in told["keep"]))
