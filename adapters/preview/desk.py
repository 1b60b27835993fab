"""What a persona does, turned into calls of the core, and the answers into messages.

Knows nothing of the web: the server hands over values and gets JSON back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from adapters.preview.heard import heard
from adapters.preview.people import People, Persona, arrival, known_language, known_zone
from adapters.preview.refusing import Refused
from adapters.preview.render import (
    Choices,
    body_of,
    commands_json,
    entries_json,
    form_json,
    pings_of,
    typed_body,
    words_json,
)
from adapters.preview.typed import NoCommand, read_line
from adapters.preview.world import BOT, HOME, JSON, Message, World, owner_of
from bot.clock import Clock
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.tasks import TaskOwner
from bot.ui.action import Kind, Upload, asked_fields
from bot.ui.form import Raw
from bot.ui.language import GettextCatalogue, catalogue, plainly
from bot.ui.parts import Audience

Files = Mapping[str, tuple[Upload, ...]]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a persona is when they act: a channel or their direct messages, maybe in a thread."""

    persona: Persona
    where: str
    thread: int | None = None
    zone: str | None = None
    language: str | None = None

    @property
    def arrival(self) -> Arrival:
        """Whoever acts, as the core hears of it."""
        channel = None if owner_of(self.where) else self.where
        return arrival(self.persona, channel, self.zone, self.language)


class _Meanwhile:
    """Where an answer stands that is still being prepared: a private message of its own."""

    def __init__(self, post: Callable[[Screen], Message], world: World) -> None:
        self._post = post
        self._world = world
        self.message: Message | None = None
        self.shown = asyncio.Event()

    async def __call__(self, screen: Screen) -> None:
        """Show it, or the next state of it."""
        if self.message is None:
            self.message = self._post(screen)
        else:
            self._world.replace(self.message, body_of(screen))
        self.shown.set()


class Desk:
    """One for all personas."""

    def __init__(self, core: Core, world: World, clock: Clock) -> None:
        self._core = core
        self._world = world
        self._clock = clock
        self._choices = Choices(world.people, world.channels.values())
        self._tasks = TaskOwner("preview desk")

    async def close(self) -> None:
        """Leave what is still being looked at or answered."""
        await self._tasks.close()

    def commands(self, language: str | None) -> list[Mapping[str, object]]:
        """What can be typed."""
        return commands_json(self._core.registry, _words(language), self._choices)

    def entries(self, language: str | None) -> list[Mapping[str, object]]:
        """What stands in the menu of every message."""
        return entries_json(self._core.registry, _words(language))

    async def point(self, spot: Spot, message: int, entry: str) -> JSON:
        """An entry in the menu of a message; its answer is for this persona alone."""
        found = self._world.get(spot.persona, message)
        if found is None:
            raise Refused("This message is gone already.")
        at = replace(spot, where=found.where, thread=found.thread)
        shown = await self._core.point(at.arrival, entry, heard(found, self._world.people))
        return self._answer(at, shown, None)

    async def say(self, spot: Spot, text: str, files: tuple[Upload, ...]) -> JSON:
        """A line from the message box: a command if it starts with a slash."""
        if text.startswith("/") and text[1:2] not in ("/", ""):
            return await self._command(spot, text, files)
        body = typed_body(text, files)
        if not body.parts:
            raise Refused("There is nothing to send yet.")
        posted = self._world.post(
            spot.where, spot.persona.id, body, self._clock.now(), thread=spot.thread
        )
        self._tasks.start("heard", self._hear(spot, posted))
        return {}

    async def _hear(self, spot: Spot, posted: Message) -> None:
        shown = await self._core.hearing.heard(spot.arrival, heard(posted, self._world.people))
        if shown is not None:
            self._answer(spot, shown, None)

    async def _command(self, spot: Spot, text: str, files: tuple[Upload, ...]) -> JSON:
        read = read_line(text, self._core.registry, self._world.people)
        if isinstance(read, NoCommand):
            word, near = read.word[:60], ", ".join(f"/{name}" for name in read.near)
            if near:
                raise Refused(
                    "There is no command /{word}. Did you mean {near}?", word=word, near=near
                )
            raise Refused("There is no command /{word}. Type / to see what there is.", word=word)
        raw: dict[str, Raw] = dict(read.raw)
        if files:
            fields = asked_fields(self._core.registry.commands[read.name].action)
            into = next((one for one in fields if one.kind is Kind.FILES), None)
            if into is None:
                raise Refused("/{name} takes no file.", name=read.name)
            raw[into.name] = files
        shown = await self._core.command(spot.arrival, read.name, raw, ask_anyway=read.doubt)
        return self._answer(spot, shown, {"who": spot.persona.id, "command": read.name})

    async def press(
        self, spot: Spot, message: int, wire: str, chosen: tuple[str, ...] | None
    ) -> JSON:
        """A button or list of a message."""
        pressed = self._world.get(spot.persona, message)
        if pressed is None or wire not in pressed.body.wires:
            raise Refused("This message has changed in the meantime. Look at it again.")
        at = replace(spot, where=pressed.where, thread=pressed.thread)

        async def ask(arrival: Arrival) -> Shown:
            return await self._core.press(arrival, wire, chosen)

        return await self._patiently(at, ask, pressed)

    async def submit(
        self, spot: Spot, key: str, values: Mapping[str, object], files: Files
    ) -> JSON:
        """A filled-in form. What is wrong with it comes back at the fields."""
        raw: dict[str, Raw] = {
            name: _raw(value, self._world.people) for name, value in values.items()
        }
        raw.update({name: taken for name, taken in files.items() if taken})
        voice, problems = await self._core.check(spot.arrival, key, raw)
        if problems:
            found = {name: words_json(says, voice.catalogue) for name, says in problems.items()}
            return {"problems": found}

        async def ask(arrival: Arrival) -> Shown:
            return await self._core.submit(arrival, key, raw)

        return await self._patiently(spot, ask, None)

    async def _patiently(
        self, spot: Spot, ask: Callable[[Arrival], Awaitable[Shown]], pressed: Message | None
    ) -> JSON:
        """The answer; or, where that takes long, what stands in its place until it is there."""

        def post(screen: Screen) -> Message:
            if pressed is None or not screen.replaces or pressed.only is None:
                return self._post(spot, screen, None)
            self._world.replace(pressed, body_of(screen))
            return pressed

        meanwhile = _Meanwhile(post, self._world)

        async def work() -> JSON:
            shown = await ask(replace(spot.arrival, meanwhile=meanwhile))
            held = meanwhile.message
            if held is None or isinstance(shown, FormScreen):
                return self._answer(spot, shown, None, pressed)
            if shown.replaces and pressed is not None and held is not pressed:
                self._world.remove(held)
                return self._answer(spot, shown, None, pressed)
            return self._answer(spot, replace(shown, replaces=True), None, held)

        working = self._tasks.start("answer", work())
        early = self._tasks.start("meanwhile", meanwhile.shown.wait())
        await asyncio.wait({working, early}, return_when=asyncio.FIRST_COMPLETED)
        early.cancel()
        if working.done() or meanwhile.message is None:
            return await working
        return {"message": meanwhile.message.id}

    async def complete(self, spot: Spot, suggest: str, text: str) -> list[JSON]:
        """Values for an option while it is typed."""
        if suggest not in self._core.registry.completers:
            return []
        found = await self._core.complete(spot.arrival, suggest, text)
        words, zone = _words(spot.language), ZoneInfo(known_zone(spot.zone) or "UTC")
        return [
            {"value": one.value, "label": plainly(one.label, words, zone)} for one in found[:25]
        ]

    async def home(self, spot: Spot) -> JSON:
        """The persona's panel, made afresh in a place of its own."""
        at = replace(spot, where=HOME + spot.persona.id, thread=None)
        shown = await self._core.home(at.arrival)
        self._world.clear(at.where)
        return self._answer(at, shown, None)

    def dismiss(self, spot: Spot, message: int) -> JSON:
        """Take down a private reply that was read."""
        found = self._world.get(spot.persona, message)
        if found is None or found.only != spot.persona.id:
            raise Refused("This message is gone already.")
        self._world.remove(found)
        return {}

    def _answer(
        self, spot: Spot, shown: Shown, cause: JSON | None, pressed: Message | None = None
    ) -> JSON:
        if isinstance(shown, FormScreen):
            return {"form": form_json(shown, self._choices)}
        if shown.passing is not None:
            self._world.forget(spot.persona.id, shown.passing, but=pressed)
        # In direct messages everything is between two.
        alone = shown.audience is Audience.ONLY_YOU and owner_of(spot.where) is None
        only = spot.persona.id if alone else None
        # Never in place of a message that others see, or see not: that would change who does.
        if pressed is not None and shown.replaces and pressed.only == only:
            self._world.replace(pressed, body_of(shown))
            return {"message": pressed.id, "replaced": True}
        return {"message": self._post(spot, shown, cause).id}

    def _post(self, spot: Spot, screen: Screen, cause: JSON | None) -> Message:
        alone = screen.audience is Audience.ONLY_YOU and owner_of(spot.where) is None
        only = spot.persona.id if alone else None
        return self._world.post(
            spot.where,
            BOT,
            body_of(screen),
            self._clock.now(),
            only=only,
            thread=spot.thread,
            cause=cause,
            pings=pings_of(screen) if only is None else frozenset(),
        )


def _raw(value: object, people: People) -> Raw:
    match value:
        case {"picked": list(ids)}:
            found = (people.get(str(id)) for id in ids)
            return tuple(one.as_picked for one in found if one is not None)
        case bool() | int() | str():
            return value
        case list():
            return tuple(str(one) for one in value)
        case _:
            return ""


def _words(language: str | None) -> GettextCatalogue:
    return catalogue(known_language(language) or "en")
