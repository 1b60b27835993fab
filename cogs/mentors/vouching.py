"""`setup verify`: who vouches for a mentor, when and how; taken back after a look, and undone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.clock import Clock
from bot.domain.listings import Listing, State, Verified
from bot.domain.people import MemberId, Role, Someone
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.mentors import sealing
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import Msg, Person, Slash, Typed, When, _
from cogs.mentors.finding_actions import ShowMentor
from cogs.mentors.labels import Shelf
from cogs.mentors.moderating import rule
from cogs.mentors.refusals import identifying
from cogs.mentors.staff_actions import KeptSeal, OpenVerify, SealAgain, Unverify, VerifyMentor


class Vouching:
    """Handlers of moderators."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._taken = Pending(store, clock, (KeptSeal,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(VerifyMentor, self.verify, Role.MODERATOR),
            Handler(OpenVerify, self.open, Role.MODERATOR, opens=True),
            Handler(Unverify, self.unverify, Role.MODERATOR),
            Handler(SealAgain, self.again, Role.MODERATOR),
        )

    async def verify(self, caller: Caller, ask: VerifyMentor) -> Reply:
        """Who vouches, when and how stands on the card; without a word, what stands there."""
        # It ends a sentence of ours wherever it is shown.
        how = (ask.how or "").strip().removesuffix(".").rstrip()
        who, known = await self._known(caller, ask.member)
        if known is None:
            return _not_listed()
        if not how:
            return await self._stands(caller, known)
        named = await asyncio.to_thread(patients.identifiers, (how,), (caller.name, who.name))
        if named:
            return identifying(named, listing=True)
        labels = await self._shelf.of(caller.community)
        given = (labels.lists, caller.community, ask.member, caller.member)
        done = await self._store.write(sealing.verify, self._clock.now(), *given, how)
        if done is None:
            return _not_listed()
        said = _(
            "Verified: {how}. Your name and the date stand on the card, and {who} hears it.",
            how=Typed(how),
            who=Person(who),
        )
        back = Button(_("Take it back"), Unverify(ask.member))
        return await self._with_rule(caller, ask.member, said, back)

    async def open(self, caller: Caller, ask: OpenVerify) -> Answer:
        """How somebody is known."""
        intro = _("Your name, the date and these words stand on the card.")
        given = {"member": ask.member}
        return Form(_("How you know them"), VerifyMentor, ("how",), given, intro=intro)

    async def unverify(self, caller: Caller, ask: Unverify) -> Reply:
        """Taken back, with a way back for an hour."""
        labels = await self._shelf.of(caller.community)
        given = (labels.lists, caller.community, ask.member, caller.member)
        seal = await self._store.write(sealing.unverify, self._clock.now(), *given)
        who, _known = await self._known(caller, ask.member)
        if seal is None:
            said = _("Nobody vouches for {who} at the moment, so nothing was changed.",
                     who=Person(who))  # fmt: skip
            return await self._with_rule(caller, ask.member, said)
        kept = KeptSeal(ask.member, seal.by, int(seal.at.timestamp()), seal.how)
        draft = await self._taken.keep(caller, kept)
        said = _("The verification of {who} is taken back, and they hear it.", who=Person(who))
        return await self._with_rule(
            caller, ask.member, said, Button(_("Undo"), SealAgain(draft)), replaces=True
        )

    async def again(self, caller: Caller, ask: SealAgain) -> Reply:
        """As it was: the same name, date and words."""
        found = await self._taken.find(caller, ask.draft)
        if found is None or not isinstance(found[0], KeptSeal):
            said = _(
                "This was done already, or it is from a while ago. {command} shows what stands.",
                command=Slash("setup verify"),
            )
            return Reply((Text(said),))
        kept = found[0]
        labels = await self._shelf.of(caller.community)
        seal = Verified(kept.by, datetime.fromtimestamp(kept.at, UTC), kept.how)
        given = (labels.lists, caller.community, kept.member, caller.member, seal)
        done = await self._store.write(sealing.restore, self._clock.now(), *given)
        await self._taken.drop(caller, ask.draft)
        _who, known = await self._known(caller, kept.member)
        if known is None:
            return _not_listed()
        if done is None:
            return await self._stands(caller, known)
        said = _("It stands again as before: {how}.", how=Typed(kept.how))
        return await self._with_rule(caller, kept.member, said, replaces=True)

    async def _known(self, caller: Caller, member: MemberId) -> tuple[Someone, Listing | None]:
        def look(work: Work) -> tuple[Someone, Listing | None]:
            listing = work.listings.of(caller.community, member)
            there = listing is not None and listing.state is not State.WITHDRAWN
            return work.people.someone(member), listing if there else None

        return await self._store.read(look)

    async def _stands(self, caller: Caller, known: Listing) -> Reply:
        seal, member = known.verified, known.member
        by = None if seal is None else seal.by
        who, voucher = await self._store.read(
            lambda work: (work.people.someone(member), work.people.someone(by or member))
        )
        if seal is None:
            said = _("Nobody has vouched for {who} yet.", who=Person(who))
            form = Button(_("Say how you know them"), OpenVerify(member), Look.MAIN)
            return await self._with_rule(caller, member, said, form)
        said = _(
            "{who} is verified by {voucher} since {when}: {how}. Nothing was changed.",
            who=Person(who),
            voucher=Person(voucher),
            when=When(seal.at),
            how=Typed(seal.how),
        )
        return await self._with_rule(
            caller,
            member,
            said,
            Button(_("Other words"), OpenVerify(member)),
            Button(_("Take it back"), Unverify(member), Look.GRAVE),
        )

    async def _with_rule(
        self, caller: Caller, member: MemberId, said: Msg, *more: Button, replaces: bool = False
    ) -> Reply:
        only = await self._store.read(lambda work: work.listings.verified_only(caller.community))
        parts: list[Part] = [Text(said), *more, Button(_("The card"), ShowMentor(member))]
        return Reply((*parts, *rule(only)), replaces=replaces)


def _not_listed() -> Reply:
    return Reply((Text(_("This person is not in the list of mentors.")),))
