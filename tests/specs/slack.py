"""Validates recorded Slack Web API requests against Slack's published specification.

The file (slack-web-openapi.json, October 2020) names the arguments of each method. What is newer
stands in the tables below; an unknown method or argument is a problem. The server's own refusals
are not looked at: a request may be valid and refused.
"""

import json
from functools import cache
from typing import Any, Protocol

from tests.specs.locate import load_spec

Json = dict[str, Any]
FILE = "slack-web-openapi.json"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

# Methods newer than the file: argument -> (type, required).
_STRING, _NUMBER, _FLAG = "string", "integer", "boolean"
NEW_METHODS: dict[str, dict[str, tuple[str, bool]]] = {
    "apps.connections.open": {},
    "files.getUploadURLExternal": {
        "filename": (_STRING, True),
        "length": (_NUMBER, True),
        "alt_txt": (_STRING, False),
        "snippet_type": (_STRING, False),
    },
    "files.completeUploadExternal": {
        "files": ("structure", True),
        "channel_id": (_STRING, False),
        "channels": (_STRING, False),
        "initial_comment": (_STRING, False),
        "thread_ts": (_STRING, False),
        "blocks": ("structure", False),
    },
}
# Arguments that older methods have learnt since, and corrections of the file's types.
NEW_ARGUMENTS: dict[str, dict[str, tuple[str, bool]]] = {
    "chat.postMessage": {
        "metadata": ("structure", False),
        "markdown_text": (_STRING, False),
    },
    "chat.postEphemeral": {"markdown_text": (_STRING, False)},
    "chat.update": {
        "metadata": ("structure", False),
        "markdown_text": (_STRING, False),
        "reply_broadcast": (_FLAG, False),
        "link_names": (_FLAG, False),
        "file_ids": ("structure", False),
    },
    "chat.delete": {"ts": (_STRING, True), "channel": (_STRING, True)},
    "conversations.open": {"prevent_creation": (_FLAG, False)},
    "conversations.info": {"channel": (_STRING, True)},
    "conversations.join": {"channel": (_STRING, True)},
    "conversations.members": {"channel": (_STRING, True)},
    "files.info": {"file": (_STRING, True)},
    "files.delete": {"file": (_STRING, True)},
    "team.info": {"domain": (_STRING, False)},
    "users.info": {"user": (_STRING, True)},
    "views.open": {"interactivity_pointer": (_STRING, False)},
    "views.push": {"interactivity_pointer": (_STRING, False)},
    "views.update": {"view": ("structure", True)},
}
# The clients add these to every method; Slack reads team_id for organisations and ignores it else.
EVERYWHERE: dict[str, tuple[str, bool]] = {"token": (_STRING, False), "team_id": (_STRING, False)}
STRUCTURES = {"attachments", "blocks", "metadata", "view"}


class Request(Protocol):
    """What is validated: one request as the server recorded it."""

    @property
    def method(self) -> str: ...
    @property
    def verb(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def query(self) -> dict[str, str]: ...
    @property
    def body(self) -> Json: ...


def load() -> Json:
    """The specification; skips the test by name where it is absent (an error with CI=true)."""
    return load_spec(FILE)


def problems(document: Json, request: Request) -> list[str]:
    """Everything about this request that the specification does not allow."""
    arguments = _arguments(document, request.method)
    if arguments is None:
        return ["unknown method"]
    given = {**request.query, **request.body}
    found = [f"unknown argument {name}" for name in given if name not in arguments]
    found += [
        f"missing argument {name}"
        for name, (_, required) in arguments.items()
        if required and given.get(name) in (None, "")
    ]
    for name, value in given.items():
        kind = arguments[name][0] if name in arguments else "anything"
        if not _fits(kind, value, as_json=name in request.body and request.content_type == JSON):
            found.append(f"argument {name} is no {kind}: {value!r}")
    if "token" in request.query:
        found.append("token in the address, where it ends up in logs")
    return found + _transport(document, request)


def _transport(document: Json, request: Request) -> list[str]:
    if request.verb not in ("GET", "POST"):
        return [f"sent with {request.verb}"]
    if request.verb == "GET" and request.body:
        return ["a body in a GET request"]
    if request.content_type == JSON and not _takes_json(document, request.method):
        return ["JSON body, which this method does not read"]
    return []


def _takes_json(document: Json, method: str) -> bool:
    operation = _operation(document, method)
    return method in NEW_METHODS or (operation is not None and JSON in operation["consumes"])


def _operation(document: Json, method: str) -> Json | None:
    path = document["paths"].get(f"/{method}")
    return None if path is None else next(iter(path.values()))


def _arguments(document: Json, method: str) -> dict[str, tuple[str, bool]] | None:
    """Argument -> (type, required), from the file and the tables; None for an unknown method."""
    if method in NEW_METHODS:
        return {**EVERYWHERE, **NEW_METHODS[method]}
    operation = _operation(document, method)
    if operation is None:
        return None
    known: dict[str, tuple[str, bool]] = {}
    for parameter in operation["parameters"]:
        name = parameter["name"]
        kind = "structure" if name in STRUCTURES else parameter.get("type", "anything")
        # The token travels in the Authorization header, which the server checks.
        known[name] = (kind, bool(parameter.get("required")) and name != "token")
    return {**EVERYWHERE, **known, **NEW_ARGUMENTS.get(method, {})}


def _fits(kind: str, value: Any, *, as_json: bool) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool) if as_json else value in ("0", "1", "true", "false")
        case "integer" | "number":
            return _is_number(value)
        case "structure":
            return (as_json and isinstance(value, (dict, list))) or _is_structure(value)
        case "string":
            return isinstance(value, str)
        case _:
            return True


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, bool)


@cache
def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return None


def _is_structure(value: Any) -> bool:
    return isinstance(value, str) and isinstance(_parsed(value), (dict, list))
