"""The list in the channel, and events: kept up to date, with nothing in them that may leak."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.office_hours import ForWhom, Session, VoiceChannel
from bot.domain.people import Place, Role
from bot.domain.recurrence import Repeat
from bot.domain.seats import Rules
from bot.domain.showing import Happening
from bot.runtime.doors import Again, Delivered, Sent, Undeliverable
from bot.runtime.inspecting import Right, Wanted
from bot.runtime.screen import Screen
from bot.runtime.showing import Showing
from bot.services.ports import Work
from bot.ui.parts import Can, Reply
from cogs.office_hours import OfficeHours
from cogs.office_hours.showing import ShowShown
from tests.cogs.stage import Stage, fits, text
from tests.services.village import HALL, Village, plan

LINK = "https://example.org/room"


@dataclass
class Wall:
    """A platform's side: what stands, and how often it was touched."""

    messages: dict[str, Screen] = field(default_factory=dict[str, Screen])
    events: dict[str, Happening | None] = field(default_factory=dict[str, Happening | None])
    touched: int = 0
    refuses: Sent | None = None
    can: frozenset[Can] = frozenset({Can.EVENT})

    def keeps(self, place: Place) -> frozenset[Can]:
        return self.can

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        self.touched += 1
        if self.refuses is not None:
            return self.refuses
        message = message or f"{channel}-{self.touched}"
        self.messages[message] = screen
        return Delivered(message)

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        self.touched += 1
        if self.refuses is not None:
            return self.refuses
        del self.messages[message]
        return Delivered(message)

    async def keep_event(
        self, place: Place, event: str | None, happening: Happening | None
    ) -> Sent:
        self.touched += 1
        if self.refuses is not None:
            return self.refuses
        event = event or f"e{len(self.events)}"
        self.events[event] = happening
        return Delivered(event)

    def said(self) -> str:
        (screen,) = self.messages.values()
        return text(fits(Reply(screen.parts)))


@pytest.fixture
def wall() -> Wall:
    return Wall()


def showing(stage: Stage, wall: Wall) -> Showing:
    stands = stage.cog.feature().stands
    assert stands is not None
    return Showing(stage.village.store, stage.village.clock, wall, (stands,))


def show(village: Village, board: bool = False, events: bool = False) -> None:
    def choose(work: Work) -> None:
        work.communities.set_channel(village.community, "hours", HALL, "door")

    village.do(choose)
    given = Rules(board=board, events=events)
    village.do(lambda work: work.office_hours.set_rules(village.community, given))


def change(village: Village, session: Session, **plan: object) -> None:
    def write(work: Work) -> None:
        found = work.office_hours.session(session.id)
        assert found is not None
        new = replace(found, plan=replace(found.plan, **plan), revision=found.revision + 1)
        work.office_hours.save_plan(new)
        work.office_hours.save_session(new)

    village.do(write)


async def test_one_message_follows_what_happens(stage: Stage, wall: Wall):
    village = stage.village
    show(village, board=True)
    looks = showing(stage, wall)
    await looks.look()
    assert "No office hours are planned yet." in wall.said()
    weekly = village.host(seats=1, repeat=Repeat.WEEKLY)
    village.host("2027-03-12 09:00", title="For us", for_whom=ForWhom.MODERATORS)
    await looks.look()
    assert "1 seat ·" in wall.said()
    assert "every week: this is the next one, 7 more" in wall.said()
    assert "[Join or wait]" in wall.said()
    assert "For us" not in wall.said()
    before = wall.said()
    village.join("Ana", weekly)
    await looks.look()
    # It is the same for everybody, also for whom it reads as full: so it does not say.
    assert wall.said() == before
    assert LINK not in wall.said()
    village.host("2027-03-18 09:00", title="Later")
    await looks.look()
    assert "Later" in wall.said()
    touched = wall.touched
    for _ in range(3):
        await looks.look()
    assert wall.touched == touched == 3, "what did not change is not sent again"
    village.clock.set(weekly.ends + timedelta(minutes=1))
    await looks.look()
    assert weekly.code not in wall.said()
    assert len(wall.messages) == 1


async def test_another_channel_and_none(stage: Stage, wall: Wall):
    village = stage.village
    show(village, board=True)
    looks = showing(stage, wall)
    await looks.look()

    def elsewhere(work: Work) -> None:
        work.communities.set_channel(village.community, "hours", HALL, "lounge")

    village.do(elsewhere)
    await looks.look()
    assert [one.split("-")[0] for one in wall.messages] == ["lounge"]
    village.do(lambda work: work.office_hours.set_rules(village.community, Rules()))
    await looks.look()
    assert not wall.messages
    assert village.see(lambda work: work.showings.all()) == ()


@pytest.mark.parametrize(
    ("no", "after"),
    [(Again(120.0), timedelta(minutes=2)), (Undeliverable("50013"), timedelta(hours=1))],
)
async def test_a_platform_that_refuses_is_asked_again_later(
    stage: Stage, wall: Wall, no: Sent, after: timedelta
):
    show(stage.village, board=True)
    looks = showing(stage, wall)
    wall.refuses = no
    await looks.look()
    wall.refuses = None
    await looks.look()
    assert wall.touched == 1
    stage.village.clock.move(after)
    await looks.look()
    assert "No office hours" in wall.said()


async def test_events_follow_a_session_and_never_hold_the_link(stage: Stage, wall: Wall):
    village = stage.village
    show(village, events=True)
    looks = showing(stage, wall)
    session = village.host(title="Tips for TIPS", where=LINK)
    village.host("2027-03-12 09:00", title="For us", for_whom=ForWhom.HOSTS)
    await looks.look()
    (shown,) = wall.events.values()
    assert shown is not None
    assert (shown.title, shown.starts) == ("Tips for TIPS", session.starts)
    assert "example.org" not in repr(shown)
    assert shown.mark.endswith(session.code)
    village.move(session, "2027-03-13 18:00")
    await looks.look()
    assert [one.starts for one in wall.events.values() if one] == [village.session(session).starts]
    village.call_off(session)
    await looks.look()
    assert list(wall.events.values()) == [None]
    assert village.see(lambda work: work.showings.all()) == ()


async def test_an_event_that_began_is_left_alone(stage: Stage, wall: Wall):
    village = stage.village
    show(village, events=True)
    session = village.host()
    looks = showing(stage, wall)
    await looks.look()
    village.clock.set(session.starts + timedelta(minutes=1))
    await looks.look()
    assert None not in wall.events.values()
    assert village.see(lambda work: work.showings.all()) == ()
    assert wall.touched == 1


async def test_words_that_are_no_link_may_let_people_in_as_well(stage: Stage, wall: Wall):
    village = stage.village
    show(village, board=True, events=True)
    room = village.host(where="Dial 555 0199, number 4711")
    looks = showing(stage, wall)
    await looks.look()
    (shown,) = wall.events.values()
    assert shown is not None
    assert "4711" not in repr(shown)
    assert "4711" not in wall.said()
    change(village, room, voice=VoiceChannel(HALL, "77"))
    await looks.look()
    (shown,) = wall.events.values()
    assert shown is not None
    assert shown.voice == VoiceChannel(HALL, "77")
    change(village, room, voice=VoiceChannel(Place("slack", "T1"), "C1"))
    await looks.look()
    (shown,) = wall.events.values()
    assert shown is not None
    assert shown.voice is None, "a channel of another place is no place of this event"


async def test_where_there_are_no_events_none_is_asked_for(stage: Stage, wall: Wall):
    show(stage.village, events=True)
    stage.village.host()
    wall.can = frozenset()
    await showing(stage, wall).look()
    assert wall.touched == 0


async def test_moderators_turn_it_on(stage: Stage):
    shown = await stage.ask("Mod", ShowShown(), Role.MODERATOR)
    assert "List in the channel: off\nEvents: off" in text(shown)
    asked = await stage.press("Mod", shown, "Turn the list on", Role.MODERATOR)
    assert "Now: off\nThen: on" in text(asked)
    assert "stays out of it" in text(asked)
    show(stage.village, board=True)
    on = await stage.ask("Mod", ShowShown(), Role.MODERATOR)
    assert "List in the channel: on, in #door" in text(on)
    again = await stage.press("Mod", shown, "Turn the list on", Role.MODERATOR)
    assert "like that already" in text(again)
    asked = await stage.press("Mod", on, "Turn events on", Role.MODERATOR)
    assert "The link is never in them." in text(asked)
    asked = await stage.press("Mod", on, "Turn the list off", Role.MODERATOR)
    assert "Now: on\nThen: off" in text(asked)


def test_three_kinds_of_places():
    voice = VoiceChannel(HALL, "77")
    assert plan(voice=voice).where_kind.value == "voice"
    assert plan(where=LINK).where_kind.value == "link"
    assert plan(where="Room 4").where_kind.value == "room"


async def test_what_is_missing_for_the_list_and_events_is_named_where_both_were_chosen(
    stage: Stage,
):
    village = stage.village
    chosen = frozenset({Right.PIN, Right.EVENTS})

    def wanted(rights: frozenset[Right]) -> tuple[Wanted, ...]:
        hours = OfficeHours(village.store, village.clock, "", rights)
        return village.see(hours.needs, village.community, HALL)

    assert wanted(chosen) == ()
    show(village, board=True, events=True)
    post = frozenset({Right.SEE, Right.POST})
    assert wanted(chosen) == (
        Wanted("door", post | {Right.PIN}),
        Wanted("", frozenset({Right.EVENTS})),
    )
    assert wanted(frozenset()) == (Wanted("door", post),)
