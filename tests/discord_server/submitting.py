"""Filling in what a bot shows: select menus and forms, as strict as Discord's client."""

from typing import Any

from tests.discord_server.components import SELECTS, Kind
from tests.discord_server.invoking import Resolved, Upload
from tests.discord_server.turn import NotOffered
from tests.discord_server.world import Channel, Json, Role, User

ENTITIES: dict[int, Any] = {
    Kind.USER_SELECT: User,
    Kind.ROLE_SELECT: Role,
    Kind.MENTIONABLE_SELECT: (User, Role),
    Kind.CHANNEL_SELECT: Channel,
}


def select_values(select: Json, values: list[Any], resolved: Resolved) -> list[str]:
    """What a person picks in a select menu: option values or labels, or people, roles, channels."""
    name = select["custom_id"]
    required = select.get("required", True)
    low, high = select.get("min_values"), select.get("max_values")
    low, high = 1 if low is None else low, 1 if high is None else high
    if not (low <= len(values) <= high or (not required and not values)):
        raise NotOffered(f"{name!r} takes {low} to {high} values, not {len(values)}")
    if select["type"] == Kind.STRING_SELECT:
        return [_option(select, value) for value in values]
    for value in values:
        if not isinstance(getattr(value, "user", value), ENTITIES[select["type"]]):
            raise NotOffered(f"{name!r} cannot take {value!r}")
        types = select.get("channel_types")
        if isinstance(value, Channel) and types and value.type not in types:
            raise NotOffered(f"{name!r} takes no channel of type {value.type}")
    return [resolved.add(value) for value in values]


def _option(component: Json, value: object) -> str:
    for option in component["options"]:
        if value in (option["value"], option["label"]):
            return str(option["value"])
    offered = [o["label"] for o in component["options"]]
    raise NotOffered(f"{component['custom_id']!r} does not offer {value!r}: {offered}")


def modal_components(data: Json, values: dict[str, Any], resolved: Resolved) -> list[Json]:
    """The components of a submit; what is not named keeps what the form came with."""
    left = dict(values)
    out: list[Json] = []
    for item in data["components"]:
        if item["type"] == Kind.ROW:
            inner = [_filled(c, left, resolved) for c in item["components"]]
            out.append({"type": item["type"], "id": item["id"], "components": inner})
        elif item["type"] == Kind.LABEL:
            component = item["component"]
            filled = _filled(component, left, resolved)
            out.append({"type": item["type"], "id": item["id"], "component": filled})
        else:
            out.append({"type": item["type"], "id": item["id"]})
    if left:
        raise NotOffered(f"the form {data['title']!r} has no field {sorted(left)}")
    return out


def _filled(component: Json, left: dict[str, Any], resolved: Resolved) -> Json:
    required = component.get("required", True)
    name, kind = component["custom_id"], component["type"]
    out: Json = {"type": kind, "id": component["id"], "custom_id": name}
    given, value = name in left, left.pop(name, None)
    if kind == Kind.TEXT_INPUT:
        out["value"] = _text(component, value if given else component.get("value") or "", required)
    elif kind in SELECTS:
        picked = _listed(value) if given else _defaults(component)
        if required or picked:
            out["values"] = select_values(component, picked, resolved)
        else:
            out["values"] = []
    elif kind == Kind.FILE_UPLOAD:
        out["values"] = _files(component, _listed(value), resolved, required)
    elif kind == Kind.RADIO:
        picked = [value] if given else _defaults(component)[:1]
        if required and not picked:
            raise NotOffered(f"{name!r} needs an answer")
        out["value"] = _option(component, picked[0]) if picked else None
    elif kind == Kind.CHECKBOXES:
        picked = _listed(value) if given else _defaults(component)
        low = component.get("min_values", 1 if required else 0)
        high = component.get("max_values", len(component["options"]))
        if not low <= len(picked) <= high and (required or picked):
            raise NotOffered(f"{name!r} takes {low} to {high} values, not {len(picked)}")
        out["values"] = [_option(component, one) for one in picked]
    elif kind == Kind.CHECKBOX:
        out["value"] = bool(value) if given else bool(component.get("default"))
    return out


def _text(component: Json, value: object, required: bool) -> str:
    name = component["custom_id"]
    if not isinstance(value, str):
        raise NotOffered(f"{name!r} takes text, not {value!r}")
    if required and not value:
        raise NotOffered(f"{name!r} needs an answer")
    low, high = component.get("min_length") or 0, component.get("max_length") or 4000
    if value and not low <= len(value) <= high:
        raise NotOffered(f"{name!r} takes {low} to {high} characters, not {len(value)}")
    return value


def _files(component: Json, files: list[Any], resolved: Resolved, required: bool) -> list[str]:
    low = component.get("min_values", 1) if required else 0
    high = component.get("max_values") or 1
    name = component["custom_id"]
    if not low <= len(files) <= high:
        raise NotOffered(f"{name!r} takes {low} to {high} files, not {len(files)}")
    if not all(isinstance(f, Upload) for f in files):
        raise NotOffered(f"{name!r} takes files: person.upload(bytes, name)")
    return [resolved.add(f) for f in files]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _defaults(component: Json) -> list[Any]:
    return [o["value"] for o in component.get("options", []) if o.get("default")]
