"""Every trouble meets every feature: what docs/reliability.md says of both platforms.

A row plants one trouble, then somebody of each feature does the last step of an errand, all at the
same time. Whoever is told that nothing was changed does it once more. Then each errand has taken
effect once, each message that follows from it came once, nobody read a traceback, and the operator
reads no line twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.errors import StoreUnavailable
from tests.contract.on_discord import OnDiscord
from tests.contract.on_slack import OnSlack
from tests.contract.stage import MODERATOR, Seen, seen
from tests.faults.errands import PEOPLE, Act, Errand, Round
from tests.faults.ward import STAGES, Lent, Ward, opened
from tests.slack_server.faults import Fault

pytestmark = pytest.mark.timeout(900)

AGAIN = ("try again", "Please try", "in a minute", "your draft is still here")
"""What tells somebody that nothing was changed."""
N = 7
"""Errands of a round: each of them meets the trouble once."""
Plant = Callable[[Ward], Awaitable[None] | None]


def on_discord(ward: Ward) -> OnDiscord:
    assert isinstance(ward.stage, OnDiscord)
    return ward.stage


def on_slack(ward: Ward) -> OnSlack:
    assert isinstance(ward.stage, OnSlack)
    return ward.stage


# What is planted ---------------------------------------------------------------------------------

ACK, ANSWER, POST = "/callback", "/messages/@original", r"/channels/\d+/messages"


def discord_error(method: str, path: str, *, after: bool = False, times: int = N) -> Plant:
    return lambda ward: on_discord(ward).server.faults.error(method, path, after=after, times=times)


def discord_cut(method: str, path: str) -> Plant:
    return lambda ward: on_discord(ward).server.faults.drop(method, path, after=True, times=N)


def discord_limit(method: str, path: str, seconds: float, times: int = N) -> Plant:
    return lambda ward: on_discord(ward).server.faults.limit(seconds, method, path, times=times)


async def discord_reconnects(ward: Ward) -> None:
    """The connection is dropped while nobody acts; who acts then is heard after it is resumed."""
    server = on_discord(ward).server
    before = server.gateway.resumes + server.gateway.identifies
    server.gateway.drop()
    await server.until(lambda: server.gateway.resumes + server.gateway.identifies > before, 30)
    await server.until_connected(within=30)


def discord_doubles(ward: Ward) -> None:
    on_discord(ward).server.gateway.duplicates = N


def slack_fault(method: str, **how: object) -> Plant:
    return lambda ward: (
        on_slack(ward).slack.faults.add(Fault(method, times=N, **how)) and None  # pyright: ignore[reportArgumentType]
    )


def slack_doubles(ward: Ward) -> None:
    on_slack(ward).slack.sockets.duplicates = N


async def slack_reconnects(ward: Ward) -> None:
    slack = on_slack(ward).slack
    before = slack.sockets.connected_times
    await slack.sockets.drop()
    await slack.wait_for(lambda: slack.sockets.connected_times > before, within=30)


def database_away(transactions: int) -> Plant:
    def plant(ward: Ward) -> None:
        ward.store.away = transactions

    return plant


def clock(jump: timedelta) -> Plant:
    return lambda ward: ward.stage.clock.move(jump)


AWAY = "the database is away for a while"
ANY: dict[str, Plant] = {
    "the database fails once": database_away(1),
    AWAY: database_away(40),
    "the clock jumps ahead": clock(timedelta(minutes=40)),
    "the clock is set back": clock(timedelta(hours=-1)),
}
ROWS: dict[str, dict[str, Plant]] = {
    "discord": {
        "acknowledgement refused with 500": discord_error("POST", ACK),
        "acknowledgement taken, its receipt lost": discord_error("POST", ACK, after=True),
        "acknowledgement cut off": discord_cut("POST", ACK),
        "answer refused with 500": discord_error("PATCH", ANSWER),
        "answer taken, its receipt lost": discord_error("PATCH", ANSWER, after=True),
        "answer limited for long": discord_limit("PATCH", ANSWER, 3.0),
        "message refused with 500": discord_error("POST", POST, times=3),
        "message taken, its receipt lost": discord_error("POST", POST, after=True, times=3),
        "message limited for long": discord_limit("POST", POST, 2.0, times=2),
        "every act told twice": discord_doubles,
        "the connection dropped": discord_reconnects,
        # The other rows that know no platform are tried on the quicker one.
        **{AWAY: ANY[AWAY]},
    },
    "slack": {
        "every request refused with 500": slack_fault("*"),
        "message refused with 500": slack_fault("chat.postMessage"),
        "message cut off": slack_fault("chat.postMessage", drop=True),
        "answer taken, its receipt lost": slack_fault("response_url", when="after"),
        "answer refused with 500": slack_fault("response_url"),
        "everything limited for long": slack_fault("*", retry_after=2),
        "the directory fails": slack_fault("users.info", status=503),
        "a scope taken away": slack_fault("chat.postMessage", error="missing_scope"),
        "every envelope twice": slack_doubles,
        "the connection dropped": slack_reconnects,
        **ANY,
    },
}


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
    if text and not any(word in text for word in AGAIN):
        return False
    told = any(errand.says in one for one in ward.stage.direct(errand.who))
    return not told and await errand.count(ward) == before


async def comes(ward: Ward, heard: Callable[[Ward], int], before: int) -> None:
    """Wait for what may just be on its way; that it does not come is told by who counts."""
    for _look in range(60):
        if heard(ward) > before:
            return
        await asyncio.sleep(0.1)
        await ward.look()


def lifted(ward: Ward) -> None:
    """What is left of the trouble goes."""
    ward.store.away = 0
    if isinstance(ward.stage, OnDiscord):
        ward.stage.server.faults.clear()
    else:
        ward.stage.slack.faults.planned.clear()


async def one_row(ward: Ward, number: int, row: str, plant: Plant) -> list[str]:
    """What was against the promises."""
    round_ = Round(number)
    ward.add(*(round_.named(who) for who in PEOPLE))
    errands = round_.errands()
    acts = {name: await errand.ready(ward) for name, errand in errands.items()}
    before = {name: await errand.count(ward) for name, errand in errands.items()}
    heard = {name: one.heard(ward) for name, one in errands.items() if one.heard}
    planted = plant(ward)
    if planted is not None:
        await planted
    read = dict(zip(acts, await asyncio.gather(*map(attempt, acts.values())), strict=True))
    with suppress(StoreUnavailable):
        await ward.look()
    lifted(ward)
    for name, errand in errands.items():
        if await unsettled(ward, errand, read[name].text, before[name]):
            read[name] = await once_more(ward, errand, acts[name], read[name])
    ward.stage.clock.move(timedelta(minutes=20))
    await ward.look()
    found = [
        f"{name}: {read[name].text[:300] or 'nobody was told'}"
        for name, one in errands.items()
        if one.says not in "\n".join((read[name].text, *ward.stage.direct(one.who)))
        and not (one.known and one.known in read[name].text)
    ]
    await asyncio.gather(
        *(comes(ward, one.heard, heard[name]) for name, one in errands.items() if one.heard)
    )
    for name, errand in errands.items():
        if (times := await errand.count(ward) - before[name]) != 1:
            found.append(f"{name}: took effect {times} times")
        if errand.heard and (times := errand.heard(ward) - heard[name]) != 1:
            found.append(f"{name}: heard of {times} times")
    return [f"{row}: {one}" for one in found]


@pytest.mark.parametrize("platform", STAGES)
async def test_once_and_with_a_sentence(
    platform: str, scans: Lent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found: list[str] = []
    async with opened(platform, scans, monkeypatch) as ward:
        # Whoever changed something here is known to moderate.
        change = seen(await ward.stage.command(MODERATOR, "setup hours", {"seats_a_week": 9}))
        await ward.stage.press(MODERATOR, change, "Confirm")
        for number, (row, plant) in enumerate(ROWS[platform].items()):
            caplog.clear()
            found += await one_row(ward, number, row, plant)
            loud = [one for one in caplog.records if one.levelno >= logging.ERROR]
            found += [f"{row}: traceback in {one.name}" for one in loud if one.exc_info]
            said = Counter(one.getMessage() for one in loud)
            found += [f"{row}: said {n} times: {text}" for text, n in said.items() if n > 1]
    assert not found, "\n".join(found)
