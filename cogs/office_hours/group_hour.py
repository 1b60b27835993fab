"""A group hour from demand: proposed to whoever many people ask about one topic, and filled in."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.services.office_hours.results import Refused, Why
from bot.ui.action import Action
from bot.ui.form import Form
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Divider, Part, Text
from bot.ui.topics import topic_words
from bot.ui.words import _, ngettext
from cogs.office_hours.actions import HostSession
from cogs.office_hours.refusals import refusal

_LEAST_SEATS, _MOST_SEATS = 6, 30
_MINUTES = 45


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
