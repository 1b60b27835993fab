"""A question that does harm: from the host to a moderator, and off the roster meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.office_hours import Session
from bot.domain.people import Role
from bot.runtime.feature import Moot
from bot.services.unseen import STAFF
from bot.ui.action import Action
from bot.ui.parts import Reply, Select
from cogs.office_hours.actions import AskQuestion, ShowRoster
from cogs.office_hours.unseen_actions import FlagQuestion, LookInto
from tests.cogs.stage import Stage, labels, plain, text
from tests.services.village import HALL

LABEL = "A moderator should see"
BAD = "You are all fools"


def chosen(reply: Reply | Moot, label: str, words: str) -> Action:
    """What choosing an option of a list asks for."""
    assert isinstance(reply, Reply)
    [list_] = [
        part for part in reply.parts if isinstance(part, Select) and plain(part.label) == label
    ]
    [value] = [one.value for one in list_.options if plain(one.label).startswith(words)]
    return replace(list_.does, **{list_.fills: value})  # pyright: ignore[reportArgumentType]


async def asked(stage: Stage) -> Session:
    """A session with two questions, and moderators who have a channel."""
    village = stage.village
    village.do(lambda work: work.communities.set_channel(village.community, STAFF, HALL, "7"))
    session = village.host()
    await stage.ask("Ana", AskQuestion(session.code, BAD))
    await stage.ask("Ben", AskQuestion(session.code, "Is it hard?"))
    return session


async def staff_reads(stage: Stage) -> list[str]:
    """What comes to the moderators' channel."""
    rows = stage.village.claim()
    return [text(await stage.compose(row)) for row in rows if row.kind == "un.flagged"]


async def test_from_the_roster_to_a_moderator_and_off_the_roster(stage: Stage):
    session = await asked(stage)
    roster = await stage.ask("Host", ShowRoster(session.code))
    said = await stage.read("Host", chosen(roster, LABEL, BAD))
    assert "It is off the roster and the reminders of Tips for TIPS." in said
    assert "nobody learns by that who asked" in said
    after = await stage.read("Host", ShowRoster(session.code))
    assert BAD not in after
    assert "Is it hard?" in after
    assert "1 question." in after
    [word] = await staff_reads(stage)
    assert "asks for a look at a question without a name" in word
    assert "[Look into it]" in word
    assert BAD not in word
    # Again, by a list that is still open: nothing is sent a second time.
    await stage.ask("Host", chosen(roster, LABEL, BAD))
    assert await staff_reads(stage) == []
    stage.village.clock.set(session.starts - timedelta(hours=1))
    found = [reply for _kind, _who, reply in await stage.deliveries(hosts=True)]
    reminders = [text(reply) for reply in found if isinstance(reply, Reply)]
    assert any("Is it hard?" in one for one in reminders)
    assert not any(BAD in one for one in reminders)


async def test_from_the_message_that_brings_questions(stage: Stage):
    session = await asked(stage)
    [brought] = [reply for kind, _who, reply in await stage.deliveries() if "questions" in kind]
    await stage.ask("Host", chosen(brought, LABEL, BAD))
    assert BAD not in await stage.read("Host", ShowRoster(session.code))


async def test_a_question_that_is_off_is_not_brought_to_the_host(stage: Stage):
    session = await asked(stage)
    roster = await stage.ask("Host", ShowRoster(session.code))
    for bad in (BAD, "Is it hard?"):
        await stage.ask("Host", chosen(roster, LABEL, bad))
    stage.village.clock.move(timedelta(hours=2))
    rows = [row for row in stage.village.claim() if row.kind == "oh.questions"]
    assert [await stage.compose(row) for row in rows] == [Moot.MOOT, Moot.MOOT]


async def test_a_moderator_mutes_puts_back_and_finds_it_by_the_code_of_the_session(stage: Stage):
    session = await asked(stage)
    found = await stage.ask("Mod", LookInto(session.code), Role.MODERATOR)
    assert "Questions for Tips for TIPS. Which one?" in text(found)
    one = chosen(found, "Look into a question", BAD)
    shown = await stage.ask("Mod", one, Role.MODERATOR)
    assert "Take it off the roster" in labels(shown)
    muted = await stage.press("Mod", shown, "Mute whoever asked", Role.MODERATOR)
    assert "It is off the roster and the reminders of its session." in text(muted)
    assert BAD not in await stage.read("Host", ShowRoster(session.code))
    # The moderator still finds it there.
    roster = await stage.ask("Mod", ShowRoster(session.code), Role.MODERATOR)
    again = await stage.ask("Mod", chosen(roster, "Look into a question", BAD), Role.MODERATOR)
    back = await stage.press("Mod", again, "Put it back", Role.MODERATOR)
    assert "off the roster and" not in text(back)
    assert BAD in await stage.read("Host", ShowRoster(session.code))
    # Muting takes it off, and taking that back brings it back.
    again = await stage.press("Mod", back, "Take that back", Role.MODERATOR)
    off = await stage.press("Mod", again, "Mute whoever asked", Role.MODERATOR)
    assert BAD not in await stage.read("Host", ShowRoster(session.code))
    await stage.press("Mod", off, "Take that back", Role.MODERATOR)
    assert BAD in await stage.read("Host", ShowRoster(session.code))


@pytest.mark.parametrize("who", ["Ana", "Mod"])
async def test_only_who_leads_it_flags(stage: Stage, who: str):
    session = await asked(stage)
    roster = await stage.ask("Host", ShowRoster(session.code))
    flag = chosen(roster, LABEL, BAD)
    assert "not open for you" in await stage.read(who, flag, Role.MODERATOR)
    assert "not open for you" in await stage.read("Host", FlagQuestion("none"))
    assert BAD in await stage.read("Host", ShowRoster(session.code))


async def test_where_no_moderator_is_known_another_way_is_named(stage: Stage):
    session = stage.village.host()
    await stage.ask("Ana", AskQuestion(session.code, BAD))
    roster = await stage.ask("Host", ShowRoster(session.code))
    said = await stage.read("Host", chosen(roster, LABEL, BAD))
    assert "/report is another way to one." in said
    assert await staff_reads(stage) == []
