"""Pausing with a date of return, coming back, and opting out; what is open gets a kind answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.listings import PAUSE, State
from bot.domain.requests import Request
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import listing as use
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, When, _, ngettext
from cogs.mentors.cards import limits_words
from cogs.mentors.labels import format_words
from cogs.mentors.listing_actions import (
    EditListing,
    MyListing,
    OpenPause,
    PauseMentoring,
    PauseNow,
    ResumeMentoring,
    WithdrawListing,
    WithdrawNow,
)
from cogs.mentors.own_listing import not_listed
from cogs.mentors.request_actions import AcceptRequest, DeclineRequest, ShowRequest

_SHOWN = 8


class Resting:
    """Handlers of pauses and of opting out."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(PauseMentoring, self.pause),
            Handler(OpenPause, self.open_pause, opens=True),
            Handler(PauseNow, self.pause_now),
            Handler(ResumeMentoring, self.resume),
            Handler(WithdrawListing, self.withdraw),
            Handler(WithdrawNow, self.withdraw_now),
        )

    async def pause(self, caller: Caller, ask: PauseMentoring) -> Reply:
        """With requests open: all of them on one screen, one choice each. Else at once."""
        now = self._clock.now()
        until = ask.until or (now + PAUSE).astimezone(caller.zone).date()
        if _morning(until, caller.zone) <= now:
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        known = await self._store.read(use.mine, caller.community, caller.member)
        if known is None or known.state is State.WITHDRAWN:
            return not_listed()
        return await self.pausing(caller, until) or await self.pause_now(caller, PauseNow(until))

    async def open_pause(self, caller: Caller, ask: OpenPause) -> Form:
        """Until when."""
        intro = _("The day of return; a year from now at most.")
        return Form(_("A pause"), PauseMentoring, ("until",), intro=intro)

    async def going_on(self, caller: Caller, until: date, done: Msg) -> Reply:
        """After one choice of that screen: what is left of it, else the pause."""
        screen = await self.pausing(caller, until) or await self.pause_now(caller, PauseNow(until))
        return replace(screen, parts=(Text(done), *screen.parts))

    async def pausing(self, caller: Caller, until: date) -> Reply | None:
        """The screen of a pause: what is open; None if nothing is."""

        def waiting(work: Work) -> list[tuple[Request, Person]]:
            open_ones = use.pending(work, caller.community, caller.member)
            people = work.people.several(one.trainee for one in open_ones)
            return [(one, Person(people[one.trainee])) for one in open_ones]

        found = await self._store.read(waiting)
        if not found:
            return None
        day = When(_morning(until, caller.zone), with_time=False)
        parts: list[Part] = [
            Text(
                ngettext(
                    "{count} request is open. Before the pause, one tap each:",
                    "{count} requests are open. Before the pause, one tap each:",
                    len(found),
                )
            ),
            Text(_("The pause is until {when}.", when=day), Style.QUIET),
        ]
        for request, who in found[:_SHOWN]:
            form = format_words(request.text.form)
            parts.append(Text(_("{who}: {format}", who=who, format=form)))
            named = Typed(who.who.name[:40])
            parts.append(Button(_("Accept {who}", who=named), AcceptRequest(request.id, until)))
            parts.append(Button(_("Not now, {who}", who=named), DeclineRequest(request.id, until)))
            parts.append(Button(_("Read {who}", who=named), ShowRequest(request.id)))
        parts.append(Divider())
        rest = _("What you leave untouched gets the usual kind answer at once.")
        parts.append(Text(rest, Style.QUIET))
        parts.append(Button(_("Pause now"), PauseNow(until), Look.MAIN))
        parts.append(Button(_("Another date"), OpenPause()))
        parts.append(Button(_("No pause"), MyListing()))
        return Reply(tuple(parts), replaces=True)

    async def pause_now(self, caller: Caller, ask: PauseNow) -> Reply:
        """Pauses."""
        until = _morning(ask.until, caller.zone)
        found = await self._store.write(
            use.pause, self._clock.now(), caller.community, caller.member, until
        )
        if found is None:
            return not_listed()
        day = When(found.listing.paused_until or until, with_time=False)
        parts: list[Part] = [
            Text(
                _(
                    "Your listing rests until {when}: no search shows it, and no request can be"
                    " sent. Whoever opens your card reads that you are full, and from which day on"
                    " you are back. It comes back by itself; I ask once then whether that suits"
                    " you.",
                    when=day,
                )
            )
        ]
        if found.closed:
            parts.append(
                Text(
                    ngettext(
                        "{count} open request got a kind answer.",
                        "{count} open requests got a kind answer.",
                        found.closed,
                    ),
                    Style.QUIET,
                )
            )
        parts.append(Button(_("Another date"), OpenPause()))
        parts.append(Button(_("Back now"), ResumeMentoring()))
        return Reply(tuple(parts), replaces=True)

    async def resume(self, caller: Caller, ask: ResumeMentoring) -> Reply:
        """There again."""
        known = await self._store.write(
            use.resume, self._clock.now(), caller.community, caller.member
        )
        if known is None:
            return not_listed()
        return Reply(
            (
                Text(_("Your listing is shown again. Thank you.")),
                Text(limits_words(known), Style.QUIET),
                Button(_("My listing"), MyListing()),
            )
        )

    async def withdraw(self, caller: Caller, ask: WithdrawListing) -> Reply:
        """What it means, first."""
        known = await self._store.read(use.mine, caller.community, caller.member)
        if known is None or known.state is State.WITHDRAWN:
            return not_listed()
        return Reply(
            (
                Text(
                    _(
                        "Your listing disappears at once and your consents end. Open requests get a"
                        " kind answer; pairs go on as they are. A pause would keep the text."
                    )
                ),
                Button(_("Withdraw"), WithdrawNow(), Look.GRAVE),
                Button(_("Pause instead"), PauseMentoring()),
                Button(_("Leave it"), MyListing()),
            )
        )

    async def withdraw_now(self, caller: Caller, ask: WithdrawNow) -> Reply:
        """Opt out."""
        closed = await self._store.write(
            use.withdraw, self._clock.now(), caller.community, caller.member
        )
        if closed is None:
            return not_listed()
        said = _("You are not in the list of mentors any more. Thank you for having been there.")
        return Reply((Text(said), Button(_("Offer again"), EditListing())), replaces=True)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(8), zone).astimezone(UTC)
