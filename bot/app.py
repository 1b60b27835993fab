"""The composition root: puts features, store, doors, bell and dispatcher together, and runs them.

Together with `__main__` the only module that knows everything. Platforms are imported when they
are configured, so that a Slack-only bot never loads Discord's library.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import webbrowser
from collections.abc import AsyncGenerator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.scheduler import SchedulerBell
from bot import lasting
from bot.clock import Clock, RehearsalClock, SystemClock
from bot.domain.taxonomy import Taxonomy, taxonomy
from bot.errors import IntroducerError, SettingsError
from bot.metrics import Metrics
from bot.platforms import ROLES, chosen_rights, doors_of, vault_of
from bot.runtime import groups
from bot.runtime.caller import Caller
from bot.runtime.calls import Calls
from bot.runtime.core import Core
from bot.runtime.delivery import POLL, Dispatcher
from bot.runtime.feature import Choice, Command, Feature
from bot.runtime.hall import Door, Doors
from bot.runtime.inspecting import Inspect, Right, nothing_lacks
from bot.runtime.measured import MeasuredStore
from bot.runtime.pace import Pace
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.runtime.showing import Showing
from bot.runtime.state import Ask, nothing_watched
from bot.runtime.troubles import Troubles
from bot.runtime.upkeep import Upkeep, sweep
from bot.runtime.vault import Vault
from bot.runtime.warden import Wardens
from bot.runtime.watch import LOOK, Watch
from bot.services.follow_ups import views
from bot.services.office_hours.wave import MOST_STRANGERS
from bot.services.ports import Store
from bot.settings import RetentionSettings, Settings
from bot.told import for_ever, until_told
from bot.ui.parts import Text
from bot.ui.reading import warm
from cogs.cases import Cases
from cogs.conduct import Conduct
from cogs.follow_ups import FollowUps
from cogs.guard import Guard
from cogs.help import Help
from cogs.linking import Linking
from cogs.mentors import MENTOR_CLOSERS, Mentors
from cogs.moderation import Moderation
from cogs.office_hours import OfficeHours
from cogs.office_hours.group_hour import proposal
from cogs.own_data import OwnData
from cogs.profile import Profile
from cogs.reports import Reports
from cogs.setup import Setup
from storage import OpenStore, open_store
from storage.urls import InFile, understand

if TYPE_CHECKING:
    from adapters.web import WebServer

_log = logging.getLogger(__name__)

ONE_PROCESS = (
    "SQLite serves one process, which has to have every role. For several processes, set"
    " database_url to a PostgreSQL database."
)
CLOCK_LOOK = 0.5
"""Seconds between looks at a rehearsal clock's file."""


LAST_SENDS = 2.0
"""Seconds for messages that are just being carried when the program is told to stop."""


@dataclass(frozen=True)
class App:
    """Everything that runs together."""

    core: Core
    store: OpenStore
    clock: Clock
    doors: Doors
    dispatcher: Dispatcher
    bell: SchedulerBell
    upkeep: Upkeep | None
    """None in a process that leaves sending and tidying up to others."""
    web: WebServer | None
    """The HTTP endpoint, where it is on."""


def registry_of(
    store: Store,
    clock: Clock,
    scans: Scanning,
    public_url: str = "",
    lists: Taxonomy | None = None,
    days: Mapping[str, int] | None = None,
    inspect: Inspect = nothing_lacks,
    doors: Doors | None = None,
    vault: Vault | None = None,
    chosen: frozenset[Right] = frozenset(),
    *,
    conduct: bool = False,
    strangers: int = MOST_STRANGERS,
    state: Ask = nothing_watched,
) -> Registry:
    """Every feature, checked against every other.

    `scans` starts processes when it is first used; whoever made it closes it. `lists`: a
    deployment's own taxonomy; `days`: its retention; `doors`: for what cannot wait in the database;
    `chosen`: the rights its settings ask for; `conduct`: whether people agree to the professional
    conduct before their first request; `strangers`: how many people who were never written to get
    a first message for one session; `state`: how the process runs.
    """
    doors = doors or Doors()
    days = days or RetentionSettings().model_dump()
    registry: Registry | None = None

    def allowed(caller: Caller) -> Iterable[Command]:
        if registry is None:
            return ()
        return [
            command
            for command in registry.commands.values()
            if registry.handler(command.action).may in caller.roles
            and (caller.set_up or registry.handler(command.action).before_setup)
            and registry.is_on(command.action, caller.off)
        ]

    def rules() -> Iterable[Text]:
        return [each for feature in features for each in feature.rules]

    def everything() -> Registry:
        if registry is None:
            raise LookupError("asked before it was put together")
        return registry

    def choices() -> Mapping[str, Choice]:
        return everything().choices

    shipped = lists or taxonomy()
    mentors = Mentors(store, clock, shipped, proposal)
    cases = Cases(store, clock, scans, doors, vault or Vault())
    features: list[Feature] = [
        OfficeHours(store, clock, public_url, chosen, strangers).feature(),
        mentors.feature(),
        cases.feature(),
        FollowUps(
            store,
            clock,
            MENTOR_CLOSERS,
            {**mentors.speaks(), **cases.speaks()},
            inspect,
            choices,
            mentors.beside,
        ).feature(),
        Profile(store, clock).feature(),
        Conduct(store, asks=conduct).feature(),
        Linking(store, clock, everything).feature(),
        OwnData(store, clock, everything, days).feature(),
        Reports(store, clock, days).feature(),
        Setup(store, clock, everything).feature(),
        Moderation(store, clock, everything, cases.desk, shipped, inspect, state).feature(),
        Guard(store, clock, scans, doors, Wardens(doors), inspect).feature(),
        Help(allowed, rules, lambda: everything().groups, store).feature(),
    ]
    registry = Registry(features)
    return registry


def clock_of(settings: Settings) -> Clock:
    """Real time, or the rehearsal clock."""
    file = settings.clock.offset_file
    return SystemClock() if file is None else RehearsalClock(file)


@asynccontextmanager
async def running(
    settings: Settings,
    database_url: str,
    clock: Clock,
    doors: Iterable[Door],
    roles: Collection[str] = ROLES,
) -> AsyncGenerator[App]:
    """The whole bot, from an up-to-date database to open doors; closes in the reverse order."""
    store = await open_store(database_url)
    metrics, troubles = Metrics(), Troubles(clock)
    timed = MeasuredStore(store, metrics)
    bell = SchedulerBell()
    hung = Doors()
    for door in doors:
        hung.add(door)
    watch = Watch(store, clock, hung, metrics)
    scans = Scanning(settings.scan.processes, settings.scan.seconds, metrics.scanned)
    vault = vault_of(settings, roles)
    try:
        shown = settings.http.public_url if settings.http.port is not None else None
        lists = taxonomy(settings.mentors.taxonomy)
        kept = settings.retention.model_dump()
        registry = registry_of(
            *(timed, clock, scans, shown or "", lists, kept, hung.inspect, hung, vault),
            chosen=chosen_rights(settings),
            conduct=settings.setup.conduct,
            strangers=settings.hours.first_messages,
            state=watch.state,
        )
        core = Core(
            registry,
            timed,
            clock,
            hung,
            set_up=settings.setup.defaults,
            metrics=metrics,
            troubles=troubles,
        )
        dispatcher = Dispatcher(
            timed,
            clock,
            registry.notices,
            hung,
            bell,
            core.left,
            pace=_pace(settings, store),
            at_most=groups.MOST,
            metrics=metrics,
            troubles=troubles,
        )
        web = _endpoint(settings, registry, watch)
        wants = (one.stands for one in registry.features if one.stands is not None)
        showing = Showing(timed, clock, hung, wants)
        calls = Calls(timed, hung, registry.notices)
        ticks = (*registry.ticks.values(), showing.tick, calls.tick, sweep(core.drafting.sweep))
        upkeep = Upkeep(ticks, store.leads, metrics) if "worker" in roles else None
        app = App(core, store, clock, hung, dispatcher, bell, upkeep, web)
        try:
            if web is not None:
                await web.start()
            # Before the doors, which wait as long as their platform is away: the others go on.
            _set_bell(app)
            bell.every("connections", LOOK, lambda: watch.look(troubles))
            bell.start()
            # A second's work that the first typed time would otherwise wait for.
            await asyncio.to_thread(warm)
            await _open(app)
            yield app
        finally:
            with suppress(TimeoutError):
                # First, because a silent bell breaks off what it rang for.
                await asyncio.wait_for(dispatcher.close(), LAST_SENDS)
            bell.stop()
            await asyncio.gather(*(door.stop() for door in hung), return_exceptions=True)
            for feature in registry.features:
                if feature.close is not None:
                    await feature.close()
            if web is not None:
                await web.stop()
    finally:
        await scans.close()
        await store.close()


async def _open(app: App) -> None:
    async def open_one(door: Door) -> None:
        await door.start(app.core)
        if app.upkeep is not None:
            await app.dispatcher.ring()

    try:
        async with asyncio.TaskGroup() as opening:
            for door in app.doors:
                opening.create_task(open_one(door), name=f"open {door.platform}")
    except ExceptionGroup as failures:
        ours, others = failures.split(IntroducerError)
        if ours is not None and others is None:
            raise SettingsError("\n".join(str(each) for each in ours.exceptions)) from None
        raise


def _endpoint(settings: Settings, registry: Registry, watch: Watch) -> WebServer | None:
    if settings.http.port is None:
        return None
    from adapters.checker import serving
    from adapters.web import WebServer

    routes = (
        *watch.routes,
        *registry.routes.values(),
        *serving.routes(settings.checker.folder),
    )
    return WebServer(settings.http.host, settings.http.port, routes)


def _set_bell(app: App) -> None:
    if app.upkeep is not None:
        app.store.on_scheduled(lambda: app.bell.once("delivery", 0.0, app.dispatcher.ring))
        app.bell.every("delivery poll", POLL, app.dispatcher.ring)
        app.upkeep.begin(app.bell)
    clock = app.clock
    if isinstance(clock, RehearsalClock):

        async def look() -> None:
            if clock.refresh():
                await moved(app)

        app.bell.every("rehearsal clock", CLOCK_LOOK, look)


async def moved(app: App) -> None:
    """The clock was moved by hand: upkeep and deliveries look at once."""
    if app.upkeep is None:
        return
    try:
        await app.upkeep.run_all()
    finally:
        await app.dispatcher.ring()


def _pace(settings: Settings, store: OpenStore) -> dict[str, Pace]:
    rates = {
        "discord": settings.discord.messages_per_second,
        "slack": settings.slack.messages_per_second,
    }
    return {name: Pace(rate, name=name, turns=store) for name, rate in rates.items()}


async def run(settings: Settings, roles: Collection[str] = ROLES) -> None:
    """`python -m bot run`: the bot on every configured platform, until told to stop."""
    if set(roles) != set(ROLES) and settings.database_url.startswith("sqlite"):
        raise SettingsError(ONE_PROCESS)
    clock = clock_of(settings)
    doors = doors_of(settings, clock, roles)
    with until_told():
        async with running(settings, settings.database_url, clock, doors, roles) as app:
            lasting.settle()
            _log.info("ready on %s", ", ".join(sorted(app.doors.platforms)))
            await for_ever()


async def preview(settings: Settings, port: int, database_url: str | None, browse: bool) -> None:
    """`python -m bot preview`: the browser preview with a sample community, until told to stop."""
    from adapters.checker import serving
    from adapters.preview.door import PreviewDoor
    from adapters.preview.sample import seed, talk

    with tempfile.TemporaryDirectory(prefix="introducer-preview-") as folder:
        url = database_url or f"sqlite:///{folder}/preview.sqlite3"
        clock = RehearsalClock(kept_offset(url, Path(folder)))
        apps: list[App] = []

        async def next_due() -> datetime | None:
            return await apps[0].store.read(views.next_due)

        async def look() -> None:
            await moved(apps[0])

        page = serving.routes(settings.checker.folder)
        door = PreviewDoor(port, clock, next_due=next_due, moved=look, talk=talk, routes=page)
        with until_told():
            async with running(settings, url, clock, [door]) as app:
                apps.append(app)
                await seed(app.store, clock)
                await moved(app)
                _announce(door.address, browse=browse)
                await for_ever()


def kept_offset(url: str, folder: Path) -> Path:
    """Where the preview notes how far its clock was moved: beside a database in a file, so that a
    kept sample goes on at its own time; else in `folder`.
    """
    where = understand(url)
    if isinstance(where, InFile):
        return where.file.with_name(f"{where.file.name}.clock")
    return folder / "offset"


def _announce(address: str, *, browse: bool) -> None:
    sys.stdout.write(f"Introducer preview: {address}\n")
    sys.stdout.flush()
    if browse:
        webbrowser.open(address)
