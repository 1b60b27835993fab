"""What stands in the channel of a question asks for nothing once the question is over."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.people import Account, CommunityId
from bot.domain.questions import AskedId, AskedState
from bot.runtime.calls import Calls
from bot.runtime.delivery import Dispatcher
from bot.runtime.hall import Doors
from bot.services import questions
from bot.services.follow_ups import engine, views
from bot.services.ports import Work
from bot.ui.parts import Reply, Text
from cogs.follow_ups import CLOSERS
from cogs.follow_ups.actions import AskCommunity, IAnswered, ItHelped, StillOpen, TakeBack
from cogs.follow_ups.controls import after_end
from cogs.follow_ups.words import endings
from tests.cases.clinic import Board, Silent
from tests.cogs.stage import Stage, text
from tests.services.village import HALL


class Room:
    """The channel for questions."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.village, self.board = stage, stage.village, Board()
        home = self.village.community
        self.village.do(lambda work: work.communities.set_channel(home, "questions", HALL, "7"))

    async def ask(self, question: str) -> int:
        await self.stage.ask("Ana", AskCommunity(question, "career", anonymous=True))
        await self.passes()
        ids = (AskedId(one) for one in range(1, 9))
        known = self.village.see(lambda work: [one for one in ids if work.questions.get(one)])
        return known[-1]

    async def passes(self, time: timedelta = timedelta(minutes=1)) -> list[str]:
        """What stands after a while, in a process that was just started."""
        village, doors = self.village, Doors()
        doors.add(self.board)
        village.clock.set(village.now + time)
        village.do(engine.advance, village.now, CLOSERS)
        notices = self.stage.registry.notices
        await Dispatcher(village.store, village.clock, notices, doors, Silent(), _left).ring()
        await Calls(village.store, doors, notices).look()
        return [
            text(Reply(screen.parts)) for place, screen in self.board.standing.values()
            if place == "7"
        ]  # fmt: skip


async def _left(account: Account, community: CommunityId) -> None: ...


async def test_a_question_that_is_over_says_so_where_it_stands(stage: Stage) -> None:
    room = Room(stage)
    first, second, third = [await room.ask(f"Question {one}?") for one in "ABC"]
    assert all("[I answered]" in one for one in await room.passes())
    await stage.ask("Ana", ItHelped(first))
    await stage.ask("Ana", TakeBack(second))
    answered, back, open_ = await room.passes()
    assert "This question is answered" in answered
    assert "Question A?" in answered
    assert "was taken back" in back
    assert "Question B?" not in back
    assert "[I answered]" in open_
    *_two, closed = await room.passes(timedelta(days=30))
    assert "closed for now" in closed
    assert "Answer below" not in "".join(await room.passes())
    assert not room.village.see(lambda work: work.showings.all())
    # Its asker would like to hear more: it is asked once more.
    await stage.ask("Ana", StillOpen(third))
    await room.passes()
    assert ["[I answered]" in one for one in await room.passes()] == [False, False, False, True]
    assert questions.Kind.POSTED in room.village.see(lambda work: work.showings.all())[0].digest


async def test_closing_what_ran_out_promises_nothing_and_an_answer_is_not_taken_away(
    stage: Stage,
) -> None:
    room = Room(stage)
    first, second = [await room.ask(f"Question {one}?") for one in "AB"]
    await stage.ask("Ben", IAnswered(second))
    await room.passes(timedelta(days=30))
    silent, heard = [_ends(room, one) for one in (first, second)]
    assert "or closed" in text(silent)
    said = text(await stage.press("Ana", silent, "Close it"))
    assert said == "It is closed. I ask no more about it."
    assert all("closed for now" in one for one in await room.passes()), "both stay as they are"
    assert "clos" not in text(heard)
    await stage.press("Ana", heard, "It helped")
    asked = room.village.see(questions.look, AskedId(second))
    assert asked is not None
    assert asked.state is AskedState.ANSWERED


async def test_of_a_followed_message_only_the_asking_ends(stage: Stage) -> None:
    village = stage.village
    asked = village.do(
        questions.noticed, village.now, village.community, village.members["Ana"], "https://x", "1"
    )
    said = text(await stage.ask("Ana", TakeBack(asked.id)))
    assert said == "It is closed. I ask no more about it."


def _ends(room: Room, id: int) -> Reply:
    """What its asker reads once a question closed by itself."""
    ana = room.village.members["Ana"]

    def look(work: Work) -> views.Seen | None:
        one = questions.until(work, AskedId(id))
        return None if one is None else views.seen(work, one.id, ana)

    seen = room.village.see(look)
    assert seen is not None
    return Reply((*map(Text, endings.closed(seen)), *after_end(seen)))
