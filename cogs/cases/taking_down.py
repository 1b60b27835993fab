"""A posted case comes down: by its author at any time, by anybody's wish for a second look, and for
good or for now by a moderator. With an honest line on what remains elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.domain.cases import HELD, Case, CaseId, CaseState, Why
from bot.domain.people import Role
from bot.runtime.caller import Caller, Message
from bot.runtime.feature import Command, Completer, Entry, Handler
from bot.runtime.vault import Vault
from bot.services.cases import posting
from bot.services.ports import Store
from bot.ui.action import Action, Option
from bot.ui.parts import Button, Divider, Look, Part, Reply, Select, Style, Text
from bot.ui.words import Code, InChannel, Msg, Typed, _
from cogs.cases import words
from cogs.cases.actions import WHYS, FlagCase, SayWhy, WithdrawCase
from cogs.cases.poster import Poster
from cogs.cases.template import case_parts

REMAINS: Final = _(
    "I took down what I posted. What I cannot reach: pictures that somebody saved, notifications"
    " and e-mails that quoted it, and for a while caches of the platform. Replies in the thread"
    " stay, because they are other people's; ask their authors or a moderator."
)


@dataclass(frozen=True)
class LookAtHidden(Action, tag="ca.hidden.1"):
    """A moderator looks at a hidden case."""

    case: int


@dataclass(frozen=True)
class JudgeHidden(Action, tag="ca.judge.1", memory_only=True):
    """Shown again, or taken down for good."""

    case: int
    show: bool


class TakingDown:
    """Handlers of withdrawing and of second looks."""

    def __init__(self, store: Store, clock: Clock, poster: Poster, vault: Vault) -> None:
        self._store = store
        self._clock = clock
        self._poster = poster
        self._vault = vault

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(WithdrawCase, self.withdraw),
            Handler(FlagCase, self.flag),
            Handler(SayWhy, self.say_why),
            Handler(LookAtHidden, self.look, Role.MODERATOR),
            Handler(JudgeHidden, self.judge, Role.MODERATOR),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (
            Command("case withdraw", _("Take my case down, at once"), WithdrawCase),
            Command("case flag", _("Ask for a second look; it is hidden until then"), FlagCase),
        )

    def entries(self) -> tuple[Entry, ...]:
        """What stands in the menu of a message."""
        about = _("Hide a case until a moderator took a second look")
        return (Entry("flag", _("Flag case"), about, self.flag_message),)

    def completers(self) -> tuple[Completer, ...]:
        """An author's own cases, by code: their titles are not kept."""
        return (Completer("my_case", self.mine),)

    async def mine(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """What can be withdrawn."""
        found = await self._store.read(posting.mine, caller.member, caller.community)
        return tuple(Option(one.code, _state(one)) for one in found)[:25]

    async def withdraw(self, caller: Caller, ask: WithdrawCase) -> Reply:
        """The author takes it back."""
        case = await self._store.read(posting.find, caller.community, ask.case)
        if case is None:
            return unknown(ask.case)
        if case.author != caller.member:
            says = _("Only its author can withdraw a case. You can ask for a second look instead.")
            return Reply((Text(says), Button(_("Ask for a second look"), FlagCase(case.code))))
        gone = await self._store.write(posting.withdraw, self._clock.now(), case.id, caller.member)
        if gone is None:
            return Reply((Text(_("This case has ended already.")),))
        if case.state in HELD:
            self._vault.drop(case.id)
            says = _("Case {code} is withdrawn. It never appeared.", code=Code(case.code))
            return Reply((Text(says),), replaces=True)
        if case.state is CaseState.POSTING:
            self._vault.drop(case.id)
            says = _(
                "Case {code} is withdrawn. It was on its way: if it appears, I take it down at"
                " once.",
                code=Code(case.code),
            )
            return Reply((Text(says),), replaces=True)
        done = await self._poster.take_down(case)
        return Reply(
            (
                Text(_("Case {code} is withdrawn.", code=Code(case.code))),
                Text(REMAINS if done else _stuck(case)),
            ),
            replaces=True,
        )

    async def flag_message(self, caller: Caller, message: Message) -> Reply:
        """`Flag case` in the menu of a message."""
        case = await self._store.read(
            posting.by_message, caller.community, message.id.rsplit(":", 1)[-1]
        )
        if case is None:
            says = _("This message is not a case that I posted. A moderator can look at others.")
            return Reply((Text(says),))
        return await self._flag(caller, case)

    async def flag(self, caller: Caller, ask: FlagCase) -> Reply:
        """Anybody asks for a second look."""
        case = await self._store.read(posting.find, caller.community, ask.case)
        if case is None:
            return unknown(ask.case)
        return await self._flag(caller, case, ask.reason)

    async def say_why(self, caller: Caller, ask: SayWhy) -> Reply:
        """Afterwards, because hiding does not wait for it."""
        if ask.why not in {one.value for one in WHYS}:
            return Reply((Text(_("Choose one of the reasons.")),))
        case = CaseId(ask.case)
        said = await self._store.write(posting.say_why, case, caller.member, Why(ask.why))
        if not said:
            return Reply((Text(_("A moderator has looked at it already.")),), replaces=True)
        says = _("Moderators see the reason when they look. Thank you.")
        return Reply((Text(says),), replaces=True)

    async def _flag(self, caller: Caller, case: Case, why: Why | None = None) -> Reply:
        now = self._clock.now()
        hidden = await self._store.write(posting.flag, now, case.id, caller.member, why)
        if hidden is None:
            says = _(
                "This case is not shown at present, or moderators looked at it after you asked"
                " before. You can write to a moderator."
            )
            return Reply((Text(says),))
        done = await self._poster.hide(hidden)
        says = _(
            "Thank you. Case {code} is hidden, and moderators have been told. Nobody in the channel"
            " learns who asked.",
            code=Code(case.code),
        )
        parts: list[Part] = [Text(says if done else _stuck(case))]
        if why is None:
            parts.append(Select(_("Say why"), SayWhy(case.id), "why", WHYS))
        return Reply(tuple(parts))

    # Moderators ---------------------------------------------------------------------------------

    async def look(self, caller: Caller, ask: LookAtHidden) -> Reply:
        """What is hidden, in front of a moderator alone."""
        case = await self._store.read(posting.get, CaseId(ask.case))
        if case is None or case.community != caller.community:
            return Reply((Text(_("There is no such case here.")),))
        if case.state is not CaseState.HIDDEN:
            return Reply((Text(_("Somebody has looked at it already.")),))
        author = await self._store.read(posting.author, case)
        content = self._vault.get(case.id)
        parts: list[Part] = [Text(_("A case that was hidden"), Style.HEADING)]
        if case.why is not None:
            parts.append(Text(words.asked_because(case.why)))
        if content is None:
            says = _(
                "I do not hold this case any more, so I can neither show it nor put it back. You"
                " can take it down for good; its author may post it again."
            )
            parts.append(Text(says))
        else:
            parts += [Divider(), *case_parts(content, author), Divider()]
            if case.new.anonymous:
                parts.append(Text(_("In the channel it appears without a name."), Style.QUIET))
            parts.append(Button(_("Show it again"), JudgeHidden(case.id, show=True), Look.MAIN))
        parts.append(Button(_("Take it down"), JudgeHidden(case.id, show=False), Look.GRAVE))
        return Reply(tuple(parts), passing=f"hidden {case.id}")

    async def judge(self, caller: Caller, ask: JudgeHidden) -> Reply:
        """One of two."""
        case = await self._store.read(posting.get, CaseId(ask.case))
        if case is None or case.community != caller.community:
            return Reply((Text(_("There is no such case here.")),))
        if ask.show and self._vault.get(case.id) is None:
            return Reply((Text(_("I do not hold this case any more.")),), replaces=True)
        now = self._clock.now()
        judged = await self._store.write(posting.judge, now, case.id, caller.member, show=ask.show)
        if judged is None:
            return Reply((Text(_("Another moderator was faster.")),), replaces=True)
        if ask.show:
            done = await self._poster.show_again(judged)
            says = _("It is shown again. Its author is told.") if done else _stuck(case)
        else:
            done = await self._poster.take_down(judged)
            says = REMAINS if done else _stuck(case)
        return Reply((Text(says),), replaces=True, passing=f"hidden {case.id}")


def unknown(typed: str) -> Reply:
    """No such case."""
    says = _("There is no case {code} here.", code=Typed(typed[:40]))
    return Reply((Text(says),), correctable=True)


def _stuck(case: Case) -> Msg:
    return _(
        "The platform did not let me change my message in {where} at present. Please ask a"
        " moderator to delete it there.",
        where=InChannel(case.new.channel),
    )


def _state(case: Case) -> Msg:
    code = Code(case.code)
    if case.state in HELD:
        return _("{code}, not posted yet", code=code)
    return _("{code}, posted", code=code)
