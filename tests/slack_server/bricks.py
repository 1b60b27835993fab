"""Short makers of Block Kit pieces and a catcher of refusals, for this folder's own tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

Json = dict[str, Any]
# A slack_sdk AsyncWebClient; its answers are typed as possibly absent at every key.
Client = Any


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(label: str, value: str | None = None) -> Json:
    return {"text": plain(label), "value": value or label.lower()}


def field(block_id: str, element: Json, **more: Any) -> Json:
    element = {"action_id": "value", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": element,
        **more,
    }


def text_field(block_id: str, **more: Any) -> Json:
    return field(block_id, {"type": "plain_text_input", **more})


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(title),
        "submit": plain("Send"),
        "callback_id": "form",
        "blocks": list(blocks) or [section("Nothing to fill in")],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


@asynccontextmanager
async def refused(error: str, **facts: Any) -> AsyncIterator[None]:
    """Expect the server to refuse with this error and these fields in the answer."""
    with pytest.raises(SlackApiError) as caught:
        yield
    answer = caught.value.response
    assert answer["error"] == error
    for name, value in facts.items():
        assert answer[name] == value
