"""What somebody typed for whom or what a report is about: a member, or the link of a message."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.people import Account, MemberId
from bot.runtime.caller import Caller
from bot.services import reports
from bot.services.ports import Store, Work
from bot.ui.action import Option
from bot.ui.words import Typed

_LINK = re.compile(r"<?(https?://\S+?)>?")
_NUMBER = re.compile(r"member:([0-9]{1,18})")
# How a mention arrives in a text, on every platform that has them.
_MENTION = re.compile(r"<@!?([A-Za-z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Named:
    """One of the two."""

    member: MemberId | None = None
    link: str = ""


class Naming:
    """Reads what was typed, and suggests."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, caller: Caller, text: str) -> Named | None:
        """What was meant; None if nobody is called that."""
        typed = text.strip()
        if (link := _LINK.fullmatch(typed)) is not None:
            return Named(link=link[1])
        member: MemberId | None = None
        if (number := _NUMBER.fullmatch(typed)) is not None:
            wanted = MemberId(int(number[1]))
            found = await self._store.read(reports.called, caller.community, wanted)
            member = None if found is None else found.member
        elif (mention := _MENTION.fullmatch(typed)) is not None:
            account = Account(caller.account.platform, caller.account.workspace, mention[1])
            member = await self._store.read(reports.behind, caller.community, account)
        else:
            same = await self._store.read(_named, caller, typed.removeprefix("@"), whole=True)
            member = same[0][0] if len(same) == 1 else None
        return None if member is None else Named(member)

    async def complete(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Members whose name fits."""
        if len(text.strip()) < 2:
            return ()
        found = await self._store.read(_named, caller, text.strip().removeprefix("@"), whole=False)
        return tuple(Option(f"member:{member}", Typed(name)) for member, name in found)


def _named(
    work: Work, caller: Caller, text: str, *, whole: bool
) -> tuple[tuple[MemberId, str], ...]:
    found = work.people.by_name(caller.community, text, 20)
    if whole:
        found = tuple(one for one in found if one[1].casefold() == text.casefold())
    return tuple(one for one in found if one[0] != caller.member or whole)
