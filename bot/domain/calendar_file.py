"""Sessions as an .ics file that any calendar program reads and, later, updates.

The same uid with a higher sequence replaces what is in the calendar, so a moved session moves and
a called-off one goes (RFC 5545 and, for METHOD, RFC 5546). Carries no alarms: reminders come from
the bot. Knows nothing about sessions beyond the entries it is given.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import STATUS, TRANSP, Calendar, Event, vCalAddress

_PRODUCT = "-//Introducer//Office hours//EN"
# METHOD:PUBLISH and CANCEL demand an ORGANIZER, and it has to be an address; a host's real one is
# nobody's business. Apple and Microsoft calendars write this same address for "none".
_NO_ADDRESS = "invalid:nomail"
_IN_A_NAME = str.maketrans({'"': "'", "\\": "", "^": ""})
_NEVER_PRINTED = {"Cc", "Cs"}  # control characters and halves of surrogate pairs


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One session as a calendar sees it.

    `uid` stays the same for the life of the session, `sequence` (0 and up) grows with each change
    that people should see. `starts` and `updated` are aware. `title`, `location`, `about` and
    `organiser_name` are plain text that people typed; empty means none. Raises ValueError for
    naive times, a duration under a minute, a negative sequence or an unprintable uid.
    """

    uid: str
    sequence: int
    title: str
    starts: datetime
    minutes: int
    location: str
    about: str
    organiser_name: str
    cancelled: bool
    updated: datetime

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.updated.tzinfo is None:
            raise ValueError("a calendar entry has aware times")
        if self.minutes < 1:
            raise ValueError("a calendar entry lasts at least a minute")
        if self.sequence < 0:
            raise ValueError("a sequence counts from 0")
        if not self.uid or not self.uid.isascii() or not self.uid.isprintable():
            raise ValueError("a uid is printable ASCII")


def empty_calendar() -> bytes:
    """A calendar that somebody subscribed to, on a day when nothing is in it."""
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "END:VCALENDAR", "")
    return "\r\n".join(lines).encode()


def session_calendar(entries: Sequence[CalendarEntry]) -> bytes:
    """The .ics file with these sessions, UTF-8, times in UTC.

    METHOD is CANCEL when every entry is called off, else PUBLISH. Equal entries give equal bytes.
    Raises ValueError without entries (RFC 5545 wants at least one) or when two share a uid.
    """
    if not entries:
        raise ValueError("a calendar file has at least one entry")
    if len({entry.uid for entry in entries}) < len(entries):
        raise ValueError("two entries share a uid")
    calendar = Calendar()  # Calendar.new would invent a uid, and the bytes would differ each time
    calendar.prodid = _PRODUCT
    calendar.version = "2.0"
    calendar.calscale = "GREGORIAN"
    calendar.method = "CANCEL" if all(entry.cancelled for entry in entries) else "PUBLISH"
    calendar.subcomponents.extend(_event(entry) for entry in entries)
    return calendar.to_ical()


def _event(entry: CalendarEntry) -> Event:
    starts = entry.starts.astimezone(UTC).replace(microsecond=0)
    updated = entry.updated.astimezone(UTC).replace(microsecond=0)
    organiser = vCalAddress(_NO_ADDRESS)
    # A parameter has no escapes of its own: some programs take a backslash for one, and not all
    # know how quotation marks are written there.
    if name := _one_line(entry.organiser_name.translate(_IN_A_NAME)).strip():
        organiser.params["CN"] = name
    return Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        stamp=updated,
        last_modified=updated,
        start=starts,
        end=starts + timedelta(minutes=entry.minutes),
        status=STATUS.CANCELLED if entry.cancelled else STATUS.CONFIRMED,
        # A program that keeps a called-off session on show should at least not block the time.
        transparency=TRANSP.TRANSPARENT if entry.cancelled else TRANSP.OPAQUE,
        summary=_one_line(entry.title),
        location=_one_line(entry.location) or None,
        description=_plain(entry.about).strip() or None,
        organizer=organiser,
    )


def _plain(text: str) -> str:
    r"""`text` with every kind of line break as \n and without other control characters.

    The library escapes what the format gives a meaning, but takes \N for a line break. Control
    characters are not allowed in the format at all, and a program that takes one for a line end
    would see a new property there.
    """
    lines = text.replace("\t", " ").replace(r"\N", "\n").splitlines()
    return "\n".join(
        "".join(char for char in line if unicodedata.category(char) not in _NEVER_PRINTED)
        for line in lines
    )


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())
