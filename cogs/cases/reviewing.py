"""The second reader: cases that wait, one case in private, and a word that holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Final

from bot.clock import Clock
from bot.domain.cases import Case, CaseId, CaseState
from bot.domain.people import Role
from bot.runtime import sentences
from bot.runtime.caller import Caller
from bot.runtime.doors import Delivered
from bot.runtime.feature import Command, Handler
from bot.runtime.scanning import Unread
from bot.services.cases import posting, reviewing
from bot.services.cases.content import Content
from bot.services.cases.reviewing import Decision, Faster
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Code, InChannel, Msg, Person, When, _
from cogs.cases import words
from cogs.cases.covering import gone
from cogs.cases.drafts import Drafts
from cogs.cases.keeping import Keeping
from cogs.cases.looking import Looking
from cogs.cases.poster import NotTheSame, Poster
from cogs.cases.template import case_parts
from cogs.cases.writing import words_screen

_MOST: Final = 10


@dataclass(frozen=True)
class ShowWaiting(Action, tag="ca.review.1"):
    """Cases that wait for a second reader."""


@dataclass(frozen=True)
class ReadCase(Action, tag="ca.read.1"):
    """One case, in front of a second reader."""

    case: int


@dataclass(frozen=True)
class Approve(Action, tag="ca.approve.1"):
    """It may appear."""

    case: int


@dataclass(frozen=True)
class OpenWord(Action, tag="ca.word.1"):
    """The form for a word to the author."""

    case: int
    decision: Decision


@dataclass(frozen=True)
class SayWord(Action, tag="ca.say.1", memory_only=True):
    """Not like this, and why."""

    case: int
    decision: Decision
    word: Annotated[
        str,
        Ask(_("To the author"), hint=_("What to change, or why not"), least=3, most=400, lines=4),
    ]


@dataclass(frozen=True)
class TellMe(Action, tag="ca.tellme.1"):
    """Whether this second reader is told directly."""

    told: bool


@dataclass(frozen=True)
class OpenChange(Action, tag="ca.change.1"):
    """The author changes the words of a case that was sent back."""

    case: int


@dataclass(frozen=True)
class WaitOn(Action, tag="ca.waiton.1"):
    """The author keeps waiting."""

    case: int


class Reviewing:
    """Handlers of second readers, and of authors who hear from them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        keeping: Keeping,
        poster: Poster,
        looking: Looking,
        drafts: Drafts,
    ) -> None:
        self._store = store
        self._clock = clock
        self._keeping = keeping
        self._poster = poster
        self._looking = looking
        self._drafts = drafts

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowWaiting, self.waiting),
            Handler(ReadCase, self.read),
            Handler(Approve, self.approve),
            Handler(OpenWord, self.open_word, opens=True),
            Handler(SayWord, self.say),
            Handler(TellMe, self.tell_me),
            Handler(OpenChange, self.change),
            Handler(WaitOn, self.wait_on),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("case review", _("Cases that wait for a second reader"), ShowWaiting),)

    async def waiting(self, caller: Caller, ask: ShowWaiting) -> Reply:
        """Which cases wait, without what they show."""
        if not reads(caller):
            return sentences.not_allowed(Role.REVIEWER)
        found = await self._store.read(reviewing.waiting, caller.community)
        told = await self._store.read(reviewing.is_told, caller.community, caller.member)
        parts: list[Part] = [Text(_("Cases that wait for a second reader"), Style.HEADING)]
        if not found:
            parts.append(Text(_("None at present.")))
        for case in found[:_MOST]:
            says = _("{code}, since {when}", code=Code(case.code), when=When(case.at))
            parts.append(Text(says))
            if case.author != caller.member:
                label = _("Look at {code}", code=Code(case.code))
                parts.append(Button(label, ReadCase(case.id), Look.MAIN))
            else:
                parts.append(Text(_("Your own."), Style.QUIET))
        label = _("Do not tell me directly") if told else _("Tell me when a case waits")
        parts.append(Button(label, TellMe(not told)))
        return Reply(tuple(parts))

    async def tell_me(self, caller: Caller, ask: TellMe) -> Reply:
        """A second reader's own wish."""
        if not reads(caller):
            return sentences.not_allowed(Role.REVIEWER)
        await self._store.write(reviewing.tell_me, caller.community, caller.member, told=ask.told)
        says = (
            _("I write to you when a case waits.")
            if ask.told
            else _("I do not write to you about cases that wait.")
        )
        return Reply((Text(says),))

    async def read(self, caller: Caller, ask: ReadCase) -> Reply:
        """One case. Its author is always named to a second reader."""
        found = await self._open(caller, ask.case)
        if isinstance(found, Reply):
            return found
        case, content = found
        author = await self._store.read(posting.author, case)
        parts: list[Part] = [*case_parts(content, author), Divider()]
        if case.new.anonymous:
            parts.append(Text(_("In the channel it appears without a name."), Style.QUIET))
        if case.new.kept:
            kinds = [words.kind_name(kind) for kind in case.new.kept]
            parts += [Text(_("The author keeps what I would have covered: {kind}.", kind=one))
                      for one in kinds]  # fmt: skip
        parts += [
            Text(words.FOUR_CORNERS),
            Button(_("Approve"), Approve(case.id), Look.MAIN),
            Button(_("Ask for a change"), OpenWord(case.id, Decision.CHANGE)),
            Button(_("Decline"), OpenWord(case.id, Decision.DECLINE), Look.GRAVE),
        ]
        return Reply(tuple(parts), passing=f"review {case.id}")

    async def approve(self, caller: Caller, ask: Approve) -> Reply:
        """It may appear: now, or after the author's own time to think."""
        found = await self._open(caller, ask.case)
        if isinstance(found, Reply):
            return found
        case, content = found
        return await self._decide(caller, case, content, Decision.APPROVE, "")

    async def open_word(self, caller: Caller, ask: OpenWord) -> Form:
        """The form for a word to the author."""
        title = _("Ask for a change") if ask.decision is Decision.CHANGE else _("Decline")
        given = {"case": ask.case, "decision": ask.decision}
        return Form(title, SayWord, ("word",), given)

    async def say(self, caller: Caller, ask: SayWord) -> Reply:
        """Not like this."""
        found = await self._open(caller, ask.case)
        if isinstance(found, Reply):
            return found
        tells = await self._looking.texts({"word": ask.word})
        if isinstance(tells, Unread) or tells["word"]:
            says = _(
                "Your words hold something that looks like an identifier. Say where it is, not what"
                " it says."
            )
            return Reply((Text(says),), correctable=True)
        case, content = found
        return await self._decide(caller, case, content, ask.decision, ask.word)

    async def _decide(
        self, caller: Caller, case: Case, content: Content, decision: Decision, word: str
    ) -> Reply:
        now = self._clock.now()
        done = await self._store.write(
            reviewing.decide, now, case.id, caller.member, decision, word
        )
        passing = f"review {case.id}"
        if isinstance(done, Faster):
            return Reply((Text(_faster(done)),), replaces=True, passing=passing)
        if done.state is CaseState.POSTING:
            return await self._post(done, content, passing)
        if done.state is CaseState.DECLINED:
            self._keeping.drop(done.id)
        return Reply((Text(_said(done)),), replaces=True, passing=passing)

    async def _post(self, case: Case, content: Content, passing: str) -> Reply:
        try:
            sent = await self._poster.post(case, content)
        except NotTheSame:
            sent = None
        if isinstance(sent, Delivered):
            says = _("Approved. It stands in {where}.", where=InChannel(case.new.channel))
        else:
            await self._store.write(posting.not_posted, self._clock.now(), case.id)
            self._keeping.drop(case.id)
            says = _("Approved, but I may not post in {where}.", where=InChannel(case.new.channel))
        return Reply((Text(says),), replaces=True, passing=passing)

    async def _open(self, caller: Caller, id: int) -> Reply | tuple[Case, Content]:
        """A case that this caller may decide about, with its content."""
        if not reads(caller):
            return sentences.not_allowed(Role.REVIEWER)
        case = await self._store.read(posting.get, CaseId(id))
        if case is None or case.community != caller.community:
            return Reply((Text(_("There is no such case here.")),))
        if case.author == caller.member:
            return Reply((Text(_("Nobody is the second reader of their own case.")),))
        if case.state is not CaseState.REVIEW:
            who = None
            if case.reader is not None:
                reader = case.reader
                who = await self._store.read(lambda work: work.people.someone(reader))
            return Reply((Text(_faster(Faster(who, case.state))),), replaces=True)
        content = await self._keeping.content(case)
        if content is None:
            return Reply((Text(_("Its draft is gone. Its author is being told.")),))
        return case, content

    # The author ---------------------------------------------------------------------------------

    async def change(self, caller: Caller, ask: OpenChange) -> Reply:
        """The words of a case that was sent back; its covered pictures stay as they are."""
        case = await self._store.read(posting.get, CaseId(ask.case))
        if case is None or case.author != caller.member or case.state is not CaseState.CHANGE:
            return Reply((Text(_("This case does not wait for a change any more.")),))
        content = await self._keeping.content(case)
        if content is None:
            return gone()
        texts = {
            "title": content.title,
            "teaching": content.teaching,
            "question": content.question,
            "history": content.history,
        }
        draft = self._drafts.start(caller, case.new.place, case.new.channel, (), texts, {})
        draft = self._drafts.keep(replace(draft, pictures=content.pictures, case=case.id))
        return words_screen(draft)

    async def wait_on(self, caller: Caller, ask: WaitOn) -> Reply:
        """The author keeps waiting: second readers are asked again."""
        waits = await self._store.write(
            reviewing.wait_on, self._clock.now(), CaseId(ask.case), caller.member
        )
        if not waits:
            return Reply((Text(_("This case does not wait any more.")),), replaces=True)
        return Reply((Text(_("It stays open, and I ask second readers again.")),), replaces=True)


def reads(caller: Caller) -> bool:
    """Second readers, and moderators, who stand in for them."""
    return bool(caller.roles & {Role.REVIEWER, Role.MODERATOR})


def _faster(faster: Faster) -> Msg:
    if faster.who is None:
        return _("This case does not wait for a second reader any more.")
    return _("{who} was faster; this case is decided.", who=Person(faster.who))


def _said(case: Case) -> Msg:
    if case.state is CaseState.COOLING and case.due is not None:
        return _("Approved. It appears on {when}.", when=When(case.due))
    if case.state is CaseState.CHANGE:
        return _("The author is told what you would change.")
    return _("Declined. The author is told why, and the draft is gone.")
