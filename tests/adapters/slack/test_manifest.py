"""The manifest: made from the registry, accepted by the local Slack, and asking for the least."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.slack.manifest import SCOPES, manifest, manifest_yaml, scopes
from bot.errors import DeclarationError
from bot.runtime.feature import Command, Feature, Handler
from bot.runtime.registry import Registry
from bot.ui.words import _
from tests.adapters.slack.feature import Hand, Kit, Note
from tests.slack_server.methods import TABLE

ADAPTER = Path(__file__).parents[3] / "adapters" / "slack"
_CALL = re.compile(r"api\.([a-z]+_\w+)[()]")


def registry() -> Registry:
    return Registry([Kit().feature()])


def commands(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["command"]: one for one in found["features"]["slash_commands"]}


def test_commands_come_from_the_registry():
    found = commands(manifest(registry(), "ir-"))
    assert list(found) == ["/ir-echo", "/ir-kit"]
    assert found["/ir-echo"]["usage_hint"] == "text: [loud:]"
    assert "note | look" in found["/ir-kit"]["usage_hint"]
    assert found["/ir-kit"]["description"] == "For tests"
    assert all(one["should_escape"] for one in found.values())
    assert list(commands(manifest(registry(), ""))) == ["/echo", "/kit"]


def test_tabs_events_and_modes():
    socket = manifest(registry())
    assert socket["features"]["app_home"]["home_tab_enabled"]
    assert socket["features"]["app_home"]["messages_tab_enabled"]
    assert socket["settings"]["socket_mode_enabled"]
    assert socket["settings"]["event_subscriptions"] == {"bot_events": ["app_home_opened"]}
    http = manifest(registry(), mode="http", address="https://bot.example/")
    url = "https://bot.example/slack/events"
    assert not http["settings"]["socket_mode_enabled"]
    assert http["settings"]["event_subscriptions"]["request_url"] == url
    assert http["settings"]["interactivity"]["request_url"] == url
    assert http["settings"]["interactivity"]["message_menu_options_url"] == url
    assert all(one["url"] == url for one in commands(http).values())


def test_the_table_of_scopes_names_what_the_code_calls_and_nothing_else():
    called = {
        name for file in ADAPTER.glob("*.py") for name in _CALL.findall(file.read_text("utf-8"))
    }
    assert called == {method.replace(".", "_") for method in SCOPES}
    for method, scope in SCOPES.items():
        if method == "conversations.info":
            continue  # it depends on the channel: channels:read or groups:read
        assert TABLE[method].scopes == ((scope,) if scope else ())


def test_files_are_read_only_where_a_form_asks_for_them():
    plain = Registry([_feature("plain", Handler(Note, Kit().noted))])
    files = Registry([_feature("files", Handler(Hand, Kit().noted))])
    assert "files:read" not in scopes(plain)
    assert "files:read" in scopes(files)
    both = Registry([*plain.features, *files.features])
    assert "files:read" not in _granted(manifest(both, features={"plain"}))
    assert list(commands(manifest(both, features={"plain"}))) == ["/ir-plain"]


def _granted(found: dict[str, Any]) -> list[str]:
    return found["oauth_config"]["scopes"]["bot"]


def _feature(name: str, handler: Handler) -> Feature:
    return Feature(name, (handler,), (Command(name, _("About"), handler.action),))


def test_yaml_reads_back():
    assert yaml.safe_load(manifest_yaml(registry(), "x-", "http")) == manifest(
        registry(), "x-", "http"
    )


def test_more_commands_than_slack_takes():
    handler = Handler(Note, Kit().noted)
    names = [f"c{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(51)]
    many = tuple(Command(name, _("About"), Note) for name in names)
    with pytest.raises(DeclarationError, match="50 commands"):
        manifest(Registry([Feature("many", (handler,), many)]))
