"""Check-ins as people read them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours import Span
from bot.domain.pairs import Said
from bot.domain.people import Role
from bot.domain.policies import Matter
from bot.runtime.caller import Message
from bot.services import pair_views, pairs, questions
from bot.services.follow_ups import views
from bot.ui.action import ChannelRef
from bot.ui.form import Form
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Audience, Button, Can, Look, Reply
from bot.ui.words import _
from cogs.follow_ups import FollowUps
from cogs.follow_ups.actions import (
    AskCommunity,
    ClosePair,
    IAnswered,
    OpenPostpone,
    PostponeStep,
    PromiseStep,
    SendUpdate,
    ShowStatus,
    WriteFirst,
)
from cogs.follow_ups.channels import ProposeChannel, ShowChannels
from cogs.follow_ups.days import spans
from cogs.follow_ups.manner_actions import GoAway, SetHours
from tests.cogs.stage import Stage, button, labels, plain, text
from tests.services.village import HALL


def pair(stage: Stage) -> str:
    """Host and Ana, who met."""
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    made = village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.do(pairs.answer, village.now, ana, made.id, Said.MET)
    return made.code


def chosen(reply: Reply) -> list[str]:
    """Buttons that stand out."""
    found = [part for part in reply.parts if isinstance(part, Button) and part.look is Look.MAIN]
    return [plain(part.label) for part in found]


async def test_each_side_chooses_a_rhythm(stage: Stage) -> None:
    pair(stage)
    status = await stage.ask("Ana", ShowStatus())
    rhythm = await stage.press("Ana", status, "Rhythm")
    assert "every 5 weeks" in text(rhythm)
    assert chosen(rhythm) == []
    wished = await stage.press("Ana", rhythm, "4 weeks")
    assert wished.replaces
    assert chosen(wished) == ["4 weeks"]
    assert "every 5 weeks" in text(wished), "the other side has a say"
    theirs = await stage.press("Host", await stage.ask("Host", ShowStatus()), "Rhythm")
    assert chosen(theirs) == [], "what one side wished for is not shown to the other"
    agreed = await stage.press("Host", theirs, "4 weeks")
    assert "every 4 weeks" in text(agreed)


async def test_a_first_line_says_who_one_is_and_the_second_what_was_done(stage: Stage) -> None:
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    made = village.do(pairs.open_pair, village.now, village.community, host, ana)
    status = await stage.ask("Ana", ShowStatus())
    form = await stage.answer(stage.caller("Ana"), button(status, "Write first").does)
    assert isinstance(form, Form)
    assert form.action is WriteFirst
    mentors = await stage.ask("Host", ShowStatus())
    assert "Write first" not in labels(mentors), "the trainee begins"
    await stage.ask("Ana", WriteFirst(made.code, "PGY-2 in Leeds", "Which meeting first?"))
    (first,) = [said for kind, who, said in await stage.deliveries() if kind == "pair.note"]
    assert "First lines from" in text(first)
    assert "One question: Which meeting first?" in text(first)
    status = await stage.ask("Ana", ShowStatus())
    form = await stage.answer(stage.caller("Ana"), button(status, "Send an update").does)
    assert isinstance(form, Form)
    assert form.action is SendUpdate, "a second message is a progress note"
    await stage.ask("Ana", SendUpdate(made.code, "Read two papers"))
    (second,) = [said for kind, who, said in await stage.deliveries() if kind == "pair.note"]
    assert "An update from" in text(second)


async def test_who_has_not_heard_back_has_written(stage: Stage) -> None:
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    made = village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.do(pairs.answer, village.now, ana, made.id, Said.NOT_HEARD)
    assert "Send an update" in labels(await stage.ask("Ana", ShowStatus()))


async def test_a_line_to_the_bot_becomes_what_fits(stage: Stage) -> None:
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    made = village.do(pairs.open_pair, village.now, village.community, host, ana)
    ear = FollowUps(village.store, village.clock).feature().ear
    assert ear is not None

    async def told(name: str) -> str:
        answer = await ear.hear(stage.caller(name), Message("1", "Hello", private=True))
        assert answer is not None
        return text(answer)

    assert "two lines on who you are" in await told("Ana")
    assert "a line, whenever you like" in await told("Host")
    village.do(pairs.send_note, village.now, ana, made.id, "PGY-2 in Leeds")
    assert "what you did since, and one question" in await told("Ana")


async def test_a_help_channel_says_what_has_to_be_granted(stage: Stage) -> None:
    grant = _("The operator switches this on.")
    caller = replace(stage.caller("Mod", Role.MODERATOR), lacking={Can.HEAR_CHANNELS: grant})
    proposed = await stage.answer(caller, ProposeChannel("help", ChannelRef("c9")))
    assert isinstance(proposed, Reply)
    assert "not allowed to hear" in text(proposed)
    assert "The operator switches this on." in text(proposed)
    can = replace(caller, can=frozenset({Can.HEAR_CHANNELS}))
    proposed = await stage.answer(can, ProposeChannel("help", ChannelRef("c9")))
    assert isinstance(proposed, Reply)
    assert "not allowed" not in text(proposed)
    village = stage.village
    village.do(lambda work: work.communities.set_channel(village.community, "help", HALL, "c9"))
    panel = await stage.answer(caller, ShowChannels())
    assert isinstance(panel, Reply)
    assert "not allowed to hear" in text(panel), "what is missing is said as long as it is"


async def test_we_spoke_elsewhere_can_be_said_before_anybody_asks(stage: Stage) -> None:
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    made = village.do(pairs.open_pair, village.now, village.community, host, ana)
    said = await stage.press("Ana", await stage.ask("Ana", ShowStatus()), "We spoke elsewhere")
    assert "Good to hear" in text(said)
    mine = village.see(lambda work: work.follow_ups.about(pairs.subject_of(made)))
    assert [one.owes for one in mine] == [host], "each answers for themselves"


async def test_an_asker_closes_a_question_from_the_list_and_the_list_has_pages(
    stage: Stage,
) -> None:
    village = stage.village
    ana, others = village.members["Ana"], ("Host", "Ben", "Cem", "Dot", "Eve", "Mod")
    for who in others:
        village.do(pairs.open_pair, village.now, village.community, village.members[who], ana)
    village.do(lambda work: work.communities.set_channel(village.community, "questions", HALL, "7"))
    asked = village.do(
        questions.ask, village.now, village.community, ana, "career", "How?", anonymous=True
    )
    assert asked is not None
    first = await stage.ask("Ana", ShowStatus())
    closed = await stage.press("Ana", first, f"I have my answer ({asked.code})")
    assert "closed" in text(closed)
    first = await stage.ask("Ana", ShowStatus())
    assert "I have my answer" not in " ".join(labels(first))
    last = await stage.press("Ana", first, "More")
    shown = text(first) + text(last)
    assert all(f"You and {who} (" in shown for who in others)


async def test_a_tap_below_ones_own_question_asks_whether_to_close_it(stage: Stage) -> None:
    village = stage.village
    ana = village.members["Ana"]
    village.do(lambda work: work.communities.set_channel(village.community, "questions", HALL, "7"))
    asked = village.do(
        questions.ask, village.now, village.community, ana, "career", "How?", anonymous=True
    )
    assert asked is not None
    own = await stage.ask("Ana", IAnswered(asked.id))
    assert "your own question" in text(own)
    assert own.audience is Audience.ONLY_YOU
    helper = await stage.read("Ben", IAnswered(asked.id))
    assert "I ask whether it helped" in helper
    assert "closed" in text(await stage.press("Ana", own, "I have my answer"))
    later = await stage.read("Cem", IAnswered(asked.id))
    assert "Thank you" in later
    assert "not yours" not in later


async def test_a_topic_that_is_none_is_corrected(stage: Stage) -> None:
    village = stage.village
    village.do(lambda work: work.communities.set_channel(village.community, "questions", HALL, "7"))
    refused = await stage.ask("Ana", AskCommunity("Which loupes do you wear?", "embolization"))
    assert refused.correctable
    assert "Embolisation (UFE, PAE, GAE)" in text(refused)
    assert "Nothing was posted" in text(await stage.ask("Ana", AskCommunity("Which?", "gda")))
    assert "is being posted" in text(await stage.ask("Ana", AskCommunity("Which?", "Other")))


async def test_a_step_on_days_away_is_reminded_of_before_they_begin(stage: Stage) -> None:
    village = stage.village
    ana, today = village.members["Ana"], village.now.date()
    off = Span(today + timedelta(days=3), today + timedelta(days=20))
    village.do(lambda work: work.manners.add_off(ana, off))
    code = pair(stage)
    said = await stage.read("Ana", PromiseStep(code, "Send my CV", today + timedelta(days=10)))
    assert "none of those on which I write to you" in said
    (step,) = [
        one
        for one in village.see(lambda work: work.follow_ups.of(ana))
        if one.matter is Matter.NEXT_STEP
    ]
    village.clock.set(datetime.combine(off.first, time(), UTC))
    rows = [row for row in village.claim() if (row.kind, row.ref) == ("fu.remind", step.id)]
    assert [row.due.date() for row in rows] == [off.first - timedelta(days=1)]
    usual = await stage.read("Ana", PromiseStep(code, "Read it", off.last + timedelta(days=5)))
    assert "the day before." in usual


async def test_days_away_that_are_noted_later_move_the_reminder_of_a_step(stage: Stage) -> None:
    village = stage.village
    ana, today = village.members["Ana"], village.now.date()
    code = pair(stage)
    await stage.ask("Ana", PromiseStep(code, "Send my CV", today + timedelta(days=10)))
    away = GoAway(today + timedelta(days=3), today + timedelta(days=20))
    back = await stage.ask("Ana", away)
    await stage.press("Ana", back, "Take back")
    await stage.ask("Ana", away)
    (step,) = [
        one
        for one in village.see(lambda work: work.follow_ups.of(ana))
        if one.matter is Matter.NEXT_STEP
    ]
    moved = await stage.read("Ana", PostponeStep(step.ref, today + timedelta(days=11)))
    assert "none of those on which I write to you" in moved
    village.clock.set(datetime.combine(away.from_, time(), UTC))
    rows = [row for row in village.claim() if (row.kind, row.ref) == ("fu.remind", step.id)]
    assert [row.due.date() for row in rows] == [away.from_ - timedelta(days=1)]


async def test_a_pair_is_closed_after_a_look_at_what_the_other_side_reads(stage: Stage) -> None:
    code = pair(stage)
    stage.village.claim()
    asked = await stage.ask("Ana", ClosePair(code, "Thank you for everything."))
    assert "They read: You and Ana: this is closed for now" in text(asked)
    assert "Thank you for everything." in text(asked)
    assert "Nothing was changed" in text(await stage.press("Ana", asked, "Cancel"))
    assert "not one of yours" in text(await stage.press("Ana", asked, "Confirm"))
    assert await stage.deliveries() == []
    done = await stage.press("Ana", await stage.ask("Ana", ClosePair(code)), "Confirm")
    assert "Closed, with thanks" in text(done)
    assert {kind for kind, _who, _said in await stage.deliveries()} == {"pair.closed"}
    assert "It is open again" in text(await stage.press("Ana", done, "Reopen"))


async def test_a_step_names_the_day_that_was_understood_and_is_done_or_moved_at_any_time(
    stage: Stage,
) -> None:
    village = stage.village
    code, due = pair(stage), (village.now + timedelta(days=9)).date()
    done = await stage.ask("Ana", PromiseStep(code, "Send the abstract", due))
    assert "Send the abstract" in text(done)
    assert labels(done) == ["New date", "Drop it"]
    move = button(done, "New date").does
    assert isinstance(move, OpenPostpone)
    later = due + timedelta(days=2)
    await stage.ask("Ana", PostponeStep(move.step, later))
    status = await stage.ask("Ana", ShowStatus())
    line = next(one for one in text(status).splitlines() if "Send the abstract" in one)
    assert text(status).count("Send the abstract") == 1
    assert f"{later.day} {later:%b}" in line
    assert "until" not in line, "one date, the one that counts"
    assert "Send the abstract" in text(await stage.ask("Host", ShowStatus()))
    await stage.press("Ana", status, "Done")
    assert "Send the abstract" not in text(await stage.ask("Ana", ShowStatus()))


async def test_what_is_asked_next_names_a_moment_within_ones_own_hours(stage: Stage) -> None:
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    for _day in range(7):
        village.clock.set(village.now + timedelta(days=1))
        made = village.do(pairs.open_pair, village.now, village.community, host, ana)
        when = village.see(pair_views.asked_on, made, ana)
        listed = village.see(views.open_of, village.now, ana, village.community)
        assert when == next(one.asks for one in listed if one.pair and one.pair.id == made.id)


def test_days_are_written_in_the_readers_language() -> None:
    one, other = date(2027, 3, 24), date(2027, 5, 4)
    words = _("{days}", days=spans((Span(one, one + timedelta(days=2)), Span(other, other))))
    assert plain(words) == "Wed, 24 Mar 2027 to Fri, 26 Mar 2027 and Tue, 4 May 2027"
    german = plainly(words, catalogue("de"), ZoneInfo("UTC"))
    assert german == "Mi., 24. März 2027 bis Fr., 26. März 2027 und Di., 4. Mai 2027"


async def test_a_topic_that_is_none_is_said_at_once(stage: Stage) -> None:
    refused = await stage.ask(
        "Ana", SetHours("08:00", "20:00", topics="Career and training, Knots")
    )
    assert refused.correctable
    assert "I do not know the topic Knots" in text(refused)
    taken = await stage.ask("Ana", SetHours("08:00", "20:00", topics="Career and training, other"))
    assert "Questions about" in text(taken)
