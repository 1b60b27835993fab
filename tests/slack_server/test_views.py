"""Triggers, the stack of forms, hashes, and what an app may answer to a sent form."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.slack_server import ClientRefusal, Person, SlackServer
from tests.slack_server.bricks import (
    Client,
    actions,
    button,
    home,
    modal,
    plain,
    refused,
    section,
    text_field,
)
from tests.slack_server.fixtures import connected

STEP = modal("Step", actions(button("More", "more")), text_field("name"))


def trigger(slack: SlackServer, person: Person) -> str:
    """What an act of this person outside of forms hands to the app."""
    return slack.triggers.new(slack.workspace.id, person.id)


async def test_a_trigger_works_once(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    ticket = trigger(slack, dana)
    await client.views_open(trigger_id=ticket, view=modal("One"))
    async with refused("exchanged_trigger_id"):
        await client.views_open(trigger_id=ticket, view=modal("Two"))
    assert [each.title for each in dana.views] == ["One"]


async def test_a_trigger_lives_three_seconds(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    ticket = trigger(slack, dana)
    slack.later(3.1)
    async with refused("expired_trigger_id"):
        await client.views_open(trigger_id=ticket, view=modal("Late"))
    async with refused("invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.x", view=modal("Made up"))


async def test_a_broken_form_is_refused_and_costs_no_trigger(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    ticket = trigger(slack, dana)
    async with refused("invalid_arguments"):
        await client.views_open(trigger_id=ticket, view=modal("x" * 25))
    long = [section("x" * 2900, block_id=f"b{number}") for number in range(90)]
    async with refused("view_too_large"):
        await client.views_open(trigger_id=ticket, view=modal("Large", *long))
    slack.workspace.scopes.discard("files:read")
    files = {"type": "input", "label": plain("Files"), "element": {"type": "file_input"}}
    async with refused("missing_scope", needed="files:read"):
        await client.views_open(trigger_id=ticket, view=modal("Files", files))
    await client.views_open(trigger_id=ticket, view=modal("Right"))
    assert dana.view is not None


async def test_a_stack_holds_three(slack: SlackServer, bolt: AsyncApp, client: Client):
    dana = slack.person("dana")
    ticket = trigger(slack, dana)
    outside = trigger(slack, dana)
    refusals: list[str] = []

    @bolt.action("more")
    async def more(ack: Any, body: Any, client: Any) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=STEP)
        except SlackApiError as error:
            refusals.append(error.response["error"])

    await client.views_open(trigger_id=ticket, view=STEP)
    async with refused("invalid_trigger_id"):
        await client.views_push(trigger_id=outside, view=STEP)
    async with connected(slack, bolt):
        for depth in (2, 3):
            await dana.press(await dana.gets_form(), "More")
            await dana.wait_for(lambda depth=depth: len(dana.views) == depth)
        await dana.press(await dana.gets_form(), "More")
        await dana.wait_for(lambda: "push_limit_reached" in refusals)
    assert len(dana.views) == 3
    assert dana.views[2].previous == dana.views[1].id
    assert dana.views[2].root == dana.views[0].id
    await dana.close()
    assert len(dana.views) == 2


async def test_update_knows_its_view_and_its_hash(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    ticket = trigger(slack, dana)
    form = modal("First", text_field("name"), external_id="form-1")
    opened = (await client.views_open(trigger_id=ticket, view=form))["view"]
    view = await dana.gets_form("First")
    assert await dana.choose(view, "Dana", block_id="name") is None
    second = modal("Second", section("hello"), text_field("name"))
    updated = await client.views_update(view_id=opened["id"], hash=opened["hash"], view=second)
    assert updated["view"]["hash"] != opened["hash"]
    assert view.values["name"]["value"]["value"] == "Dana", "what was typed stays"
    async with refused("hash_conflict"):
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=form)
    async with refused("not_found"):
        await client.views_update(view_id="V404", view=form)
    await dana.close()
    async with refused("not_found"):
        await client.views_update(view_id=opened["id"], view=form)


async def test_external_ids_are_unique(slack: SlackServer, client: Client):
    dana, omar = slack.person("dana"), slack.person("omar")
    form = modal("Mine", external_id="form-1")
    await client.views_open(trigger_id=trigger(slack, dana), view=form)
    await client.views_update(external_id="form-1", view=form)
    assert dana.filled(await dana.gets_form()) == {}
    async with refused("duplicate_external_id"):
        await client.views_open(trigger_id=trigger(slack, omar), view=form)


async def test_app_home(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    first = (await client.views_publish(user_id=dana.id, view=home(section("one"))))["view"]
    second = await client.views_publish(
        user_id=dana.id, view=home(section("two")), hash=first["hash"]
    )
    assert second["view"]["id"] == first["id"]
    async with refused("hash_conflict"):
        await client.views_publish(user_id=dana.id, view=home(), hash=first["hash"])
    async with refused("user_not_found"):
        await client.views_publish(user_id="U404", view=home())
    async with refused("invalid_arguments"):
        await client.views_publish(user_id=dana.id, view=modal("No home"))
    slack.app.home_tab = False
    async with refused("not_enabled"):
        await client.views_publish(user_id=dana.id, view=home())
    with pytest.raises(ClientRefusal):
        await dana.open_home()


async def answered(
    slack: SlackServer, bolt: AsyncApp, client: Client, answer: dict[str, Any]
) -> Person:
    """A person who sent a form that the app answers like this."""
    dana = slack.person("dana")
    form = modal("Form", text_field("name"))
    await client.views_open(trigger_id=trigger(slack, dana), view=form)

    @bolt.view("form")
    async def sent(ack: Any) -> None:
        await ack(**answer)

    async with connected(slack, bolt):
        await dana.submit(values={"name": "Dana"})
    return dana


async def test_an_empty_answer_closes_the_form(slack: SlackServer, bolt: AsyncApp, client: Client):
    dana = await answered(slack, bolt, client, {})
    assert dana.views == []


async def test_errors_stand_beside_their_fields(slack: SlackServer, bolt: AsyncApp, client: Client):
    errors = {"response_action": "errors", "errors": {"name": "Too short."}}
    dana = await answered(slack, bolt, client, errors)
    assert dana.view is not None
    assert dana.view.errors == {"name": "Too short."}
    assert "! name: Too short." in dana.words(dana.view)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nobody": "Too short."}},
        {"response_action": "update", "view": modal("x" * 25)},
        {"response_action": "push", "view": home()},
        {"response_action": "vanish"},
    ],
)
async def test_answers_the_client_cannot_show(
    slack: SlackServer, bolt: AsyncApp, client: Client, answer: dict[str, Any]
):
    dana = await answered(slack, bolt, client, answer)
    assert len(dana.views) == 1
    assert len(dana.notices) == 1


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal("New")}, ["New"]),
        ({"response_action": "push", "view": modal("Next")}, ["Form", "Next"]),
        ({"response_action": "clear"}, []),
    ],
)
async def test_answers_that_move_the_stack(
    slack: SlackServer, bolt: AsyncApp, client: Client, answer: dict[str, Any], titles: list[str]
):
    dana = await answered(slack, bolt, client, answer)
    assert [view.title for view in dana.views] == titles
    assert dana.notices == []


async def test_closing_is_told_only_where_asked(slack: SlackServer, bolt: AsyncApp, client: Client):
    dana = slack.person("dana")
    told: list[bool] = []

    @bolt.view_closed("form")
    async def closed(ack: Any, body: Any) -> None:
        await ack()
        told.append(body["is_cleared"])

    await client.views_open(trigger_id=trigger(slack, dana), view=modal("Quiet"))
    assert await dana.close() is None
    loud = modal("Loud", notify_on_close=True)
    await client.views_open(trigger_id=trigger(slack, dana), view=loud)
    async with connected(slack, bolt):
        await dana.close()
    assert told == [False]
