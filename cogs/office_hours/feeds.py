"""A private calendar address: given, taken back, and what a calendar program finds there.

The address is a secret and is shown once; only a digest of it is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import partial

from bot.clock import Clock
from bot.domain.calendar_file import empty_calendar
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.web import NOT_FOUND, Route, WebAnswer, WebAsk
from bot.services.office_hours import feeds
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Code, _
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import calendar_file

_LENGTH = 24
_KIND = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class GetFeed(Action, tag="oh.feed.1"):
    """A private address; with `another`, a new one where there is one already."""

    another: bool = False


@dataclass(frozen=True)
class DropFeed(Action, tag="oh.no_feed.1"):
    """No address any more."""


def offered(public_url: str) -> tuple[Part, ...]:
    """The way to an address, where there is an endpoint that members can reach."""
    return (Button(_("Private calendar address"), GetFeed()),) if public_url else ()


class Feeds:
    """Handlers and the page."""

    def __init__(self, store: Store, clock: Clock, public_url: str) -> None:
        self._store = store
        self._clock = clock
        self._public = public_url.rstrip("/")

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(GetFeed, self.give), Handler(DropFeed, self.drop))

    def routes(self) -> tuple[Route, ...]:
        """The page of every address."""
        return (Route("/calendar/{secret}.ics", self.page),)

    async def give(self, caller: Caller, request: GetFeed) -> Reply:
        """Shown once; an earlier one ends when that was chosen, and not before."""
        if not self._public:
            return Reply((Text(_("This bot shows no calendar addresses.")),))
        secret = secrets.token_urlsafe(_LENGTH)
        given = await self._store.write(
            partial(feeds.give, another=request.another), actor_of(caller), secret
        )
        if given is feeds.Given.NONE:
            return _has_one()
        said = _("Subscribe to this address in your calendar program; it keeps itself up to date.")
        parts: list[Part] = [
            Text(said),
            Text(_("{address}", address=Code(f"{self._public}/calendar/{secret}.ics"))),
            Text(
                _(
                    "Whoever has the address sees your sessions and their links, so keep it to"
                    " yourself. It is shown this once; you can take it back at any time."
                )
            ),
        ]
        if given is feeds.Given.ANOTHER:
            parts.append(Text(_("Your earlier address shows nothing any more."), Style.QUIET))
        parts.append(Button(_("Take it back"), DropFeed(), Look.GRAVE))
        return Reply(tuple(parts), replaces=request.another)

    async def drop(self, caller: Caller, request: DropFeed) -> Reply:
        """It shows nothing from now on."""
        had_one = await self._store.write(feeds.take_back, actor_of(caller))
        if not had_one:
            return Reply((Text(_("You have no calendar address.")),))
        said = _("Your calendar address shows nothing any more.")
        return Reply((Text(said), *offered(self._public)), replaces=True)

    async def page(self, ask: WebAsk) -> WebAnswer:
        """What a calendar program finds."""
        found = await self._store.read(feeds.behind, self._clock.now(), ask.path["secret"])
        if found is None:
            return NOT_FOUND
        about = _("Your office hours")
        content = calendar_file(found, about).content if found else empty_calendar()
        return WebAnswer(content, _KIND)


def _has_one() -> Reply:
    said = _(
        "You have a private calendar address already. It was shown once, when it was made, and"
        " still shows your sessions. A new one ends it: whatever uses the old one has to be given"
        " the new one."
    )
    return Reply(
        (
            Text(said),
            Button(_("A new address"), GetFeed(another=True)),
            Button(_("Take it back"), DropFeed(), Look.GRAVE),
        )
    )
