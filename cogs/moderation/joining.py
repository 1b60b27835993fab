"""`setup join`: a Discord server and a Slack team as one community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Course, Handler, Notice
from bot.services import joining
from bot.services.follow_ups import sending
from bot.services.joining import NotJoined
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import Code, Slash, Strong, _

_WHY = {
    NotJoined.NO_CODE: _("This code is wrong, was used, or is older than ten minutes."),
    NotJoined.SAME: _("The code is from this community itself; type it in the other place."),
    NotJoined.IN_USE: _(
        "Something was begun here already, and joining would tear it from its codes and lists. Make"
        " the code here, and type it in the place that is new."
    ),
}

_NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)


@dataclass(frozen=True)
class JoinPlaces(Action, tag="su.join.1"):
    """A code for the other place, or the other place's code."""

    code: Annotated[
        str | None, Ask(_("Code"), hint=_("From the other place; empty for a new one"), most=20)
    ] = None


@dataclass(frozen=True)
class ConfirmJoin(Action, tag="su.join_now.1"):
    """This place belongs to the other community from now on."""

    code: str


@dataclass(frozen=True)
class StayApart(Action, tag="su.join_not.1"):
    """Leave the two as they are."""


class JoinScreens:
    """Handlers of the joining."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(JoinPlaces, self.join, Role.MODERATOR, before_setup=True),
            Handler(ConfirmJoin, self.confirm, Role.MODERATOR, before_setup=True),
            Handler(StayApart, self.stay, Role.MODERATOR, before_setup=True),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup join", _("One community on two platforms"), JoinPlaces),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(joining.TOLD, self.compose, course=_NEWS),)

    async def compose(self, row: Delivery, late: bool) -> Reply:
        """To moderators of the community that gave the code."""
        return Reply(
            (
                Text(
                    _(
                        "Another place joined this community with the code that was made here."
                        " Whoever manages that place moderates here too from now on; {audit} shows"
                        " who joined it.",
                        audit=Slash("setup audit"),
                    )
                ),
            )
        )

    async def join(self, caller: Caller, ask: JoinPlaces) -> Reply:
        """A new code; or what a code would do."""
        now = self._clock.now()
        code = (ask.code or "").strip()
        if not code:
            made = await self._store.write(joining.offer, now, caller.community, caller.member)
            return Reply(
                (
                    Text(_("One community in two places"), Style.HEADING),
                    Text(
                        _(
                            "In the other place, a moderator types {join} with this code within ten"
                            " minutes: {code}",
                            join=Slash("setup join"),
                            code=Code(made),
                        )
                    ),
                    Text(
                        _(
                            "Whoever manages the other place moderates this community from then on."
                            " Give the code only to somebody you trust with that."
                        )
                    ),
                    Text(
                        _(
                            "It works once. The other place has to be new: where something was"
                            " begun already, make the code there and type it here."
                        ),
                        Style.QUIET,
                    ),
                )
            )
        home = await self._store.read(joining.look, now, caller.community, code)
        if isinstance(home, NotJoined):
            return Reply((Text(_WHY[home]),), correctable=True)
        name = Strong(home.name or "?")
        return Reply(
            (
                Text(_("Join {name}?", name=name), Style.HEADING),
                Text(
                    _(
                        "This place becomes part of that community: its settings, lists and rules"
                        " hold here too. Members and channels come along; roles are named there"
                        " anew."
                    )
                ),
                Text(
                    _(
                        "Whoever manages one of the two places moderates the whole community. The"
                        " moderators there are told that you joined."
                    )
                ),
                Text(_("This cannot be taken back.")),
                Button(_("Confirm"), ConfirmJoin(code), Look.GRAVE),
                Button(_("Cancel"), StayApart()),
            )
        )

    async def confirm(self, caller: Caller, ask: ConfirmJoin) -> Reply:
        """Once."""
        done = await self._store.write(
            joining.join, self._clock.now(), caller.community, caller.member, ask.code
        )
        if isinstance(done, NotJoined):
            return Reply((Text(_WHY[done]),), replaces=True)
        name = Strong(done.community.name or "?")
        said = _("Done. This place belongs to {name} from now on.", name=name)
        return Reply((Text(said),), replaces=True)

    async def stay(self, caller: Caller, ask: StayApart) -> Reply:
        """Nothing happens; the code stays worth what it was."""
        return Reply((Text(_("Nothing was changed.")),), replaces=True)
