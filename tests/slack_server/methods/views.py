"""views.*: forms on people's screens and App Home."""

from typing import Any

from tests.slack_server.methods.call import Call, Method
from tests.slack_server.screens import as_json, checked_view
from tests.slack_server.wire import Json, Refusal
from tests.slack_server.world import View


def _view(call: Call, kind: str) -> Any:
    view = call.structure("view")
    if view is None:
        raise Refusal(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] missing: view"]}
        )
    return checked_view(call.workspace, view, kind)


def open_(call: Call) -> Json:
    """Open a form for the person whose act gave the trigger. It replaces what they had open."""
    body = _view(call, "modal")
    trigger = call.server.triggers.exchange(call.text("trigger_id"), call.workspace.id)
    view = call.server.screens.open(call.workspace, trigger.user, body)
    return {"view": as_json(call.world, call.workspace, view)}


def push(call: Call) -> Json:
    """Put a form on top of the one the trigger came from."""
    body = _view(call, "modal")
    trigger_id = call.text("trigger_id")
    trigger = call.server.triggers.exchange(trigger_id, call.workspace.id, from_view=True)
    view = call.server.screens.push(call.workspace, trigger.user, body)
    return {"view": as_json(call.world, call.workspace, view)}


def _existing(call: Call) -> View:
    view_id, external = call.text("view_id"), call.text("external_id")
    for view in call.workspace.all_views():
        if view.id == view_id or (external and view.body.get("external_id") == external):
            return view
    raise Refusal("not_found")


def update(call: Call) -> Json:
    """Change a form that is still open."""
    view = _existing(call)
    raw = call.structure("view")
    kind = view.body["type"]
    body = checked_view(call.workspace, raw, kind, replacing=view)
    _same_hash(call, view)
    call.server.screens.replace(view, body)
    return {"view": as_json(call.world, call.workspace, view)}


def publish(call: Call) -> Json:
    """Set somebody's App Home."""
    if not call.world.app.home_tab:
        raise Refusal("not_enabled")
    user = call.workspace.users.get(call.required("user_id"))
    if user is None or user.deleted:
        raise Refusal("user_not_found")
    current = call.workspace.homes.get(user.id)
    raw = call.structure("view")
    body = checked_view(call.workspace, raw, "home", replacing=current)
    if current is not None:
        _same_hash(call, current)
    view = call.server.screens.publish(call.workspace, user.id, body)
    return {"view": as_json(call.world, call.workspace, view)}


def _same_hash(call: Call, view: View) -> None:
    given = call.text("hash")
    if given and given != view.hash:
        raise Refusal("hash_conflict")


METHODS = {
    "views.open": Method(open_),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
