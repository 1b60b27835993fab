"""The last step before a case appears: how, when, by whose leave, who can see it; and the yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.cases import COOL_OFF, KEPT_FOR_REVIEW, Case, CaseState, NewCase, Rules
from bot.errors import PlatformUnavailable
from bot.runtime.caller import Caller
from bot.runtime.doors import Again, Delivered, Undeliverable
from bot.runtime.feature import Handler
from bot.runtime.scanning import Unread
from bot.runtime.vault import Vault
from bot.services.cases import posting, reviewing
from bot.services.cases.content import Content
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import InChannel, Listing, Msg, Slash, Typed, _, ngettext
from cogs.cases import words
from cogs.cases.actions import (
    OpenDetails,
    PostIt,
    SayHow,
    ShowSheet,
    ShowWords,
    ThrowAway,
    Time,
)
from cogs.cases.agreed import alt_tells, posted, read_before, waits, when, who_reads
from cogs.cases.covering import gone
from cogs.cases.drafts import Draft, Drafts
from cogs.cases.looking import Looking
from cogs.cases.poster import NotTheSame, Outside, Poster
from cogs.cases.template import case_parts

_SHORT = 16


class Agreeing:
    """Handlers of the last step."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        drafts: Drafts,
        looking: Looking,
        poster: Poster,
        vault: Vault,
        doors: Outside,
    ) -> None:
        self._store = store
        self._clock = clock
        self._drafts = drafts
        self._looking = looking
        self._poster = poster
        self._vault = vault
        self._doors = doors

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OpenDetails, self.open, opens=True),
            Handler(SayHow, self.say_how),
            Handler(PostIt, self.post),
        )

    async def open(self, caller: Caller, ask: OpenDetails) -> Form | Reply:
        """The form of the last questions."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        given: dict[str, object] = {"draft": draft.id}
        if draft.how is not None:
            given |= {
                name: getattr(draft.how, name)
                for name in ("permission", "time", "reader", "anonymous")
            }
        asks = ("alt", "permission", "time", "reader", "anonymous")
        return Form(_("Before it is posted"), SayHow, asks, given)

    async def say_how(self, caller: Caller, ask: SayHow) -> Reply:
        """Exactly what will appear, and who will see it."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        found = await self._looking.texts({"alt": ask.alt})
        if isinstance(found, Unread):
            return Reply((Text(Typed(found.why)),), correctable=True)
        if found["alt"]:
            return Reply((Text(alt_tells(found["alt"][0].kind.value)),), correctable=True)
        rules = await self._store.read(posting.rules, draft.community)
        refused = self._cannot(rules, ask)
        if refused is not None:
            return Reply((Text(refused),), correctable=True)
        draft = replace(draft, how=ask)
        content = draft.made()
        draft = self._drafts.keep(replace(draft, content=content))
        return await self._last_look(caller, draft, content, rules)

    def _cannot(self, rules: Rules, ask: SayHow) -> Msg | None:
        """Why a case cannot wait here, if it would have to."""
        waits = ask.time is Time.LATER or read_before(rules, ask)
        if not waits or self._vault.alone:
            return None
        if rules.durable and self._vault.can_seal:
            return None
        return _(
            "Several processes serve this community, so a case can only wait where moderators chose"
            " durable drafts ({command}). You can post it now, without a second reader.",
            command=Slash("setup review"),
        )

    async def _last_look(
        self, caller: Caller, draft: Draft, content: Content, rules: Rules
    ) -> Reply:
        how = draft.how
        if how is None:
            return gone()
        author = None
        if not how.anonymous:
            author = await self._store.read(lambda work: work.people.someone(draft.member))
        parts: list[Part] = [
            Text(_("This is what will appear"), Style.HEADING),
            Divider(),
            *case_parts(content, author),
            Divider(),
            *await self._who_sees(draft),
            Text(when(how, rules)),
            Text(words.FOUR_CORNERS),
        ]
        left = len(draft.looked) + len(draft.pictures) - len(content.pictures)
        if left:
            parts.append(
                Text(
                    ngettext(
                        "{count} file without a covered copy is left out.",
                        "{count} files without a covered copy are left out.",
                        left,
                    )
                )
            )
        _found, kept = draft.kinds
        if kept:
            kinds = Listing(tuple(words.kind_name(kind) for kind in kept))
            parts.append(Text(_("You keep what I would have covered: {kinds}.", kinds=kinds)))
        label = _("Post") if not read_before(rules, how) else _("Send to a second reader")
        parts += [
            Button(label, PostIt(draft.id, content.digest()[:_SHORT]), Look.MAIN),
            Button(_("Change"), OpenDetails(draft.id)),
            Button(_("Back to the words"), ShowWords(draft.id)),
        ]
        if draft.looked:
            parts.append(Button(_("Back to the pictures"), ShowSheet(draft.id, 1)))
        parts.append(Button(_("Throw away"), ThrowAway(draft.id), Look.GRAVE))
        return Reply(tuple(parts), replaces=True, passing=draft.passing)

    async def _who_sees(self, draft: Draft) -> tuple[Text, ...]:
        where = InChannel(draft.channel)
        try:
            found = await self._doors.readers(draft.place, draft.channel)
        except PlatformUnavailable:
            found = None
        if found is None:
            says = _(
                "It appears in {where}. I cannot tell who can see that channel; please look"
                " yourself, also for guests and patients.",
                where=where,
            )
            return (Text(says),)
        return who_reads(where, found)

    async def post(self, caller: Caller, ask: PostIt) -> Reply:
        """The yes. What was shown is what is posted, now or later."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None or draft.how is None:
            return gone()
        content = draft.content
        if content is None or content.digest()[:_SHORT] != ask.digest or content != draft.made():
            says = _("Something changed since you looked. Look at it once more before you post it.")
            return Reply(
                (Text(says), Button(_("Look again"), ShowWords(draft.id), Look.MAIN)),
                replaces=True,
            )
        rules = await self._store.read(posting.rules, draft.community)
        if (refused := self._cannot(rules, draft.how)) is not None:
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
        return waits(case, draft.passing, told=told)

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
        return waits(case, draft.passing, told=told)

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
                digest = content.digest()[:_SHORT]
                again = Button(_("Try again"), PostIt(draft.id, digest), Look.MAIN)
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
