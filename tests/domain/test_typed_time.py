import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.moment import Moment
from bot.domain.typed_time import TimeProblem, TimeTrouble, parse_day, parse_moment
from bot.domain.wall_clock import wall_at

NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2027, 3, 9, 15, tzinfo=UTC)  # 10:00 in New York, 15:00 in London


def parse(
    text: str, *, now: datetime = TUESDAY, zone: ZoneInfo = NEW_YORK, language: str = "en"
) -> Moment | TimeProblem:
    return parse_moment(text, now=now, zone=zone, language=language)


def told(text: str, **asked: object) -> str:
    """What was understood, in UTC."""
    answer = parse(text, **asked)  # pyright: ignore[reportArgumentType]
    assert isinstance(answer, Moment), answer
    return f"{answer.at:%Y-%m-%d %H:%M}"


def problem(text: str, **asked: object) -> TimeProblem:
    answer = parse(text, **asked)  # pyright: ignore[reportArgumentType]
    assert isinstance(answer, TimeProblem), answer
    return answer


def readings(found: TimeProblem) -> list[str]:
    return [f"{one.at:%Y-%m-%d %H:%M}" for one in found.readings]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Thu 6pm", "2027-03-11 23:00"),
        ("thursday 18:00", "2027-03-11 23:00"),
        ("Thurs 6 p.m.", "2027-03-11 23:00"),
        ("Thursday, 6PM", "2027-03-11 23:00"),
        ("on Thursday at 6pm", "2027-03-11 23:00"),
        ("Thursday – 18:00", "2027-03-11 23:00"),
        ("18:00 thursday", "2027-03-11 23:00"),
        ("6pm on Thursday", "2027-03-11 23:00"),
        ("Thu 1800h", "2027-03-11 23:00"),
        ("Thu 18.30", "2027-03-11 23:30"),
        ("Thu 6.30pm", "2027-03-11 23:30"),
        ("Thu 11th 18:00", "2027-03-11 23:00"),
        ("the 11th 18:00", "2027-03-11 23:00"),
        ("2027-03-11 18:00", "2027-03-11 23:00"),
        ("2027/03/11 18:00", "2027-03-11 23:00"),
        ("11 March 2027 6 pm", "2027-03-11 23:00"),
        ("Thu, March 11th 2027 6 pm", "2027-03-11 23:00"),
        ("11.03.2027 18:00", "2027-03-11 23:00"),
        ("13/03 18:00", "2027-03-13 23:00"),
        ("04/04 18:00", "2027-04-04 22:00"),
        ("Thu 03/11/2027 18:00", "2027-03-11 23:00"),
        ("March 11, 6:30pm", "2027-03-11 23:30"),
        ("Mar 11 18:00", "2027-03-11 23:00"),
        ("next Friday 17:00", "2027-03-12 22:00"),
        ("this friday 17:00", "2027-03-12 22:00"),
        ("tomorrow 18:00", "2027-03-10 23:00"),
        ("day after tomorrow 18:00", "2027-03-11 23:00"),
        ("today 9pm", "2027-03-10 02:00"),
        ("tonight 8:30", "2027-03-10 01:30"),
        ("tomorrow evening 7:30", "2027-03-11 00:30"),
        ("tomorrow morning 9:00", "2027-03-10 14:00"),
        ("tomorrow noon", "2027-03-10 17:00"),
        ("18:00", "2027-03-09 23:00"),
        ("at 18:00", "2027-03-09 23:00"),
        ("9:00", "2027-03-10 14:00"),
        ("18h30", "2027-03-09 23:30"),
        ("12am", "2027-03-10 05:00"),
        ("12pm", "2027-03-09 17:00"),
        ("noon", "2027-03-09 17:00"),
        ("in 2 hours", "2027-03-09 17:00"),
        ("in 2h", "2027-03-09 17:00"),
        ("in an hour", "2027-03-09 16:00"),
        ("in 90 minutes", "2027-03-09 16:30"),
        ("2 hours from now", "2027-03-09 17:00"),
        ("in 2 days 18:00", "2027-03-11 23:00"),
        ("in 2 weeks 18:00", "2027-03-23 22:00"),
        ("Feb 29 18:00", "2028-02-29 23:00"),
        ("１８：００", "2027-03-09 23:00"),
        ("6\u202fPM", "2027-03-09 23:00"),
    ],
)
def test_what_people_type_in_new_york(text: str, at: str):
    assert told(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("tomorrow 18:00 London", "2027-03-10 18:00"),
        ("tomorrow 18:00 in london", "2027-03-10 18:00"),
        ("Thu 18:00 (London)", "2027-03-11 18:00"),
        ("Thu 18:00 London, UK", "2027-03-11 18:00"),
        ("18:00 London tomorrow", "2027-03-10 18:00"),
        ("Thu 6pm New York time", "2027-03-11 23:00"),
        ("March 11, 6:30pm ET", "2027-03-11 23:30"),
        ("6pm ET on Thursday", "2027-03-11 23:00"),
        ("Thu 6pm PT", "2027-03-12 02:00"),
        ("Thu 6pm PST", "2027-03-12 02:00"),
        ("Thu 6pm Europe/Paris", "2027-03-11 17:00"),
        ("Thu 6pm Salt Lake City", "2027-03-12 01:00"),
        ("Thu 6pm palo alto", "2027-03-12 02:00"),
        ("Thu 6pm Paris, Texas", "2027-03-12 00:00"),
        ("Thu 18:00 UTC", "2027-03-11 18:00"),
        ("Thu 18:00 GMT", "2027-03-11 18:00"),
        ("Thu 18:00 UTC+2", "2027-03-11 16:00"),
        ("Thu 18:00 GMT-5", "2027-03-11 23:00"),
        ("Thu 18:00 +05:30", "2027-03-11 12:30"),
        ("2027-03-11T18:00+01:00", "2027-03-11 17:00"),
        ("2027-03-11T18:00:00.000Z", "2027-03-11 18:00"),
        ("2027-03-11T09:00-10:00", "2027-03-11 19:00"),
        ("Thu 18:00 my time", "2027-03-11 23:00"),
        ("Thu 18:00 Boston, United States (America/New_York)", "2027-03-11 23:00"),
        ("in 2 hours London", "2027-03-09 17:00"),
    ],
)
def test_a_zone_place_or_offset_counts_instead(text: str, at: str):
    assert told(text) == at


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("de", "am Donnerstag um 18 Uhr", "2027-03-11 23:00"),
        ("de", "Do 18:00 Uhr", "2027-03-11 23:00"),
        ("de", "nächsten Donnerstag 18.30 Uhr", "2027-03-11 23:30"),
        ("de", "11. März 2027 18 Uhr", "2027-03-11 23:00"),
        ("de", "Do 11. 18 Uhr", "2027-03-11 23:00"),
        ("de", "11.3. 18 Uhr", "2027-03-11 23:00"),
        ("de", "morgen 18:00", "2027-03-10 23:00"),
        ("de", "18:00 am Donnerstag", "2027-03-11 23:00"),
        ("de", "in 2 Stunden", "2027-03-09 17:00"),
        ("fr", "jeudi 18h", "2027-03-11 23:00"),
        ("fr", "jeudi prochain à 18h30", "2027-03-11 23:30"),
        ("fr", "le 11 mars 2027 à 18 h", "2027-03-11 23:00"),
        ("fr", "demain 18h Paris", "2027-03-10 17:00"),
        ("fr", "mar 18h", "2027-03-09 23:00"),
        ("fr", "dans 2 heures", "2027-03-09 17:00"),
        ("es", "el jueves a las 18:00", "2027-03-11 23:00"),
        ("es", "próximo jueves 18:00", "2027-03-11 23:00"),
        ("es", "11 de marzo de 2027 18:00", "2027-03-11 23:00"),
        ("es", "mañana 18:00", "2027-03-10 23:00"),
        ("es", "do 18:00", "2027-03-14 22:00"),
        ("es", "en 2 horas", "2027-03-09 17:00"),
        ("it", "domani alle 18:00", "2027-03-10 23:00"),
        ("pt-BR", "amanhã às 18:00", "2027-03-10 23:00"),
        ("nl", "morgen om 18:00", "2027-03-10 23:00"),
        ("en", "jeudi 18h", "2027-03-11 23:00"),
        ("sv", "Thu 18:00", "2027-03-11 23:00"),
    ],
)
def test_other_languages(language: str, text: str, at: str):
    assert told(text, language=language) == at


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "soonish", "banana", "18:00 banana", "banana 18:00", "99:99", "25:00"),
        *("18:60", "24:00", "0 pm", "Feb 30 18:00", "2027-02-29 18:00", "31.02.2027 18:00"),
        *("18:00 18:00", "Thu 6pm 7pm", "10:00-11:00", "Thu 10:00 - 11:00", "6-7pm"),
        *("2027-03-11 10:00-11:00", "12-14 june 18:00", "Thu or Fri 18:00", "every thursday 18:00"),
        *("about 18:00", "before 18:00", "not thursday 18:00", "Thu 18:00 or so", "Thu Fri 18:00"),
        *(
            "2027",
            "1700000000",
            "Thu 1800",
            "11.10",
            "18,30",
            "1:5",
            "2h",
            "2 hours",
        ),
        *("next week 18:00", "march 18:00", "18:00 in March", "32nd 18:00", "Q2 2027 18:00"),
        *("tonight 1:00", "tomorrow morning 21:00"),
        *("after thursday 18:00", "tomorrow 11th 18:00", "tonight tomorrow 9pm", "0 today 18:00"),
        *("thursday hours 18:00", "99 hours tomorrow", "2 March hours 18:00", "in 99 morgen"),
        *("Thu 18:00 most", "Thu 18:00 never", "Thu 18:00 EST/EDT", "Thu 18:00+01:00 London"),
        *("18:00 UTC+15", "18:00+01:07", "on: thursday 18:00", "MMXXVII 18:00", "18:00 \0"),
        *("in 99999999999999999999 hours", "in 9999999999 days 18:00", "x" * 5000, "18:00" * 50),
    ],
)
def test_nonsense_is_never_guessed_at(text: str):
    assert problem(text) == TimeProblem(TimeTrouble.NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    ("text", "kind", "instead"),
    [
        ("midnight", TimeTrouble.MIDNIGHT, ("00:00",)),
        ("tomorrow midnight", TimeTrouble.MIDNIGHT, ("tomorrow 00:00",)),
        ("tonight at midnight", TimeTrouble.MIDNIGHT, ("tomorrow at 00:00",)),
        ("Minuit", TimeTrouble.MIDNIGHT, ("00:00",)),
        ("6", TimeTrouble.BARE_HOUR, ("6am", "6pm")),
        ("Thu 6", TimeTrouble.BARE_HOUR, ("Thu 6am", "Thu 6pm")),
        ("6 London", TimeTrouble.BARE_HOUR, ("6am London", "6pm London")),
        ("tomorrow 16", TimeTrouble.BARE_HOUR, ("tomorrow 16:00",)),
    ],
)
def test_what_is_not_quite_a_time_comes_with_what_to_type(
    text: str, kind: TimeTrouble, instead: tuple[str, ...]
):
    assert problem(text) == TimeProblem(kind, instead=instead)
    for one in instead:
        assert isinstance(parse(one), Moment)


def test_the_digits_of_other_scripts():
    assert told("\u0662\u0660\u0662\u0667-\u0660\u0663-\u0661\u0661 \u0661\u0668:\u0660\u0660") == (
        "2027-03-11 23:00"
    )
    assert told("Thu \u06f1\u06f8:\u06f0\u06f0") == "2027-03-11 23:00"


@pytest.mark.parametrize("text", ["today 9am", "yesterday 18:00", "2020-01-01 18:00", "now"])
def test_the_past(text: str):
    assert problem(text).kind is TimeTrouble.PAST


def test_the_past_says_what_was_understood():
    assert readings(problem("today 9am")) == ["2027-03-09 14:00"]
    assert readings(problem("2 hours ago")) == ["2027-03-09 13:00"]
    assert problem("0001-01-01 00:00") == TimeProblem(TimeTrouble.PAST, days=(date(1, 1, 1),))


def test_this_very_moment_is_past():
    assert problem("2027-03-09 10:00").kind is TimeTrouble.PAST
    assert told("2027-03-09 10:01") == "2027-03-09 15:01"


def test_more_than_two_years_ahead_is_too_far():
    assert told("2029-03-09 18:00") == "2029-03-09 23:00"
    assert problem("2029-03-12 18:00").kind is TimeTrouble.TOO_FAR
    assert problem("9999-12-31 23:59").kind is TimeTrouble.TOO_FAR


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thu", date(2027, 3, 11)),
        ("tomorrow", date(2027, 3, 10)),
        ("today", date(2027, 3, 9)),
        ("11 March 2027", date(2027, 3, 11)),
        ("2027-03-11", date(2027, 3, 11)),
        ("in 2 days", date(2027, 3, 11)),
        ("Thursday evening", date(2027, 3, 11)),
    ],
)
def test_a_day_alone_lacks_its_time(text: str, day: date):
    assert problem(text) == TimeProblem(TimeTrouble.TIME_MISSING, days=(day,))


def test_day_and_month_that_could_be_swapped():
    found = problem("03/04 18:00")
    assert found.kind is TimeTrouble.AMBIGUOUS_DATE
    assert readings(found) == ["2027-04-03 22:00", "2028-03-04 23:00"]
    assert problem("03/04/2028 18:00", language="de").kind is TimeTrouble.AMBIGUOUS_DATE
    assert problem("05-04-2027 18:00").kind is TimeTrouble.AMBIGUOUS_DATE
    assert problem("03/04").days == (date(2027, 4, 3), date(2028, 3, 4))
    # One of the two is over, so only the other can be meant.
    assert told("03/04/2027 18:00") == "2027-04-03 22:00"


def test_a_word_that_two_other_languages_understand_differently():
    found = problem("Do 18:00")  # Donnerstag or domingo
    assert found.kind is TimeTrouble.AMBIGUOUS_DATE
    assert readings(found) == ["2027-03-11 23:00", "2027-03-14 22:00"]


def test_a_weekday_that_is_not_that_of_the_date():
    wrong = TimeProblem(TimeTrouble.WRONG_WEEKDAY, days=(date(2027, 3, 11),))
    assert problem("Fri 11 March 2027 18:00") == wrong
    assert problem("Fri 2027-03-11 18:00") == wrong
    assert problem("Fri 11th 18:00") == wrong
    assert problem("vendredi 11 mars 2027 18h", language="fr") == wrong


def test_a_weekday_is_the_next_one_with_that_time_ahead():
    assert told("Tue 6pm") == "2027-03-09 23:00"
    assert told("Tue 9am") == "2027-03-16 13:00"
    assert told("next Tue 6pm") == "2027-03-16 22:00"
    assert told("nächsten Dienstag 18 Uhr", language="de") == "2027-03-16 22:00"
    assert problem("last Fri 6pm").kind is TimeTrouble.PAST


@pytest.mark.parametrize(
    ("text", "zone", "ahead"),
    [
        ("2027-03-14 02:30", NEW_YORK, ["2027-03-14 07:00", "2027-03-14 07:30"]),
        ("2027-03-14 02:00", NEW_YORK, ["2027-03-14 07:00"]),
        ("Sun 2:30am", NEW_YORK, ["2027-03-14 07:00", "2027-03-14 07:30"]),
        ("28 March 01:30", LONDON, ["2027-03-28 01:00", "2027-03-28 01:30"]),
        ("28 March 01:30 London", NEW_YORK, ["2027-03-28 01:00", "2027-03-28 01:30"]),
    ],
)
def test_the_missing_hour_comes_with_the_next_valid_times(
    text: str, zone: ZoneInfo, ahead: list[str]
):
    found = problem(text, zone=zone)
    assert found.kind is TimeTrouble.MISSING_HOUR
    assert readings(found) == ahead
    assert all(wall_at(one.at, one.zone) == one.wall for one in found.readings)


@pytest.mark.parametrize(
    ("text", "zone", "both"),
    [
        ("2027-11-07 01:30", NEW_YORK, ["2027-11-07 05:30", "2027-11-07 06:30"]),
        ("31 October 01:30", LONDON, ["2027-10-31 00:30", "2027-10-31 01:30"]),
    ],
)
def test_the_doubled_hour_comes_with_both_readings(text: str, zone: ZoneInfo, both: list[str]):
    found = problem(text, zone=zone)
    assert found.kind is TimeTrouble.DOUBLED_HOUR
    assert readings(found) == both


@pytest.mark.parametrize(
    ("text", "zone", "at"),
    [
        ("2027-11-07 01:30 EDT", NEW_YORK, "2027-11-07 05:30"),
        ("2027-11-07 01:30 EST", NEW_YORK, "2027-11-07 06:30"),
        ("2027-11-07 01:30 EDT", LONDON, "2027-11-07 05:30"),
        ("2027-11-07 01:30-04:00", NEW_YORK, "2027-11-07 05:30"),
        ("2027-11-07 01:30 -05:00", NEW_YORK, "2027-11-07 06:30"),
        ("Nov 7 2027, 1:30am EST", NEW_YORK, "2027-11-07 06:30"),
        ("2027-10-31 01:30 BST", LONDON, "2027-10-31 00:30"),
        ("2027-10-31 01:30 GMT", LONDON, "2027-10-31 01:30"),
        ("2027-10-31 02:30 MEZ", ZoneInfo("Europe/Vienna"), "2027-10-31 01:30"),
    ],
)
def test_abbreviation_or_offset_settles_the_doubled_hour(text: str, zone: ZoneInfo, at: str):
    assert told(text, zone=zone) == at


def test_between_the_two_only_the_second_is_left():
    now = datetime(2027, 11, 7, 6, tzinfo=UTC)
    assert told("01:30", now=now) == "2027-11-07 06:30"


def test_an_abbreviation_of_the_other_half_of_the_year():
    found = problem("July 1 6pm EST")
    assert found.kind is TimeTrouble.OTHER_SEASON
    assert readings(found) == ["2027-07-01 22:00", "2027-07-01 23:00"]
    assert told("July 1 6pm EST", zone=ZoneInfo("America/Panama")) == "2027-07-01 23:00"
    assert told("July 1 6pm MST", zone=ZoneInfo("America/Phoenix")) == "2027-07-02 01:00"
    assert told("July 1 6pm ET") == "2027-07-01 22:00"


def test_a_name_of_several_places_is_asked_about_unless_one_is_the_persons_own():
    found = problem("Thu 18:00 Birmingham")
    assert found.kind is TimeTrouble.AMBIGUOUS_PLACE
    assert [one.zone.key for one in found.readings] == ["Europe/London", "America/Chicago"]
    assert readings(found) == ["2027-03-11 18:00", "2027-03-12 00:00"]
    assert found.places == ("Birmingham, United Kingdom", "Birmingham, Alabama")
    for place, moment in zip(found.places, found.readings, strict=True):
        assert parse(f"Thu 18:00 {place}") == moment
    assert problem("Thu 18:00 Springfield", zone=LONDON).places == (
        "Springfield, Missouri",
        "Springfield, Massachusetts",
        "Springfield, Oregon",
    )
    assert problem("Thu 18:00 CST", zone=LONDON).places == ("America/Chicago", "Asia/Shanghai")
    assert told("Thu 18:00 Birmingham", zone=LONDON) == "2027-03-11 18:00"
    # Vancouver in Canada and in Washington keep the same time, so there is nothing to ask.
    assert told("Thu 18:00 Vancouver") == "2027-03-12 02:00"


def test_tomorrow_elsewhere_late_in_the_evening():
    late = datetime(2027, 3, 12, 3, tzinfo=UTC)  # Thursday 22:00 in New York, Friday in London
    assert told("tomorrow 18:00 London", now=late) == "2027-03-13 18:00"
    assert told("today 18:00 London", now=late) == "2027-03-12 18:00"
    assert told("Fri 18:00 London", now=late) == "2027-03-12 18:00"
    assert told("tomorrow 18:00", now=late) == "2027-03-12 23:00"


def test_hours_are_counted_across_a_clock_change():
    night = datetime(2027, 3, 14, 6, 30, 40, tzinfo=UTC)  # 01:30 in New York
    answer = parse("in 1 hour", now=night)
    assert answer == Moment(
        datetime(2027, 3, 14, 7, 30, tzinfo=UTC),
        NEW_YORK,
        datetime.fromisoformat("2027-03-14 03:30"),
    )


def test_a_moment_is_told_in_the_zone_that_was_named():
    assert parse("Thu 18:00 London") == Moment(
        datetime(2027, 3, 11, 18, tzinfo=UTC), LONDON, datetime.fromisoformat("2027-03-11 18:00")
    )
    assert parse("Thu 18:00+00:00") == Moment(
        datetime(2027, 3, 11, 18, tzinfo=UTC), NEW_YORK, datetime.fromisoformat("2027-03-11 13:00")
    )


def test_the_zone_of_now_does_not_matter_but_it_has_one():
    assert told("18:00", now=TUESDAY.astimezone(ZoneInfo("Asia/Tokyo"))) == "2027-03-09 23:00"
    with pytest.raises(ValueError, match="offset"):
        parse("18:00", now=TUESDAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday", date(2027, 3, 12)),
        ("next friday", date(2027, 3, 12)),
        ("11 March", date(2027, 3, 11)),
        ("today", date(2027, 3, 9)),
        ("30.06.2027", date(2027, 6, 30)),
        ("the 31st", date(2027, 3, 31)),
        ("in 10 weeks", date(2027, 5, 18)),
        ("in 3 months", date(2027, 6, 9)),
    ],
)
def test_a_day(text: str, day: date):
    assert parse_day(text, today=TUESDAY.date()) == day


@pytest.mark.parametrize(
    ("text", "kind", "days"),
    [
        ("banana", TimeTrouble.NOT_UNDERSTOOD, []),
        ("June", TimeTrouble.NOT_UNDERSTOOD, []),
        ("Thu 6pm", TimeTrouble.NOT_UNDERSTOOD, []),
        ("x" * 500, TimeTrouble.NOT_UNDERSTOOD, []),
        ("yesterday", TimeTrouble.PAST, ["2027-03-08"]),
        ("2031-01-01", TimeTrouble.TOO_FAR, ["2031-01-01"]),
        ("03/04", TimeTrouble.AMBIGUOUS_DATE, ["2027-04-03", "2028-03-04"]),
        ("Tuesday", TimeTrouble.AMBIGUOUS_DATE, ["2027-03-09", "2027-03-16"]),
        ("Fri 11 March", TimeTrouble.WRONG_WEEKDAY, ["2027-03-11"]),
    ],
)
def test_a_day_that_cannot_be_used(text: str, kind: TimeTrouble, days: list[str]):
    found = parse_day(text, today=TUESDAY.date())
    assert found == TimeProblem(kind, days=tuple(map(date.fromisoformat, days)))


ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Phoenix", "UTC"]
).map(ZoneInfo)
MINUTES = st.integers(1, 700 * 24 * 60)


@given(MINUTES, ZONES)
@settings(deadline=None)
def test_a_full_date_is_itself_and_with_its_offset_always_one_moment(ahead: int, zone: ZoneInfo):
    at = TUESDAY + timedelta(minutes=ahead)
    wall = wall_at(at, zone)
    answer = parse(f"{wall:%Y-%m-%d %H:%M}", zone=zone)
    if isinstance(answer, TimeProblem):
        assert answer.kind is TimeTrouble.DOUBLED_HOUR
        assert Moment(at, zone, wall) in answer.readings
    else:
        assert answer == Moment(at, zone, wall)
    assert parse(at.astimezone(zone).isoformat(), zone=zone) == Moment(at, zone, wall)


WORDS = st.sampled_from(
    [
        *("Thu", "thursday", "next", "last", "this", "tomorrow", "today", "tonight", "ago", "noon"),
        *("jeudi", "mañana", "morgen", "am", "a", "de", "in", "at", "on", "March", "mar", "11th"),
        *("2", "0", "99", "2027", "03/04", "11.3.", "2027-03-14", "18:00", "02:30", "01:30", "6pm"),
        *("18h", "18 Uhr", "hours", "days", "weeks", "+01:00", "-04:00", "ET", "EST", "IST", "UTC"),
        *("London", "New York", "York", "Paris", "Portland", ",", "-", "(", ")", ":", ".", "/"),
    ]
)


@given(st.lists(WORDS, max_size=7).map(" ".join) | st.text(max_size=40), ZONES)
@example("in 2 Tagen 1 Stunde", LONDON)
@settings(deadline=None)  # whoever comes first loads the places and languages
def test_whatever_is_typed_gets_an_honest_answer(text: str, zone: ZoneInfo):
    answer = parse(text, zone=zone)
    found = (answer,) if isinstance(answer, Moment) else answer.readings
    for one in found:
        assert one.at.tzinfo is UTC
        assert one.wall.tzinfo is None
        assert wall_at(one.at, one.zone) == one.wall
    if isinstance(answer, Moment):
        assert TUESDAY < answer.at <= TUESDAY + timedelta(days=732)
    assert isinstance(parse_day(text, today=TUESDAY.date()), date | TimeProblem)


TYPED = [
    *("Thu 6pm", "in 2 hours", "tomorrow 18:00 London", "March 11, 6:30pm ET", "jeudi 18h30"),
    *("18:00", "2027-11-07 01:30", "2027-03-11T18:00+01:00", "next Friday 17:00", "soonish"),
    *("1700000000", "today 9pm", "Thu 6pm MST"),
]
ALONE = """
import json, sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

def refuse(event, args):
    if event.startswith("socket."):
        raise RuntimeError(event)

sys.addaudithook(refuse)
from bot.domain.typed_time import parse_moment

now = datetime(2027, 3, 9, 15, tzinfo=UTC)
zone = ZoneInfo("America/New_York")
print(json.dumps([repr(parse_moment(text, now=now, zone=zone)) for text in json.load(sys.stdin)]))
"""


@pytest.mark.parametrize("machine", ["Asia/Tokyo", "America/Los_Angeles", "", "nonsense"])
def test_neither_the_machines_zone_nor_a_network_plays_a_part(machine: str):
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", ALONE],
        input=json.dumps(TYPED),
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TZ": machine},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(ran.stdout) == [repr(parse(text)) for text in TYPED]
    assert ran.stderr == ""
