"""`my link`: a Discord and a Slack account of one person, and taking them apart again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import Account, MemberId, Role, Someone
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Feature, Handler, Moot, Notice
from bot.runtime.registry import Registry
from bot.services import linking, own_data
from bot.services.linking import NotLinked
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Listing, Msg, Slash, Strong, Typed, _, ngettext

_WHY = {
    NotLinked.NO_CODE: _("This code is wrong, was used, or is older than ten minutes."),
    NotLinked.SAME: _("This is the account that the code is from; type it with the other one."),
    NotLinked.TWO_LISTINGS: _(
        "Both accounts have a listing as a mentor, and I cannot make one of two. Please withdraw"
        " one of them first, with {withdraw}.",
        withdraw=Slash("mentor withdraw"),
    ),
}


@dataclass(frozen=True)
class LinkMine(Action, tag="my.link.1"):
    """A code for my other account, or the code that it gave me."""

    code: Annotated[
        str | None, Ask(_("Code"), hint=_("From your other account; empty for a new one"), most=20)
    ] = None


@dataclass(frozen=True)
class AgreeToLink(Action, tag="my.link_yes.1"):
    """Whoever typed the code: both accounts are mine."""

    code: str


@dataclass(frozen=True)
class LinkNow(Action, tag="my.linked.1"):
    """Whoever made the code: the account that typed it is mine."""

    other: MemberId


@dataclass(frozen=True)
class RefuseLink(Action, tag="my.link_no.1"):
    """Whoever made the code: that account is not mine."""


@dataclass(frozen=True)
class AskUnlink(Action, tag="my.unlink.1"):
    """What taking an account out would do."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True)
class Unlink(Action, tag="my.unlinked.1"):
    """Take it out."""

    platform: str
    workspace: str
    user: str


class Linking:
    """The cog. `everything`: what every feature brings."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._store = store
        self._clock = clock
        self._everything = everything

    def feature(self) -> Feature:
        """Its declaration."""
        return Feature(
            "linking",
            handlers=(
                Handler(LinkMine, self.link),
                Handler(AgreeToLink, self.agree),
                Handler(LinkNow, self.now),
                Handler(RefuseLink, self.refuse),
                Handler(AskUnlink, self.ask_unlink),
                Handler(Unlink, self.unlink),
            ),
            commands=(
                Command("my link", _("Your Discord and Slack accounts as one member"), LinkMine),
            ),
            notices=(Notice(linking.TOLD, self.compose),),
            home=self.home,
        )

    async def home(self, caller: Caller) -> Reply:
        """Which accounts are this member's."""
        accounts = await self._store.read(own_data.accounts, caller.member)
        names = tuple(Typed(one.platform.capitalize()) for one in accounts)
        parts: list[Part] = [
            Text(_("Your accounts"), Style.HEADING),
            Facts(((_("Linked"), _("{accounts}", accounts=Listing(names))),)),
        ]
        if Role.MEMBER in caller.roles:
            parts.append(Button(_("Link another account"), LinkMine()))
        return Reply(tuple(parts))

    async def link(self, caller: Caller, ask: LinkMine) -> Reply:
        """How it stands; with a code, whose it is."""
        now = self._clock.now()
        code = (ask.code or "").strip()
        if code:
            found = await self._store.read(linking.look, now, caller.community, caller.member, code)
            if isinstance(found, NotLinked):
                return Reply((Text(_WHY[found]),), correctable=True)
            return Reply(
                (
                    Text(_("Link this account with {account}?", account=_called(found))),
                    Text(
                        _(
                            "Both are one member then: seats, requests and messages count once."
                            " Where both have a seat, one of them goes to the next in line."
                        )
                    ),
                    Text(_("Only go on if both are yours."), Style.QUIET),
                    Button(_("Confirm"), AgreeToLink(code), Look.MAIN),
                )
            )
        waits = await self._store.read(linking.waiting, now, caller.member)
        if waits is not None:
            return _question(waits)
        made = await self._store.write(linking.offer, now, caller.community, caller.member)
        return Reply(
            (
                Text(_("Link another account"), Style.HEADING),
                *await self._linked(caller),
                Text(
                    _(
                        "With your other account, type {link} and this code within ten minutes:"
                        " {code}",
                        link=Slash("my link"),
                        code=Code(made),
                    )
                ),
                Text(
                    _(
                        "Both accounts are asked before anything is linked. Never give this code"
                        " to anybody else."
                    ),
                    Style.QUIET,
                ),
            )
        )

    async def _linked(self, caller: Caller) -> tuple[Part, ...]:
        accounts = await self._store.read(own_data.accounts, caller.member)
        others = [one for one in accounts if one != caller.account]
        parts: list[Part] = []
        for one in others:
            name = Typed(one.platform.capitalize())
            parts.append(Text(_("Linked with this account: {account}", account=name)))
            label = _("Unlink {account}", account=name)
            parts.append(Button(label, AskUnlink(one.platform, one.workspace, one.user)))
        return tuple(parts)

    async def agree(self, caller: Caller, ask: AgreeToLink) -> Reply:
        """The first yes."""
        found = await self._store.write(
            linking.agree, self._clock.now(), caller.community, caller.member, ask.code
        )
        if isinstance(found, NotLinked):
            return Reply((Text(_WHY[found]),), replaces=True)
        said = _(
            "One more step: I wrote to {account}. Please confirm it there within the hour; {link}"
            " shows it there as well.",
            account=_called(found),
            link=Slash("my link"),
        )
        return Reply((Text(said),), replaces=True)

    async def compose(self, row: Delivery, late: bool) -> Reply | Moot:
        """What the first account is asked."""
        if row.member is None:
            return Moot.MOOT
        found = await self._store.read(linking.waiting, self._clock.now(), row.member)
        return Moot.MOOT if found is None or found.member != row.ref else _question(found)

    async def now(self, caller: Caller, ask: LinkNow) -> Reply:
        """The second yes."""
        done = await self._store.write(
            linking.link, self._clock.now(), caller.member, MemberId(ask.other)
        )
        if isinstance(done, NotLinked):
            return Reply((Text(_WHY[done]),), replaces=True)
        return Reply(
            (
                Text(_("Linked. Both accounts are one member from now on.")),
                Text(
                    _(
                        "I write to the one that you used last. {link} takes them apart again.",
                        link=Slash("my link"),
                    ),
                    Style.QUIET,
                ),
            ),
            replaces=True,
        )

    async def refuse(self, caller: Caller, ask: RefuseLink) -> Reply:
        """A no."""
        await self._store.write(linking.refuse, caller.member)
        said = _("Nothing was linked, and the code is worth nothing any more.")
        return Reply((Text(said),), replaces=True)

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


def _question(other: Someone) -> Reply:
    return Reply(
        (
            Text(_("Is this account yours as well: {account}?", account=_called(other))),
            Text(_("It typed the code that you made to link your accounts.")),
            Button(_("Yes, link them"), LinkNow(other.member), Look.MAIN),
            Button(_("No"), RefuseLink()),
        )
    )


def _called(who: Someone) -> Msg:
    platforms = {account.platform for account in who.accounts}
    where = Typed(next(iter(sorted(platforms)), "?").capitalize())
    return _("{name} on {platform}", name=Strong(who.name), platform=where)
