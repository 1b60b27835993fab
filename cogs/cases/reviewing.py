"""The second reader: one case in private, and a word that holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from bot.clock import Clock
from bot.domain.cases import Case, CaseId, CaseState
from bot.domain.people import Role
from bot.runtime import sentences
from bot.runtime.caller import Caller
from bot.runtime.doors import Delivered
from bot.runtime.feature import Handler
from bot.runtime.scanning import Unread
from bot.services.cases import posting, reviewing
from bot.services.cases.content import Content
from bot.services.cases.reviewing import Decision, Faster
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import InChannel, Msg, Person, When, _
from cogs.cases import words
from cogs.cases.keeping import Keeping
from cogs.cases.looking import Looking
from cogs.cases.poster import NotTheSame, Poster
from cogs.cases.template import case_parts
from cogs.cases.waiting import ReadCase, reads

_MOST: Final = 10


@dataclass(frozen=True)
class Approve(Action, tag="ca.approve.1"):
    """It may appear. `mark`: of what was read."""

    case: int
    mark: str = ""


@dataclass(frozen=True)
class OpenWord(Action, tag="ca.word.1"):
    """The form for a word to the author."""

    case: int
    decision: Decision
    mark: str = ""


@dataclass(frozen=True)
class SayWord(Action, tag="ca.say.1", memory_only=True):
    """Not like this, and why."""

    case: int
    decision: Decision
    word: Annotated[
        str,
        Ask(_("To the author"), hint=_("What to change, or why not"), least=3, most=400, lines=4),
    ]
    mark: str = ""


class Reviewing:
    """Handlers of what a second reader decides."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        keeping: Keeping,
        poster: Poster,
        looking: Looking,
    ) -> None:
        self._store = store
        self._clock = clock
        self._keeping = keeping
        self._poster = poster
        self._looking = looking

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ReadCase, self.read),
            Handler(Approve, self.approve),
            Handler(OpenWord, self.open_word, opens=True),
            Handler(SayWord, self.say),
        )

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
            Button(_("Approve"), Approve(case.id, content.mark), Look.MAIN),
            Button(_("Ask for a change"), OpenWord(case.id, Decision.CHANGE, content.mark)),
            Button(_("Decline"), OpenWord(case.id, Decision.DECLINE, content.mark), Look.GRAVE),
        ]
        self._keeping.showed(case.id, caller.account, passing_of(case.id))
        return Reply(tuple(parts), passing=passing_of(case.id))

    async def approve(self, caller: Caller, ask: Approve) -> Reply:
        """It may appear: now, or after the author's own time to think."""
        found = await self._open(caller, ask.case)
        if isinstance(found, Reply):
            return found
        case, content = found
        if ask.mark != content.mark:
            return _changed(case)
        return await self._decide(caller, case, content, Decision.APPROVE, "")

    async def open_word(self, caller: Caller, ask: OpenWord) -> Form:
        """The form for a word to the author."""
        title = _("Ask for a change") if ask.decision is Decision.CHANGE else _("Decline")
        given = {"case": ask.case, "decision": ask.decision, "mark": ask.mark}
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
        if ask.mark != content.mark:
            return _changed(case)
        return await self._decide(caller, case, content, ask.decision, ask.word)

    async def _decide(
        self, caller: Caller, case: Case, content: Content, decision: Decision, word: str
    ) -> Reply:
        now = self._clock.now()
        done = await self._store.write(reviewing.decide, now, case, caller.member, decision, word)
        passing = passing_of(case.id)
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


def passing_of(case: CaseId) -> str:
    """The word under which a second reader's screen is shown."""
    return f"review {case}"


def _changed(case: Case) -> Reply:
    says = _("This case changed since you looked. Nothing was decided; please look once more.")
    look = Button(_("Look at it"), ReadCase(case.id), Look.MAIN)
    return Reply((Text(says), look), replaces=True, passing=passing_of(case.id))


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
