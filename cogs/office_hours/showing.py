"""`setup show`: whether a list of sessions stands in the channel, and sessions among the events."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import CommunityId, Place, Role
from bot.domain.seats import Rules
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing
from bot.runtime.feature import Handler
from bot.runtime.inspecting import Right, Wanted
from bot.runtime.settable import Settable
from bot.services.kinds import HOURS_BOARD, HOURS_EVENTS, OFF, ON, only
from bot.services.office_hours.rules import CHANNEL, rules_of
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.parts import Button, Facts, Reply, Style, Text
from bot.ui.words import InChannel, Msg, Slash, Words, _
from cogs.office_hours.taking_part import actor_of


class What(enum.Enum):
    """What can be shown."""

    BOARD = "board"
    EVENTS = "events"


@dataclass(frozen=True)
class ShowShown(Action, tag="oh.shown.1"):
    """How it stands."""


@dataclass(frozen=True)
class SetShown(Action, tag="oh.set_shown.1"):
    """Turn one on or off."""

    what: What
    on: bool


class Showing:
    """The handlers for moderators."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowShown, self.show, may=Role.MODERATOR),
            Handler(SetShown, self.set, may=Role.MODERATOR),
        )

    async def show(self, caller: Caller, request: ShowShown) -> Reply:
        """Both, and what is lacking before they can be seen here."""
        stands, channel = await self._store.read(rules_of, actor_of(caller), caller.place)
        board, events = (_turned(on) for on in (stands.board, stands.events))
        if stands.board and channel is not None:
            board = _("on, in {channel}", channel=InChannel(channel))
        lacks: list[Text] = []
        if stands.board and channel is None:
            said = _(
                "The list needs a channel: choose one for office hours with {channels}.",
                channels=Slash("setup channels"),
            )
            lacks.append(Text(said))
        return Reply(
            (
                Text(_("Where office hours are shown"), Style.HEADING),
                Facts(((_BOARD, board), (_EVENTS, events))),
                *lacks,
                _switch(What.BOARD, stands),
                _switch(What.EVENTS, stands),
            )
        )

    async def set(self, caller: Caller, request: SetShown) -> Reply:
        """Old and new, and what it means."""
        settable = BOARD_SETTING if request.what is What.BOARD else EVENTS_SETTING
        meant = _LIST_MEANS if request.what is What.BOARD else _EVENTS_MEAN
        return await self._changing.propose(
            *(caller, settable, Setting(settable.kind.name), ON if request.on else OFF),
            notes=(Text(meant, Style.QUIET),) if request.on else (),
        )


def _switch(what: What, stands: Rules) -> Button:
    if what is What.BOARD:
        label = _("Turn the list off") if stands.board else _("Turn the list on")
        return Button(label, SetShown(what, on=not stands.board))
    label = _("Turn events off") if stands.events else _("Turn events on")
    return Button(label, SetShown(what, on=not stands.events))


def _turned(on: bool) -> Msg:
    return _("on") if on else _("off")


def _worded(_setting: Setting, value: str) -> Words:
    return _turned(value == ON)


_BOARD = _("List in the channel")
_EVENTS = _("Events")
_LIST_MEANS = _(
    "One message in the channel for office hours, for everybody there. It keeps itself up to date,"
    " and where a session is stays out of it."
)
_EVENTS_MEAN = _(
    "Sessions for everybody appear among the events of a Discord server, if whoever runs this bot"
    " has turned that on (hours.events) and invited it with the permission to create events. The"
    " link is never in them."
)
BOARD_SETTING = Settable(
    HOURS_BOARD, only(HOURS_BOARD.name), lambda _setting: _BOARD, _worded, ShowShown()
)
EVENTS_SETTING = Settable(
    HOURS_EVENTS, only(HOURS_EVENTS.name), lambda _setting: _EVENTS, _worded, ShowShown()
)


def needs(
    work: Work, community: CommunityId, place: Place, chosen: frozenset[Right]
) -> tuple[Wanted, ...]:
    """What the list and the events need in a place, where moderators turned them on.

    `chosen`: the rights that the deployment's settings ask for; without one, nothing that needs it
    happens, so nothing is missing.
    """
    stands = work.office_hours.rules(community)
    channel = work.communities.channel(community, CHANNEL, place)
    found: list[Wanted] = []
    if stands.board and channel is not None:
        found.append(Wanted(channel, _LISTED | (chosen & {Right.PIN})))
    if stands.events and Right.EVENTS in chosen:
        found.append(Wanted("", frozenset({Right.EVENTS})))
    return tuple(found)


_LISTED = frozenset({Right.SEE, Right.POST})
