"""The local Slack itself: one aiohttp server on loopback that holds the world and its doors."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.slack_server import mrkdwn
from tests.slack_server.answers import Answers
from tests.slack_server.api import Api, Pace
from tests.slack_server.events import Events
from tests.slack_server.faults import Faults
from tests.slack_server.file_store import FileStore
from tests.slack_server.manifest import problems as manifest_problems
from tests.slack_server.person import Person
from tests.slack_server.screens import Screens
from tests.slack_server.sockets import SocketHub
from tests.slack_server.tickets import Addresses, Triggers
from tests.slack_server.transport import ACK_SECONDS, Delivery, HttpSender
from tests.slack_server.wire import Recorded
from tests.slack_server.world import App, Channel, Json, Workspace, World
from tests.specs import slack as spec

T = TypeVar("T")
MOST_UPLOAD_BYTES = 64 * 1024 * 1024


class SlackServer:
    """A pretend Slack on an ephemeral port; use as `async with SlackServer() as slack`.

    It starts with one workspace that has the app installed, the channel `general` with the bot in
    it, and nobody else: `slack.person("dana")` makes people.
    """

    def __init__(self) -> None:
        self.world = World()
        self.workspace = self.world.add_workspace()
        self.world.add_channel(self.workspace, "general")
        self.faults = Faults()
        self.pace = Pace(self.world)
        self.api = Api(self)
        self.triggers = Triggers(self.world)
        self.addresses = Addresses(self.world)
        self.answers = Answers(self)
        self.screens = Screens(self)
        self.events = Events(self)
        self.sockets = SocketHub(self.world)
        self.http = HttpSender(self.world)
        self.files = FileStore(self.world, self.faults)
        self.ack_seconds = ACK_SECONDS
        self.deliveries: list[Delivery] = []
        self.people: dict[str, Person] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stopping = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # -- life -------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen on loopback."""
        application = web.Application(client_max_size=MOST_UPLOAD_BYTES)
        application.router.add_route("*", "/api/{method}", self.api.handle)
        application.router.add_get("/link/", self.sockets.handle)
        application.router.add_post("/{kind:commands|actions}/{team}/{key}", self.answers.handle)
        application.router.add_post("/upload/v1/{secret}", self.files.upload)
        application.router.add_get("/files-pri/{secret}/{name}", self.files.download)
        self._runner = web.AppRunner(application, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.sockets.host = f"127.0.0.1:{self.port}"
        self.files.origin = self.origin

    async def stop(self) -> None:
        """Hang up and stop listening; background deliveries end."""
        self._stopping.set()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sockets.close()
        await self.http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def background(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Run something beside the test; `stop` ends it."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def pause(self, seconds: float) -> None:
        """Wait in real time."""
        await asyncio.sleep(seconds)

    # -- addresses and settings ---------------------------------------------------------------

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:<port>`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_base(self) -> str:
        """What `slack.api_base` is set to."""
        return f"{self.origin}/api/"

    @property
    def app(self) -> App:
        """The app's settings at Slack."""
        return self.world.app

    def environment(self) -> dict[str, str]:
        """Environment for a `python -m bot run` process that connects here."""
        return {
            "INTRODUCER_SLACK__BOT_TOKEN": self.workspace.bot_token,
            "INTRODUCER_SLACK__APP_TOKEN": self.app.app_token,
            "INTRODUCER_SLACK__SIGNING_SECRET": self.app.signing_secret,
            "INTRODUCER_SLACK__API_BASE": self.api_base,
        }

    def install(self, manifest: Mapping[str, Any]) -> None:
        """Set the app up from its manifest: commands, events, tabs, and just these scopes.

        Raises ValueError with everything for which Slack would not take the manifest.
        """
        found = manifest_problems(manifest)
        if found:
            raise ValueError("\n".join(found))
        self.workspace.scopes = self.app.use_manifest(manifest)

    # -- people and channels ------------------------------------------------------------------

    def person(self, name: str, *, workspace: Workspace | None = None, **facts: Any) -> Person:
        """Somebody by name, made a member of `general` at the first mention.

        `facts` are fields of `User` (tz, locale, is_admin, is_restricted...).
        """
        team = workspace or self.workspace
        key = f"{team.id}/{name}"
        if key not in self.people:
            user = self.world.add_user(team, name, **facts)
            general = team.channel_named("general")
            if general is not None and not user.is_restricted and not user.is_ultra_restricted:
                general.members.add(user.id)
            self.people[key] = Person(self, team, user)
        elif facts:
            raise ValueError(f"{name} exists already")
        return self.people[key]

    def channel(
        self, name: str, *members: Person, private: bool = False, with_bot: bool = True
    ) -> Channel:
        """A channel of the first workspace by name, made at the first mention."""
        channel = self.workspace.channel_named(name)
        if channel is None:
            channel = self.world.add_channel(
                self.workspace, name, private=private, with_bot=with_bot
            )
        channel.members |= {person.id for person in members}
        return channel

    def between(self, one: Person, two: Person) -> Channel:
        """A direct conversation of two people, where commands work but the bot is no member."""
        channel = Channel(self.world.new_id("D"), "directmessage", one.workspace.id, "im")
        channel.members = {one.id, two.id}
        one.workspace.channels[channel.id] = channel
        return channel

    # -- deliveries ---------------------------------------------------------------------------

    async def deliver(self, delivery: Delivery) -> None:
        """Carry something to the app by the way its settings name, and wait for the answer."""
        self.deliveries.append(delivery)
        way = self.http if self.app.request_url else self.sockets
        delivery.limit = self.ack_seconds
        await way.send(delivery)
        self.world.bell.ring()

    async def connected(self, within: float = 10.0) -> None:
        """Wait until the app has opened a socket."""
        await self.wait_for(lambda: bool(self.sockets.connections), within, "no socket was opened")

    async def wait_for(
        self, predicate: Callable[[], T], within: float = 5.0, otherwise: str = "it did not happen"
    ) -> T:
        """The first truthy result of `predicate`, asked again at every change."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not (found := predicate()):
            left = deadline - loop.time()
            if left <= 0:
                raise AssertionError(f"{otherwise} within {within} s")
            await self.world.bell.heard(min(left, 0.1))
        return found

    def later(self, seconds: float) -> None:
        """Let Slack's own time pass: triggers, response addresses and paces age."""
        self.world.later(seconds)

    # -- what tests assert --------------------------------------------------------------------

    @property
    def requests(self) -> list[Recorded]:
        """Every Web API request so far."""
        return self.api.requests

    def called(self, method: str) -> list[Recorded]:
        """The requests for one method."""
        return [recorded for recorded in self.requests if recorded.method == method]

    def assert_requests_valid(self) -> None:
        """Fail on a request that Slack's specification does not know, with all that is wrong.

        Without the specification file it skips by name; with CI=true its absence is an error.
        """
        document = spec.load()
        problems = [
            f"{recorded.method}: {problem}"
            for recorded in self.requests
            for problem in spec.problems(document, recorded)
        ]
        problems += self.answers.problems
        assert not problems, "\n".join(problems)

    def assert_nobody_pinged(self, *, but: tuple[str, ...] = ()) -> None:
        """Fail if a message of the bot notifies somebody; `but` lists what may (`<@U..>`).

        A person named in a private reply or in a DM is not notified by it. `<!channel>` and the
        like are never right, even there: they show that somebody's words were not escaped.
        """
        for workspace in self.world.workspaces.values():
            for channel in workspace.channels.values():
                for message in filter(lambda each: each.bot, channel.messages):
                    quiet = message.only_for is not None or channel.kind == "im"
                    bad = [
                        ping
                        for ping in message.pings
                        if ping not in but and not (quiet and ping.startswith("<@"))
                    ]
                    assert not bad, f"{bad} in #{channel.name}: {message.text}"

    def assert_markup_right(self) -> None:
        """Fail on text sent by the app that a reader would see with its marks showing.

        That is `<` or `&` left unescaped in mrkdwn, and mentions or dates in plain text.
        """
        sent: list[Json] = [recorded.args for recorded in self.requests]
        sent += [body for address in self.addresses.all.values() for body in address.bodies]
        sent += [delivery.answer for delivery in self.deliveries]
        found = [problem for body in sent for problem in mrkdwn.problems_of(body)]
        assert not found, "\n".join(found)

    def assert_acknowledged(self, within: float = ACK_SECONDS) -> None:
        """Fail if anything sent to the app was not acknowledged, or not fast enough (seconds)."""
        late = [
            f"{delivery.kind} {delivery.payload.get('command') or delivery.payload.get('type')}: "
            f"{delivery.error or f'{delivery.seconds:.3f} s'}"
            for delivery in self.deliveries
            if not delivery.acknowledged or (delivery.seconds or 0) > within
        ]
        assert not late, "\n".join(late)
