"""What people do with elements: every kind filled in, and what their client does not let pass."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_bolt.async_app import AsyncApp

from tests.slack_server import ClientRefusal, Person, SlackServer
from tests.slack_server.bricks import (
    Client,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
    text_field,
)
from tests.slack_server.fixtures import connected
from tests.slack_server.forms import content

FEW = [option("One"), option("Two"), option("Three")]
SELECT = {"type": "static_select", "action_id": "pick", "options": FEW}


async def opened(slack: SlackServer, client: Client, *blocks: dict[str, Any]) -> Person:
    """Somebody with a form of these blocks in front of them."""
    dana = slack.person("dana")
    trigger = slack.triggers.new(slack.workspace.id, dana.id)
    await client.views_open(trigger_id=trigger, view=modal("Form", *blocks))
    return dana


EIGHT = datetime(2027, 3, 11, 18, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("element", "wanted", "held"),
    [
        ({"type": "plain_text_input"}, "hello", "hello"),
        ({"type": "number_input", "is_decimal_allowed": False}, 6, "6"),
        ({"type": "email_text_input"}, "a@b.org", "a@b.org"),
        ({"type": "url_text_input"}, "https://b.org", "https://b.org"),
        ({"type": "static_select", "options": FEW}, "Two", "two"),
        ({"type": "static_select", "options": FEW}, "two", "two"),
        (
            {
                "type": "static_select",
                "option_groups": [{"label": plain("All"), "options": FEW}],
            },
            "Three",
            "three",
        ),
        ({"type": "multi_static_select", "options": FEW}, ["One", "Two"], ["one", "two"]),
        ({"type": "checkboxes", "options": FEW}, ["One"], ["one"]),
        ({"type": "radio_buttons", "options": FEW}, "One", "one"),
        ({"type": "users_select"}, "U1", "U1"),
        ({"type": "multi_users_select"}, ["U1", "U2"], ["U1", "U2"]),
        ({"type": "channels_select"}, "C1", "C1"),
        ({"type": "multi_conversations_select"}, ["C1"], ["C1"]),
        ({"type": "datepicker"}, "2027-03-11", "2027-03-11"),
        ({"type": "datepicker"}, date(2027, 3, 11), "2027-03-11"),
        ({"type": "timepicker"}, time(18, 0), "18:00"),
        ({"type": "datetimepicker"}, EIGHT, int(EIGHT.timestamp())),
    ],
)
async def test_every_kind_can_be_filled_in(
    slack: SlackServer, bolt: AsyncApp, client: Client, element: Any, wanted: Any, held: Any
):
    dana = await opened(slack, client, field("it", element))
    got: list[Any] = []

    @bolt.view("form")
    async def sent(ack: Any, view: Any) -> None:
        await ack()
        got.append(view["state"]["values"]["it"]["value"])

    async with connected(slack, bolt):
        await dana.submit(values={"it": wanted})
    assert got[0]["type"] == element["type"]
    assert content(got[0]) == held


async def test_what_was_set_beforehand_is_sent(slack: SlackServer, bolt: AsyncApp, client: Client):
    dana = await opened(
        slack,
        client,
        text_field("name", initial_value="Dana"),
        field("pick", {"type": "static_select", "options": FEW, "initial_option": FEW[1]}),
        field("boxes", {"type": "checkboxes", "options": FEW, "initial_options": FEW[:2]}),
        field("day", {"type": "datepicker", "initial_date": "2027-03-11"}),
        field("who", {"type": "multi_users_select", "initial_users": ["U1"]}),
        field("note", {"type": "plain_text_input"}, optional=True),
    )
    got: list[Any] = []

    @bolt.view("form")
    async def sent(ack: Any, view: Any) -> None:
        await ack()
        values = view["state"]["values"]
        got.append({block_id: content(held["value"]) for block_id, held in values.items()})

    async with connected(slack, bolt):
        await dana.submit()
    assert got[0] == {
        "name": "Dana",
        "pick": "two",
        "boxes": ["one", "two"],
        "day": "2027-03-11",
        "who": ["U1"],
        "note": None,
    }


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        ({"type": "plain_text_input", "max_length": 3}, "four"),
        ({"type": "plain_text_input", "min_length": 3}, "no"),
        ({"type": "plain_text_input"}, "two\nlines"),
        ({"type": "plain_text_input"}, ""),
        ({"type": "number_input", "is_decimal_allowed": False}, "six"),
        ({"type": "number_input", "is_decimal_allowed": False}, "6.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "6"}, "7"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "6"}, "5"),
        ({"type": "email_text_input"}, "nobody"),
        ({"type": "url_text_input"}, "b.org"),
        ({"type": "static_select", "options": FEW}, "Four"),
        ({"type": "multi_static_select", "options": FEW, "max_selected_items": 1}, ["One", "Two"]),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"]),
        ({"type": "datepicker"}, "2027-02-30"),
        ({"type": "checkboxes", "options": FEW}, []),
    ],
)
async def test_what_the_client_does_not_let_pass(
    slack: SlackServer, client: Client, element: Any, wanted: Any
):
    dana = await opened(slack, client, field("it", element))
    with pytest.raises(ClientRefusal):
        await dana.submit(values={"it": wanted})
    assert slack.deliveries == []


async def test_external_selects_ask_the_app(slack: SlackServer, bolt: AsyncApp, client: Client):
    element = {"type": "external_select", "action_id": "place", "min_query_length": 2}
    dana = await opened(slack, client, field("zone", element))
    sent: list[Any] = []

    @bolt.options("place")
    async def places(ack: Any, payload: Any) -> None:
        await ack(options=[option(payload["value"].title(), "Europe/London")])

    @bolt.view("form")
    async def form(ack: Any, view: Any) -> None:
        await ack()
        sent.append(view["state"]["values"]["zone"]["place"]["selected_option"]["value"])

    async with connected(slack, bolt):
        view = await dana.gets_form()
        outcome = await dana.suggest(view, "zone", "london")
        assert [each["text"]["text"] for each in outcome.options] == ["London"]
        with pytest.raises(ClientRefusal):
            await dana.suggest(view, "zone", "l")
        await dana.submit(view, {"zone": "London"})
    assert sent == ["Europe/London"]


async def test_suggestions_over_a_limit_are_not_shown(
    slack: SlackServer, bolt: AsyncApp, client: Client
):
    element = {"type": "external_select", "action_id": "place", "min_query_length": 0}
    dana = await opened(slack, client, field("zone", element))

    @bolt.options("place")
    async def places(ack: Any, payload: Any) -> None:
        if payload["value"]:
            await ack(options=[option("x" * 76, "x")])
        else:
            await ack(options=[option(f"o{number}") for number in range(101)])

    async with connected(slack, bolt):
        for typed in ("", "x"):
            assert (await dana.suggest(await dana.gets_form(), "zone", typed)).options == []
    assert len(dana.notices) == 2


async def test_elements_of_a_message(slack: SlackServer, bolt: AsyncApp, client: Client):
    slack.app.events = set()
    dana = slack.person("dana")
    overflow = {"type": "overflow", "action_id": "menu", "options": FEW}
    confirm = {
        "title": plain("Sure"),
        "text": plain("?"),
        "confirm": plain("Y"),
        "deny": plain("N"),
    }
    blocks = [
        section("Pick", accessory=overflow),
        actions(SELECT, button("Go", "go", value="7", confirm=confirm)),
        actions(button("Other", "other", url="https://example.org")),
    ]
    await client.chat_postMessage(channel="general", text="Pick", blocks=blocks)
    got: list[Any] = []

    @bolt.action({"type": "block_actions", "action_id": "menu"})
    @bolt.action("pick")
    @bolt.action("go")
    @bolt.action("other")
    async def act(ack: Any, body: Any, action: Any) -> None:
        await ack()
        got.append((action, body["state"]["values"]))

    async with connected(slack, bolt):
        message = dana.messages()[0]
        assert dana.labels(message) == ["Go", "Other"]
        await dana.choose(message, "Two", action_id="menu")
        await dana.choose(message, "Three", action_id="pick")
        await dana.press(message, "Go")
        await dana.press(message, "Other")
        with pytest.raises(ClientRefusal, match="changed their mind"):
            await dana.press(message, "Go", confirm=False)
        with pytest.raises(ClientRefusal, match="nothing answers label='Stop'; there is: "):
            await dana.press(message, "Stop")
        with pytest.raises(ClientRefusal, match="not a button"):
            await dana.press(message, action_id="pick")
    assert [each["selected_option"]["value"] for each, _ in got[:2]] == ["two", "three"]
    go, state = got[2]
    assert go["value"] == "7"
    assert state[message.blocks[1]["block_id"]]["pick"]["selected_option"]["value"] == "three"
    slack.assert_acknowledged()


async def test_fields_that_tell_the_app_at_once(slack: SlackServer, bolt: AsyncApp, client: Client):
    dana = await opened(
        slack,
        client,
        field("kind", {"type": "static_select", "options": FEW}, dispatch_action=True),
        text_field("name"),
    )
    told: list[str] = []

    @bolt.action("value")
    async def changed(ack: Any, body: Any, action: Any) -> None:
        await ack()
        assert body["view"]["state"]["values"]["name"]["value"]["value"] == "Dana"
        told.append(action["selected_option"]["value"])

    async with connected(slack, bolt):
        view = await dana.gets_form()
        assert await dana.choose(view, "Dana", label="Name") is None
        assert (await dana.choose(view, "Two", label="Kind")) is not None
    assert told == ["two"]


async def test_only_what_is_on_the_screen_can_be_used(slack: SlackServer, client: Client):
    dana, omar = slack.person("dana"), slack.person("omar")
    blocks = [actions(button("Press"))]
    await client.chat_postEphemeral(channel="general", user=dana.id, text="x", blocks=blocks)
    message = dana.private[0]
    with pytest.raises(ClientRefusal):
        await omar.press(message, "Press")
    dana.reload()
    with pytest.raises(ClientRefusal):
        await dana.press(message, "Press")
    with pytest.raises(ClientRefusal):
        await dana.submit()
    await client.views_publish(user_id=omar.id, view=home(*blocks))
    assert omar.home is not None
    with pytest.raises(ClientRefusal):
        await dana.press(omar.home, "Press")


async def test_buttons_of_app_home(slack: SlackServer, bolt: AsyncApp, client: Client):
    dana = slack.person("dana")
    await client.views_publish(user_id=dana.id, view=home(actions(button("Press"))))

    @bolt.action("press")
    async def press(ack: Any, body: Any, client: Any) -> None:
        await ack()
        assert "response_url" not in body
        await client.views_open(trigger_id=body["trigger_id"], view=modal("From home"))

    async with connected(slack, bolt):
        await dana.press(await dana.gets_home(), "Press")
        await dana.gets_form("From home")


async def test_shortcuts(slack: SlackServer, bolt: AsyncApp):
    dana = slack.person("dana")
    got: list[Any] = []

    @bolt.shortcut("report")
    async def report(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        got.append(body)
        if body["type"] == "message_action":
            await respond("Thank you")

    async with connected(slack, bolt):
        message = await slack.person("omar").says("general", "hm")
        await dana.shortcut("report", message)
        await dana.shortcut("report")
        await dana.told("Thank you")
    assert got[0]["message"]["text"] == "hm"
    assert got[1]["type"] == "shortcut"
    slack.app.shortcuts = {"report": "message"}
    with pytest.raises(ClientRefusal):
        await dana.shortcut("report")
