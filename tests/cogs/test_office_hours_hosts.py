"""What hosts read about office hours, and what others are told of what hosts do."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.office_hours import Mode, Scope
from bot.domain.people import Role
from bot.domain.recurrence import Repeat
from bot.ui.form import Form
from bot.ui.parts import File, Reply, Select
from bot.ui.wire import LIMITS, to_wire
from cogs.office_hours.actions import (
    AskQuestion,
    CallOff,
    HostSession,
    JoinSession,
    ListSessions,
    MoveSession,
    MySessions,
    OpenCallOff,
    OpenMove,
    RunLate,
    ShowRoster,
)
from cogs.office_hours.called_away import PulledAway
from cogs.office_hours.editing import ChangeSession
from cogs.office_hours.unseen_actions import LookInto
from tests.cogs.stage import Stage, button, labels, plain, text
from tests.services.village import LONDON, clock_of, in_zone, london

WHERE = "https://example.org/room"


def request(starts: str = "2027-03-11 18:00", **other: object) -> HostSession:
    """A filled-in form."""
    return replace(
        HostSession("Tips for TIPS", "portal", london(starts), where=WHERE),
        **other,  # pyright: ignore
    )


async def test_the_time_is_echoed_before_anything_is_saved(stage: Stage):
    reply = await stage.ask("Host", request())
    said = text(reply)
    assert "Is this right? Nothing is saved before you confirm." in said
    assert "When: Thu, 11 Mar 2027, 18:00 GMT, 45 min" in said
    assert labels(reply) == ["Confirm", "Cancel"]
    assert reply.correctable
    assert "No office hours are planned yet." in await stage.read("Ana", ListSessions())
    wire = to_wire(button(reply, "Confirm").does, stage.village.community)
    assert len(wire) <= LIMITS.wire


async def test_another_zone_is_named(stage: Stage):
    tokyo = in_zone("2027-03-12 09:00", ZoneInfo("Asia/Tokyo"))
    said = await stage.read("Host", request(starts="2027-03-11 18:00", **{}))
    assert "Read as: Thu, 11 Mar 2027, 18:00 in Europe/London" in said
    assert "my zone" not in said
    there = replace(request(), starts=tokyo)
    said = await stage.read("Host", there)
    assert "Read as: Fri, 12 Mar 2027, 09:00 in Asia/Tokyo" in said
    assert "When: Fri, 12 Mar 2027, 00:00 GMT" in said


async def test_a_zone_that_nobody_said_is_pointed_out(stage: Stage):
    session = stage.village.host()
    stage.zone_assumed = True
    move = MoveSession(session.code, london("2027-03-12 19:00"))
    for action in (request(), move):
        said = await stage.read("Host", action)
        assert "in Europe/London" in said
        assert "You have not said where you are" in said
        assert "/my zone" in said
    named = replace(move, starts=in_zone("2027-03-12 19:00", ZoneInfo("Asia/Tokyo")))
    assert "You have not said" not in await stage.read("Host", named)


async def test_confirming(stage: Stage):
    cohosts = (stage.village.members["Ben"],)
    asked = await stage.ask("Host", request(cohosts=cohosts, closes=24))
    assert "Co-hosts: Ben" in text(asked)
    assert "Sign-up closes: Wed, 10 Mar 2027, 18:00 GMT" in text(asked)
    receipt = await stage.press("Host", asked, "Confirm")
    said = text(receipt)
    assert "Tips for TIPS is open for sign-up. Its code is" in said
    assert "BEGIN:VEVENT" in said
    assert labels(receipt) == ["Roster", "Move", "Call off"]
    assert receipt.replaces
    again = await stage.press("Host", asked, "Confirm")
    assert "is open for sign-up" in text(again)
    assert (await stage.read("Ana", ListSessions())).count("Tips for TIPS") == 1
    [(kind, who, told)] = await stage.deliveries()
    assert (kind, who) == ("oh.cohost", "Ben")
    assert "Host named you as co-host of Tips for TIPS." in text(told)


async def test_cancelling(stage: Stage):
    asked = await stage.ask("Host", request())
    assert "Nothing was changed." in text(await stage.press("Host", asked, "Cancel"))
    late = await stage.press("Host", asked, "Confirm")
    assert "This was done already, or the question has expired." in text(late)
    assert "No office hours are planned yet." in await stage.read("Ana", ListSessions())


async def test_a_confirmation_is_one_persons_and_lasts_an_hour(stage: Stage):
    asked = await stage.ask("Host", request())
    assert "has expired" in text(await stage.press("Ana", asked, "Confirm"))
    assert "has expired" in text(await stage.press("Ana", asked, "Cancel"))
    stage.village.clock.move(timedelta(hours=1))
    assert "has expired" in text(await stage.press("Host", asked, "Confirm"))


async def test_a_role_that_is_gone_at_the_click_counts(stage: Stage):
    asked = await stage.ask("Host", request())
    member = stage.caller("Host", only=frozenset({Role.GUEST, Role.MEMBER}))
    answer = await stage.answer(member, button(asked, "Confirm").does)
    assert isinstance(answer, Reply)
    assert "Sessions are opened by hosts." in text(answer)


async def test_what_cannot_be_held_can_be_corrected(stage: Stage):
    past = await stage.ask("Host", request("2027-02-01 18:00"))
    assert past.correctable
    assert "This time has passed already." in text(past)
    odd = await stage.ask("Host", request(until=date(2027, 5, 1)))
    assert odd.correctable
    assert "A last day needs a repetition." in text(odd)


async def test_a_series_is_echoed_with_its_dates_and_its_clock(stage: Stage):
    reply = await stage.ask("Host", request(repeat=Repeat.WEEKLY, until=date(2027, 6, 3)))
    said = text(reply)
    assert "Repeats: every week, until 2027-06-03" in said
    assert "It stays at 18:00 in Europe/London when clocks change." in said
    assert (
        "First dates: Thu, 11 Mar 2027, 18:00 GMT, Thu, 18 Mar 2027, 18:00 GMT,"
        " Thu, 25 Mar 2027, 18:00 GMT and Thu, 1 Apr 2027, 18:00 BST" in said
    )
    receipt = await stage.press("Host", reply, "Confirm")
    assert "more are added as time goes on" in text(receipt)


async def test_a_short_series_promises_no_more_and_what_else_its_host_has_is_said(
    stage: Stage,
):
    for last, said in (
        (date(2027, 3, 25), "The dates are Thu, 11 Mar 2027, 18:00 GMT,"),
        (date(2027, 4, 15), "1 Apr 2027, 18:00 BST; there are 6 in all."),
    ):
        asked = await stage.ask("Host", request(repeat=Repeat.WEEKLY, until=last))
        receipt = text(await stage.press("Host", asked, "Confirm"))
        assert said in receipt
        assert "more are added" not in receipt
    assert "At the same time you have Tips for TIPS" in receipt


async def test_a_room_stands_in_my_sessions_for_those_alone_who_have_a_seat(stage: Stage):
    session = stage.village.host(seats=1, where="Room 7, by the lift")
    for name in ("Ana", "Ben"):
        stage.village.join(name, session)
    home = stage.cog.feature().home
    assert home is not None
    for name, seen in (("Ana", True), ("Host", True), ("Ben", False)):
        for reply in (await stage.ask(name, MySessions()), await home(stage.caller(name))):
            assert ("Room 7, by the lift" in text(reply)) is seen


async def test_the_missing_and_the_doubled_hour_are_said(stage: Stage):
    said = await stage.read("Host", request("2027-03-07 01:30", repeat=Repeat.WEEKLY))
    assert (
        "On 2027-03-28 clocks in Europe/London jump over 01:30; that one begins at"
        " Sun, 28 Mar 2027, 02:00 BST." in said
    )
    assert "On 2027-10-31 the clocks in Europe/London show 01:30 twice" in said


async def test_drop_in_hours(stage: Stage):
    asked = await stage.ask("Host", request(mode=Mode.DROP_IN))
    assert "Seats: drop in, not counted" in text(asked)
    await stage.press("Host", asked, "Confirm")
    assert "drop in as you like" in await stage.read("Ana", ListSessions())


async def test_moving(stage: Stage):
    session = stage.village.host(seats=1)
    stage.village.join("Ana", session)
    stage.village.join("Ben", session)
    form = await stage.answer(stage.caller("Host"), OpenMove(session.code))
    assert isinstance(form, Form)
    assert form.asks == ("starts",)
    asked = await stage.ask("Host", MoveSession(session.code, london("2027-03-12 19:00")))
    assert (
        "Move Tips for TIPS from Thu, 11 Mar 2027, 18:00 GMT to Fri, 12 Mar 2027, 19:00 GMT?"
        in text(asked)
    )
    assert "2 people will be told, once each." in text(asked)
    assert labels(asked) == ["Confirm", "Cancel"]
    done = await stage.press("Host", asked, "Confirm")
    assert "Tips for TIPS is at Fri, 12 Mar 2027, 19:00 GMT now." in text(done)
    assert "2 people are being told." in text(done)
    assert "This was done already" in text(await stage.press("Host", asked, "Confirm"))
    told = {who: text(reply) for _kind, who, reply in await stage.deliveries()}
    assert "Your seat moves with it." in told["Ana"]
    assert "SEQUENCE:1" in told["Ana"]
    assert WHERE in told["Ana"]
    assert "You are number 1 on the waitlist." in told["Ben"]
    assert "VEVENT" not in told["Ben"]


async def test_a_change_in_between_is_noticed(stage: Stage):
    session = stage.village.host()
    asked = await stage.ask("Host", MoveSession(session.code, london("2027-03-12 19:00")))
    stage.village.move(session, "2027-03-13 19:00")
    reply = await stage.press("Host", asked, "Confirm")
    assert "was changed in the meantime" in text(reply)
    assert clock_of(stage.village.session(session), LONDON) == "03-13 19:00"


async def test_moving_a_series_says_what_follows(stage: Stage):
    session = stage.village.host(repeat=Repeat.WEEKLY)
    stage.village.join("Ana", session)
    form = await stage.answer(stage.caller("Host"), OpenMove(session.code))
    assert isinstance(form, Form)
    assert form.asks == ("starts", "scope")
    asked = await stage.ask(
        "Host", MoveSession(session.code, london("2027-03-12 01:30"), Scope.LATER)
    )
    said = text(asked)
    assert "From 2027-03-12 on they begin at 01:30 in Europe/London." in said
    assert "sessions, this one and those after it." in said
    assert "1 person will be told, once." in said
    done = await stage.press("Host", asked, "Confirm")
    assert text(done).count("BEGIN:VEVENT") == 8, "the host has every entry anew"
    [(kind, who, reply)] = await stage.deliveries()
    assert (kind, who) == ("oh.series_moved", "Ana")
    assert "and the sessions after it as well" in text(reply)
    assert "Fri, 12 Mar 2027, 01:30 GMT" in text(reply)


async def test_calling_off(stage: Stage):
    session = stage.village.host(seats=1)
    stage.village.join("Ana", session)
    form = await stage.answer(stage.caller("Host"), OpenCallOff(session.code))
    assert isinstance(form, Form)
    asked = await stage.ask("Host", CallOff(session.code, "Pulled into a case"))
    assert "Call off Tips for TIPS on Thu, 11 Mar 2027, 18:00 GMT?" in text(asked)
    assert "1 person will be told, once." in text(asked)
    done = await stage.press("Host", asked, "Confirm")
    assert "Tips for TIPS is called off." in text(done)
    [(_kind, who, reply)] = await stage.deliveries()
    assert who == "Ana"
    assert "The reason given: Pulled into a case" in text(reply)
    assert "METHOD:CANCEL" in text(reply)
    assert "was called off" in await stage.read("Ana", JoinSession(session.code))
    assert "No office hours are planned yet." in await stage.read("Ana", ListSessions())


async def test_calling_off_a_series(stage: Stage):
    session = stage.village.host(repeat=Repeat.WEEKLY)
    for one in stage.village.series(session)[:3]:
        stage.village.join("Ana", one)
    asked = await stage.ask("Host", CallOff(session.code, None, Scope.LATER))
    await stage.press("Host", asked, "Confirm")
    [(kind, _who, reply)] = await stage.deliveries()
    assert kind == "oh.series_off"
    assert text(reply).count("STATUS:CANCELLED") == 3
    assert isinstance(reply, Reply)
    [file] = [part for part in reply.parts if isinstance(part, File)]
    assert plain(file.about) == "Takes these out of your calendar."
    assert labels(reply) == ["My sessions", "Office hours"]


async def test_only_those_who_lead_may(stage: Stage):
    session = stage.village.host()
    for action in (
        MoveSession(session.code, london("2027-03-12 19:00")),
        CallOff(session.code),
        OpenMove(session.code),
        OpenCallOff(session.code),
    ):
        assert "This is for the host" in await stage.read("Ana", action)
        answer = await stage.answer(stage.caller("Mod", Role.MODERATOR), action)
        assert "This is for the host" not in (text(answer) if isinstance(answer, Reply) else "")


async def test_running_late(stage: Stage):
    session = stage.village.host()
    stage.village.join("Ana", session)
    early = await stage.read("Host", RunLate(session.code, 10))
    assert "A delay can be announced from two hours before" in early
    stage.village.clock.set(session.starts)
    stage.village.claim()
    said = await stage.read("Host", RunLate(session.code, 10))
    assert "Tips for TIPS begins about 10 min later." in said
    [(_kind, _who, reply)] = await stage.deliveries()
    assert "begins about 10 min later: 18:10 GMT." in text(reply)


async def test_a_long_roster_has_pages(stage: Stage):
    session = stage.village.host(seats=4)
    for name in ("Ana", "Ben", "Cem", "Dot", "Eve"):
        stage.village.join(name, session, f"{name} " + "x" * 290)
    from cogs.office_hours.actions import AskQuestion

    for number in range(12):
        name = ("Ana", "Ben", "Cem", "Dot")[number // 3]
        await stage.ask(name, AskQuestion(session.code, f"Question {number} " + "y" * 580))
    reply = await stage.ask("Host", ShowRoster(session.code))
    assert "4 of 4 seats taken; 1 on the waitlist; 12 questions." in text(reply)
    seen = text(reply)
    while "More" in labels(reply):
        reply = await stage.press("Host", reply, "More")
        seen += text(reply)
    assert all(f"Question {number} " in seen for number in range(12))
    assert all(f"{name}: {name}" in seen for name in ("Ana", "Ben", "Cem", "Dot", "Eve"))
    assert "Earlier" in labels(reply)


async def test_upkeep_runs(stage: Stage):
    for tick in stage.registry.ticks.values():
        await tick.run()


async def test_pulled_into_a_case(stage: Stage):
    cem = stage.village.members["Cem"]
    session = stage.village.host(cohosts=(cem,))
    stage.village.join("Ana", session)
    await stage.deliveries()
    roster = await stage.ask("Host", ShowRoster(session.code))
    away = await stage.press("Host", roster, "Pulled into a case")
    assert labels(away) == [
        "15 min later",
        "Tomorrow, same time",
        "Cem leads it",
        "Open it without me",
        "Another time",
        "Call off",
    ]
    done = await stage.press("Host", away, "15 min later")
    assert "begins about 15 min later, at 18:15 GMT." in text(done)
    assert "2 people are being told." in text(done)
    twice = await stage.press("Host", away, "15 min later")
    assert "This was done already, and everybody knows." in text(twice)
    old = await stage.press("Host", away, "Cem leads it")
    assert "was changed in the meantime; it is at Thu, 11 Mar 2027, 18:15 GMT now." in text(old)
    assert labels(old)[0] == "Look at it again"
    away = await stage.press("Host", old, "Look at it again")
    await stage.press("Host", away, "Cem leads it")
    told = {who: text(reply) for kind, who, reply in await stage.deliveries()}
    assert "More than one thing about Tips for TIPS has changed." in told["Cem"]
    assert "You lead it." in told["Cem"]
    assert "18:15 GMT" in told["Ana"]
    away = await stage.press("Cem", roster, "Pulled into a case")
    said = text(await stage.press("Cem", away, "Open it without me"))
    assert "opens without you" in said
    [(_kind, _who, ana), *_rest] = await stage.deliveries()
    assert "Cem was called away." in text(ana)
    assert "min without a host" in await stage.read("Ben", ListSessions())
    stage.village.clock.set(stage.village.session(session).starts - timedelta(hours=1))
    [reminded] = [reply for kind, _who, reply in await stage.deliveries() if "hour" in kind]
    assert "Tips for TIPS without a host begins" in text(reminded)
    away = await stage.press("Cem", roster, "Pulled into a case")
    assert "Open it without me" not in labels(away)
    back = await stage.press("Cem", away, "I can come after all")
    assert "2 people are being told." in text(back)
    twice = await stage.press("Cem", away, "I can come after all")
    assert "This was done already, and everybody knows." in text(twice)
    told = {who: text(reply) for kind, who, reply in await stage.deliveries() if "with" in kind}
    assert sorted(told) == ["Ana", "Host"]
    assert "Cem can come after all and leads Tips for TIPS" in told["Ana"]
    assert "min with Cem" in await stage.read("Ben", ListSessions())
    assert "you can meet without a host" in text(ana)
    away = await stage.press("Cem", roster, "Pulled into a case")
    said = text(await stage.press("Cem", away, "Tomorrow, same time"))
    assert "is at Fri, 12 Mar 2027, 18:00 GMT now. Everybody keeps their seat." in said
    assert "You have no seat" not in await stage.read("Ana", MySessions())
    refused = await stage.read("Ana", PulledAway(session.code))
    assert "This is for the host" in refused


async def test_after_a_delay_the_new_time_leads_and_the_other_choices_still_work(stage: Stage):
    session = stage.village.host()
    stage.village.join("Ana", session)
    away = await stage.ask("Host", PulledAway(session.code))
    done = await stage.press("Host", away, "15 min later")
    assert done.replaces
    roster = await stage.read("Host", ShowRoster(session.code))
    assert roster.startswith("Tips for TIPS · Thu, 11 Mar 2027, 18:15 GMT")
    assert "About 15 min later than planned: it was to begin at Thu, 11 Mar" in roster
    mine = await stage.read("Ana", MySessions())
    assert "Tips for TIPS · Thu, 11 Mar 2027, 18:15 GMT" in mine
    more = await stage.press("Host", done, "Another 15 min later")
    assert "begins about 30 min later, at 18:30 GMT." in text(more)
    await stage.deliveries(hosts=True)
    stage.village.clock.set(session.starts - timedelta(hours=1))
    [(_k, _w, ana)] = [one for one in await stage.deliveries() if "reminder_hour" in one[0]]
    assert "begins about 30 min later than planned: Thu, 11 Mar 2027, 18:30 GMT." in text(ana)
    assert "When: Thu, 11 Mar 2027, 18:30 GMT, 45 min" in text(ana)
    moved = await stage.press("Host", more, "Tomorrow, same time")
    assert "is at Fri, 12 Mar 2027, 18:00 GMT now. Everybody keeps their seat." in text(moved)
    assert "later than planned" not in await stage.read("Host", ShowRoster(session.code))


async def test_the_reminders_that_are_promised_are_those_that_come(stage: Stage):
    for starts, said in (
        ("2027-03-11 18:00", "You will be reminded: Wed, 10 Mar 2027, 18:00 GMT and Thu, 11 Mar"),
        ("2027-03-01 16:00", "You will be reminded: Mon, 1 Mar 2027, 15:00 GMT. You are told"),
        ("2027-03-01 12:30", "It begins so soon that no reminder comes before it. You are told"),
    ):
        asked = await stage.ask("Host", request(starts))
        assert said in text(await stage.press("Host", asked, "Confirm"))
    asked = await stage.ask("Host", request(repeat=Repeat.WEEKLY))
    said = text(await stage.press("Host", asked, "Confirm"))
    assert "You are reminded a day and an hour before each." in said


async def test_an_offered_seat_is_not_counted_as_taken(stage: Stage):
    session = stage.village.host(seats=1)
    for name in ("Ana", "Ben"):
        stage.village.join(name, session)
    stage.village.leave("Ana", session)
    roster = await stage.read("Host", ShowRoster(session.code))
    assert "0 of 1 seat taken, 1 offered; 0 on the waitlist; 0 questions." in roster
    assert "Ben · kept until Tue, 2 Mar 2027, 00:00 GMT" in roster


async def test_changing_what_it_is(stage: Stage):
    session = stage.village.host(repeat=Repeat.WEEKLY)
    stage.village.join("Ana", session)
    roster = await stage.ask("Host", ShowRoster(session.code))
    form = await stage.answer(stage.caller("Host"), button(roster, "Change").does)
    assert isinstance(form, Form)
    assert form.given["title"] == "Tips for TIPS"
    echo = await stage.ask(
        "Host", ChangeSession(session.code, title="Embolisation", where="Room 7", seats=4)
    )
    assert "Change Tips for TIPS on Thu, 11 Mar 2027, 18:00 GMT like this?" in text(echo)
    assert "1 person will be told, once." in text(echo)
    await stage.press("Host", echo, "Confirm")
    [(kind, who, reply)] = await stage.deliveries()
    assert (kind, who) == ("oh.changed", "Ana")
    assert "Embolisation was changed. This is how it stands now:" in text(reply)
    assert "Where: Room 7" in text(reply)
    echo = await stage.ask("Host", ChangeSession(session.code, minutes=30, scope=Scope.LATER))
    assert "sessions, this one and those after it." in text(echo)
    await stage.press("Host", echo, "Confirm")
    [(kind, who, reply)] = await stage.deliveries()
    assert kind == "oh.series_changed"
    assert "and the sessions after it as well" in text(reply)


async def test_clocks_that_shift(stage: Stage):
    village = stage.village
    ana = village.members["Ana"]
    village.do(lambda work: work.people.set_zone(ana, "America/New_York"))
    series = village.series(village.host(repeat=Repeat.WEEKLY))
    village.join("Ana", series[1])
    village.clock.set(series[1].starts - timedelta(days=3))
    [(kind, who, reply)] = await stage.deliveries()
    assert (kind, who) == ("oh.shift", "Ana")
    assert "Clocks have changed: Tips for TIPS is 1 hour later for you than the time" in text(reply)
    village.clock.set(series[3].starts - timedelta(days=2))
    await stage.deliveries()
    said = await stage.read("Ana", JoinSession(series[3].code))
    assert "is 1 hour earlier for you than the time before" in said


def select(reply: Reply, label: str) -> Select:
    return next(
        part for part in reply.parts if isinstance(part, Select) and plain(part.label) == label
    )


async def test_marks_are_between_host_and_person(stage: Stage):
    session = stage.village.host()
    for name in ("Ana", "Ben"):
        stage.village.join(name, session)
    assert "Who was there?" not in await stage.read("Host", ShowRoster(session.code))
    stage.village.clock.set(session.starts + timedelta(minutes=10))
    roster = await stage.ask("Host", ShowRoster(session.code))
    chosen = select(roster, "Did not come")
    assert [plain(option.label) for option in chosen.options] == ["Ana", "Ben"]
    said = await stage.read("Host", replace(chosen.does, who=chosen.options[0].value))  # pyright: ignore
    assert "Noted for Tips for TIPS, did not come: Ana" in said
    assert "Everybody can correct what is said about them." in said
    await stage.press("Host", roster, "Everybody was there")
    said = await stage.read("Host", ShowRoster(session.code))
    assert "Ana · did not come" in said
    assert "Ben · was there" in said
    staff = await stage.read("Mod", ShowRoster(session.code), Role.MODERATOR)
    assert "did not come" not in staff
    stage.village.clock.move(timedelta(days=1))
    found = {
        kind: text(reply)
        for kind, who, reply in await stage.deliveries()
        if who == "Ana" and isinstance(reply, Reply)
    }
    assert "it was noted that you could not come. If you were there" in found["oh.absent"]
    assert "Only you and the host see this." in found["oh.absent"]


async def test_a_question_without_a_name_takes_two_moderators(stage: Stage):
    session = stage.village.host()
    await stage.ask("Ana", AskQuestion(session.code, "Is it hard?"))
    await stage.deliveries()
    host = await stage.ask("Host", ShowRoster(session.code))
    lists = [plain(part.label) for part in host.parts if isinstance(part, Select)]
    assert lists == ["A moderator should see"]
    roster = await stage.ask("Mod", ShowRoster(session.code), Role.MODERATOR)
    look = select(roster, "Look into a question")
    one = replace(look.does, question=look.options[0].value)  # pyright: ignore
    shown = await stage.ask("Mod", one, Role.MODERATOR)
    assert labels(shown) == [
        "Mute whoever asked",
        "Take it off the roster",
        "Ask to learn who it was",
    ]
    wanted = await stage.press("Mod", shown, "Ask to learn who it was", Role.MODERATOR)
    assert "is shown when a second moderator agrees, and not before" in text(wanted)
    assert "Ana" not in text(wanted)
    second = await stage.ask("Eve", one, Role.MODERATOR)
    assert "Ana" not in text(second)
    both = await stage.press("Eve", second, "Agree", Role.MODERATOR)
    assert "You and a second moderator agreed: Ana asked it." in text(both)
    sent = await stage.deliveries()
    told = {kind: text(reply) for kind, _who, reply in sent}
    assert "Ana" not in told["un.agreed"]
    [agreed] = [reply for kind, _who, reply in sent if kind == "un.agreed"]
    assert isinstance(agreed, Reply)
    first = await stage.press("Mod", agreed, "Show who asked", Role.MODERATOR)
    assert "You and a second moderator agreed: Ana asked it." in text(first)
    assert "learned that it is yours" in told["un.told"]
    muted = await stage.press("Eve", both, "Mute whoever asked", Role.MODERATOR)
    assert "asks no questions without a name here for a month" in text(muted)
    refused = await stage.read("Ana", AskQuestion(session.code, "And then?"))
    assert "Questions without a name are paused for you here." in refused
    assert "There is no question" in await stage.read("Mod", LookInto("k3f9"), Role.MODERATOR)


async def test_a_move_onto_another_seat_is_pointed_out_to_whom_it_concerns(stage: Stage):
    village = stage.village
    other = village.host("2027-03-12 18:15", title="Coils")
    moving = village.host()
    for name in ("Ana", "Ben"):
        village.join(name, moving)
    village.join("Ana", other)
    village.clock.move(timedelta(minutes=1))
    await stage.deliveries()
    village.move(moving, "2027-03-12 18:00")
    news = {who: text(said) for _kind, who, said in await stage.deliveries()}
    assert "At the same time you have Coils, at Fri, 12 Mar 2027, 18:15 GMT." in news["Ana"]
    assert "At the same time" not in news["Ben"]


async def test_a_series_moved_onto_another_seat_says_so_once(stage: Stage):
    village = stage.village
    other = village.host("2027-03-19 18:15", title="Coils")
    first = village.host(repeat=Repeat.WEEKLY)
    for session in village.series(first)[:3]:
        village.join("Ana", session)
    village.join("Ana", other)
    await stage.deliveries()
    village.move(first, "2027-03-12 18:00", Scope.LATER)
    ((_kind, _who, said),) = await stage.deliveries()
    assert text(said).count("At the same time you have Coils") == 1
