"""An app manifest as Slack checks it before it makes an app of it.

Limits are those of the manifest reference (docs.slack.dev/reference/app-manifest).
"""

from collections.abc import Mapping
from typing import Any

from tests.slack_server.checks import (
    Check,
    Found,
    anything,
    boolean,
    integer,
    many,
    one_of,
    shape,
    string,
    wrong,
)
from tests.slack_server.events import SCOPES

_URL = {"url": string(3000, 1)}
_REQUEST_URL = {"request_url": string(3000, 1)}

_COMMAND = shape(
    {"command": string(32, 2), "description": string(2000, 1)},
    {"should_escape": boolean, "usage_hint": string(1000), **_URL},
)
_SHORTCUT = shape(
    {
        "name": string(24, 1),
        "type": one_of("message", "global"),
        "callback_id": string(255, 1),
        "description": string(150, 1),
    }
)
_FEATURES = shape(
    {},
    {
        "app_home": shape(
            {},
            {
                "home_tab_enabled": boolean,
                "messages_tab_enabled": boolean,
                "messages_tab_read_only_enabled": boolean,
            },
        ),
        "bot_user": shape({"display_name": string(80, 1)}, {"always_online": boolean}),
        "shortcuts": many(_SHORTCUT, 10),
        "slash_commands": many(_COMMAND, 50),
        "unfurl_domains": many(string(255, 1), 5),
    },
)
_SETTINGS = shape(
    {},
    {
        "event_subscriptions": shape(
            {}, {"bot_events": many(string(100, 1), 100, 0), **_REQUEST_URL}
        ),
        "interactivity": shape(
            {"is_enabled": boolean},
            {**_REQUEST_URL, "message_menu_options_url": string(3000, 1)},
        ),
        "org_deploy_enabled": boolean,
        "socket_mode_enabled": boolean,
        "token_rotation_enabled": boolean,
        "is_hosted": boolean,
        "allowed_ip_address_ranges": many(string(50, 1), 10),
    },
)
_OAUTH = shape(
    {},
    {
        "scopes": shape({}, {"bot": many(string(100, 1), 255), "user": many(string(100, 1), 255)}),
        "redirect_urls": many(string(3000, 1), 1000),
    },
)
_MANIFEST: Check = shape(
    {
        "display_information": shape(
            {"name": string(35, 1)},
            {
                "description": string(140, 1),
                "long_description": string(4000, 174),
                "background_color": string(7, 4),
            },
        )
    },
    {
        "_metadata": shape({}, {"major_version": integer(1, 2), "minor_version": anything}),
        "features": _FEATURES,
        "oauth_config": _OAUTH,
        "settings": _SETTINGS,
    },
)


def problems(manifest: Mapping[str, Any]) -> Found:
    """What Slack would say about this manifest; empty when it would take it."""
    found: Found = []
    _MANIFEST(dict(manifest), "", found)
    return found or _missing_rights(manifest) + _missing_addresses(manifest)


def _missing_rights(manifest: Mapping[str, Any]) -> Found:
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    scopes = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    found: Found = []
    if (features.get("slash_commands") or features.get("shortcuts")) and "commands" not in scopes:
        wrong(found, "/oauth_config/scopes/bot", "commands and shortcuts need the scope commands")
    for event in settings.get("event_subscriptions", {}).get("bot_events", []):
        scope = SCOPES.get(event)
        if scope is not None and scope not in scopes:
            wrong(found, "/oauth_config/scopes/bot", f"the event {event} needs the scope {scope}")
    names = [command["command"] for command in features.get("slash_commands", [])]
    for name in names:
        if not name.startswith("/") or " " in name or name != name.lower():
            wrong(found, "/features/slash_commands", f"{name} is no name of a command")
    if len(set(names)) < len(names):
        wrong(found, "/features/slash_commands", "a command stands twice")
    return found


def _missing_addresses(manifest: Mapping[str, Any]) -> Found:
    """Without Socket Mode everything that Slack sends needs an address to send it to."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    found: Found = []
    if settings.get("socket_mode_enabled"):
        return found
    if any("url" not in command for command in features.get("slash_commands", [])):
        wrong(found, "/features/slash_commands", "commands need an url without Socket Mode")
    interactivity = settings.get("interactivity", {})
    if interactivity.get("is_enabled") and "request_url" not in interactivity:
        wrong(found, "/settings/interactivity", "request_url is needed without Socket Mode")
    events = settings.get("event_subscriptions", {})
    if events.get("bot_events") and "request_url" not in events:
        wrong(found, "/settings/event_subscriptions", "request_url is needed without Socket Mode")
    return found
