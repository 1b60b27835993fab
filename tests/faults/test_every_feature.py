"""Every trouble meets every feature: what docs/reliability.md says of both platforms.

A row plants one trouble, then somebody of each feature does the last step of an errand, all at the
same time. Whoever is told that nothing was changed, or is not answered at all, does it once more.
Then each errand has taken effect once, each message that follows from it came once, nobody read a
traceback, and the operator reads no line twice. Where a trouble leaves nothing to be done, the row
says what is read instead.

Rows follow each other in lanes, each with a platform and a bot of its own. Most of their time is
patience, which the lanes on Slack share; discord.py knows one address at a time in a process, so
its lanes are tests of their own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.errors import StoreUnavailable
from tests.contract.stage import MODERATOR, Seen, seen
from tests.faults.errands import PEOPLE, Act, Errand, Round
from tests.faults.troubles import ROWS, Instead, Row, lifted
from tests.faults.ward import Ears, Lent, Ward, opened

pytestmark = pytest.mark.timeout(900)

AGAIN = ("try again", "Please try", "in a minute", "your draft is still here")
"""What tells somebody that nothing was changed."""
OURS = "went wrong on our side"
LANES = {"discord 1": 1, "discord 2": 1, "slack": 2}
"""Lanes that a test keeps going at the same time."""

# What is asserted --------------------------------------------------------------------------------


async def attempt(act: Act) -> Seen:
    """What somebody reads; nothing where the client says that there was no answer."""
    try:
        return seen(await act())
    except (AssertionError, TimeoutError):
        return Seen("", private=True)  # what comes later is looked for in their direct messages


async def once_more(ward: Ward, errand: Errand, act: Act, read: Seen) -> Seen:
    """The button that offers it, else the same again."""
    if "Try again" in read.labels:
        return await attempt(lambda: ward.stage.press(errand.who, read, "Try again"))
    return await attempt(act)


async def unsettled(ward: Ward, errand: Errand, text: str, before: int) -> bool:
    """Whether somebody has to do it once more: they read so, or nothing at all, and it is true."""
    if not errand.twice or (text and not any(word in text for word in AGAIN)):
        return False
    told = any(errand.says in one for one in ward.stage.direct(errand.who))
    return not told and await errand.count(ward) == before


async def comes(ward: Ward, count: Callable[[Ward], Awaitable[int]], wanted: int) -> int:
    """How often, once what may just be on its way is there."""
    for _look in range(80):
        if (found := await count(ward)) >= wanted:
            return found
        await asyncio.sleep(0.1)
        await ward.look()
    return await count(ward)


async def apply(ward: Ward, plant: Callable[[Ward], Awaitable[None] | None]) -> None:
    """Do what may have to be waited for."""
    planted = plant(ward)
    if planted is not None:
        await planted


def nothing(ward: Ward) -> None:
    """No trouble comes in between."""


async def one_row(ward: Ward, called: str, row: Row) -> list[str]:
    """What was against the promises."""
    round_ = Round(ward.number)
    ward.add(*(round_.named(who) for who in PEOPLE))
    await ward.serves(ward.channel, "questions", "cases")
    errands = round_.errands()
    acts = {name: await errand.ready(ward) for name, errand in errands.items()}
    before = {name: await errand.count(ward) for name, errand in errands.items()}
    heard = {name: one.heard(ward) for name, one in errands.items() if one.heard}
    await apply(ward, row.plant)
    meanwhile = asyncio.ensure_future(apply(ward, row.meanwhile or nothing))
    read = dict(zip(acts, await asyncio.gather(*map(attempt, acts.values())), strict=True))
    await meanwhile
    with suppress(StoreUnavailable):
        await ward.look()
    lifted(ward)
    if row.over is not None:
        await apply(ward, row.over)
    for name, errand in errands.items():
        if await unsettled(ward, errand, read[name].text, before[name]):
            read[name] = await once_more(ward, errand, acts[name], read[name])
    wanted_of = {
        name: row.instead.get(name) or Instead(errand.says, 1, int(errand.heard is not None))
        for name, errand in errands.items()
    }

    async def effects(name: str) -> int:
        count, known = errands[name].count, before[name]
        return await comes(ward, count, known + wanted_of[name].effects) - known

    # What waits in a channel for somebody is taken away after a while.
    early = {name: await effects(name) for name, errand in errands.items() if not errand.twice}
    ward.stage.clock.move(timedelta(minutes=20))
    await ward.look()
    found: list[str] = []
    for name, errand in errands.items():
        wanted = wanted_of[name]
        times = early[name] if name in early else await effects(name)
        if times != wanted.effects:
            found.append(f"{name}: took effect {times} times")
        if errand.heard is not None:
            came = await comes(ward, as_told(errand.heard), heard[name] + (wanted.heard or 0))
            came -= heard[name]
            if came > 1 or wanted.heard not in (None, came):
                found.append(f"{name}: heard of {came} times")
        told = "\n".join((read[name].text, *ward.stage.direct(errand.who)))
        known = errand.known and errand.known in read[name].text
        if wanted.says not in told and not known and not (errand.twice is False and times):
            found.append(f"{name}: {read[name].text[:300] or 'nobody was told'}")
        if OURS in told:
            found.append(f"{name}: {OURS}")
    return [f"{called}: {one}" for one in found]


def as_told(heard: Callable[[Ward], int]) -> Callable[[Ward], Awaitable[int]]:
    """The same question, for those who wait for the answer."""

    async def count(ward: Ward) -> int:
        return heard(ward)

    return count


async def lane(
    platform: str,
    rows: list[tuple[str, Row]],
    scans: Lent,
    ears: Ears,
    monkeypatch: pytest.MonkeyPatch,
) -> list[str]:
    """One row after the other, on one platform."""
    found: list[str] = []
    async with opened(platform, scans, monkeypatch) as ward:
        # Whoever changed something here is known to moderate.
        change = seen(await ward.stage.command(MODERATOR, "setup hours", {"seats_a_week": 9}))
        await ward.stage.press(MODERATOR, change, "Confirm")
        await ward.watched()
        for ward.number, (name, row) in enumerate(rows):
            ears.taken()
            found += await one_row(ward, name, row)
            loud = ears.taken()
            found += [f"{name}: traceback in {one.name}" for one in loud if one.exc_info]
            said = Counter(one.getMessage() for one in loud)
            found += [f"{name}: said {n} times: {text}" for text, n in said.items() if n > 1]
    return found


@pytest.mark.parametrize("street", LANES)
async def test_once_and_with_a_sentence(
    street: str, scans: Lent, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform, _space, number = street.partition(" ")
    ears, rows, count = Ears(), list(ROWS[platform].items()), LANES[street]
    if number:
        rows = rows[int(number) - 1 :: 2]
    with ears.listening():
        found = await asyncio.gather(
            *(lane(platform, rows[n::count], scans, ears, monkeypatch) for n in range(count))
        )
    assert not any(found), "\n".join(one for some in found for one in some)
