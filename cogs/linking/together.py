"""Two accounts become one member: a code, and a yes from both sides."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import MemberId, Someone
from bot.runtime.caller import Caller
from bot.runtime.feature import Course, Handler, Moot, Notice
from bot.services import linking, own_data
from bot.services.follow_ups import sending
from bot.services.linking import NotLinked
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Slash, Strong, Typed, _
from cogs.linking.actions import (
    AgreeToLink,
    AskUnlink,
    LeaveAccounts,
    LinkMine,
    LinkNow,
    RefuseLink,
)

_WHY = {
    NotLinked.NO_CODE: _("This code is wrong, was used, or is older than ten minutes."),
    NotLinked.ELSEWHERE: _(
        "This code is from another community. Accounts are linked within one; moderators make one"
        " community of two with {join}.",
        join=Slash("setup join"),
    ),
    NotLinked.SAME: _("This is the account that the code is from; type it with the other one."),
    NotLinked.TWO_LISTINGS: _(
        "Both accounts have a listing as a mentor, and I cannot make one of two. Please withdraw"
        " one of them first, with {withdraw}.",
        withdraw=Slash("mentor withdraw"),
    ),
}

_NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)


class Together:
    """Handlers from the code to the second yes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(LinkMine, self.link),
            Handler(AgreeToLink, self.agree),
            Handler(LinkNow, self.now),
            Handler(RefuseLink, self.refuse),
            Handler(LeaveAccounts, self.leave),
        )

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(linking.TOLD, self.compose, course=_NEWS),)

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
                    Text(
                        _(
                            "Only go on if both are yours: whoever uses the other account sees and"
                            " changes everything of yours then."
                        )
                    ),
                    Button(_("Confirm"), AgreeToLink(code), Look.MAIN),
                    Button(_("Cancel"), LeaveAccounts()),
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

    async def leave(self, caller: Caller, ask: LeaveAccounts) -> Reply:
        """Nothing happens."""
        return Reply((Text(_("Nothing was changed.")),), replaces=True)

    async def refuse(self, caller: Caller, ask: RefuseLink) -> Reply:
        """A no."""
        await self._store.write(linking.refuse, caller.member)
        said = _("Nothing was linked, and the code is worth nothing any more.")
        return Reply((Text(said),), replaces=True)


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
