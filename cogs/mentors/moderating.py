"""Whether only verified mentors are shown, and blocks between members."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import MemberId, Role, Someone
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing
from bot.runtime.feature import Handler
from bot.runtime.settable import Settable
from bot.services import blocking
from bot.services.kinds import OFF, ON, VERIFIED_ONLY, only
from bot.services.ports import Store
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Person, Strong, Typed, _
from cogs.mentors.staff_actions import (
    BlockMember,
    RequireVerified,
    ShowBlocks,
    ShowVerified,
    UnblockMember,
)


class Moderating:
    """Handlers of moderators, and of blocks."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(RequireVerified, self.require, Role.MODERATOR),
            Handler(ShowVerified, self.rule, Role.MODERATOR),
            Handler(BlockMember, self.block),
            Handler(UnblockMember, self.unblock),
            Handler(ShowBlocks, self.blocks),
        )

    async def require(self, caller: Caller, ask: RequireVerified) -> Reply:
        """A rule of the community."""
        return await self._changing.propose(
            *(caller, VERIFIED_SETTING, Setting(VERIFIED_ONLY.name), ON if ask.on else OFF)
        )

    async def rule(self, caller: Caller, ask: ShowVerified) -> Reply:
        """The rule as it stands."""
        stands = await self._store.read(lambda work: work.listings.verified_only(caller.community))
        return Reply(rule(stands))

    async def block(self, caller: Caller, ask: BlockMember) -> Reply:
        """Silent, in both directions."""
        if ask.member == caller.member:
            return Reply((Text(_("That is you.")),), correctable=True)
        return await self._blocks(caller, ask.member, on=True)

    async def unblock(self, caller: Caller, ask: UnblockMember) -> Reply:
        """The block ends."""
        return await self._blocks(caller, ask.member, on=False)

    async def blocks(self, caller: Caller, ask: ShowBlocks) -> Reply:
        """Everybody whom the caller blocks."""
        everybody = await self._store.read(blocking.blocked, caller.member)
        heading = Text(_("Whom you block"), Style.HEADING)
        if not everybody:
            return Reply((heading, Text(_("Nobody."))))
        silent = Text(_("They are told nothing of it."), Style.QUIET)
        return Reply((heading, silent, *_listed(everybody)))

    async def home(self, caller: Caller) -> tuple[Part, ...]:
        """The way to them, on the panel of whoever blocks somebody."""
        everybody = await self._store.read(blocking.blocked, caller.member)
        return (Button(_("Whom I block"), ShowBlocks()),) if everybody else ()

    async def _blocks(self, caller: Caller, other: MemberId, *, on: bool) -> Reply:
        now = self._clock.now()

        if on:
            found = await self._store.write(blocking.block, now, caller.member, other)
        else:
            found = await self._store.write(blocking.unblock, caller.member, other)
        parts: list[Part] = [
            Text(
                _(
                    "You and they find each other nowhere in the list of mentors; requests and"
                    " sessions between you read as full. What was open between you ends with the"
                    " usual words, seats in each other's sessions too. They are told nothing of"
                    " this."
                )
                if on
                else _("The block is over. They were told nothing of it.")
            )
        ]
        parts += [
            Text(_("Your seat in {title} is given back.", title=Strong(one.plan.title)))
            for one in found.left[:10]
        ]
        return Reply((*parts, *_listed(found.everybody)))


def _listed(everybody: tuple[Someone, ...]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for who in everybody[:10]:
        parts.append(Text(_("Blocked: {who}", who=Person(who)), Style.QUIET))
        name = Typed(who.name[:50])
        parts.append(Button(_("End the block of {who}", who=name), UnblockMember(who.member)))
    return tuple(parts)


VERIFIED_SETTING = Settable(
    VERIFIED_ONLY,
    only(VERIFIED_ONLY.name),
    lambda _setting: _("Which mentors are shown"),
    lambda _setting, value: _("verified ones only") if value == ON else _("all of them"),
    ShowVerified(),
)


def rule(verified: bool) -> tuple[Part, ...]:
    """Which mentors are shown, and the button that changes it."""
    if verified:
        return (
            Text(_("Only verified mentors are shown in this community."), Style.QUIET),
            Button(_("Show all mentors"), RequireVerified(on=False)),
        )
    return (
        Text(_("Mentors are shown whether verified or not."), Style.QUIET),
        Button(_("Show verified ones only"), RequireVerified(on=True)),
    )
