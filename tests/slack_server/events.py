"""The Events API: which events the app is told about, and repeating what it does not answer."""

from typing import TYPE_CHECKING

from tests.slack_server import posting
from tests.slack_server.transport import Delivery
from tests.slack_server.world import Channel, Json, Message, StoredFile, Workspace

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

# subscription -> scope without which it is never sent
SCOPES = {
    "app_mention": "app_mentions:read",
    "file_shared": "files:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "team_join": "users:read",
    "user_change": "users:read",
}
_MESSAGES = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
_CHANNEL_TYPE = {"public": "channel", "private": "group", "im": "im"}


class Events:
    """Sends events. `retry_after` are the pauses before each repeat of an unacknowledged one."""

    def __init__(self, server: "SlackServer") -> None:
        self._server = server
        self.retry_after: tuple[float, ...] = (0.1, 0.3, 0.5)

    def subscribed(self, workspace: Workspace, name: str) -> bool:
        """Whether the app asked for this event and holds the scope it needs."""
        asked = self._server.world.app.events
        scope = SCOPES.get(name)
        return (asked is None or name in asked) and (scope is None or scope in workspace.scopes)

    def message(self, workspace: Workspace, channel: Channel, message: Message) -> None:
        """Tell the app of a new message, its own included, where it is a member."""
        event: Json = {
            **posting.as_json(workspace, message),
            "channel": channel.id,
            "event_ts": message.ts,
        }
        event |= posting.with_files(self._server, message)
        mentioned = f"<@{workspace.bot.id}" in message.text and not message.bot
        if workspace.bot.id in channel.members:
            self.about_messages(workspace, channel, event)
            for file_id in message.files:
                self.file_shared(workspace, channel, workspace.files[file_id])
        if mentioned and channel.kind != "im" and workspace.bot.id in channel.members:
            self.soon(workspace, "app_mention", event | {"type": "app_mention"})

    def about_messages(self, workspace: Workspace, channel: Channel, event: Json) -> None:
        """Send a message event if the app listens to this sort of channel."""
        if workspace.bot.id in channel.members:
            kind = {"channel_type": _CHANNEL_TYPE[channel.kind]}
            self.soon(workspace, _MESSAGES[channel.kind], event | kind)

    def file_shared(self, workspace: Workspace, channel: Channel, file: StoredFile) -> None:
        """Tell the app of a file shared where it can see it."""
        event = {
            "type": "file_shared",
            "file_id": file.id,
            "user_id": file.user,
            "file": {"id": file.id},
            "channel_id": channel.id,
            "event_ts": self._server.world.new_ts(),
        }
        self.soon(workspace, "file_shared", event)

    def membership(self, workspace: Workspace, channel: Channel, user: str, kind: str) -> None:
        """`member_joined_channel` or `member_left_channel`."""
        event: Json = {
            "type": kind,
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": workspace.id,
            "event_ts": self._server.world.new_ts(),
        }
        if workspace.bot.id in channel.members or user == workspace.bot.id:
            self.soon(workspace, kind, event)

    def soon(self, workspace: Workspace, name: str, event: Json) -> None:
        """Send in the background, if the app subscribed to it."""
        if self.subscribed(workspace, name):
            self._server.background(self.send(workspace, event), f"event {name}")

    async def send(
        self, workspace: Workspace, event: Json, *, event_id: str | None = None
    ) -> list[Delivery]:
        """Send one event, again while it is not acknowledged; the attempts, the last one last."""
        world = self._server.world
        payload: Json = {
            "token": world.app.verification_token,
            "team_id": workspace.id,
            "context_team_id": workspace.id,
            "api_app_id": world.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or world.new_id("Ev"),
            "event_time": int(world.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.id,
                    "user_id": workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-local",
        }
        attempts: list[Delivery] = []
        reason = ""
        for number, pause in enumerate((0.0, *self.retry_after)):
            if pause:
                await self._server.pause(pause)
            delivery = Delivery(
                "events_api",
                payload,
                accepts_response=False,
                retry_attempt=number,
                retry_reason=reason,
            )
            attempts.append(delivery)
            await self._server.deliver(delivery)
            if delivery.acknowledged:
                break
            reason = "http_error" if (delivery.error or "").startswith("http_") else "timeout"
        return attempts
