"""The app's settings, its manifest, its environment, and the words people type and read."""

import asyncio
import os
import sys
from typing import Any

import pytest

from tests.slack_server import ClientRefusal, SlackServer
from tests.slack_server.bricks import Client, actions, button, field, refused, section
from tests.slack_server.mrkdwn import pings, problems_of, shown

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Introducer"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": False},
        "slash_commands": [
            {"command": "/ir-hours", "description": "x", "should_escape": True},
            {"command": "/ir-plain", "description": "x", "should_escape": False},
        ],
        "shortcuts": [
            {"name": "Report", "type": "message", "callback_id": "report", "description": "x"}
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": False},
        "socket_mode_enabled": True,
    },
}


async def test_a_manifest_sets_the_app_up(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    slack.install(MANIFEST)
    await client.chat_postMessage(channel="general", text="x", blocks=[actions(button("Press"))])
    async with refused("missing_scope", needed="users:read", provided="chat:write,commands"):
        await client.users_info(user=dana.id)
    async with refused("messages_tab_disabled"):
        await client.chat_postMessage(channel=dana.id, text="x")
    with pytest.raises(ClientRefusal, match="not a valid command"):
        await dana.command("/ir-mentor")
    with pytest.raises(ClientRefusal, match="not set up to handle interactive"):
        await dana.press(dana.messages()[0], "Press")
    with pytest.raises(ClientRefusal, match="no message shortcut flag"):
        await dana.shortcut("flag", dana.messages()[0])
    assert slack.deliveries == [], "the app did not subscribe to messages"


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        ("display_information", {"name": "x" * 36}, "less than 36"),
        ("display_information", {"long_description": "short"}, "more than 173"),
        ("features", {"colour": "red"}, "invalid additional property: colour"),
        ("features", {"slash_commands": [{"command": "/x"}]}, "required field: description"),
        (
            "features",
            {"slash_commands": [{"command": "hours", "description": "x"}]},
            "hours is no name of a command",
        ),
        (
            "features",
            {"slash_commands": [{"command": "/x", "description": "x"}] * 2},
            "stands twice",
        ),
        ("oauth_config", {"scopes": {"bot": ["chat:write"]}}, "need the scope commands"),
        (
            "settings",
            {"event_subscriptions": {"bot_events": ["message.im"]}},
            "the event message.im needs the scope im:history",
        ),
        ("settings", {"socket_mode_enabled": False}, "without Socket Mode"),
    ],
)
async def test_manifests_that_slack_does_not_take(
    slack: SlackServer, part: str, change: dict[str, Any], why: str
):
    with pytest.raises(ValueError, match=why):
        slack.install(MANIFEST | {part: MANIFEST[part] | change})


async def test_what_is_typed_arrives_escaped(slack: SlackServer):
    dana, omar = slack.person("dana"), slack.person("omar")
    slack.install(MANIFEST)
    words = "a&b <!channel> @omar @nobody #general https://example.org/x"
    await dana.command("/ir-hours", words)
    await dana.command("/ir-plain", words)
    escaped, plain = (each.payload["text"] for each in slack.deliveries)
    general = slack.channel("general")
    assert escaped == (
        f"a&amp;b &lt;!channel&gt; <@{omar.id}|omar> @nobody <#{general.id}|general>"
        " <https://example.org/x>"
    )
    assert plain == ("a&amp;b &lt;!channel&gt; @omar @nobody #general https://example.org/x")


async def test_commands_do_not_work_in_threads(slack: SlackServer):
    dana = slack.person("dana")
    first = await dana.says("general", "first")
    with pytest.raises(ClientRefusal, match="not supported in threads"):
        await dana.command("/ir-hours", thread=first)
    slack.channel("io")
    with pytest.raises(ClientRefusal, match="is not in #io"):
        await dana.command("/ir-hours", channel="io")


async def test_a_process_connects_by_its_environment(slack: SlackServer):
    code = (
        "import asyncio, os\n"
        "from slack_sdk.web.async_client import AsyncWebClient\n"
        "env = lambda name: os.environ['INTRODUCER_SLACK__' + name]\n"
        "client = AsyncWebClient(token=env('BOT_TOKEN'), base_url=env('API_BASE'))\n"
        "asyncio.run(client.chat_postMessage(channel='general', text='from outside'))\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, env=os.environ | slack.environment()
    )
    assert await process.wait() == 0
    await slack.person("dana").reads("from outside")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hello", []),
        ("<!channel> and <!here|here>", ["<!channel>", "<!here>"]),
        ("<!everyone>", ["<!everyone>"]),
        ("<@U1> <@U1> <@W2|omar>", ["<@U1>", "<@W2>"]),
        ("<!subteam^S1|team>", ["<!subteam^S1>"]),
        ("&lt;!channel&gt; @channel", []),
        ("<!date^1|x> <#C1> <https://x.org|x>", []),
    ],
)
def test_what_notifies_people(text: str, found: list[str]):
    assert pings(text, []) == found
    assert pings("", [section(text)]) == found
    plain = {"type": "header", "text": {"type": "plain_text", "text": text}}
    assert pings("", [plain]) == []


def test_linked_names_notify_too():
    assert pings("@channel mail@here.org", [], names_linked=True) == ["@channel"]


async def test_pings_are_found_wherever_they_are(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    who = f"<@{dana.id}>"
    await client.chat_postEphemeral(channel="general", user=dana.id, text=who)
    await client.chat_postMessage(channel=dana.id, text=who)
    await dana.says("general", "@dana")
    slack.assert_nobody_pinged()
    await client.chat_postMessage(channel="general", text=who)
    slack.assert_nobody_pinged(but=(who,))
    with pytest.raises(AssertionError, match=who):
        slack.assert_nobody_pinged()
    await client.chat_postMessage(channel=dana.id, text="x", blocks=[section("<!here>")])
    with pytest.raises(AssertionError, match="<!here>"):
        slack.assert_nobody_pinged(but=(who,))
    assert slack.called("chat.postMessage")[-1].pings == ["<!here>"]


async def test_full_parsing_makes_pings_of_plain_words(slack: SlackServer, client: Client):
    await client.chat_postMessage(channel="general", text="@channel", parse="full")
    with pytest.raises(AssertionError):
        slack.assert_nobody_pinged()


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ("a &amp; b &lt;c&gt; <@U1> <#C1|x> <https://x.org|x> <!date^1^{time}|x>", 0),
        ("a & b", 1),
        ("<script> 3 < 4", 2),
        ("<!channel>", 0),
    ],
)
async def test_marks_that_would_show(slack: SlackServer, client: Client, words: str, problems: int):
    found = problems_of({"text": words})
    assert len(found) == problems
    assert problems_of({"blocks": [section(words)]}) == found
    await client.chat_postMessage(channel="general", text="x", blocks=[section(words)])
    if problems:
        with pytest.raises(AssertionError, match="unescaped"):
            slack.assert_markup_right()
    else:
        slack.assert_markup_right()


def test_marks_in_plain_text_show():
    assert problems_of({"view": {"title": {"type": "plain_text", "text": "<@U1>"}}})
    assert problems_of({"view": '{"title": {"type": "plain_text", "text": "R&D <3"}}'}) == []


def test_words_as_a_reader_sees_them():
    names = {"U1": "dana", "C1": "general"}
    text = "<@U1> in <#C1>: a &amp; b, <https://x.org|here>, <!here>"
    assert shown(text, names, "UTC") == "@dana in #general: a & b, here (https://x.org), @here"
    when = "<!date^1805047200^{date_short_pretty} {time}|fallback>"
    assert shown(when, {}, "Europe/London") == "Mar 14, 2027 18:00"
    assert shown(when, {}, "America/New_York") == "Mar 14, 2027 14:00"


async def test_the_screen_in_the_error_of_a_failed_wait(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    await client.chat_postMessage(
        channel="general",
        text="x",
        blocks=[
            section("*Sessions*", fields=[{"type": "mrkdwn", "text": "two"}]),
            {"type": "header", "text": {"type": "plain_text", "text": "Soon"}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "a"}]},
            {"type": "divider"},
            {"type": "image", "image_url": "https://x.org/i.png", "alt_text": "a stent"},
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"text": "rich"}]}],
            },
            {"type": "markdown", "text": "mark"},
            field("name", {"type": "plain_text_input"}),
            actions(button("Join")),
        ],
    )
    with pytest.raises(AssertionError) as caught:
        await dana.reads("nothing like this", within=0.05)
    expected = "*Sessions*\ntwo\nSoon\na\n---\n(a stent)\nrich\nmark\nName: ____\n[Join]"
    assert expected in str(caught.value)


async def test_a_wrong_request_fails_the_walk(slack: SlackServer, client: Client):
    wrong = {"channel": "general", "text": "x", "colour": "red"}
    await client.api_call("chat.postMessage", json=wrong)
    with pytest.raises(AssertionError, match="unknown argument colour"):
        slack.assert_requests_valid()
