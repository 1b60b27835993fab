"""The validator of Discord requests is no yes-man."""

import pytest

from tests.specs.discord import Document, load


@pytest.fixture
def document() -> Document:
    return load()


MESSAGE = "/channels/1/messages"
LONG_BUTTON = {"type": 2, "style": 1, "label": "x" * 81}


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "files", "fault"),
    [
        ("GET", "/nothing", {}, None, (), "unknown path /nothing"),
        ("DELETE", "/gateway", {}, None, (), "DELETE is not described"),
        ("GET", "/channels/abc", {}, None, (), "path channel_id"),
        ("GET", MESSAGE, {"limit": "101"}, None, (), "query limit"),
        ("GET", MESSAGE, {"colour": "red"}, None, (), "query 'colour' is not described"),
        ("GET", MESSAGE, {}, {"content": "x"}, (), "a body where none is described"),
        ("POST", MESSAGE, {}, None, (), "no body"),
        ("POST", MESSAGE, {}, {"content": 5}, (), "content"),
        ("POST", MESSAGE, {}, {"embeds": [{}] * 11}, (), "embeds"),
        ("POST", MESSAGE, {}, {"content": "x"}, ("files[10]",), "files[10]"),
        ("POST", MESSAGE, {}, {"components": [{"type": 1}]}, (), "components.0"),
        (
            "POST",
            MESSAGE,
            {},
            {
                "components": [
                    {"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81}]}
                ]
            },
            (),
            "components.0.components.0.label",
        ),
        ("POST", "/interactions/1/t/callback", {}, {"type": 3}, (), "type"),
        ("POST", "/interactions/1/t/callback", {}, {"type": 9, "data": {}}, (), "data"),
        ("POST", "/users/@me/channels", {}, {"recipient_id": "abc"}, (), "recipient_id"),
        ("PUT", "/applications/1/commands", {}, [{"description": "x"}], (), "name"),
    ],
)
def test_faults(document: Document, method, path, query, body, files, fault):
    found = document.problems(method, path, query, body, files)
    assert any(fault in one for one in found), found


def test_what_is_right(document: Document):
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]}
    body = {"content": "x", "components": [row], "nonce": "123", "flags": 0}
    assert document.problems("POST", MESSAGE, {}, body, ("files[0]",)) == []
    assert document.problems("GET", MESSAGE, {"limit": "100", "before": "5"}, None) == []
    hook = "/webhooks/1/token"
    assert document.problems("POST", hook, {"wait": "1"}, {"content": "x"}) == []
    modal = {"type": 8, "data": {"choices": []}}
    assert document.problems("POST", "/interactions/1/t/callback", {}, modal) == []
    assert document.problems("POST", "/users/@me/channels", {}, {"recipient_id": 12}) == []


def test_answers(document: Document):
    assert document.response_problems("GET", "/gateway", 200, {"url": "wss://x"}) == []
    assert document.response_problems("GET", "/gateway", 200, {}) != []
    assert document.response_problems("GET", "/gateway", 201, {}) != []
