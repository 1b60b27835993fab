"""`setup guard`: what is watched and who passes, old and new before a change, what is missing."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.guard import ELSEWHERE, Guarded, Watch
from bot.domain.people import Place, Role
from bot.errors import PlatformUnavailable
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, test_of
from bot.runtime.feature import Handler
from bot.runtime.inspecting import Inspect, Wanted
from bot.runtime.settable import Settable
from bot.runtime.warden import Wardens
from bot.services import guard
from bot.services.kinds import OFF, ON
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Can, Facts, IfCan, Look, Part, Reply, Style, Text
from bot.ui.words import Listing, Msg, _
from cogs.guard.actions import (
    OpenElsewhere,
    OpenPass,
    OpenWatch,
    ProposeElsewhere,
    ProposeOwnPass,
    ProposePass,
    ProposeWatch,
    ShowGuard,
    ShowSieve,
)
from cogs.guard.settings import (
    REF_SETTING,
    ROLE_SETTING,
    SHORT,
    WATCH_SETTING,
    channel_named,
    rights,
    role_named,
    wanted_for,
)

_MOST_CHANNELS = 20


class Panel:
    """The screens of the settings."""

    def __init__(self, store: Store, clock: Clock, wardens: Wardens, inspect: Inspect) -> None:
        self._store = store
        self._changing = Changing(store, clock)
        self._wardens = wardens
        self._inspect = inspect

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        may = Role.MODERATOR
        return (
            Handler(ShowGuard, self.show, may),
            Handler(OpenWatch, self.open_watch, may, opens=True),
            Handler(ProposeWatch, self.propose_watch, may),
            Handler(OpenElsewhere, self.open_elsewhere, may, opens=True),
            Handler(ProposeElsewhere, self.propose_elsewhere, may),
            Handler(OpenPass, self.open_pass, may, opens=True),
            Handler(ProposePass, self.propose_pass, may),
            Handler(ProposeOwnPass, self.propose_own_pass, may),
        )

    async def show(self, caller: Caller, ask: ShowGuard) -> Reply:
        """The panel."""
        rules = await rules_of(self._store, caller)
        if caller.place is None or rules is None:
            return ELSEWHERE_ASKED
        parts: list[Part] = [
            Text(_("The guard"), Style.HEADING),
            Text(
                _(
                    "In a watched channel I look at new and changed messages, at pictures and files"
                    " in them, and at what is forwarded or linked. Nothing of it is kept."
                )
            ),
            Facts(_facts(rules)),
            Text(_("Warn: the author is told privately, and moderators get a link."), Style.QUIET),
            IfCan(
                Can.REMOVE_OTHERS_MESSAGES,
                Text(
                    _(
                        "Hold: the message is taken down as well, and its author gets the text back"
                        " privately, with such places replaced. What is only doubtful is not taken"
                        " down."
                    ),
                    Style.QUIET,
                ),
                Text(
                    _("Hold: I cannot take down here what others wrote, so it works like warn."),
                    Style.QUIET,
                ),
            ),
            *await self._missing(rules),
            Button(_("Choose for a channel"), OpenWatch(), Look.MAIN),
            Button(_("All other channels"), OpenElsewhere()),
            Button(_("Let a role pass"), OpenPass()),
            IfCan(
                Can.PLACE_ROLES,
                Button(_("Let a role of this place pass"), OpenPass(own=True)),
                Text(_("Threads count as the channel they belong to."), Style.QUIET),
            ),
        ]
        if self._wardens.sifter(rules.place) is not None:
            parts.append(Button(_("Rules that stop text"), ShowSieve()))
        return Reply((*parts, test_of(guard.WATCH.name)))

    async def _missing(self, rules: Guarded) -> list[Part]:
        found = await self._looked(rules.place, wanted_for(rules))
        if rules.watches and rules.staff is None:
            found.append(Text(NO_STAFF))
        if not found:
            return []
        return [Text(_("Still missing:"), Style.HEADING), *found]

    async def _looked(self, place: Place, wanted: tuple[Wanted, ...]) -> list[Part]:
        """What is missing for this, each with where to grant it."""
        try:
            found = await self._inspect(place, wanted) if wanted else ()
        except PlatformUnavailable:
            return []
        parts: list[Part] = []
        for lack in dict.fromkeys(found):
            parts += [Text(lack.what), Text(lack.grant, Style.QUIET)]
        return parts

    # Channels -----------------------------------------------------------------------------------

    async def open_watch(self, caller: Caller, ask: OpenWatch) -> Form:
        """The form of a channel."""
        return Form(_("Watch a channel"), ProposeWatch)

    async def open_elsewhere(self, caller: Caller, ask: OpenElsewhere) -> Form:
        """The form of all others."""
        return Form(_("All other channels"), ProposeElsewhere)

    async def propose_watch(self, caller: Caller, ask: ProposeWatch) -> Reply:
        """Old and new for a channel."""
        return await self._propose(caller, ask.channel, ask.watch)

    async def propose_elsewhere(self, caller: Caller, ask: ProposeElsewhere) -> Reply:
        """Old and new for all others."""
        return await self._propose(caller, ELSEWHERE, ask.watch)

    async def _propose(self, caller: Caller, channel: str, new: Watch) -> Reply:
        rules = await rules_of(self._store, caller)
        if rules is None:
            return ELSEWHERE_ASKED
        notes: list[Part] = []
        if new is not Watch.OFF:
            notes = await self._looked(rules.place, (Wanted(channel, rights(new)),))
            notes += [Text(NO_STAFF)] if rules.staff is None else []
        setting = Setting(guard.WATCH.name, channel, rules.place)
        return await self._changing.propose(
            caller, WATCH_SETTING, setting, new.value, notes=tuple(notes)
        )

    # Who passes ---------------------------------------------------------------------------------

    async def open_pass(self, caller: Caller, ask: OpenPass) -> Form:
        """The form of a role."""
        if ask.own:
            return Form(_("Let a role pass"), ProposeOwnPass)
        return Form(_("Let a role pass"), ProposePass)

    async def propose_pass(self, caller: Caller, ask: ProposePass) -> Reply:
        """Old and new for a role of the community."""
        return await self._propose_pass(caller, ROLE_SETTING, ask.role)

    async def propose_own_pass(self, caller: Caller, ask: ProposeOwnPass) -> Reply:
        """Old and new for a role of the place's own."""
        return await self._propose_pass(caller, REF_SETTING, ask.role)

    async def _propose_pass(self, caller: Caller, settable: Settable, name: str) -> Reply:
        if caller.place is None:
            return ELSEWHERE_ASKED
        setting = Setting(settable.kind.name, name, caller.place)
        old = await self._store.read(settable.kind.read, caller.community, setting)
        return await self._changing.propose(caller, settable, setting, OFF if old == ON else ON)


NO_STAFF = _("No channel for moderators is chosen (setup channels), so nobody is told there.")
ELSEWHERE_ASKED = Reply(
    (Text(_("The guard belongs to a place, so this works there, not in a message.")),)
)


async def rules_of(store: Store, caller: Caller) -> Guarded | None:
    """The rules of the place in which somebody asks."""
    return None if caller.place is None else await store.read(guard.rules, caller.place)


def _facts(rules: Guarded) -> tuple[tuple[Msg, Msg], ...]:
    named = [(channel, watch) for channel, watch in rules.channels.items() if channel]
    rows = [(channel_named(channel), SHORT[watch]) for channel, watch in named[:_MOST_CHANNELS]]
    rows.append((_("all other channels"), SHORT[rules.of(ELSEWHERE)]))
    passes = sorted(rules.passes, key=lambda one: (one.role is None, one.ref, str(one.role)))
    roles = Listing(tuple(role_named(one) for one in passes))
    rows.append((_("who passes"), _("{roles}", roles=roles) if passes else _("nobody")))
    return tuple(rows)
