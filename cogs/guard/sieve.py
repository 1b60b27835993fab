"""Rules that the platform itself applies, so that a text is stopped before it appears: shown,
written, updated, taken away.
"""

from __future__ import annotations

from typing import Final

from bot.domain.guard import Guarded
from bot.domain.people import Role
from bot.identifiers.outright import PATTERNS
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.warden import Sieve, SieveState, Wardens
from bot.services.ports import Store
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, _, ngettext
from cogs.guard.actions import DropSieve, ShowGuard, ShowSieve, WriteSieve
from cogs.guard.panel import ELSEWHERE_ASKED, rules_of

NAME: Final = "Introducer: patient identifiers"
SAYS: Final = (
    "This looks like a number, a date of birth or a name of a patient, so it was not sent. Please"
    " leave it out. Nobody has read it."
)


class SieveScreens:
    """Handlers of the rules."""

    def __init__(self, store: Store, wardens: Wardens) -> None:
        self._store = store
        self._wardens = wardens

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        may = Role.MODERATOR
        return (
            Handler(ShowSieve, self.show, may),
            Handler(WriteSieve, self.write, may),
            Handler(DropSieve, self.drop, may),
        )

    async def show(self, caller: Caller, ask: ShowSieve) -> Reply:
        """How they stand, beside how they would be written."""
        rules = await rules_of(self._store, caller)
        if rules is None:
            return ELSEWHERE_ASKED
        return await self._shown(rules, None, replaces=False)

    async def write(self, caller: Caller, ask: WriteSieve) -> Reply:
        """Write or update them."""
        rules = await rules_of(self._store, caller)
        warden = None if rules is None else self._wardens.sifter(rules.place)
        if rules is None or warden is None:
            return ELSEWHERE_ASKED
        refused = await warden.write_sieve(sieve_of(rules))
        return await self._shown(rules, refused or _("Written."), replaces=True)

    async def drop(self, caller: Caller, ask: DropSieve) -> Reply:
        """Take them away."""
        rules = await rules_of(self._store, caller)
        warden = None if rules is None else self._wardens.sifter(rules.place)
        if rules is None or warden is None:
            return ELSEWHERE_ASKED
        refused = await warden.drop_sieve(sieve_of(rules))
        return await self._shown(rules, refused or _("Taken away."), replaces=True)

    async def _shown(self, rules: Guarded, before: Msg | None, *, replaces: bool) -> Reply:
        warden = self._wardens.sifter(rules.place)
        found = None if warden is None else await warden.sieve(sieve_of(rules))
        if found is None:
            return Reply((Text(_("There are no such rules on this platform.")),))
        parts: list[Part] = [Text(before)] if before is not None else []
        parts += [
            Text(_("Rules that stop text before it appears"), Style.HEADING),
            Text(
                _(
                    "They hold in the channels set to hold, and nobody reads what was stopped."
                    " They know a few plain forms only: record, accession and insurance numbers"
                    " and dates of birth behind their labels, names as worklists write them."
                )
            ),
            Facts(
                (
                    (_("Now"), _STATES[found.state]),
                    (_("As it would be written"), _wanted(rules)),
                )
            ),
            *(Text(lack) for lack in found.lacks),
        ]
        if not found.lacks and found.state is not SieveState.CURRENT and _holds(rules):
            label = _("Update the rules") if found.state is SieveState.OTHER else _("Write them")
            parts.append(Button(label, WriteSieve(), Look.MAIN))
        if found.state is not SieveState.ABSENT:
            parts.append(Button(_("Take them away"), DropSieve(), Look.GRAVE))
        parts.append(Button(_("The guard"), ShowGuard()))
        return Reply(tuple(parts), replaces=replaces)


_STATES: Final = {
    SieveState.ABSENT: _("no rules of mine"),
    SieveState.CURRENT: _("written, and up to date"),
    SieveState.OTHER: _("written, but not as it would be now"),
}


def sieve_of(rules: Guarded) -> Sieve:
    """The rules as they would be written."""
    return Sieve(NAME, PATTERNS, SAYS, rules)


def _holds(rules: Guarded) -> bool:
    holding, _others = rules.held
    return bool(holding) or rules.holds_elsewhere


def _wanted(rules: Guarded) -> Msg:
    holding, others = rules.held
    if rules.holds_elsewhere:
        return ngettext(
            "everywhere but in {count} channel", "everywhere but in {count} channels", len(others)
        )
    if not holding:
        return _("nothing: no channel is set to hold")
    return ngettext("in {count} channel", "in {count} channels", len(holding))
