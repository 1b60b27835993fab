"""The report of a scan for a person at a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.identifiers.findings import FileReport, Finding, Kind, Verdict

_COLOUR: Final = {Verdict.BLOCK: "31", Verdict.WARN: "33", Verdict.NOTHING_FOUND: "36"}
_HEADING: Final = {
    Verdict.BLOCK: "do not post this as it is",
    Verdict.WARN: "look at this before you post",
    Verdict.NOTHING_FOUND: "nothing found",
}
_REMINDER: Final = (
    "Nothing found means only that: a rare story, a face or a familiar picture can still tell "
    "who it is."
)
_CORNERS: Final = (
    "I cannot read everything, least of all handwriting, letters one below another and print along "
    "a curve: look at the four corners yourself."
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def show(report: FileReport, *, colour: bool) -> str:
    """One file's report as lines of text, ending with a line end."""
    heading = "could not be read" if report.unreadable else _HEADING[report.verdict]
    lines = [_paint(f"{_plain(report.file)}: {heading}", _COLOUR[report.verdict], colour)]
    lines += [line for finding in report.findings for line in _lines(finding, colour)]
    lines += [f"  not looked at: {_plain(what)}" for what in report.not_checked]
    if report.redacted is not None:
        lines.append(f"  redacted copy: {_plain(report.redacted)}")
    if report.preview is not None:
        lines.append(f"  what was covered, marked: {_plain(report.preview)}")
    return "\n".join(lines) + "\n"


def closing(reports: Sequence[FileReport]) -> str:
    """What stands below all reports: a count of many, and what nothing found means."""
    lines: list[str] = []
    if len(reports) > 1:
        found = sum(report.verdict is not Verdict.NOTHING_FOUND for report in reports)
        lines.append(f"{len(reports)} files, {found} with something to look at.")
    if any(report.verdict is Verdict.NOTHING_FOUND for report in reports):
        lines.append(_REMINDER)
    if any(report.pixels for report in reports):
        lines.append(_CORNERS)
    return "".join(f"{line}\n" for line in lines)


def _lines(finding: Finding, colour: bool) -> list[str]:
    if finding.kind is Kind.UNREADABLE:
        return []
    what = finding.kind.value.replace("_", " ")
    text = "" if finding.text is None else f" {_paint(_plain(finding.text), '1', colour)}"
    place = "" if finding.start is None else f" (characters {finding.start}-{finding.end})"
    place = place or ("" if finding.page is None else f" (page {finding.page})")
    lines = [f"  {what}:{text}{place}", f"      {finding.why}"]
    if finding.suggestion:
        lines.append(f"      write instead: {finding.suggestion}")
    return lines


def _plain(text: str) -> str:
    """Without control characters, which could repaint a terminal."""
    return _CONTROL.sub(" ", text)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
