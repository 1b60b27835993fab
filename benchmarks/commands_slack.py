"""Whole commands over a local Slack at 50 and 200 a second, beside a bare bolt app that echoes.

As benchmarks/commands.py does for Discord: the same people act on the bare app first, in the same
run; the bot has a process of its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from adapters.slack.manifest import manifest
from benchmarks.commands import JOINED, PEOPLE, RATES, SECONDS, SESSIONS
from benchmarks.doorman import Doorman, doorman
from benchmarks.ground import EVERYTHING, NOW, hosted, opened, sqlite_url
from benchmarks.report import Figure, Report, p95
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place
from bot.runtime.scanning import Scanning
from bot.services.office_hours.results import Actor
from bot.services.ports import Work
from tests.slack_server import Outcome, Person, SlackServer

Act = Callable[[Person, int], Awaitable[Outcome]]
"""Somebody does something for the n-th time."""


async def drive(slack: SlackServer, act: Act, rate: int, bot: Doorman) -> tuple[float, float]:
    """Milliseconds to the acknowledgement (p95), and of the bot's processor for each command."""
    people = [slack.person(f"p{number}", tz="UTC") for number in range(PEOPLE)]
    for person in people:
        slack.channel("general", person)
    acks: list[float] = []

    async def one(number: int) -> None:
        outcome = await act(people[number % PEOPLE], number)
        acks.append(outcome.seconds * 1000)

    for number in range(5):
        await one(number)  # whatever is made the first time
    acks.clear()
    loop = asyncio.get_running_loop()
    used, began, count = await bot.used(), loop.time(), int(rate * SECONDS)
    running: list[asyncio.Task[None]] = []
    for number in range(count):
        await asyncio.sleep(max(began + number / rate - loop.time(), 0))
        running.append(asyncio.create_task(one(number + 5)))
    await asyncio.gather(*running)
    return p95(acks), (await bot.used() - used) / count


async def bare(rate: int) -> tuple[float, float]:
    """An echo."""
    async with (
        SlackServer() as slack,
        doorman(
            "bare slack", slack.api_base, slack.workspace.bot_token, slack.app.app_token
        ) as bot,
    ):
        await slack.connected()
        return await drive(slack, lambda person, _n: person.command("/echo", "hello"), rate, bot)


async def ours(rate: int, joining: bool) -> tuple[float, float]:
    """The list of 20 sessions, or a join: everybody each session once."""
    with sqlite_url() as url:
        async with SlackServer() as slack:
            async with opened(url) as store:
                clock, scanning = HandMovedClock(NOW), Scanning()
                registry = registry_of(store, clock, scanning)
                slack.install(manifest(registry, "ir-", "socket", help_channels=True))
                await scanning.close()
                host = await store.write(partial(settle, slack.workspace.id))
                made = [
                    await hosted(store, host, 2 * PEOPLE, days=6 + number, number=number)
                    for number in range(JOINED if joining else SESSIONS)
                ]

            def act(person: Person, number: int) -> Awaitable[Outcome]:
                if joining:
                    code = made[number // PEOPLE % JOINED].code
                    return person.command("/ir-hours", f"join {code}")
                return person.command("/ir-hours", "list")

            tokens = slack.workspace.bot_token, slack.app.app_token
            async with doorman("slack", slack.api_base, *tokens, url) as bot:
                await slack.connected()
                return await drive(slack, act, rate, bot)


def settle(workspace: str, work: Work) -> Actor:
    """A community and who opens its sessions."""
    home = work.communities.add(Place("slack", workspace), "Radiology", NOW)
    work.communities.mark_set_up(home.id, "Europe/London", NOW)
    host = work.people.add(Account("slack", workspace, "U1HOST"), "Hana", NOW).member
    work.people.join(host, home.id, NOW)
    return Actor(host, home.id, EVERYTHING)


async def measure(report: Report) -> None:
    """Everything one after the other, at each rate."""
    for rate in RATES:
        bare_ack, bare_work = await bare(rate)
        for name, joining in (("list of 20", False), ("join", True)):
            ack, work = await ours(rate, joining)
            named = f"Slack, hours {name} at {rate}/s"
            report.add(Figure(f"{named}: ack p95", ack, "ms", bare_ack, 1.3 * bare_ack + 5))
            report.add(Figure(f"{named}: processor time", work, "ms", bare_work))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    made = Report("commands_slack")
    asyncio.run(measure(made))
    made.end()
