"""The conduct of a community: shown once, before somebody's first request or post, and agreed to.

What was asked for waits as a draft and goes on as soon as they agree.
"""

from __future__ import annotations

from datetime import datetime

from bot.clock import Clock
from bot.domain.people import CommunityId, MemberId
from bot.runtime import sentences
from bot.runtime.caller import Caller
from bot.runtime.drafting import Drafting, FormState
from bot.runtime.feature import Handler
from bot.runtime.forms import Agree
from bot.runtime.settable import CommunityText, wording
from bot.services.ports import Store, Work
from bot.ui.action import Action, fields_of, value_in
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import Words


class ConductGate:
    """Asks, and remembers. `text`: what is agreed to; None: nothing is asked."""

    def __init__(
        self, store: Store, clock: Clock, drafting: Drafting, text: CommunityText | None
    ) -> None:
        self._store = store
        self._clock = clock
        self._drafting = drafting
        self._text = text

    async def missing(self, caller: Caller, handler: Handler) -> Words | None:
        """What the caller has to agree to before this; None if nothing."""
        if not handler.conduct or self._text is None:
            return None
        return await self._store.read(_unagreed, caller.community, caller.member, self._text)

    def before(self, words: Words, state: FormState) -> Reply:
        """The question, in the place of the answer."""
        return Reply(
            (
                Text(sentences.CONDUCT, Style.HEADING),
                Text(words),
                Text(sentences.CONDUCT_ONCE, Style.QUIET),
                Button(sentences.AGREE, Agree(state.id), Look.MAIN),
            )
        )

    async def agreed(self, caller: Caller, ask: Agree) -> FormState:
        """From now on; what waited. Raises StaleControl."""
        state = await self._drafting.find(ask.draft, caller.member)
        now = self._clock.now()
        await self._store.write(_agree, caller.community, caller.member, now)
        await self._drafting.discard(state)
        return state


def pressed(action: Action) -> Form:
    """A whole Action, as a form that has nothing left to ask."""
    values = {name: value_in(action, field) for name, field in fields_of(type(action)).items()}
    given = {name: value for name, value in values.items() if value is not None}
    return Form(sentences.CONDUCT, type(action), given=given)


def _unagreed(
    work: Work, community: CommunityId, member: MemberId, text: CommunityText
) -> Words | None:
    if work.conduct.agreed(community, member) is not None:
        return None
    return wording(work, community, text)


def _agree(work: Work, community: CommunityId, member: MemberId, now: datetime) -> None:
    work.conduct.agree(community, member, now)
