"""The shapes Slack sends for what people do: commands, buttons, forms, shortcuts, suggestions."""

from typing import Any

from tests.slack_server import posting, screens
from tests.slack_server.world import Channel, Json, Message, User, View, Workspace, World

_CHANNEL_NAME = {"im": "directmessage", "private": "privategroup"}


def channel_name(channel: Channel) -> str:
    """The name that payloads give: private channels and direct conversations stay unnamed."""
    return _CHANNEL_NAME.get(channel.kind, channel.name)


def _common(world: World, workspace: Workspace, user: User) -> Json:
    return {
        "team": {"id": workspace.id, "domain": workspace.domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": workspace.id,
        },
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(
    world: World,
    workspace: Workspace,
    user: User,
    channel: Channel,
    *,
    name: str,
    text: str,
    response_url: str,
    trigger_id: str,
) -> Json:
    """A slash command: flat, every value a string."""
    return {
        "token": world.app.verification_token,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def message_actions(
    world: World,
    workspace: Workspace,
    user: User,
    message: Message,
    *,
    action: Json,
    values: dict[str, dict[str, Json]],
    response_url: str,
    trigger_id: str,
) -> Json:
    """An element of a message was used. A private reply is not included in the payload."""
    channel = workspace.channels[message.channel]
    payload: Json = {
        "type": "block_actions",
        **_common(world, workspace, user),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        },
        "trigger_id": trigger_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values},
        "response_url": response_url,
        "actions": [action],
    }
    if message.thread_ts:
        payload["container"]["thread_ts"] = message.thread_ts
    if message.only_for is None:
        payload["message"] = posting.as_json(workspace, message)
    return payload


def view_actions(
    world: World, workspace: Workspace, user: User, view: View, *, action: Json, trigger_id: str
) -> Json:
    """An element of a form or of App Home was used."""
    shape = screens.as_json(world, workspace, view)
    return {
        "type": "block_actions",
        **_common(world, workspace, user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger_id,
        "view": shape,
        "actions": [action],
    }


def submission(
    world: World, workspace: Workspace, user: User, view: View, *, trigger_id: str
) -> Json:
    """A form was sent."""
    return {
        "type": "view_submission",
        **_common(world, workspace, user),
        "trigger_id": trigger_id,
        "view": screens.as_json(world, workspace, view),
        "response_urls": [],
    }


def closed(world: World, workspace: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    """A form was put away without sending."""
    return {
        "type": "view_closed",
        **_common(world, workspace, user),
        "view": screens.as_json(world, workspace, view),
        "is_cleared": cleared,
    }


def shortcut(
    world: World, workspace: Workspace, user: User, *, callback_id: str, trigger_id: str
) -> Json:
    """A global shortcut."""
    return {
        "type": "shortcut",
        **_common(world, workspace, user),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "action_ts": world.new_ts(),
    }


def message_shortcut(
    world: World,
    workspace: Workspace,
    user: User,
    message: Message,
    *,
    callback_id: str,
    response_url: str,
    trigger_id: str,
    files: list[Json],
) -> Json:
    """A shortcut from the menu of a message; the only payload that shows another's message."""
    channel = workspace.channels[message.channel]
    shape = posting.as_json(workspace, message)
    if files:
        shape["files"] = files
    return {
        "type": "message_action",
        **_common(world, workspace, user),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "action_ts": world.new_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url,
        "message": shape,
    }


def suggestion(
    world: World,
    workspace: Workspace,
    user: User,
    where: Message | View,
    *,
    block: Json,
    element: Json,
    typed: str,
) -> Json:
    """Somebody typed into an external select."""
    payload: Json = {
        "type": "block_suggestion",
        **_common(world, workspace, user),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": typed,
    }
    if isinstance(where, View):
        payload["container"] = {"type": "view", "view_id": where.id}
        payload["view"] = screens.as_json(world, workspace, where)
    else:
        channel = workspace.channels[where.channel]
        payload["container"] = {
            "type": "message",
            "message_ts": where.ts,
            "channel_id": channel.id,
            "is_ephemeral": where.only_for is not None,
        }
        payload["channel"] = {"id": channel.id, "name": channel_name(channel)}
        if where.only_for is None:
            payload["message"] = posting.as_json(workspace, where)
    return payload


def action_of(world: World, block: Json, element: Json, held: dict[str, Any]) -> Json:
    """The entry of `actions`: the element, what it holds, and when."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": world.new_ts(),
        **held,
    }
    for name in ("text", "value", "style", "placeholder", "confirm"):
        if name in element and name not in action:
            action[name] = element[name]
    return action
