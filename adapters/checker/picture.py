"""One picture on the page: the project's own judgement on what the browser saw; runs there too.

The browser decodes, reads and paints; it hands over lines with boxes, codes and faces, and gets
back findings and boxes. The rules are those of `bot.identifiers.pictures`, unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from adapters.checker.fields import dicom_fields, fields
from bot.identifiers.findings import FileReport, Finding, Kind, Where, unreadable, verdict
from bot.identifiers.pictures.judging import Known, judge
from bot.identifiers.pictures.lines import Line
from bot.identifiers.pictures.order import Mark, Wish
from bot.identifiers.pictures.plan import blocked, cover, kept
from bot.identifiers.pictures.recognised import (
    Code,
    code_findings,
    face_finding,
    print_findings,
    unlooked,
    widened,
)
from bot.identifiers.pictures.rows import Box, overlap, without_repeats
from bot.identifiers.pictures.sniff import Form, picture_end, sniff
from bot.identifiers.text import check_filename

FAINT: Final = 0.5
OPENED: Final = frozenset({Form.PNG, Form.JPEG, Form.WEBP, Form.BMP})
ELSEWHERE: Final = (
    "This page cannot open this kind of file. Use `case check` in the chat, or `python -m bot scan`"
    " on your own computer."
)
NOT_YET: Final = (
    "Codes that machines read.",
    "Faces.",
)
"""What this page does not look at, whatever the browser."""
BEHIND: Final = "Behind the picture the file holds more data that was not looked at."
NO_PIXELS: Final = (
    "This page looks at the elements of a DICOM file, not at its pictures. Use `case check` in the"
    " chat, or `python -m bot scan` on your own computer."
)
UNREAD: Final = "Print that I cannot read, perhaps in another script: it may be a name."


class Picture:
    """What is known of one file. Answers are JSON; `told` is what the browser saw:
    size, lines, unread, codes, faces, notes."""

    def __init__(self, name: str, data: Iterable[int]) -> None:
        self._name = name
        self._data = bytes(data)
        self._findings: tuple[Finding, ...] = ()
        self._fields: Sequence[Finding] = ()
        self._notes = NOT_YET
        self._known = Known(())
        self._size = (0, 0)
        self._lines: list[Line] = []

    def begin(self) -> str:
        """`form` for the decoder, or the `report` on a file that is not opened here."""
        data, self._data = self._data, b""
        form = sniff(data)
        if form is Form.DICOM:
            return self._dicom(data)
        if form is None or form not in OPENED:
            return self.broken(ELSEWHERE)
        try:
            self._fields, frames = fields(data, form)
        except ValueError as error:
            return self.broken(str(error))
        if frames > 1:
            return self.broken(ELSEWHERE)
        if len(data) - picture_end(data, form) > 64:
            self._notes = (*self._notes, BEHIND)
        self._known = Known((one.kind, one.text) for one in self._fields if one.text)
        return json.dumps({"form": form.value})

    def _dicom(self, data: bytes) -> str:
        """Its elements are looked at; its pixels are not, which counts as not read."""
        try:
            found = dicom_fields(data)
        except ValueError as error:
            return self.broken(str(error))
        self._fields = (*found, *unreadable(self._name, NO_PIXELS).findings)
        self._findings = self._fields
        return self._told((NO_PIXELS,))

    def broken(self, why: str) -> str:
        """The report on a file that could not be read."""
        self._findings = unreadable(self._name, why).findings
        self._findings = (*self._fields, *self._findings)
        return self._told((why,))

    def look(self, told: str) -> str:
        """The `report`; or `closer`, the places of the lines that are known, when the picture has
        to be looked at a second time before it is said that nothing was found."""
        seen = json.loads(told)
        self._size = (int(seen["size"][0]), int(seen["size"][1]))
        read = _lines(seen["lines"])
        self._lines = without_repeats([line for line in read if line.score >= FAINT])
        if judge(self._lines, self._known):
            return self._report(seen)
        places = [next(at for at, one in enumerate(read) if one is line) for line in self._lines]
        return json.dumps({"closer": places})

    def look_closer(self, told: str) -> str:
        """The report, with what the second look added to the lines."""
        seen = json.loads(told)
        more = [*self._lines, *_lines(seen["more"])]
        self._lines = without_repeats([line for line in more if line.score >= FAINT])
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
        something is left that no box covers."""
        copy = Picture(self._name, b"")
        copy._known = self._known
        said = json.loads(copy.look_closer(told) if closer else copy.look(told))
        if "closer" in said:
            return json.dumps(said)
        keep = _wish(json.loads(wish)).keep
        left = [one for one in copy._findings if not kept(one, keep)]
        boxes = [one.box for one in left if one.box is not None]
        return json.dumps({"boxes": boxes, "open": len(boxes) < len(left)})

    def _report(self, seen: Mapping[str, Any]) -> str:
        found = list(print_findings(judge(self._lines, self._known), self._size))
        found += _unread(seen["unread"], self._lines, self._size)
        codes = [_code(one) for one in seen["codes"]]
        whole = {
            id(code): _box(one["whole"]) for code, one in zip(codes, seen["codes"], strict=True)
        }
        found += code_findings(codes, lambda code: whole[id(code)])
        found += [face_finding(_box(one), float(one[4]), self._size) for one in seen["faces"]]
        notes = tuple(str(note) for note in seen["notes"])
        self._findings = (*self._fields, *found, *unlooked(notes))
        return self._told(tuple(dict.fromkeys((*self._notes, *notes))))

    def _told(self, notes: tuple[str, ...]) -> str:
        found = (*self._findings, *check_filename(self._name))
        report = FileReport(self._name, verdict(found), found, notes).to_json()
        report.pop("seconds", None)
        return json.dumps({"report": report}, ensure_ascii=False)


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
