"""One member becomes two again: what it would do, and doing it."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.domain.people import Account
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.registry import Registry
from bot.services import linking
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Typed, _, ngettext
from cogs.linking.actions import AskUnlink, LeaveAccounts, Unlink


class Asunder:
    """Handlers of taking an account out. `everything`: what every feature brings."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._store = store
        self._clock = clock
        self._everything = everything

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(AskUnlink, self.ask_unlink), Handler(Unlink, self.unlink))

    async def ask_unlink(self, caller: Caller, ask: AskUnlink) -> Reply:
        """What it would do."""
        name = Typed(ask.platform.capitalize())
        return Reply(
            (
                Text(_("Unlink {account}?", account=name), Style.HEADING),
                Text(
                    _(
                        "Everything you have stays with the account you are using now. The other"
                        " one begins anew, with your hours, your days away and your blocks."
                    )
                ),
                Text(_("Where only the other account can be, everything of yours ends.")),
                Button(_("Unlink"), Unlink(ask.platform, ask.workspace, ask.user), Look.GRAVE),
                Button(_("Cancel"), LeaveAccounts()),
            )
        )

    async def unlink(self, caller: Caller, ask: Unlink) -> Reply:
        """Taken apart."""
        account = Account(ask.platform, ask.workspace, ask.user)
        if account == caller.account:
            return Reply((Text(_("You are using this account now; unlink the other one.")),))
        done = await self._store.write(
            linking.unlink,
            *(self._clock.now(), caller.member, account, self._everything().leaving),
        )
        if done is None:
            return Reply((Text(_("This account is not linked with yours.")),), replaces=True)
        parts: list[Part] = [Text(_("Unlinked. They are two members from now on."))]
        if done.left:
            ended = ngettext(
                "What you had in {count} community, where only the other account can be, ended.",
                "What you had in {count} communities, where only the other account can be, ended.",
                done.left,
            )
            parts.append(Text(ended))
        return Reply(tuple(parts), replaces=True)
