"""The validation itself: what it lets pass and what it finds."""

from typing import Any

import pytest

from tests.slack_server.methods import TABLE
from tests.slack_server.wire import FORM, JSON, Recorded
from tests.specs import slack as spec


def request(method: str, body: dict[str, Any] | None = None, **more: Any) -> Recorded:
    return Recorded(
        method=method,
        verb=more.get("verb", "POST"),
        content_type=more.get("content_type", JSON if body else ""),
        query=more.get("query", {}),
        body=body or {},
    )


POST = {"channel": "C1", "text": "x"}


@pytest.mark.parametrize(
    "recorded",
    [
        request("chat.postMessage", POST),
        request("chat.postMessage", POST | {"blocks": [{"type": "divider"}], "mrkdwn": True}),
        request("chat.postMessage", POST | {"blocks": "[]", "mrkdwn": "1"}, content_type=FORM),
        request("views.open", {"trigger_id": "1", "view": {}}),
        request("users.info", query={"user": "U1", "include_locale": "1"}, verb="GET"),
        request("users.list", query={"limit": "200", "team_id": "T1"}, verb="GET"),
        request("files.completeUploadExternal", query={"files": '[{"id": "F1"}]'}),
        request("apps.connections.open"),
    ],
)
def test_what_the_specification_knows(recorded: Recorded):
    assert spec.problems(spec.load(), recorded) == []


@pytest.mark.parametrize(
    ("recorded", "problem"),
    [
        (request("chat.postMassage", POST), "unknown method"),
        (request("chat.postMessage", POST | {"colour": "red"}), "unknown argument colour"),
        (request("chat.postMessage", {"text": "x"}), "missing argument channel"),
        (request("chat.postMessage", POST | {"text": 7}), "argument text is no string: 7"),
        (request("chat.postMessage", POST | {"mrkdwn": "yes"}), "argument mrkdwn is no boolean"),
        (request("chat.postMessage", POST | {"blocks": "x"}), "argument blocks is no structure"),
        (request("users.list", query={"limit": "all"}), "argument limit is no integer"),
        (request("users.info", {"user": "U1"}), "JSON body, which this method does not read"),
        (request("users.info", {"user": "U1"}, verb="GET", content_type=FORM), "a body in a GET"),
        (request("users.info", query={"user": "U1"}, verb="DELETE"), "sent with DELETE"),
        (request("auth.test", query={"token": "xoxb"}), "token in the address"),
        (request("views.update", {"view_id": "V1"}), "missing argument view"),
        (request("files.getUploadURLExternal", query={"length": "1"}), "missing argument filename"),
    ],
)
def test_what_it_does_not_know(recorded: Recorded, problem: str):
    found = spec.problems(spec.load(), recorded)
    assert any(problem in each for each in found), found


def test_every_method_of_the_server_is_specified():
    document = spec.load()
    unknown = [name for name in TABLE if "unknown method" in spec.problems(document, request(name))]
    assert unknown == []
