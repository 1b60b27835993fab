"""What an operator sees: figures without anybody's data, one line a trouble, references in logs."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.clock import HandMovedClock, SystemClock
from bot.domain.delivery import NewDelivery
from bot.domain.people import Account, Place
from bot.errors import StoreUnavailable
from bot.logs import Lines, OnceAnHour, Plain, referenced
from bot.metrics import Metrics
from bot.runtime.delivery import Dispatcher
from bot.runtime.hall import Doors
from bot.runtime.state import State
from bot.runtime.troubles import Troubles
from bot.runtime.watch import Watch
from bot.runtime.web import WebAsk
from bot.services.ports import Work
from bot.settings import HttpSettings, Settings
from bot.ui.parts import Facts
from cogs.moderation.running import running as in_words
from storage import MemoryStore
from tests.messages_read import plain
from tests.runtime.test_delivery import SilentBell

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DASHBOARD = Path(__file__).parents[2] / "docs/deploy/grafana-dashboard.json"


def plan(work: Work) -> None:
    home = work.communities.add(Place("paper", "here"), "Radiology", NOW)
    member = work.people.add(Account("paper", "here", "u-77"), "Jane Doe", NOW).member
    work.people.join(member, home.id, NOW)
    work.deliveries.schedule(
        NewDelivery("note", home.id, "n:1", f"k{minutes}", NOW + timedelta(minutes=minutes), member)
        for minutes in (-10, -5, 5)
    )


async def figures(watch: Watch) -> str:
    answers = [await route.answer(WebAsk()) for route in watch.routes if route.path == "/metrics"]
    body = answers[0].body
    return body.decode() if isinstance(body, bytes) else body


async def test_the_figures_tell_what_matters_and_name_nobody(memory: MemoryStore) -> None:
    memory.write_now(plan)
    metrics, clock = Metrics(), HandMovedClock(NOW)
    metrics.acknowledged("discord", 0.02)
    metrics.sent("reminder", 0.3)
    metrics.tried("undeliverable")
    metrics.waited_for_rate("slack", 0.1)
    metrics.asked_database("write", 0.004)
    metrics.scanned("picture", 1.2)
    metrics.answered("failed")
    text = await figures(Watch(memory, clock, Doors(), metrics))
    for line in (
        'introducer_ack_seconds_count{platform="discord"} 1.0',
        'introducer_delivery_lateness_seconds_count{kind="reminder"} 1.0',
        'introducer_deliveries_total{outcome="undeliverable"} 1.0',
        'introducer_rate_wait_seconds_sum{platform="slack"} 0.1',
        'introducer_database_seconds_count{mode="write"} 1.0',
        'introducer_scan_seconds_count{what="picture"} 1.0',
        'introducer_requests_total{outcome="failed"} 1.0',
        "introducer_deliveries_due 2.0",
        "introducer_deliveries_oldest_seconds 600.0",
        'introducer_ready{what="database"} 1.0',
    ):
        assert line in text
    labels = set(re.findall(r'(\w+)="', text))
    assert labels <= {"platform", "kind", "outcome", "mode", "what", "le"}
    for secret in ("Jane", "u-77", "Radiology", "here"):
        assert f'="{secret}' not in text


async def test_the_whole_program_shows_it_at_its_port(tmp_path: Path) -> None:
    settings = Settings.model_construct(http=HttpSettings(port=0))
    url = f"sqlite:///{tmp_path / 'b.sqlite3'}"
    async with running(settings, url, SystemClock(), []) as app:
        assert app.web is not None
        address = f"http://127.0.0.1:{app.web.port}"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{address}/readyz") as answer:
                assert (answer.status, await answer.text()) == (200, "database: ok\n")
            async with session.get(f"{address}/metrics") as answer:
                assert "introducer_database_seconds_count" in await answer.text()


def test_the_dashboard_asks_for_figures_that_exist() -> None:
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    exist = set(re.findall(r"^# HELP (\w+)", Metrics().text().decode(), re.M))
    asked: set[str] = set()
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            asked |= set(re.findall(r"\bintroducer_\w+", target["expr"]))
    bare = {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked}
    assert bare <= exist | {name.removesuffix("_total") for name in exist}
    assert {name.removesuffix("_total") for name in exist} <= {
        name.removesuffix("_total") for name in bare
    }, "a figure that no panel shows"


@pytest.fixture
def written() -> Iterator[tuple[logging.Logger, io.StringIO, logging.StreamHandler[io.StringIO]]]:
    log, out = logging.getLogger("bot.test_watching"), io.StringIO()
    handler = logging.StreamHandler(out)
    log.addHandler(handler)
    yield log, out, handler
    log.removeHandler(handler)


def test_json_lines_carry_the_reference_and_no_text_of_exceptions(
    written: tuple[logging.Logger, io.StringIO, logging.StreamHandler[io.StringIO]],
) -> None:
    log, out, handler = written
    handler.setFormatter(Lines())
    with referenced() as reference:
        try:
            raise ValueError("DOE, JANE")
        except ValueError:
            log.exception("it broke")
    log.error("afterwards")
    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert first["reference"] == reference
    assert first["message"] == "it broke"
    assert first["level"] == "error"
    assert first["exception"].endswith("ValueError")
    assert "DOE" not in out.getvalue()
    assert "reference" not in second
    assert datetime.fromisoformat(first["time"]).tzinfo is not None


def test_plain_lines_carry_it_too(
    written: tuple[logging.Logger, io.StringIO, logging.StreamHandler[io.StringIO]],
) -> None:
    log, out, handler = written
    handler.setFormatter(Plain("%(message)s"))
    with referenced() as reference:
        log.error("it broke")
        log.error("request %s failed", reference)
    assert out.getvalue() == f"it broke [{reference}]\nrequest {reference} failed\n"


def test_a_library_says_the_same_once_an_hour(caplog: pytest.LogCaptureFixture) -> None:
    seconds = [0.0]
    once = OnceAnHour(lambda: seconds[0])
    library, ours = logging.getLogger("somelibrary.socket"), logging.getLogger("bot.test_watching")
    for log in (library, ours):
        log.setLevel(logging.INFO)
    said: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(self.format(record))

    handler = Kept()
    handler.addFilter(once)
    logging.getLogger().addHandler(handler)
    try:

        def outage() -> None:
            for attempt in range(100):
                try:
                    raise ConnectionRefusedError("to DOE, JANE")
                except ConnectionRefusedError:
                    library.exception("redialling in %s s\nheld: DOE, JANE", attempt)
            for shard in (0, 0, 1):
                library.info("shard %s connected", shard)

        outage()
        ours.warning("ours")
        ours.warning("ours")
        seconds[0] = 3600.0
        outage()
    finally:
        logging.getLogger().removeHandler(handler)
    assert said == [
        "redialling in 0 s: ConnectionRefusedError",
        "shard 0 connected",
        "shard 1 connected",
        "ours",
        "ours",
        "redialling in 0 s: ConnectionRefusedError (99 more like it in the hour before)",
        "shard 0 connected (1 more like it in the hour before)",
        "shard 1 connected",
    ]


class Swinging:
    """A door that is open or not, as it is told."""

    platform, connected = "slack", False


async def test_a_platform_that_stays_away_is_said_once(
    memory: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    clock, doors, door = HandMovedClock(NOW), Doors(), Swinging()
    doors.add(door)  # pyright: ignore[reportArgumentType]
    troubles, watch = Troubles(clock), Watch(memory, clock, doors, Metrics())
    await watch.look(troubles)
    door.connected = True
    await watch.look(troubles)
    assert not caplog.records, "a connection that is renewed"
    door.connected = False
    for _time in range(100):
        await watch.look(troubles)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert (await watch.state()).works == {"database": True, "slack": False}
    door.connected = True
    await watch.look(troubles)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


async def test_the_same_facts_are_told_in_words(memory: MemoryStore) -> None:
    memory.write_now(plan)
    metrics, doors = Metrics(), Doors()
    doors.add(Swinging())  # pyright: ignore[reportArgumentType]
    for _time in range(19):
        metrics.acknowledged("discord", 0.02)
    metrics.acknowledged("slack", 2.5)
    metrics.asked_database("read", 0.0004)
    metrics.sent("reminder", 200_000.0)
    state = await Watch(memory, HandMovedClock(NOW), doors, metrics).state()
    rows = next(part for part in in_words(state, 4) if isinstance(part, Facts)).rows
    assert [(plain(label), plain(words)) for label, words in rows] == [
        ("Database", "works"),
        ("Slack", "cannot be reached at present"),
        ("Messages past their time", "2, the first for 10 minutes"),
        ("Reached nobody in a week", "4"),
        ("Commands acknowledged", "within 25 ms"),
        ("Messages sent, after their time", "longer than is measured"),
        ("Answers of the database", "within 1 ms"),
    ]
    assert not in_words(State(), 0), "where nobody watches"


def test_a_trouble_is_said_once_and_when_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    clock = HandMovedClock(NOW)
    troubles = Troubles(clock)
    for _time in range(1000):
        troubles.met("database", "The disk is full.")
    assert len(caplog.records) == 1
    clock.move(timedelta(hours=1))
    for _time in range(1000):
        troubles.met("database", "The disk is full.")
    assert len(caplog.records) == 2
    troubles.over("database")
    troubles.over("database")
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR", "WARNING"]


class Away:
    """A store whose database is gone."""

    async def write(self, use_case: object, *args: object, **kwargs: object) -> None:
        raise StoreUnavailable("The database cannot be reached.")

    read = write


async def test_a_database_that_is_away_alerts_once(caplog: pytest.LogCaptureFixture) -> None:
    async def left(*_who: object) -> None: ...

    dispatcher = Dispatcher(
        Away(),  # pyright: ignore[reportArgumentType]
        HandMovedClock(NOW),
        {},
        Doors(),
        SilentBell(),
        left,
    )
    for _time in range(50):
        await dispatcher.ring()
    assert len(caplog.records) == 1
