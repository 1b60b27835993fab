"""The list that stands in the channel for office hours, and sessions as events: for everybody.

Where a session is stays out of both, but for a voice channel, which everybody there sees anyway.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.people import Community, Place
from bot.domain.showing import Happening, Spot
from bot.runtime.standing import Announced, Posted, Wanted
from bot.services.office_hours.on_show import OnShow, on_show
from bot.services.office_hours.results import Card
from bot.services.ports import Store
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.topics import topic_words
from bot.ui.words import Slash, Typed, Words, _
from cogs.office_hours.actions import JoinSession, ListSessions, MySessions
from cogs.office_hours.dropping_in import to_the_queue
from cogs.office_hours.listing import more_dates
from cogs.office_hours.wording import public_line, standing


class OnDisplay:
    """What this feature wants to be seen."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def wants(self) -> tuple[Wanted, ...]:
        """Lists and events of every community."""
        wanted: list[Wanted] = []
        for shown in await self._store.read(on_show, self._clock.now()):
            home = shown.community
            reply = self._board(shown)
            wanted.extend(
                Posted(Spot(home.id, place, "hours"), channel, home, reply)
                for place, channel in shown.channels
            )
            wanted.extend(
                Announced(
                    Spot(home.id, place, f"event:{card.session.id}"), _happening(home, place, card)
                )
                for card in shown.events
                for place in shown.places
            )
        return tuple(wanted)

    def _board(self, shown: OnShow) -> Reply:
        parts: list[Part] = [Text(_("Office hours"), Style.HEADING)]
        for card in shown.listing.cards:
            behind = shown.listing.behind.get(card.session.id)
            parts.append(Text(public_line(card)))
            if behind is not None:
                parts.append(Text(more_dates(card, behind), Style.QUIET))
            if (said := standing(card, self._clock.now())) is not None:
                parts.append(Text(said, Style.QUIET))
            elif queue := to_the_queue(card, self._clock.now()):
                parts.extend(queue)
            else:
                counted = card.session.plan.capacity is not None
                label = _("Join or wait") if counted else _("Join")
                parts.append(Button(label, JoinSession(card.session.code), Look.MAIN))
        if not shown.listing.cards:
            parts.append(Text(_("No office hours are planned yet.")))
            parts.append(
                Text(_("A host can open one: {command}", command=Slash("hours host")), Style.QUIET)
            )
        parts.append(Text(_("This list keeps itself up to date."), Style.QUIET))
        if shown.listing.cards:
            parts.append(Text(_("All office hours says how many seats are free."), Style.QUIET))
        parts.append(Button(_("All office hours"), ListSessions()))
        parts.append(Button(_("My sessions"), MySessions()))
        return Reply(tuple(parts))


def _happening(home: Community, place: Place, card: Card) -> Happening:
    session, plan = card.session, card.session.plan

    def plain(words: Words) -> str:
        return plainly(words, catalogue(home.language), ZoneInfo(home.zone))

    about = _(
        "{topic}, with {host}. Join with {command}.",
        topic=topic_words(plan.topic),
        host=Typed(card.host.name),
        command=Slash("hours join", session.code),
    )
    return Happening(
        title=plan.title,
        about=plain(about),
        starts=session.begins,
        ends=session.ends,
        where=plain(_("Shown to those who come")),
        mark=plain(_("Code: {code}", code=Typed(session.code))),
        voice=plan.voice if plan.voice is not None and plan.voice.place == place else None,
    )
