"""Forms and App Homes: checking what apps send, the stack of three, and the shapes of payloads."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from tests.slack_server import block_kit, forms
from tests.slack_server.posting import with_ids
from tests.slack_server.wire import Json, Refusal, refuse_problems
from tests.slack_server.world import View, Workspace, World

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

MOST_VIEWS = 3


def checked_view(
    workspace: Workspace, view: Any, kind: str, *, replacing: View | None = None
) -> Json:
    """The view completed with ids, refused as Slack refuses it."""
    refuse_problems("invalid_arguments", block_kit.view_problems(view, frozenset({kind})))
    if len(json.dumps(view)) > block_kit.VIEW_BYTES:
        raise Refusal("view_too_large")
    external = view.get("external_id")
    if external and any(
        other.body.get("external_id") == external
        for other in workspace.all_views()
        if other is not replacing
    ):
        raise Refusal("duplicate_external_id")
    has_file_input = any(
        element["type"] == "file_input" for _, element in block_kit.elements(view["blocks"])
    )
    if has_file_input and "files:read" not in workspace.scopes:
        provided = ",".join(sorted(workspace.scopes))
        raise Refusal("missing_scope", needed="files:read", provided=provided)
    return {**view, "blocks": with_ids(view["blocks"])}


def as_json(world: World, workspace: Workspace, view: View) -> Json:
    """A view in the shape that answers and payloads carry."""
    body = view.body
    shape: Json = {
        "id": view.id,
        "team_id": workspace.id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "title": body.get("title", {"type": "plain_text", "text": "View Title"}),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": world.app.id,
        "app_installed_team_id": workspace.id,
        "bot_id": workspace.bot_id,
    }
    return shape


class Screens:
    """Everybody's open forms. A stack holds at most three; the last of the list is on top."""

    def __init__(self, server: "SlackServer") -> None:
        self._server = server

    @property
    def _world(self) -> World:
        return self._server.world

    def _new(self, workspace: Workspace, user: str, body: Json, below: View | None) -> View:
        view_id = self._world.new_id("V")
        view = View(
            id=view_id,
            user=user,
            team=workspace.id,
            body=body,
            hash="",
            root=below.root if below else view_id,
            previous=below.id if below else None,
            values=forms.initial_values(body["blocks"]),
        )
        self._touch(view)
        return view

    def _touch(self, view: View) -> None:
        digest = hashlib.sha256(f"{view.id}{self._world.new_ts()}".encode()).hexdigest()
        view.hash = f"{int(self._world.now())}.{digest[:8]}"
        self._world.bell.ring()

    def open(self, workspace: Workspace, user: str, body: Json) -> View:
        """A new form instead of anything that was open."""
        view = self._new(workspace, user, body, None)
        workspace.stacks[user] = [view]
        return view

    def push(self, workspace: Workspace, user: str, body: Json) -> View:
        """A form on top of the open one."""
        stack = workspace.stacks.get(user, [])
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= MOST_VIEWS:
            raise Refusal("push_limit_reached")
        view = self._new(workspace, user, body, stack[-1])
        stack.append(view)
        return view

    def replace(self, view: View, body: Json) -> None:
        """New content for a form; what was typed stays where block and action ids stay."""
        typed = view.values
        view.body, view.errors = body, {}
        view.values = forms.initial_values(body["blocks"])
        for block_id, actions in view.values.items():
            for action_id, value in actions.items():
                kept = typed.get(block_id, {}).get(action_id)
                if kept is not None and kept["type"] == value["type"]:
                    actions[action_id] = kept
        self._touch(view)

    def publish(self, workspace: Workspace, user: str, body: Json) -> View:
        """Set or renew somebody's App Home."""
        view = workspace.homes.get(user)
        if view is None:
            view = workspace.homes[user] = self._new(workspace, user, body, None)
        else:
            self.replace(view, body)
        return view

    def close(self, workspace: Workspace, view: View) -> None:
        """Take a form off the stack; the one below shows again."""
        stack = workspace.stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)
        self._world.bell.ring()

    def clear(self, workspace: Workspace, user: str) -> None:
        """Close every form of this person."""
        workspace.stacks[user] = []
        self._world.bell.ring()
