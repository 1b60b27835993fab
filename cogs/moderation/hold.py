"""`setup hold`: nothing unrequested goes out until a moderator lets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import MOST_WHY
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler
from bot.runtime.registry import Registry
from bot.services import hold
from bot.services.hold import Held
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, When, Words, _, ngettext


@dataclass(frozen=True)
class ShowHold(Action, tag="su.hold.1"):
    """Whether messages are on hold, and what waits."""


@dataclass(frozen=True)
class OpenHold(Action, tag="su.open_hold.1"):
    """The form before everything stops."""


@dataclass(frozen=True)
class HoldAll(Action, tag="su.hold_all.1"):
    """Stop every message that nobody asked for."""

    why: Annotated[
        str | None, Ask(_("Reason"), hint=_("For the record of changes"), most=MOST_WHY)
    ] = None


@dataclass(frozen=True)
class GoOn(Action, tag="su.go_on.1"):
    """Let messages go on."""


class HoldScreens:
    """Handlers of the hold."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._store = store
        self._clock = clock
        self._everything = everything

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowHold, self.show, moderator),
            Handler(OpenHold, self.open, moderator, opens=True),
            Handler(HoldAll, self.hold, moderator),
            Handler(GoOn, self.go_on, moderator),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup hold", _("Stop every direct message; resume"), ShowHold),)

    async def show(self, caller: Caller, ask: ShowHold) -> Reply:
        """How things stand."""
        return self._screen(await self._store.read(hold.look, caller.community))

    async def open(self, caller: Caller, ask: OpenHold) -> Form:
        """The form."""
        return Form(_("Hold every direct message"), HoldAll, send=_("Hold"))

    async def hold(self, caller: Caller, ask: HoldAll) -> Reply:
        """From now on nothing goes out."""
        held = await self._store.write(
            hold.hold, self._clock.now(), caller.community, caller.member, ask.why or ""
        )
        return self._screen(held)

    async def go_on(self, caller: Caller, ask: GoOn) -> Reply:
        """One after another."""
        count, last = await self._store.write(
            hold.resume, self._clock.now(), caller.community, caller.member
        )
        if not count:
            return Reply((Text(_("Messages go out again. None had to wait.")),), replaces=True)
        said = ngettext(
            "Messages go out again. {count} that waited goes now.",
            "Messages go out again. {count} that waited follow one after another, the last one at"
            " {when}.",
            count,
            when=When(last),
        )
        if last - self._clock.now() < timedelta(minutes=1):
            # An hour and a minute that are the present ones tell nothing.
            said = ngettext(
                "Messages go out again. The one that waited goes now.",
                "Messages go out again. {count} that waited follow one after another within the"
                " minute.",
                count,
            )
        late = _("What has become pointless meanwhile is left out.")
        return Reply((Text(said), Text(late, Style.QUIET)), replaces=True)

    def _screen(self, held: Held) -> Reply:
        if held.since is None:
            return Reply(
                (
                    Text(_("Messages go out as usual"), Style.HEADING),
                    Text(
                        _(
                            "A hold stops every direct message that nobody asked for, with the next"
                            " one. Answers to what people do themselves go on. What falls due waits"
                            " and is not lost; what is open between people closes that much later."
                        )
                    ),
                    Button(_("Hold every direct message"), OpenHold(), Look.GRAVE),
                )
            )
        parts: list[Part] = [
            Text(_("Messages are on hold"), Style.HEADING),
            Text(_("Since {when}, nobody gets a direct message.", when=When(held.since))),
        ]
        if held.oldest is not None:
            waits = ngettext("{count} message waits.", "{count} messages wait.", held.count)
            since = _("The first was due at {when}.", when=When(held.oldest))
            parts += [Text(waits), Facts(self._kinds(held)), Text(since, Style.QUIET)]
        else:
            parts.append(Text(_("None waits so far.")))
        return Reply(
            (
                *parts,
                Button(_("Let them go on"), GoOn(), Look.MAIN),
                Button(_("Look again"), ShowHold()),
            ),
            replaces=True,
        )

    def _kinds(self, held: Held) -> tuple[tuple[Msg, Words], ...]:
        """How many of each feature's messages wait; nobody's name, nothing of what they say."""
        labels = {
            notice.kind: feature.label
            for feature in self._everything().features
            for notice in feature.notices
        }
        found: Counter[Msg] = Counter()
        for kind, count in held.waits.items():
            found[labels.get(kind) or _("Other messages")] += count
        return tuple((label, _("{count}", count=count)) for label, count in found.items())
