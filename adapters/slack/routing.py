"""What Slack sends, to the right door of the core: one place for commands, buttons and forms.

Everything is acknowledged at once and worked on afterwards, as owned background work; only a form
is checked first, because Slack shows what is wrong beside the field while it is still open. Acts
that arrive twice happen once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from slack_bolt.response import BoltResponse

from adapters.slack import PLATFORM
from adapters.slack.answering import Answers
from adapters.slack.commands import Call, Panel, Unclear, left_over, read_command, unclear_parts
from adapters.slack.dialect import Reader
from adapters.slack.files import FileRefused, Files
from adapters.slack.forms import SUGGEST, Sent, announced, sent_view
from adapters.slack.heard import Hearing, message_id
from adapters.slack.home import Home
from adapters.slack.people import People
from adapters.slack.render import option_object
from adapters.slack.spot import Spot, of_command, of_entry, of_press
from adapters.slack.trouble import TROUBLE, code_of
from bot.domain.people import Place
from bot.errors import StoreUnavailable
from bot.runtime import sentences
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.screen import Screen, Shown, Voice
from bot.runtime.seen import Seen
from bot.runtime.settling import bare, bare_voice
from bot.tasks import TaskOwner
from bot.ui.form import Raw
from bot.ui.parts import Reply, settle
from bot.ui.wire import UNKNOWN_COMMUNITY
from bot.ui.words import Msg, Words, _

Body: TypeAlias = Mapping[str, Any]

_CHECK_SECONDS = 2.0
"""Slack waits three; a check that takes longer is left to the submit."""
_AGAIN = (1.0, 5.0, 15.0, 60.0)
"""Seconds before Slack is asked again who wrote a message."""
_WRITTEN = (None, "thread_broadcast", "file_share")
"""Subtypes of messages that a person wrote."""

_log = logging.getLogger(__name__)


class Router:
    """One payload in, its acknowledgement out; the work goes on behind."""

    def __init__(
        self,
        core: Core,
        people: People,
        answers: Answers,
        files: Files,
        home: Home,
        tasks: TaskOwner,
        hearing: Hearing,
        *,
        workspace: str,
        prefix: str,
    ) -> None:
        self._core = core
        self._people = people
        self._answers = answers
        self._files = files
        self._home = home
        self._tasks = tasks
        self._workspace = workspace
        self._prefix = prefix
        self._hearing = hearing
        self._seen = Seen()

    async def take(self, body: Body) -> BoltResponse:
        """Acknowledge, and see to it."""
        match body:
            case {"command": str(), "trigger_id": str(trigger)}:
                self._begin("command", trigger, lambda: self._command(body))
            case {"type": "block_actions", "trigger_id": str(trigger)}:
                self._begin("press", trigger, lambda: self._press(body))
            case {"type": "message_action", "trigger_id": str(trigger)}:
                self._begin("entry", trigger, lambda: self._point(body))
            case {"type": "block_suggestion"}:
                return BoltResponse(status=200, body={"options": await self._options(body)})
            case {"type": "view_submission"}:
                return await self._submission(body)
            case {
                "type": "event_callback",
                "event_id": str(id),
                "event": {"type": "app_home_opened", "tab": "home", "user": str(user)},
            }:
                self._begin("home", id, lambda: self._home.opened(user))
            case {
                "type": "event_callback",
                "event_id": str(id),
                "event": {"type": "message", "channel": str(), "ts": str()} as event,
            }:
                self._begin("message", id, lambda: self._message(event))
            case _:
                pass  # nothing that was asked for; heard is heard
        return BoltResponse(status=200, body="")

    def _begin(self, name: str, id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self._seen.first(id):
            self._tasks.start(name, work())

    # Commands and buttons -----------------------------------------------------------------------

    async def _command(self, body: Body) -> None:
        spot = of_command(body)
        core, trigger = self._core, str(body["trigger_id"])
        read = read_command(
            core.registry, self._prefix, body["command"], body.get("text") or "", self._workspace
        )

        async def ask(arrival: Arrival) -> Shown:
            match read:
                case Call(name, given):
                    raw = await self._people.named(given.raw)
                    return await core.command(arrival, name, raw, ask_anyway=given.doubt)
                case Panel():
                    return await core.home(arrival)
                case Unclear():
                    return bare(arrival, Reply(unclear_parts(read)))

        above = left_over(read.given) if isinstance(read, Call) else None
        opens = isinstance(read, Call) and (
            read.given.doubt or core.foresee_command(read.name, frozenset(read.given.raw)).opens
        )
        await self._answered(spot, trigger, ask, above, opens=opens)

    async def _press(self, body: Body) -> None:
        action: Body = body["actions"][0]
        if "url" in action or ("value" not in action and "_select" not in action["type"]):
            return  # a link: the browser has it
        if action["type"] == "button" and action["action_id"] != action.get("value"):
            return  # a link too: those carry no payload
        wire = str(action["action_id"])

        async def ask(arrival: Arrival) -> Shown:
            return await self._core.press(arrival, wire, _chosen(action))

        opens = self._core.foresee_press(wire).opens
        await self._answered(of_press(body), str(body["trigger_id"]), ask, opens=opens)

    async def _point(self, body: Body) -> None:
        spot = of_entry(body)
        pointed: Body = body["message"]
        name = await self._people.name_of(str(pointed.get("user") or ""))
        message = self._hearing.read(pointed, spot.channel or "", name=name)

        entry = str(body.get("callback_id"))

        async def ask(arrival: Arrival) -> Shown:
            return await self._core.point(arrival, entry, message)

        opens = self._core.foresee_entry(entry).opens
        await self._answered(spot, str(body["trigger_id"]), ask, opens=opens)

    async def _answered(
        self,
        spot: Spot,
        trigger: str,
        ask: Callable[[Arrival], Awaitable[Shown]],
        above: Words | None = None,
        *,
        opens: bool = False,
        files: bool = False,
    ) -> None:
        """`opens`: the answer is a form, for which Slack waits three seconds."""
        async with self._core.places.one(needed=not (opens or files)):
            await self._answer(spot, trigger, ask, above)

    async def _answer(
        self,
        spot: Spot,
        trigger: str,
        ask: Callable[[Arrival], Awaitable[Shown]],
        above: Words | None,
    ) -> None:
        try:
            arrival = await self._people.arrival(spot.user, spot.channel)
        except TROUBLE as failure:
            _log.warning("Slack did not say who acts: %s", code_of(failure))
            await self._answers.show(spot, _away(), trigger)
            return
        held = spot

        async def meanwhile(screen: Screen) -> None:
            nonlocal held
            held = await self._answers.meanwhile(held, screen)

        try:
            shown = await ask(replace(arrival, meanwhile=meanwhile))
            # A button's own message makes way for the answer; a form has none.
            await self._answers.show(held, shown, trigger, above)
        except Exception as failure:
            # The second half of the dispatcher's one boundary: what could not be shown.
            await self._answers.show(spot, self._core.boundary.apologise(arrival, failure), trigger)
        await self._home.renew((spot.user,))

    # Ordinary messages --------------------------------------------------------------------------

    async def _message(self, event: Body) -> None:
        channel = str(event["channel"])
        match event:
            case {"subtype": "message_deleted", "deleted_ts": str(ts)}:
                place = Place(PLATFORM, self._workspace)
                with contextlib.suppress(StoreUnavailable):
                    await self._core.hearing.unsaid(place, channel, message_id(channel, ts))
            case {"subtype": "message_changed", "message": {"user": str(user)} as changed} if (
                "bot_id" not in changed and changed.get("subtype") in _WRITTEN
            ):
                await self._heard(Spot(user, channel), changed, again=True)
            case {"bot_id": _}:
                return
            case {"user": str(user), "ts": str()} if event.get("subtype") in _WRITTEN:
                await self._heard(Spot(user, channel), event)
            case _:
                return

    async def _heard(self, spot: Spot, event: Body, *, again: bool = False) -> None:
        try:
            arrival = await self._arrival(spot)
            heard = self._hearing.read(event, spot.channel or "", name=arrival.name, again=again)
            shown = await self._core.hearing.heard(arrival, heard)
            if shown is not None:
                await self._answers.show(spot, shown, None)
        except TROUBLE as failure:
            _log.warning("a message was not taken in: %s", code_of(failure))

    async def _arrival(self, spot: Spot) -> Arrival:
        """Who wrote a message, asked again for a while: nobody writes it once more."""
        for wait in _AGAIN:
            try:
                return await self._people.arrival(spot.user, spot.channel)
            except TROUBLE as failure:
                _log.info("Slack did not say who wrote: %s", code_of(failure))
                await asyncio.sleep(wait)
        return await self._people.arrival(spot.user, spot.channel)

    # Forms --------------------------------------------------------------------------------------

    async def _submission(self, body: Body) -> BoltResponse:
        sent = sent_view(body["view"], self._workspace, body["user"]["id"])
        try:
            errors = await asyncio.wait_for(self._problems(sent), _CHECK_SECONDS)
        except (*TROUBLE, TimeoutError):
            errors = {}  # what is wrong is said after the submit instead
        if errors:
            answer = {"response_action": "errors", "errors": errors}
            return BoltResponse(status=200, body=answer)
        trigger = str(body["trigger_id"])
        self._begin("submit", trigger, lambda: self._submit(sent, trigger))
        return BoltResponse(status=200, body="")

    async def _problems(self, sent: Sent) -> dict[str, str]:
        arrival = await self._people.arrival(sent.spot.user, sent.spot.channel)
        stand_ins: dict[str, Raw] = {name: announced(files) for name, files in sent.files.items()}
        raw = {**await self._people.named(sent.raw), **stand_ins}
        voice, found = await self._core.check(arrival, sent.key, raw)
        reader = Reader(voice, self._workspace, self._prefix)
        return {name: reader.plain(says) for name, says in found.items()}

    async def _submit(self, sent: Sent, trigger: str) -> None:
        async def ask(arrival: Arrival) -> Shown:
            raw = await self._people.named(sent.raw)
            lost: dict[str, Msg] = {}
            for name, files in sent.files.items():
                try:
                    raw[name] = await self._files.fetch(files)
                except (*TROUBLE, FileRefused) as failure:
                    _log.warning("a file was not handed over: %s", code_of(failure))
                    lost[name] = _("Slack did not hand this file over. Please choose it again.")
            return await self._core.submit(arrival, sent.key, raw, lost=lost)

        await self._answered(sent.spot, trigger, ask, files=any(sent.files.values()))

    async def _options(self, body: Body) -> list[dict[str, Any]]:
        suggest = str(body["action_id"]).removeprefix(SUGGEST)
        if suggest not in self._core.registry.completers:
            return []
        try:
            arrival = await self._people.arrival(body["user"]["id"], None)
        except TROUBLE:
            return []
        found = await self._core.complete(arrival, suggest, body.get("value") or "")
        reader = Reader(bare_voice(arrival), self._workspace, self._prefix)
        return [option_object(option, reader) for option in found[:100]]


def _chosen(action: Body) -> tuple[str, ...] | None:
    """The options chosen in a list; None for a button."""
    match action:
        case {"type": "button"}:
            return None
        case {"selected_options": list(options)}:
            return tuple(str(option["value"]) for option in options)
        case {"selected_option": {"value": value}}:
            return (str(value),)
        case _:
            return ()


def _away() -> Screen:
    parts = settle(sentences.PLATFORM_AWAY.parts, frozenset())
    return Screen(parts, Voice(UNKNOWN_COMMUNITY, "en", ZoneInfo("UTC")))
