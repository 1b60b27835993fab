"""A pair of one's own, named by its code: found, acted upon, or not known."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.pairs import Pair
from bot.runtime.caller import Caller
from bot.services import pair_views
from bot.services.ports import Store, Work
from bot.ui.parts import Reply, Text
from bot.ui.words import Msg, Slash, _


async def with_pair(
    store: Store,
    caller: Caller,
    code: str,
    do: Callable[[Work, Pair], object | None],
    done: Msg,
) -> Reply:
    """Something about a pair of one's own; `done` is said if it could be done."""

    def run(work: Work) -> bool:
        pair = pair_views.find(work, caller.member, caller.community, code.strip().lower())
        return pair is not None and do(work, pair) is not None

    return Reply((Text(done),)) if await store.write(run) else unknown()


def unknown() -> Reply:
    """Not open, or not one's own."""
    return Reply(
        (
            Text(
                _(
                    "That is not open, or not one of yours. {list} shows what is.",
                    list=Slash("checkin status"),
                )
            ),
        )
    )
