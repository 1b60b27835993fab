"""Putting messages into channels and changing them, whoever asks: Web API or response_url.

It checks the content as Slack does; who may post where is decided by the callers.
"""

from typing import TYPE_CHECKING, Any

from tests.slack_server import block_kit, mrkdwn
from tests.slack_server.wire import Json, Refusal, refuse_problems
from tests.slack_server.world import Channel, Message, Workspace

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

MOST_TEXT = 40_000
MOST_TEXT_IN_UPDATE = 4_000


def checked_blocks(blocks: Any) -> list[Json]:
    """The blocks of a message, refused as Slack refuses them, ids filled in."""
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refusal("invalid_blocks_format")
    refuse_problems("invalid_blocks", block_kit.block_problems(blocks, "message"))
    if block_kit.characters(blocks) > block_kit.MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long")
    return with_ids(blocks)


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and every element has an id, as Slack hands out."""
    completed: list[Json] = []
    for place, block in enumerate(blocks):
        copy = {**block, "block_id": block.get("block_id") or f"b{place:03}"}
        if copy["type"] == "actions":
            copy["elements"] = [
                {**element, "action_id": element.get("action_id") or f"a{place:03}.{number}"}
                for number, element in enumerate(copy["elements"])
            ]
        for name in ("element", "accessory"):
            if name in copy:
                part = copy[name]
                copy[name] = {**part, "action_id": part.get("action_id") or f"a{place:03}"}
        completed.append(copy)
    return completed


def checked_text(
    text: str, blocks: list[Json], *, most: int = MOST_TEXT, other: bool = False
) -> str:
    """The text, refused when there is nothing to show or too much; `other` content will do."""
    if not text.strip() and not blocks and not other:
        raise Refusal("no_text")
    if len(text) > most:
        raise Refusal("msg_too_long")
    return text


def post(server: "SlackServer", workspace: Workspace, channel: Channel, message: Message) -> None:
    """Put a checked message into its channel and tell everybody, the app included."""
    note_pings(message)
    channel.messages.append(message)
    server.world.bell.ring()
    if message.only_for is None:
        server.events.message(workspace, channel, message)


def change(server: "SlackServer", message: Message, text: str, blocks: list[Json]) -> None:
    """Replace what a message says, and tell the app, even of its own messages."""
    workspace = server.world.workspace_of_channel(message.channel)
    previous = as_json(workspace, message)
    message.text, message.blocks, message.edited = text, blocks, True
    note_pings(message)
    server.world.bell.ring()
    _tell(server, workspace, message, "message_changed", previous)


def remove(server: "SlackServer", message: Message) -> None:
    """Take a message away, and tell the app, even of its own messages."""
    workspace = server.world.workspace_of_channel(message.channel)
    message.deleted = True
    server.world.bell.ring()
    _tell(server, workspace, message, "message_deleted", as_json(workspace, message))


def _tell(
    server: "SlackServer", workspace: Workspace, message: Message, subtype: str, previous: Json
) -> None:
    """A message event about another message. It names no bot itself: only what is inside does."""
    if message.only_for is not None:
        return
    event: Json = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "previous_message": previous,
        "ts": server.world.new_ts(),
        "event_ts": server.world.new_ts(),
    }
    if subtype == "message_changed":
        event["message"] = as_json(workspace, message) | with_files(server, message)
    else:
        event["deleted_ts"] = message.ts
    server.events.about_messages(workspace, workspace.channels[message.channel], event)


def unfurl(server: "SlackServer", message: Message, attachment: Json) -> None:
    """Slack adds the preview of a link, and tells the app."""
    workspace = server.world.workspace_of_channel(message.channel)
    previous = as_json(workspace, message)
    message.attachments = [*message.attachments, attachment]
    server.world.bell.ring()
    _tell(server, workspace, message, "message_changed", previous)


def note_pings(message: Message, *, names_linked: bool = False) -> None:
    """Work out whom a message notifies."""
    message.pings = mrkdwn.pings(message.text, message.blocks, names_linked=names_linked)


def with_files(server: "SlackServer", message: Message) -> Json:
    """What a message with files has besides."""
    if not message.files:
        return {}
    held = server.world.workspace_of_channel(message.channel).files
    return {
        "subtype": "file_share",
        "files": [server.files.as_json(held[file_id]) for file_id in message.files],
    }


def as_json(workspace: Workspace, message: Message) -> Json:
    """A message in the shape that answers and payloads carry."""
    shape: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.id,
    }
    if message.bot:
        shape.update(bot_id=workspace.bot_id, app_id="A0000000001")
    if message.blocks:
        shape["blocks"] = message.blocks
    if message.thread_ts:
        shape["thread_ts"] = message.thread_ts
    if message.edited:
        shape["edited"] = {"user": message.user, "ts": message.ts}
    if message.attachments:
        shape["attachments"] = message.attachments
    if message.metadata:
        shape["metadata"] = message.metadata
    return shape
