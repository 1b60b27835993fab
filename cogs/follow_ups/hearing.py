"""Ordinary messages: questions in a help channel, and lines that people write to the bot.

What a message says is looked at in memory and never kept: a question is known by where it stands.
"""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.people import Place
from bot.domain.questions import looks_like_question
from bot.runtime.caller import Arrival, Caller, Message
from bot.runtime.feature import Ear
from bot.services import pair_views, questions
from bot.services.follow_ups import signs
from bot.services.ports import Store
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Slash, _
from cogs.follow_ups.actions import OpenUpdate, ShowStatus
from cogs.follow_ups.words import pairs as pair_words


class Hearing:
    """The ear of follow-ups."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def ear(self) -> Ear:
        """Its declaration."""
        return Ear(self.wants, self.hear, self.gone)

    async def wants(self, arrival: Arrival, message: Message) -> bool:
        """Direct messages, and those of a channel for which a moderator turned it on."""
        if message.private:
            return True
        if arrival.place is None or arrival.channel is None:
            return False
        found = await self._store.read(questions.followed, arrival.place, arrival.channel)
        return found is not None

    async def hear(self, caller: Caller, message: Message) -> Reply | None:
        """Follow a question, note a reply, or take a line to the bot as a sign of life."""
        now = self._clock.now()
        if message.private:
            heard = await self._store.write(signs.spoke, now, caller.member)
            return await self._instead(caller, heard)
        if message.answers is not None:
            await self._store.write(
                questions.replied, now, caller.community, caller.member, message.answers
            )
        elif looks_like_question(message.text):
            await self._store.write(
                questions.noticed, now, caller.community, caller.member, message.link, message.id
            )
        return None

    async def gone(self, place: Place, channel: str, message: str) -> None:
        """A message was deleted."""
        community = await self._store.read(questions.followed, place, channel)
        if community is not None:
            now = self._clock.now()
            await self._store.write(questions.unsaid, now, community, message)

    async def _instead(self, caller: Caller, heard: int) -> Reply:
        """What a line to the bot can become: an update, or a look at what is open."""
        parts: list[Part] = [
            Text(_("I read taps and forms, not messages; nothing written here is kept."))
        ]
        if heard:
            parts.append(Text(_("I take it as a sign of life, so the dates of what is open move.")))
        mine = await self._store.read(pair_views.mine, caller.member, caller.community)
        for shown in [one for one in mine if one.pair.open][:3]:
            update = OpenUpdate(shown.pair.code)
            parts.append(Text(pair_words.instead(shown, caller.member), Style.QUIET))
            parts.append(
                Button(_("Write first"), update)
                if shown.begins
                else Button(_("Send it as an update"), update)
            )
        parts.append(Button(_("What is open"), ShowStatus()))
        parts.append(Text(_("{help} shows the rest.", help=Slash("help")), Style.QUIET))
        return Reply(tuple(parts))
