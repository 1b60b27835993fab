"""What findings are called in front of people, and the sentences that many screens share.

Never the value of what was found; never more certainty than there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.cases import Why
from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.order import COLUMNS, ROWS
from bot.ui.parts import Style, Text
from bot.ui.words import Code, Msg, Slash, Typed, _, ngettext
from cogs.cases.actions import WHYS
from cogs.cases.reasons import in_words

KINDS: Final[Mapping[Kind, Msg]] = {
    Kind.NAME: _("name"),
    Kind.DATE: _("date"),
    Kind.AGE: _("age"),
    Kind.MRN: _("record number"),
    Kind.ACCESSION: _("accession number"),
    Kind.ACCOUNT: _("account number"),
    Kind.OTHER_ID: _("number that may lead to a person"),
    Kind.HEALTH_ID: _("health insurance number"),
    Kind.NATIONAL_ID: _("national identity number"),
    Kind.SSN: _("social security number"),
    Kind.LICENCE: _("licence number"),
    Kind.DEVICE_ID: _("device number"),
    Kind.VEHICLE: _("vehicle number"),
    Kind.BIOMETRIC: _("biometric mark"),
    Kind.PHONE: _("telephone number"),
    Kind.FAX: _("fax number"),
    Kind.EMAIL: _("e-mail address"),
    Kind.URL: _("web address"),
    Kind.IP: _("network address"),
    Kind.ADDRESS: _("postal address"),
    Kind.ZIP: _("postcode"),
    Kind.CITY: _("town"),
    Kind.FACILITY: _("hospital or department"),
    Kind.GPS: _("place where it was taken"),
    Kind.FACE: _("face"),
    Kind.BARCODE: _("barcode"),
    Kind.METADATA: _("hidden information in the file"),
    Kind.UNREADABLE: _("part that could not be read"),
}

FOUR_CORNERS: Final = _("I cannot read everything: look at the four corners yourself.")
NOT_ALL: Final = _(
    "Nothing found means only that. A rare disease, a familiar device, a tattoo or the story itself"
    " can still tell who it is."
)
UPLOADED: Final = _(
    "A file that you hand to a chat command is on the platform's servers before I see it. To look"
    " first on your own machine: {scan} on the command line, or the local preview page, which keep"
    " everything at home.",
    scan=Code("python -m bot scan FILE"),
)


_SURE: Final = 85
"""Per cent; by the number that is shown, so that the same number always has the same words."""


def gone() -> Msg:
    """A draft that is not there any more."""
    return _(
        "This draft is gone: drafts are kept in memory, for an hour. {command} begins a new one.",
        command=Slash("case post"),
    )


def kind_name(kind: str) -> Msg:
    """A kind by the engine's word."""
    return KINDS[Kind(kind)]


def finding_line(number: int, finding: Finding, size: tuple[float, float] | None) -> Text:
    """One finding: number, kind, place, reason and how sure it is; not what it says."""
    return Text(
        _(
            "{number}. {kind}, {place}. {why} {sure}",
            number=number,
            kind=KINDS[finding.kind],
            place=place_of(finding, size),
            why=in_words(finding.why),
            sure=sureness(finding),
        )
    )


def asked_because(why: Why) -> Msg:
    """Why somebody asked for a second look."""
    label = next(one.label for one in WHYS if one.value == why.value)
    assert isinstance(label, Msg)  # noqa: S101
    return _("Why a second look was asked for: {why}", why=label)


def sureness(finding: Finding) -> Msg:
    """How sure, in words and in per cent."""
    percent = round(finding.confidence * 100)
    if finding.doubtful:
        return _("May be harmless; please look ({percent} %).", percent=percent)
    if percent >= _SURE:
        return _("Quite sure ({percent} %).", percent=percent)
    return _("Not sure ({percent} %).", percent=percent)


def place_of(finding: Finding, size: tuple[float, float] | None) -> Msg:
    """Where it stands, in words."""
    spot = _spot(finding, size)
    match finding.where:
        case Where.TEXT:
            return _("in the text of a page") if finding.page else _("in what you wrote")
        case Where.FILENAME:
            return _("in the name of the file")
        case Where.METADATA:
            return _("in the hidden part of the file")
        case Where.OVERLAY:
            return _("in an overlay of the DICOM file")
        case _ if finding.page is not None:
            return _("on page {page}, at {spot}", page=finding.page, spot=spot)
        case _ if isinstance(finding.frame, tuple) and finding.frame:
            return ngettext(
                "in {count} frame, first in number {first}, at {spot}",
                "in {count} frames, first in number {first}, at {spot}",
                len(finding.frame),
                first=finding.frame[0] + 1,
                spot=spot,
            )
        case _:
            return _("in the picture, at {spot}", spot=spot)


def _spot(finding: Finding, size: tuple[float, float] | None) -> Typed | Msg:
    if finding.box is None or size is None or min(size) <= 0:
        return _("an unknown place")
    first = _cell(finding.box[0], finding.box[1], size)
    last = _cell(finding.box[2] - 1, finding.box[3] - 1, size)
    return Typed(first if first == last else f"{first}-{last}")


def _cell(x: float, y: float, size: tuple[float, float]) -> str:
    column = min(max(int(x / size[0] * len(COLUMNS)), 0), len(COLUMNS) - 1)
    row = min(max(int(y / size[1] * ROWS), 0), ROWS - 1)
    return f"{COLUMNS[column]}{row + 1}"


def not_checked(notes: Iterable[str], *, looked: bool = True) -> tuple[Text, ...]:
    """What was not looked at, and what nobody can look at for them. `looked`: anything was."""
    said = tuple(
        Text(_("Not looked at: {what}", what=in_words(note)), Style.QUIET)
        for note in dict.fromkeys(notes)
    )
    return (*said, Text(FOUR_CORNERS), Text(NOT_ALL, Style.QUIET)) if looked else said
