"""What a moderator does with somebody's case, for `setup members`: down for good, or moved.

A case moves only to a channel that nobody reads but those its author agreed to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.clock import Clock
from bot.domain.audit import ChangeId
from bot.domain.cases import HELD, SHOWN, Case, CaseState, Stands
from bot.domain.people import MemberId
from bot.runtime.caller import Caller
from bot.runtime.doors import Delivered, Reach, Readers, Trace
from bot.runtime.scanning import Unread
from bot.services import staff_cases
from bot.services.ports import Store
from bot.services.staff import NotDone
from cogs.cases.keeping import Keeping
from cogs.cases.looking import Looking
from cogs.cases.poster import NotTheSame, Poster

_GUESTS: Final = {False: 0, None: 1, True: 2}
"""How sure it is that no guest reads along."""


class Desk:
    """Carries it out; says why not, or whether the platform let it."""

    def __init__(
        self, store: Store, clock: Clock, keeping: Keeping, poster: Poster, looking: Looking
    ) -> None:
        self._store = store
        self._clock = clock
        self._keeping = keeping
        self._poster = poster
        self._looking = looking

    async def remove(self, caller: Caller, about: MemberId, code: str, why: str) -> bool | NotDone:
        """Down for good; False if a message of it is still there."""
        if await self._tells(why):
            return NotDone.TELLS
        now = self._clock.now()
        case = await self._store.write(
            staff_cases.remove, now, caller.member, caller.community, about, code, why
        )
        if isinstance(case, NotDone):
            return case
        if case.state in SHOWN:
            return await self._poster.take_down(case)
        self._keeping.drop(case.id)
        return True

    async def move(
        self,
        caller: Caller,
        about: MemberId,
        code: str,
        channel: str,
        why: str,
        undoes: ChangeId | None = None,
    ) -> bool | NotDone:
        """Into another channel of its place; False if the old message is still there."""
        if await self._tells(why):
            return NotDone.TELLS
        case = await self._store.read(staff_cases.look, caller.community, about, code)
        if isinstance(case, NotDone):
            return case
        if (refused := await self._refused(caller, case, channel)) is not None:
            return refused
        if case.state in HELD:
            moved = await self._moved(caller, case, channel, case.stands, why, undoes)
            return NotDone.CASE_OVER if moved is None else True
        return await self._move_shown(caller, case, channel, why, undoes)

    async def _refused(self, caller: Caller, case: Case, channel: str) -> NotDone | None:
        if case.state is CaseState.HIDDEN:
            return NotDone.CASE_HIDDEN
        if case.new.place != caller.place:
            return NotDone.ELSEWHERE
        if case.new.channel == channel:
            return NotDone.SAME_CHANNEL
        now = await self._poster.readers(case)
        then = await self._poster.readers(case, channel)
        return None if _nobody_else(now, then) else NotDone.MORE_READERS

    async def _move_shown(
        self, caller: Caller, case: Case, channel: str, why: str, undoes: ChangeId | None
    ) -> bool | NotDone:
        content = await self._keeping.content(case)
        if content is None or case.stands is None:
            return NotDone.CASE_GONE
        try:
            sent = await self._poster.put_in(case, channel, content)
        except NotTheSame:
            return NotDone.CASE_GONE
        if not isinstance(sent, Delivered):
            return NotDone.CANNOT_POST
        trace = sent.trace or Trace((sent.message,))
        stands = Stands(trace.messages, trace.files)
        moved = await self._moved(caller, case, channel, stands, why, undoes)
        if moved is None:
            # Withdrawn or hidden in this moment: the new message goes as well.
            now = await self._store.read(lambda work: work.cases.get(case.id))
            await self._poster.take_out(_in(now or case, channel), stands)
            return NotDone.CASE_OVER
        return await self._poster.take_out(case, case.stands)

    async def _moved(
        self,
        caller: Caller,
        case: Case,
        channel: str,
        stands: Stands | None,
        why: str,
        undoes: ChangeId | None,
    ) -> Case | None:
        given = (self._clock.now(), caller.member, case, channel, stands, why, undoes)
        return await self._store.write(staff_cases.move, *given)

    async def _tells(self, why: str) -> bool:
        """A reason is kept on record: nothing of a patient may be in it."""
        found = await self._looking.texts({"why": why})
        return isinstance(found, Unread) or bool(found["why"])


def _in(case: Case, channel: str) -> Case:
    return replace(case, new=replace(case.new, channel=channel))


def _nobody_else(now: Readers | None, then: Readers | None) -> bool:
    """Whether whoever reads there then could read it where it is now."""
    if now is None or then is None or now.reach is not Reach.PLACE:
        return False  # who was let in to one channel says nothing of another
    return then.reach is not Reach.BEYOND and _GUESTS[then.guests] <= _GUESTS[now.guests]
