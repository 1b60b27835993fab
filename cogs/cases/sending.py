"""The yes: what its author was shown is what is posted, now, later, or after a second reader."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.cases import COOL_OFF, KEPT_FOR_REVIEW, Case, CaseState, NewCase, Rules
from bot.runtime.caller import Caller
from bot.runtime.doors import Again, Delivered, Undeliverable
from bot.runtime.feature import Handler
from bot.runtime.vault import Vault
from bot.services.cases import posting, reviewing
from bot.services.cases.content import Content
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Reply, Text
from bot.ui.words import InChannel, _
from cogs.cases.actions import PostIt, SayHow, ShowWords, ThrowAway, Time
from cogs.cases.agreed import cannot_wait, posted, read_before, waits
from cogs.cases.covering import gone
from cogs.cases.drafts import Draft, Drafts
from cogs.cases.poster import NotTheSame, Poster


class Sending:
    """The handler of the yes."""

    def __init__(
        self, store: Store, clock: Clock, drafts: Drafts, poster: Poster, vault: Vault
    ) -> None:
        self._store = store
        self._clock = clock
        self._drafts = drafts
        self._poster = poster
        self._vault = vault

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(PostIt, self.post),)

    async def post(self, caller: Caller, ask: PostIt) -> Reply:
        """The yes. What was shown is what is posted, now or later."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None or draft.how is None:
            return gone()
        content = draft.content
        if content is None or draft.mark != ask.digest or content != draft.made():
            says = _("Something changed since you looked. Look at it once more before you post it.")
            return Reply(
                (Text(says), Button(_("Look again"), ShowWords(draft.id), Look.MAIN)),
                replaces=True,
            )
        rules = await self._store.read(posting.rules, draft.community, draft.channel)
        if (refused := cannot_wait(self._vault, rules, draft.how)) is not None:
            return Reply((Text(refused),))
        if not self._vault.room_for(content.size):
            return Reply((Text(_("Too many cases wait at present. Please try again later.")),))
        if not self._drafts.take(draft):
            return gone()
        if draft.case is not None:
            return await self._again(caller, draft, content, rules)
        new = _new(draft, draft.how, rules, content, self._clock)
        sealed = await self._sealed(content, rules, new.state)
        case, told = await self._store.write(posting.confirm, self._clock.now(), new, sealed)
        self._vault.hold(case.id, content, content.size)
        if case.state is CaseState.POSTING:
            return await self._now(case, draft, content)
        return waits(case, draft.passing, told=told, sealed=sealed is not None)

    async def _again(self, caller: Caller, draft: Draft, content: Content, rules: Rules) -> Reply:
        """A case that a second reader sent back."""
        if draft.case is None:
            return gone()
        sealed = await self._sealed(content, rules, CaseState.REVIEW)
        now = self._clock.now()
        again = await self._store.write(
            reviewing.resubmit, now, draft.case, caller.member, content.digest(), sealed
        )
        if again is None:
            return Reply((Text(_("This case does not wait for a change any more.")),))
        case, told = again
        self._vault.hold(case.id, content, content.size)
        return waits(case, draft.passing, told=told, sealed=sealed is not None)

    async def _sealed(self, content: Content, rules: Rules, state: CaseState) -> str | None:
        waits = state in (CaseState.REVIEW, CaseState.COOLING)
        if not (waits and rules.durable and self._vault.can_seal):
            return None
        return await self._vault.seal(content)

    async def _now(self, case: Case, draft: Draft, content: Content) -> Reply:
        try:
            sent = await self._poster.post(case, content)
        except NotTheSame:
            sent = Undeliverable("not the same")
        match sent:
            case Delivered():
                return posted(case, draft.passing)
            case Undeliverable() | Again():
                await self._store.write(posting.not_posted, self._clock.now(), case.id)
                self._vault.drop(case.id)
                self._drafts.keep(draft)
                says = _(
                    "I could not post in {where}. Invite me there, or ask a moderator to look at"
                    " what I may do; your draft is still here.",
                    where=InChannel(draft.channel),
                )
                again = Button(_("Try again"), PostIt(draft.id, draft.mark), Look.MAIN)
                return Reply((Text(says), again, Button(_("Throw away"), ThrowAway(draft.id))))


def _new(draft: Draft, how: SayHow, rules: Rules, content: Content, clock: Clock) -> NewCase:
    now = clock.now()
    later = how.time is Time.LATER
    state, expires = CaseState.POSTING, None
    if read_before(rules, how):
        state, expires = CaseState.REVIEW, now + KEPT_FOR_REVIEW
    elif later:
        state, expires = CaseState.COOLING, now + COOL_OFF + timedelta(days=3)
    found, kept = draft.kinds
    return NewCase(
        community=draft.community,
        author=draft.member,
        place=draft.place,
        channel=draft.channel,
        state=state,
        digest=content.digest(),
        permission=how.permission,
        anonymous=how.anonymous,
        later=later,
        due=now + COOL_OFF if state is CaseState.COOLING else None,
        expires=expires,
        found=found,
        kept=kept,
        drawn=draft.drawn,
    )
