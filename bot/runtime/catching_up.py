"""Puts what could not be delivered beside the answer to whatever the person does next.

A closed direct message does not keep anybody from news: the same screens stand below the answer,
once. What does not fit there is sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.errors import PlatformUnavailable, StoreUnavailable
from bot.runtime import sentences
from bot.runtime.caller import Caller
from bot.runtime.feature import Notice
from bot.services.follow_ups import catching_up
from bot.services.follow_ups.telling import KIND_STEP
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, File, Image, Part, Reply, Select, Style, Text

_log = logging.getLogger(__name__)

MOST = 3
"""Messages shown at a time."""
_ROOM = 30
"""Parts that a screen holds with them, on the tightest platform."""


class CatchingUp:
    """Words what was missed, and notes that it was read."""

    def __init__(self, store: Store, clock: Clock, notices: Mapping[str, Notice]) -> None:
        self._store = store
        self._clock = clock
        self._notices = notices

    async def beside(self, caller: Caller, answer: Reply) -> Reply:
        """The answer with what was missed; unchanged if it was read meanwhile."""
        now = self._clock.now()
        rows = await self._store.read(catching_up.missed, now, caller.member, caller.community)
        read: list[Delivery] = []
        unworded: list[Delivery] = []
        parts = answer.parts
        for row in rows:
            try:
                said = await self._worded(row)
            except (StoreUnavailable, PlatformUnavailable):
                raise
            except Exception as failure:
                # A flaw in one message must not cost anybody their answers. News are given up; a
                # step is sent once more, where it is tried a few times.
                _log.error(
                    "message of kind %s cannot be worded: %s", row.kind, type(failure).__name__
                )
                if row.kind not in KIND_STEP:
                    unworded.append(row)
                continue
            more = tuple(_new(said, parts)) if said is not None else ()
            if said is None or len(parts) + len(more) >= _ROOM:
                continue
            head = () if read else (Text(sentences.MISSED, Style.HEADING),)
            parts = (*parts, Divider(), *head, *more)
            read.append(row)
            if len(read) == MOST:
                break
        rest = await self._store.write(
            catching_up.shown, self._clock.now(), caller.member, [*read, *unworded]
        )
        for row in read:
            course = self._notices[row.kind].course
            if course is not None and course.read is not None:
                await self._store.write(course.read, self._clock.now(), row)
        if rest:
            parts = (*parts, *sentences.SENT_AGAIN)
        return answer if parts is answer.parts else replace(answer, parts=parts)

    async def _worded(self, row: Delivery) -> tuple[Part, ...] | None:
        notice = self._notices.get(row.kind)
        said = None if notice is None else await notice.compose(row, False)
        if not isinstance(said, Reply) or any(isinstance(one, Image) for one in said.parts):
            return None
        again = (Text(sentences.PERHAPS_AGAIN),) if row.doubtful else ()
        # A calendar file has no place below an answer; what it is about has.
        return (*(one for one in said.parts if not isinstance(one, File)), *again)


def _new(said: tuple[Part, ...], shown: tuple[Part, ...]) -> Iterator[Part]:
    """Without controls that stand on the screen already."""
    for part in said:
        if not isinstance(part, Button | Select) or not any(
            isinstance(one, Button | Select) and one.does == part.does for one in shown
        ):
            yield part
