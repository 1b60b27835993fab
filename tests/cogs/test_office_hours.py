"""What members read about office hours."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.office_hours import ForWhom
from bot.domain.people import CommunityId, Role
from bot.domain.recurrence import Repeat
from bot.domain.seats import Rules as SeatRules
from bot.runtime.feature import Moot
from bot.ui.form import Form
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Reply
from bot.ui.wire import from_wire, to_wire
from cogs.office_hours.actions import (
    AskQuestion,
    GetCalendar,
    JoinAsMeant,
    JoinSession,
    LeaveSession,
    ListSessions,
    MySessions,
    OpenQuestion,
    RunLate,
    ShowRoster,
)
from cogs.office_hours.rules import SetRules
from tests.cogs.stage import Stage, button, labels, plain, text

WHERE = "https://example.org/room"


async def test_an_empty_list_says_what_to_do(stage: Stage):
    said = await stage.read("Ana", ListSessions())
    assert "No office hours are planned yet." in said
    assert "hours host" in said
    mine = await stage.read("Ana", MySessions())
    assert "[Office hours]" in mine
    nothing = await stage.read("Ana", ListSessions(topic="Trauma and bleeding"))
    assert "No office hours about Trauma and bleeding are planned." in nothing
    assert "[Show all office hours]" in nothing


async def test_the_list(stage: Stage):
    session = stage.village.host()
    reply = await stage.ask("Ana", ListSessions())
    said = text(reply)
    assert "Tips for TIPS · Thu, 11 Mar 2027, 18:00 GMT" in said
    assert "Portal hypertension and TIPS · 45 min with Host · 2 free seats" in said
    assert session.code in said
    assert labels(reply) == ["Join", "Ask a question"]
    assert WHERE not in said
    assert labels(await stage.ask("Host", ListSessions())) == ["Roster"]


async def test_guests_look_and_see_no_buttons(stage: Stage):
    stage.village.host()
    guest = stage.caller("Ana", only=frozenset({Role.GUEST}))
    reply = await stage.answer(guest, ListSessions())
    assert isinstance(reply, Reply)
    assert "Tips for TIPS" in text(reply)
    assert labels(reply) == []


async def test_long_lists_have_pages(stage: Stage):
    for day in range(10, 25):
        stage.village.host(f"2027-03-{day} 18:00", title=f"Session {day}")
    first = await stage.ask("Ana", ListSessions())
    assert "Session 15" in text(first)
    assert "Session 16" not in text(first)
    second = await stage.press("Ana", first, "More")
    assert "Session 16" in text(second)
    third = await stage.press("Ana", second, "More")
    assert "Session 24" in text(third)
    assert "More" not in labels(third)
    back = await stage.press("Ana", await stage.press("Ana", third, "Earlier"), "Earlier")
    assert text(back) == text(first)


async def test_filters(stage: Stage):
    stage.village.host("2027-03-10 18:00", title="One", topic="trauma")
    stage.village.host("2027-03-12 00:30", title="Two", topic="Something else")
    assert "Two" not in await stage.read("Ana", ListSessions(topic="Trauma and bleeding"))
    assert "One" not in await stage.read("Ana", ListSessions(topic="something"))
    assert "One" not in await stage.read("Ana", ListSessions(from_=date(2027, 3, 12)))
    assert "Two" in await stage.read("Ana", ListSessions(from_=date(2027, 3, 12)))


async def test_a_filter_full_of_odd_signs_still_makes_buttons(stage: Stage):
    for day in range(10, 20):
        stage.village.host(f"2027-03-{day} 18:00", title="x" * 60)
    odd = '"\\' * 20 + "x" * 20
    reply = await stage.ask("Ana", ListSessions(topic=odd, from_=date(2027, 3, 1)))
    wire = to_wire(button(reply, "More").does, CommunityId(99_999_999))
    assert from_wire(wire, stage.registry.actions).action == button(reply, "More").does


async def test_joining(stage: Stage):
    session = stage.village.host()
    reply = await stage.press("Ana", await stage.ask("Ana", ListSessions()), "Join")
    said = text(reply)
    assert "You have a seat in Tips for TIPS." in said
    assert (
        "You will be reminded: Wed, 10 Mar 2027, 18:00 GMT and Thu, 11 Mar 2027, 17:00 GMT." in said
    )
    assert f"Where: {WHERE}" in said
    assert f"[Open the link]({WHERE})" in said
    assert "METHOD:PUBLISH" in said
    assert f"LOCATION:{WHERE}" in said.replace("\r\n ", "")
    assert session.code in said
    assert "Leave" in labels(reply)
    again = await stage.ask("Ana", JoinSession(session.code))
    assert "You already have a seat in Tips for TIPS." in text(again)
    noted = await stage.ask("Ana", JoinSession(session.code, "coils"))
    assert "What you want to talk about is noted." in text(noted)
    assert "You want to talk about: coils" in text(noted)


async def test_an_hour_that_begins_soon_promises_no_reminder(stage: Stage):
    session = stage.village.host()
    stage.village.clock.set(session.starts - timedelta(minutes=20))
    said = await stage.read("Ana", JoinSession(session.code))
    assert "It begins so soon that no reminder comes before it." in said


async def test_the_waitlist_never_sees_the_link(stage: Stage):
    session = stage.village.host(seats=1)
    stage.village.join("Ana", session)
    listed = await stage.ask("Ben", ListSessions())
    assert "full; there is a waitlist" in text(listed)
    receipt = await stage.press("Ben", listed, "Waitlist")
    assert "you are on the waitlist as number 1" in text(receipt)
    again = await stage.ask("Ben", JoinSession(session.code))
    assert "you keep your place in line" in text(again)
    seen = [receipt, again]
    seen.append(await stage.ask("Ben", ListSessions()))
    seen.append(await stage.ask("Ben", MySessions()))
    seen.append(await stage.ask("Ben", GetCalendar(session.code)))
    seen.append(await stage.ask("Ben", AskQuestion(session.code, "Where is it?")))
    seen.append(await stage.cog.feature().home(stage.caller("Ben")))  # pyright: ignore
    stage.village.move(session, "2027-03-12 18:00")
    seen.extend(
        reply
        for kind, who, reply in await stage.deliveries()
        if who == "Ben" and isinstance(reply, Reply)
    )
    assert len(seen) == 8
    for reply in seen:
        assert WHERE not in text(reply)
        assert "example.org" not in repr(reply)
    left = await stage.press("Ben", receipt, "Leave the waitlist")
    assert "You left the waitlist of Tips for TIPS." in text(left)


async def test_leaving_can_be_undone(stage: Stage):
    session = stage.village.host()
    receipt = await stage.ask("Ana", JoinSession(session.code))
    left = await stage.press("Ana", receipt, "Leave")
    assert "Your seat in Tips for TIPS on Thu, 11 Mar 2027, 18:00 GMT is free" in text(left)
    assert WHERE not in text(left)
    back = await stage.press("Ana", left, "Join again")
    assert "You have a seat in Tips for TIPS." in text(back)


async def test_leaving_a_full_session_leads_back_to_the_line(stage: Stage):
    session = stage.village.host(seats=1)
    stage.village.join("Ana", session)
    stage.village.join("Ben", session)
    left = await stage.ask("Ana", LeaveSession(session.code))
    assert "Keep a place at the end" in labels(left)


async def test_asking(stage: Stage):
    session = stage.village.host()
    form = await stage.answer(stage.caller("Ana"), OpenQuestion(session.code))
    assert isinstance(form, Form)
    assert form.asks == ("question",)
    assert form.given == {"session": session.code}
    said = await stage.read("Ana", AskQuestion(session.code, "How many stents?"))
    assert "The host sees the question, never who asked it." in said
    [(kind, who, reply)] = await stage.deliveries()
    assert (kind, who) == ("oh.questions", "Host")
    assert "How many stents?" in text(reply)
    roster = await stage.read("Host", ShowRoster(session.code))
    assert "How many stents?" in roster
    for told in (text(reply), roster):
        assert "Ana" not in told


async def test_mine(stage: Stage):
    seated = stage.village.host("2027-03-10 18:00", title="Seated")
    waiting = stage.village.host("2027-03-11 18:00", seats=1, title="Waiting")
    stage.village.join("Ana", seated)
    stage.village.join("Ben", waiting)
    stage.village.join("Ana", waiting)
    said = await stage.read("Ana", MySessions())
    assert said.index("You have a seat") < said.index("Seated")
    assert said.index("You are on the waitlist") < said.index("Waiting")
    assert "You are number 1 on the waitlist." in said
    host = await stage.ask("Host", MySessions())
    assert "You host" in text(host)
    assert labels(host).count("Roster") == 2
    both = await stage.press("Ana", await stage.ask("Ana", MySessions()), "Calendar of all")
    assert text(both).count("BEGIN:VEVENT") == 1


async def test_mine_has_pages(stage: Stage):
    stage.village.store.write_now(
        lambda work: work.office_hours.set_rules(stage.village.community, SeatRules(None))
    )
    for day in range(10, 24):
        stage.village.join("Ana", stage.village.host(f"2027-03-{day} 18:00", title=f"No {day}"))
    first = await stage.ask("Ana", MySessions())
    assert "No 15" in text(first)
    assert "No 16" not in text(first)
    last = await stage.press("Ana", await stage.press("Ana", first, "More"), "More")
    assert "No 23" in text(last)
    assert "More" not in labels(last)


async def test_calendar_without_anything(stage: Stage):
    said = await stage.read("Ana", GetCalendar())
    assert "There is nothing to put into a calendar yet." in said


async def test_calendar_of_a_session_one_has_no_seat_in(stage: Stage):
    session = stage.village.host()
    said = await stage.read("Ana", GetCalendar(session.code))
    assert "BEGIN:VEVENT" in said
    assert "LOCATION" not in said


@pytest.mark.parametrize(
    ("action", "says", "then"),
    [
        (JoinSession("zzzz"), "There is no session with this code", "Office hours"),
        (LeaveSession("{code}"), "You have no seat in", "Office hours"),
        (ShowRoster("{code}"), "This is for the host", "Ask a question"),
        (RunLate("{code}", 5), "This is for the host", "Ask a question"),
    ],
)
async def test_refusals_say_what_next(stage: Stage, action: object, says: str, then: str):
    session = stage.village.host()
    given = getattr(action, "session").format(code=session.code)  # noqa: B009
    reply = await stage.ask("Ana", replace(action, session=given))  # pyright: ignore
    assert says in text(reply)
    assert then in labels(reply)


async def test_more_refusals(stage: Stage):
    session = stage.village.host(closes=2, for_whom=ForWhom.MODERATORS)
    assert "There is no session with this code or title here" in await stage.read(
        "Ana", JoinSession(session.code)
    )
    assert "You lead Tips for TIPS yourself" in await stage.read("Host", JoinSession(session.code))
    stage.village.clock.set(session.starts - timedelta(hours=1))
    assert "is closed" in await stage.read("Mod", JoinSession(session.code), Role.MODERATOR)
    stage.village.clock.set(session.ends)
    assert "is over" in await stage.read("Mod", JoinSession(session.code), Role.MODERATOR)


async def test_suggestions(stage: Stage):
    session = stage.village.host(title="A very long title that nobody can read in one breath")
    other = stage.village.host("2027-03-12 18:00", title="Other")
    stage.village.join("Ana", other)

    async def found(completer: str, name: str, typed: str = "", *roles: Role) -> list[str]:
        run = stage.registry.completers[completer].run
        options = await run(stage.caller(name, *roles), typed)
        assert all(len(plain(option.label)) <= 75 for option in options)
        return [option.value for option in options]

    assert await found("session", "Ana") == [session.code, other.code]
    assert await found("session", "Ana", "oth") == [other.code]
    assert await found("session", "Ana", other.code[:3]) == [other.code]
    assert await found("my_session", "Ana") == [other.code]
    assert await found("led_session", "Ana") == []
    assert await found("led_session", "Host") == [session.code, other.code]
    assert await found("led_session", "Mod", "", Role.MODERATOR) == [session.code, other.code]
    assert await found("topic", "Ana", "tips") == ["portal"]
    assert len(await found("topic", "Ana")) == 16


async def test_home(stage: Stage):
    home = stage.cog.feature().home
    assert home is not None
    empty = await home(stage.caller("Ana"))
    assert "You take part in no office hour at the moment." in text(empty)
    session = stage.village.host()
    stage.village.join("Ana", session)
    shown = text(await home(stage.caller("Ana")))
    assert "Tips for TIPS" in shown
    assert "You have a seat." in shown
    assert "You lead this session." in text(await home(stage.caller("Host")))


@pytest.mark.parametrize(
    ("whom", "asked", "yes"),
    [
        (ForWhom.STUDENTS, "is meant for medical students. Are you one?", "[I am a student]"),
        (
            ForWhom.RESIDENTS_UP,
            "is meant for residents, fellows and attendings. Are you one of them?",
            "[I am one of them]",
        ),
    ],
)
async def test_a_session_for_one_stage_asks_whether_it_is_yours(
    stage: Stage, whom: ForWhom, asked: str, yes: str
):
    session = stage.village.host(for_whom=whom)
    reply = await stage.ask("Ana", JoinSession(session.code, "coils"))
    assert asked in text(reply)
    assert yes in text(reply)
    assert stage.village.session(session).taken == 0
    [draft] = [
        part.does.draft
        for part in reply.parts
        if isinstance(part, Button) and isinstance(part.does, JoinAsMeant)
    ]
    assert "already, or the question has expired" in text(
        await stage.ask("Ben", JoinAsMeant(draft))
    )
    said = text(await stage.ask("Ana", JoinAsMeant(draft)))
    assert "You have a seat in Tips for TIPS." in said
    assert "You want to talk about: coils" in said
    # Who came back to it is not asked a second time.
    stage.village.leave("Ana", session)
    assert "You have a seat" in text(await stage.ask("Ana", JoinSession(session.code)))


async def test_reminders(stage: Stage):
    session = stage.village.host(agenda="Access, then two cases")
    stage.village.join("Ana", session, "coils")
    stage.village.clock.set(session.starts - timedelta(hours=24))
    [(kind, _who, reply)] = await stage.deliveries()
    assert kind == "oh.reminder_day"
    said = text(reply)
    assert "A reminder: Tips for TIPS with Host is on Thu, 11 Mar 2027, 18:00 GMT." in said
    assert f"Where: {WHERE}" in said
    assert "Topic: Portal hypertension and TIPS" in said
    assert "Agenda: Access, then two cases" in said
    assert "You want to talk about: coils" in said
    assert "[Leave]" in said
    stage.village.clock.set(session.starts - timedelta(hours=1))
    [(kind, _who, reply)] = await stage.deliveries()
    assert kind == "oh.reminder_hour"
    said = text(reply)
    assert "Tips for TIPS with Host begins within the hour: Thu, 11 Mar 2027, 18:00 GMT." in said
    assert "Agenda: Access, then two cases" in said


async def test_reminders_after_an_outage(stage: Stage):
    session = stage.village.host()
    stage.village.join("Ana", session)
    stage.village.clock.set(session.starts - timedelta(minutes=30))
    rows = {row.kind: row for row in stage.village.claim()}
    assert await stage.compose(rows["oh.reminder_day"], late=True) is Moot.MOOT
    late = await stage.compose(rows["oh.reminder_hour"], late=True)
    assert "This message comes late" in text(late)
    stage.village.clock.set(session.starts)
    assert await stage.compose(rows["oh.reminder_hour"], late=True) is Moot.MOOT


async def test_notices_look_at_the_present(stage: Stage):
    session = stage.village.host(seats=1)
    stage.village.join("Ana", session)
    stage.village.clock.set(session.starts - timedelta(hours=24))
    rows = {row.kind: row for row in stage.village.claim()}
    stage.village.leave("Ana", session)
    assert await stage.compose(rows["oh.reminder_day"]) is Moot.MOOT
    stage.village.call_off(session)
    assert await stage.compose(rows["oh.host_day"]) is Moot.MOOT


async def test_who_leads_is_reminded_with_the_roster(stage: Stage):
    session = stage.village.host(cohosts=(stage.village.members["Cem"],))
    stage.village.join("Ana", session, "coils")
    await stage.ask("Ben", AskQuestion(session.code, "How many stents?"))
    stage.village.claim()
    when = "Thu, 11 Mar 2027, 18:00 GMT"
    for kind_wanted, hours, words in (
        ("oh.host_day", 24, f"A reminder: you lead Tips for TIPS on {when}."),
        ("oh.host_hour", 1, f"Tips for TIPS, which you lead, begins within the hour: {when}."),
    ):
        stage.village.clock.set(session.starts - timedelta(hours=hours))
        found = await stage.deliveries(hosts=True)
        assert [(kind, who) for kind, who, _reply in found] == [
            (kind_wanted, "Cem"),
            (kind_wanted, "Host"),
        ]
        for _kind, _who, reply in found:
            said = text(reply)
            assert words in said
            assert f"Where: {WHERE}" in said
            assert "Ana: coils" in said
            assert "How many stents?" in said
            assert "Ben" not in said
            assert "[Roster]" in said


async def test_questions_are_bundled(stage: Stage):
    session = stage.village.host()
    await stage.ask("Ana", AskQuestion(session.code, "How many stents?"))
    [(_kind, _who, first)] = await stage.deliveries()
    assert "A question for" in text(first)
    for question in ("Which wire?", "Which sheath?"):
        stage.village.clock.move(timedelta(minutes=5))
        await stage.ask("Ben", AskQuestion(session.code, question))
    assert await stage.deliveries() == []
    stage.village.clock.move(timedelta(minutes=50))
    [(kind, who, both)] = await stage.deliveries()
    assert (kind, who) == ("oh.questions", "Host")
    assert "2 questions for" in text(both)
    assert "Which wire?" in text(both)
    assert "Which sheath?" in text(both)
    assert "stents" not in text(both)


async def test_three_questions_each(stage: Stage):
    session = stage.village.host()
    for number in range(3):
        noted = await stage.read("Ana", AskQuestion(session.code, f"Question {number}"))
        assert "two of them together can" in noted
    said = await stage.read("Ana", AskQuestion(session.code, "One more"))
    assert "You have left 3 questions for Tips for TIPS already" in said
    assert "is noted" in await stage.read("Ben", AskQuestion(session.code, "Mine"))


async def test_a_seat_from_the_line(stage: Stage):
    session = stage.village.host(seats=1)
    for name in ("Ana", "Ben", "Cem"):
        stage.village.join(name, session)
    stage.village.leave("Ana", session)
    [(_kind, who, reply)] = await stage.deliveries()
    assert who == "Ben"
    said = text(reply)
    assert "A seat in Tips for TIPS on Thu, 11 Mar 2027, 18:00 GMT is free" in said
    assert "kept for you until Tue, 2 Mar 2027, 00:00 GMT" in said
    assert WHERE not in said
    assert isinstance(reply, Reply)
    assert labels(reply) == ["Take the seat", "Not now"]
    assert "That is 12 hours from this offer; offers are made by day" in said
    mine = await stage.read("Ben", MySessions())
    assert "A seat is kept for you until" in mine
    assert WHERE not in mine
    no = await stage.press("Ben", reply, "Not now")
    assert no.replaces
    assert "goes to the next in line." in text(no)
    assert labels(no)[0] == "Keep a place at the end"
    [(_kind, who, offer)] = await stage.deliveries()
    assert who == "Cem"
    assert isinstance(offer, Reply)
    taken = await stage.press("Cem", offer, "Take the seat")
    assert "You have a seat in Tips for TIPS" in text(taken)
    assert WHERE in text(taken)


async def test_an_offer_that_runs_out_blames_nobody(stage: Stage):
    session = stage.village.host(seats=1)
    for name in ("Ana", "Ben", "Cem"):
        stage.village.join(name, session)
    stage.village.leave("Ana", session)
    await stage.deliveries()
    # By night the seat goes on, and nobody is woken.
    stage.village.clock.move(timedelta(hours=12))
    assert await stage.deliveries() == []
    stage.village.clock.move(timedelta(hours=8))
    said = {who: text(reply) for _kind, who, reply in await stage.deliveries()}
    assert "went on to the next in line. That is quite all right" in said["Ben"]
    assert "[Keep a place at the end]" in said["Ben"]


async def test_soon_before_the_start_whoever_comes_first_has_it(stage: Stage):
    session = stage.village.host(seats=1)
    for name in ("Ana", "Ben", "Cem"):
        stage.village.join(name, session)
    stage.village.clock.set(session.starts - timedelta(hours=1))
    await stage.deliveries()
    stage.village.leave("Ana", session)
    (_k, _w, ben), (_k2, _w2, cem) = await stage.deliveries()
    assert "whoever comes first has it" in text(ben)
    assert isinstance(ben, Reply)
    assert isinstance(cem, Reply)
    assert "[Take the seat]" in await stage.read("Ben", MySessions())
    won = await stage.press("Cem", cem, "Take the seat")
    assert "You have a seat" in text(won)
    # Nothing to press is left of what said that it was free.
    assert won.replaces
    assert "Every seat in Tips for TIPS is taken at this moment" in text(
        await stage.press("Ben", ben, "Take the seat")
    )


async def test_an_offer_says_until_when_it_is_kept_and_why(stage: Stage):
    session = stage.village.host("2027-03-03 07:00", seats=1)
    waits = [await stage.ask(name, JoinSession(session.code)) for name in ("Ana", "Ben")][1]
    assert "offered to you in your morning, and your 12 hours begin then" in text(waits)
    # 01:00 at night, and too near for the morning.
    stage.village.clock.set(session.starts - timedelta(hours=6))
    stage.village.leave("Ana", session)
    said = [text(reply) for kind, _who, reply in await stage.deliveries() if kind == "oh.offer"]
    assert "until Wed, 3 Mar 2027, 05:00 GMT, two hours before it begins." in said[0]


async def test_joining_one_of_a_series_says_so_and_leads_to_the_others(stage: Stage):
    session = stage.village.host(seats=1, repeat=Repeat.WEEKLY)
    for name in ("Ana", "Ben"):
        joined = await stage.ask(name, JoinSession(session.code))
        assert "It is for this date alone" in text(joined)
        others = await stage.press(name, joined, "Other dates")
        assert "All dates of Tips for TIPS" in text(others)
    alone = stage.village.host("2027-03-12 18:00")
    assert "this date alone" not in await stage.read("Ana", JoinSession(alone.code))


async def test_another_seat_at_that_time_is_pointed_out(stage: Stage):
    stage.village.join("Ana", stage.village.host("2027-03-11 18:15", title="Coils"))
    said = await stage.read("Ana", JoinSession(stage.village.host().code))
    assert "At the same time you have Coils, at Thu, 11 Mar 2027, 18:15 GMT." in said


async def test_as_many_seats_a_week_as_moderators_say(stage: Stage):
    said = text(await stage.ask("Mod", SetRules(1), Role.MODERATOR))
    assert "Seats for one person in a calendar week\nNow: 3 seats\nThen: 1 seat" in said
    stage.village.store.write_now(
        lambda work: work.office_hours.set_rules(stage.village.community, SeatRules(1))
    )
    stage.village.join("Ana", stage.village.host("2027-03-10 18:00"))
    refused = await stage.ask("Ana", JoinSession(stage.village.host().code))
    assert "You have 1 seat in the week of Tips for TIPS, as many as one person" in text(refused)
    assert "so that others find one as well" in text(refused)
    assert labels(refused) == ["My sessions"]


async def test_a_series_says_who_comes_first_on_its_waitlist(stage: Stage):
    session = stage.village.host(seats=1, repeat=Repeat.WEEKLY)
    stage.village.join("Ben", session)
    said = await stage.read("Ana", JoinSession(session.code))
    assert "who had no seat in the session before comes first" in said


async def test_which_one_is_asked_and_what_was_typed_is_kept(stage: Stage):
    stage.village.host("2027-03-10 18:00")
    second = stage.village.host("2027-03-11 18:00")
    asked = await stage.ask("Ana", JoinSession("Tips for TIPS", "coils " * 40))
    assert "Several sessions are called Tips for TIPS." in text(asked)
    assert labels(asked) == ["Wed, 10 Mar 2027, 18:00 GMT", "Thu, 11 Mar 2027, 18:00 GMT"]
    for label in labels(asked):
        wire = to_wire(button(asked, label).does, stage.village.community)
        assert len(wire) <= LIMITS.wire
    joined = await stage.press("Ana", asked, "Thu, 11 Mar 2027, 18:00 GMT")
    assert "You have a seat in Tips for TIPS" in text(joined)
    card = stage.village.card(second, "Ana")
    assert card.holds
    assert card.seat is not None
    assert card.seat.about.startswith("coils")
