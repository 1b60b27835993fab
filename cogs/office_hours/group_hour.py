"""A group hour from demand: proposed to whoever many people ask about one topic, and filled in; who
asked is told, each alone, when it is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Choice, Course, Handler, Moot, Notice
from bot.services.follow_ups import sending
from bot.services.office_hours import group_hour
from bot.services.office_hours.results import Refused, Why
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.form import Form
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.topics import topic_words
from bot.ui.words import Person, _, ngettext
from cogs.office_hours.actions import HostSession, JoinSession, ListSessions
from cogs.office_hours.refusals import refusal
from cogs.office_hours.wording import facts, title_of

_LEAST_SEATS, _MOST_SEATS = 6, 30
_MINUTES = 45
_TOLD = Course(group_hour.admit, sending.told_news, sending.missed_news)
_CHOICE = Choice(group_hour.CHOICE, _("Group hours on what you asked about"))


@dataclass(frozen=True)
class OpenGroupHour(Action, tag="oh.group.1"):
    """The form of a session about a topic that so many people ask about, filled in."""

    topic: str
    people: int


def proposal(topic: str, people: int) -> tuple[Part, ...]:
    """Below whatever somebody is reading; it asks nothing of them."""
    said = ngettext(
        "{count} person asks about {topic} at the moment. One group hour may help them.",
        "{count} people ask about {topic} at the moment. One group hour may help all of them.",
        people,
        topic=topic_words(topic),
    )
    button = Button(_("Open a group hour"), OpenGroupHour(topic, people))
    return (Divider(), Text(said), button)


async def open_group_hour(caller: Caller, ask: OpenGroupHour) -> Answer:
    """Everything but the time and the place is there; nothing is saved before `Confirm`."""
    if Role.HOST not in caller.roles:
        return refusal(Refused(Why.NOT_A_HOST))
    topic = plainly(topic_words(ask.topic), catalogue(caller.language), ZoneInfo("UTC"))
    title = plainly(
        _("Group hour: {topic}", topic=topic_words(ask.topic)),
        catalogue(caller.language),
        ZoneInfo("UTC"),
    )
    return Form(
        _("A group hour"),
        HostSession,
        given={
            "title": title[:100],
            "topic": topic[:60],
            "minutes": _MINUTES,
            "seats": min(max(ask.people + 2, _LEAST_SEATS), _MOST_SEATS),
        },
        intro=_("Title, topic and seats are filled in; all of it can be changed."),
    )


GROUP_HOUR = Handler(OpenGroupHour, open_group_hour, opens=True)


class Invitations:
    """The word to whoever asked."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (
            Notice(*(Kind.GROUP_HOUR, self.invited), late_after=None, course=_TOLD, choice=_CHOICE),
        )

    async def invited(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """One note; nothing in it says what was asked, or that it had no name."""
        card = await self._store.read(group_hour.invited, self._clock.now(), delivery)
        if card is None:
            return Moot.MOOT
        session = card.session
        said = _(
            "You asked about {topic}. {host} holds one session for everybody who does.",
            topic=topic_words(session.plan.topic),
            host=Person(card.host),
        )
        alone = _(
            "{host} does not learn who got this note. Whoever joins is on the roster like everybody"
            " else. What you asked stays open as it is.",
            host=Person(card.host),
        )
        label = _("Waitlist") if session.full else _("Join")
        return Reply(
            (
                Text(said),
                Text(title_of(session)),
                facts(card),
                Text(alone, Style.QUIET),
                Button(label, JoinSession(session.code), Look.MAIN),
                Button(_("Office hours"), ListSessions()),
            )
        )
