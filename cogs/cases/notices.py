"""What is said unasked about cases on their way: to authors and second readers; never the content
in a channel of staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.domain.cases import Case, CaseId, CaseState
from bot.domain.delivery import Delivery
from bot.domain.policies import Matter
from bot.errors import PlatformUnavailable
from bot.runtime.doors import Again, Undeliverable
from bot.runtime.feature import Course, Moot, Notice
from bot.runtime.matters import Speaks
from bot.services.cases import posting, reviewing
from bot.services.cases.telling import Kind
from bot.services.follow_ups import sending
from bot.services.follow_ups.views import Seen
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Code, InChannel, Slash, Typed, When, _
from cogs.cases.actions import StartCase, WithdrawCase
from cogs.cases.agreed import posted
from cogs.cases.calls import over
from cogs.cases.keeping import Keeping
from cogs.cases.mending import OpenChange, WaitOn
from cogs.cases.poster import NotTheSame, Poster
from cogs.cases.waiting import ReadCase, ShowWaiting

_A_WHILE: Final = timedelta(hours=1)
NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)
_WORD = Course(sending.admit_news, reviewing.told, sending.missed_news, reviewing.read)


class Notices:
    """Words about cases at the moment of sending."""

    def __init__(self, store: Store, clock: Clock, keeping: Keeping, poster: Poster) -> None:
        self._store = store
        self._clock = clock
        self._keeping = keeping
        self._poster = poster

    def notices(self) -> tuple[Notice, ...]:
        """Every kind of a case's way."""
        return (
            Notice(Kind.DUE, self.due, None, course=NEWS, first=self.publish),
            Notice(Kind.LOST, self.lost, None, course=NEWS),
            Notice(Kind.WAITS, self.waits, None, over=over(self._store, Kind.WAITS)),
            Notice(Kind.ANSWERED, self.answered, None, course=_WORD),
        )

    def speaks(self) -> Mapping[Matter, Speaks]:
        """Its part in the engine's messages: what an author can do whose case nobody read."""
        return {Matter.CASE_REVIEW: Speaks(_nothing, _nothing, self._unread)}

    # The time has come --------------------------------------------------------------------------

    async def publish(self, row: Delivery) -> None:
        """The cool-off is over: it is posted. Raises PlatformUnavailable for another try."""
        case = await self._store.read(posting.get, CaseId(row.ref))
        if case is None or case.state is not CaseState.COOLING:
            return
        content = await self._keeping.content(case)
        if content is None:
            return
        taken = await self._store.write(posting.take, case.id)
        if taken is None:
            return
        try:
            sent = await self._poster.post(taken, content)
        except NotTheSame:
            sent = Undeliverable("not the same")
        if isinstance(sent, Again):
            await self._store.write(posting.give_back, case.id)
            raise PlatformUnavailable("the case is posted later")
        if isinstance(sent, Undeliverable):
            await self._store.write(posting.not_posted, self._clock.now(), case.id)
            self._keeping.drop(case.id)

    async def due(self, row: Delivery, late: bool) -> Reply | Moot:
        """To the author: it stands there now, or why not."""
        case = await self._case(row)
        if case is None:
            return Moot.MOOT
        if case.state is CaseState.POSTED:
            return posted(case, None)
        if case.state is CaseState.COOLING:
            return _gone(case)
        if case.state is CaseState.EXPIRED:
            says = _(
                "Your case {code} could not be posted in {where}: I may not write there. The draft"
                " is gone.",
                code=Code(case.code),
                where=InChannel(case.new.channel),
            )
            return Reply((Text(says), Button(_("Start again"), StartCase())))
        return Moot.MOOT

    async def lost(self, row: Delivery, late: bool) -> Reply | Moot:
        """To the author: the draft is gone."""
        case = await self._case(row)
        return Moot.MOOT if case is None else _gone(case)

    # Second readers -----------------------------------------------------------------------------

    async def waits(self, row: Delivery, late: bool) -> Reply | Moot:
        """A case waits; what it shows is seen in private alone."""
        case = await self._case(row)
        if case is None or case.state is not CaseState.REVIEW:
            return Moot.MOOT
        says = _(
            "Case {code} is there for a second reader, since {when}. One look is enough.",
            code=Code(case.code),
            when=When(case.at),
        )
        if row.due - case.at > _A_WHILE:
            says = _(
                "Case {code} has been open for a second reader since {when}.",
                code=Code(case.code),
                when=When(case.at),
            )
        look = Button(_("Look at it"), ReadCase(case.id), Look.MAIN)
        return Reply((Text(says), look, Button(_("All that wait"), ShowWaiting())))

    async def answered(self, row: Delivery, late: bool) -> Reply | Moot:
        """What the second reader said."""
        case = await self._case(row)
        if case is None:
            return Moot.MOOT
        code = Code(case.code)
        match case.state:
            case CaseState.POSTED:
                says = _("A second reader approved your case {code}.", code=code)
                return Reply((Text(says), *posted(case, None).parts))
            case CaseState.COOLING if case.due is not None:
                says = _(
                    "A second reader approved your case {code}. It appears on {when}.",
                    code=code,
                    when=When(case.due),
                )
                return Reply((Text(says), Button(_("Withdraw"), WithdrawCase(case.code))))
            case CaseState.CHANGE:
                says = _("A second reader would change something in your case {code}:", code=code)
                return Reply(
                    (
                        Text(says),
                        Text(Typed(case.word)),
                        Text(
                            _(
                                "You can change the words here. For other pictures, withdraw it and"
                                " begin again with {command}.",
                                command=Slash("case post"),
                            ),
                            Style.QUIET,
                        ),
                        Button(_("Change the words"), OpenChange(case.id), Look.MAIN),
                        Button(_("Withdraw"), WithdrawCase(case.code)),
                    )
                )
            case CaseState.DECLINED:
                says = _("Your case {code} was declined by a second reader:", code=code)
                parts: list[Part] = [Text(says)]
                if case.word:
                    parts.append(Text(Typed(case.word)))
                parts.append(Text(_("It did not appear, and its draft is gone."), Style.QUIET))
                return Reply(tuple(parts))
            case _:
                return Moot.MOOT

    async def _unread(self, seen: Seen) -> tuple[Part, ...]:
        case = await self._store.read(posting.get, CaseId(seen.follow_up.ref))
        if case is None or case.state is not CaseState.REVIEW:
            return ()
        return (
            Button(_("Keep waiting"), WaitOn(case.id), Look.MAIN),
            Button(_("Withdraw"), WithdrawCase(case.code)),
        )

    async def _case(self, row: Delivery) -> Case | None:
        return await self._store.read(posting.get, CaseId(row.ref))


async def _nothing(seen: Seen) -> tuple[Part, ...]:
    return ()


def _gone(case: Case) -> Reply:
    again = Button(_("Start again"), StartCase())
    if case.state is CaseState.EXPIRED:
        over = _(
            "The draft of your case {code} is gone: it waited for as long as a draft may wait."
            " Nothing of it is left.",
            code=Code(case.code),
        )
        return Reply((Text(over), again))
    says = _(
        "The draft of your case {code} is gone: it was kept in memory only, and that memory ended"
        " before it could be posted. Nothing of it is left; if it was on its way then,"
        " please look in {where}.",
        code=Code(case.code),
        where=InChannel(case.new.channel),
    )
    return Reply((Text(says), again))
