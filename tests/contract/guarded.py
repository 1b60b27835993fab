"""Every stage with a guard that tells at once, and what its tests have in common."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from bot.app import registry_of
from bot.clock import Clock
from bot.domain.people import CommunityId
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.services.ports import Store, Work
from tests.contract.stage import MODERATOR, Doc, Seen, Stage, Value, Where, seen, sheet

TELLING = "Our pt Henry Walsh, MRN 4482913, bled again"
"""A name and a record number, planted; neither may be read anywhere afterwards."""
PLANTED = ("Walsh", "4482913")


def film(*lines: str, size: tuple[int, int] = (1000, 700)) -> bytes:
    """A picture with lettering in its corner."""
    picture = Image.new("L", size, 24)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((340, 180, 660, 520), fill=120)
    for number, line in enumerate(lines):
        draw.text((24, 20 + 44 * number), line, fill=235, font=ImageFont.load_default(34))
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


NAMED = Doc("film.png", film("WALSH^HENRY", "MRN 4482913", size=(640, 420)))
PLAIN = Doc("film2.png", film("R", size=(480, 320)))


class Guarded:
    """A stage, and the doors through which the guard acts."""

    def __init__(self, stage: Stage, scans: Scanning) -> None:
        self.stage = stage
        self.scans = scans
        self.doors = Doors()
        self.registry: Registry | None = None

    def makes(self, store: Store, clock: Clock, _doors: object = None) -> Registry:
        self.registry = registry_of(
            store, clock, self.scans, inspect=self.doors.inspect, doors=self.doors
        )
        return self.registry

    async def start(self) -> None:
        await self.stage.start(self.makes)
        self.doors.add(self.stage.door)

    async def stop(self) -> None:
        assert self.registry is not None
        for feature in self.registry.features:
            if feature.close is not None:
                await feature.close()
        await self.stage.stop()
        await idle(self.scans)

    async def staff(self) -> None:
        """The channel is that of the moderators as well, who would never choose it in earnest."""
        await self.stage.store.write(_use_for_staff)

    async def watch(self, watch: str, where: str = "general") -> Seen:
        """A moderator sets a channel; the confirmation."""
        panel = seen(await self.stage.command(MODERATOR, "setup guard", {}))
        form = sheet(await self.stage.press(MODERATOR, panel, "Choose for a channel"))
        values: dict[str, Value] = {"channel": Where(where), "watch": watch}
        echo = seen(await self.stage.send(MODERATOR, form, values))
        return seen(await self.stage.press(MODERATOR, echo, "Confirm"))


def _use_for_staff(work: Work) -> None:
    home = CommunityId(1)  # the only one there is
    for place in work.communities.places(home):
        for channel in work.guards.channels(home, place):
            work.communities.set_channel(home, "staff", place, channel)


async def idle(scans: Scanning) -> None:
    """Until no process is busy: the next test has a loop of its own, which hears of no end."""
    await until(lambda: not scans._running)  # pyright: ignore[reportPrivateUsage]
    for _turn in range(3):
        await asyncio.sleep(0)


async def until(found: Callable[[], bool], within: float = 20.0) -> None:
    """Wait for something that nobody acknowledges."""
    async with asyncio.timeout(within):
        while not found():  # noqa: ASYNC110 - three platforms, and one way to look
            await asyncio.sleep(0.02)
