from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event, vCalAddress

from bot.domain.calendar_file import CalendarEntry, session_calendar

ENTRY = CalendarEntry(
    uid="session-7@introducer",
    sequence=0,
    title="Office hour: prostate embolisation",
    starts=datetime(2027, 3, 11, 18, tzinfo=UTC),
    minutes=45,
    location="https://meet.example.org/ir",
    about="Bring one question.",
    organiser_name="Dr Ada Osei",
    cancelled=False,
    updated=datetime(2027, 2, 1, 9, 30, 15, tzinfo=UTC),
)


def read(data: bytes) -> tuple[Calendar, list[Event]]:
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return calendar, calendar.events


def shown(event: Event, key: str) -> str:
    return str(event[key])


def organiser(event: Event) -> vCalAddress:
    found = event["ORGANIZER"]
    assert isinstance(found, vCalAddress)
    return found


def only(entry: CalendarEntry) -> Event:
    _, (event,) = read(session_calendar([entry]))
    return event


def test_a_session_comes_back_as_it_went_in():
    calendar, (event,) = read(session_calendar([ENTRY]))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == ENTRY.title
    assert event["LOCATION"] == ENTRY.location
    assert event["DESCRIPTION"] == ENTRY.about
    assert organiser(event).params["CN"] == ENTRY.organiser_name
    assert event.start == ENTRY.starts
    assert event.end == ENTRY.starts + timedelta(minutes=45)
    assert event.DTSTAMP == event.LAST_MODIFIED == ENTRY.updated
    assert event.alarms.times == []


def test_times_are_written_in_utc():
    new_york = timezone(timedelta(hours=-5))
    data = session_calendar([replace(ENTRY, starts=datetime(2027, 3, 11, 18, tzinfo=new_york))])
    assert b"DTSTART:20270311T230000Z\r\n" in data
    assert b"DTEND:20270311T234500Z\r\n" in data
    assert b"VTIMEZONE" not in data


def test_a_move_updates_the_same_event():
    moved = replace(
        ENTRY,
        sequence=1,
        starts=ENTRY.starts + timedelta(days=1),
        updated=ENTRY.updated + timedelta(hours=1),
    )
    before, after = only(ENTRY), only(moved)
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before.DTSTAMP + timedelta(hours=1) == after.DTSTAMP


def test_a_called_off_session_cancels():
    calendar, (event,) = read(session_calendar([replace(ENTRY, sequence=2, cancelled=True)]))
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["UID"] == ENTRY.uid
    assert "ORGANIZER" in event


def test_one_called_off_among_several_is_marked_alone():
    other = replace(ENTRY, uid="session-8@introducer", cancelled=True)
    calendar, events = read(session_calendar([ENTRY, other]))
    assert calendar["METHOD"] == "PUBLISH"
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CANCELLED"]


def test_empty_texts_are_left_out():
    event = only(replace(ENTRY, location="", about=" \n", organiser_name=""))
    assert "LOCATION" not in event
    assert "DESCRIPTION" not in event
    assert "CN" not in organiser(event).params


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Osei, Ada; MD: IR", "Osei, Ada; MD: IR"),
        ('Ada "Ace" Osei', "Ada 'Ace' Osei"),
        ("Ada \\", "Ada"),
        ("\\", None),
        ("Ada ^n Osei", "Ada n Osei"),
        ("Đà Nẵng 王", "Đà Nẵng 王"),
    ],
)
def test_the_organisers_name_cannot_leave_its_parameter(typed: str, name: str | None):
    event = only(replace(ENTRY, organiser_name=typed))
    assert organiser(event) == "invalid:nomail"
    assert organiser(event).params.get("CN") == name


def test_commas_semicolons_backslashes_and_lines_survive():
    event = only(
        replace(
            ENTRY,
            title=r"TACE, TARE; or \both\n?",
            about="One.\r\nTwo, three;\n\nFour\\n",
        )
    )
    assert event["SUMMARY"] == r"TACE, TARE; or \both\n?"
    assert event["DESCRIPTION"] == "One.\nTwo, three;\n\nFour\\n"


BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00\r\n"]


@pytest.mark.parametrize("end", BREAKS)
def test_typed_text_cannot_add_properties(end: str):
    evil = f"x{end}ATTENDEE;CN=me:mailto:me@example.org{end}END:VEVENT{end}BEGIN:VALARM"
    quoted = f'x"{end}ATTENDEE:mailto:me@example.org{end}:'
    data = session_calendar(
        [replace(ENTRY, title=evil, location=evil, about=evil, organiser_name=quoted)]
    )
    _, (event,) = read(data)
    assert set(event) == {
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND"),
        *("STATUS", "TRANSP", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER"),
    }
    assert event.subcomponents == []
    assert event["ORGANIZER"] == "invalid:nomail"
    plain = unfolded(session_calendar([ENTRY]))
    assert [name(line) for line in unfolded(data)] == [name(line) for line in plain]


def name(line: str) -> str:
    return line.split(":")[0].split(";")[0]


def unfolded(data: bytes) -> list[str]:
    """Content lines, cut at everything that Python takes for a line end: the laxest reader."""
    return data.decode().replace("\r\n ", "").splitlines()


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_typed_the_file_has_the_same_properties(one: str, two: str, three: str):
    data = session_calendar([replace(ENTRY, title=one, about=two, organiser_name=three)])
    _, (event,) = read(data)
    assert event["ORGANIZER"] == "invalid:nomail"
    assert shown(event, "SUMMARY") == " ".join(shown(event, "SUMMARY").split())
    lines = data.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert sum(not line.startswith(" ") for line in lines[:-1]) == len(unfolded(data))
    assert session_calendar([replace(ENTRY, title=one, about=two, organiser_name=three)]) == data


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"sequence": -1},
        {"uid": ""},
        {"uid": "a\r\nATTENDEE:x"},
        {"uid": "é"},
        {"starts": datetime.fromisoformat("2027-03-11 18:00")},
        {"updated": datetime.fromisoformat("2027-03-11 18:00")},
    ],
)
def test_entries_that_no_calendar_could_hold_are_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match=r"entry|sequence|uid"):
        replace(ENTRY, **wrong)  # pyright: ignore[reportArgumentType]


def test_a_file_has_entries_and_each_uid_once():
    with pytest.raises(ValueError, match="at least one"):
        session_calendar([])
    with pytest.raises(ValueError, match="share"):
        session_calendar([ENTRY, replace(ENTRY, sequence=1)])
