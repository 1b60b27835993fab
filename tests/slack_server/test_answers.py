"""response_url: five answers in half an hour, and what each may do."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack_server import Person, SlackServer
from tests.slack_server.bricks import Client, actions, button, section
from tests.slack_server.fixtures import connected


async def address_of_command(slack: SlackServer, dana: Person) -> str:
    """The address handed out with a command that nobody takes: it works all the same."""
    await dana.command("/ir-hours")
    return slack.deliveries[-1].payload["response_url"]


async def test_five_answers_and_no_more(slack: SlackServer):
    dana = slack.person("dana")
    hook = AsyncWebhookClient(await address_of_command(slack, dana))
    for number in range(5):
        assert (await hook.send(text=f"answer {number}")).body == "ok"
    sixth = await hook.send(text="answer 5")
    assert sixth.status_code == 404
    assert "used_url" in sixth.body
    assert len(dana.private) == 5


async def test_half_an_hour_and_no_longer(slack: SlackServer):
    dana = slack.person("dana")
    hook = AsyncWebhookClient(await address_of_command(slack, dana))
    slack.later(1799)
    assert (await hook.send(text="in time")).status_code == 200
    slack.later(2)
    late = await hook.send(text="late")
    assert late.status_code == 404
    assert "expired_url" in late.body


async def test_an_answer_to_a_command_edits_nothing(slack: SlackServer):
    dana = slack.person("dana")
    hook = AsyncWebhookClient(await address_of_command(slack, dana))
    await hook.send(text="first")
    await hook.send(text="second", replace_original=True)
    assert [dana.words(each) for each in dana.private] == ["first", "second"]
    await hook.send(text="to all", response_type="in_channel")
    assert slack.person("omar").words(slack.person("omar").messages()[0]) == "to all"


async def test_where_the_bot_is_no_member_answers_still_arrive(slack: SlackServer, bolt: AsyncApp):
    dana = slack.person("dana")
    pair = slack.between(dana, slack.person("omar"))

    @bolt.command("/ir-hours")
    async def hours(ack: Any, respond: Any) -> None:
        await ack()
        await respond("only you")

    async with connected(slack, bolt):
        await dana.command("/ir-hours", channel=pair)
        message = await dana.told("only you")
    assert message.channel == pair.id


async def test_an_action_replaces_or_removes_its_own_message(
    slack: SlackServer, bolt: AsyncApp, client: Client
):
    dana, omar = slack.person("dana"), slack.person("omar")
    blocks = [section("Pick"), actions(button("Change", "change"), button("Remove", "remove"))]
    general = slack.channel("general").id
    await client.chat_postEphemeral(channel=general, user=dana.id, text="Pick", blocks=blocks)
    await client.chat_postMessage(channel=general, text="Pick", blocks=blocks)

    @bolt.action("change")
    async def change(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        private = body["container"]["is_ephemeral"]
        assert ("message" in body) is not private
        await respond(text="Changed", blocks=blocks[1:], replace_original=True)

    @bolt.action("remove")
    async def remove(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    async with connected(slack, bolt):
        for message in dana.messages():
            await dana.press(message, "Change")
            await dana.wait_for(lambda message=message: message.edited)
            await dana.press(message, "Remove")
            await dana.wait_for(lambda message=message: message.deleted)
    assert dana.messages() == []
    assert omar.messages() == []
    slack.assert_requests_valid()


async def test_a_private_reply_lost_in_a_reload_stays_lost(
    slack: SlackServer, bolt: AsyncApp, client: Client
):
    dana = slack.person("dana")
    await client.chat_postEphemeral(
        channel="general", user=dana.id, text="x", blocks=[actions(button("Press"))]
    )

    @bolt.action("press")
    async def press(ack: Any, respond: Any) -> None:
        await ack()
        dana.reload()
        answer = await respond(text="Changed", replace_original=True)
        assert answer.body == "ok"

    async with connected(slack, bolt):
        await dana.press(dana.private[0], "Press")
        await slack.wait_for(lambda: any(each.bodies for each in slack.addresses.all.values()))
    assert dana.messages() == []


async def test_careless_answers_are_noticed(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    await client.chat_postMessage(channel="general", text="x", blocks=[actions(button("Press"))])
    await dana.press(dana.messages()[0], "Press")
    hook = AsyncWebhookClient(slack.deliveries[-1].payload["response_url"])
    assert (await hook.send_dict({"text": "x", "colour": "red"})).status_code == 200
    assert (await hook.send(blocks=[{"type": "carousel"}])).status_code == 400
    assert (await hook.send(replace_original=False)).status_code == 400
    assert slack.answers.problems[0] == "response_url: unknown fields colour"
    assert "replace_original is not said" in slack.answers.problems[1]


async def test_a_reply_within_the_acknowledgement(slack: SlackServer, bolt: AsyncApp):
    dana = slack.person("dana")

    @bolt.command("/ir-hours")
    async def hours(ack: Any) -> None:
        await ack("at once")

    @bolt.command("/ir-broken")
    async def broken(ack: Any) -> None:
        await ack(blocks=[{"type": "carousel"}], text="x")

    async with connected(slack, bolt):
        await dana.command("/ir-hours")
        await dana.command("/ir-broken")
    assert [dana.words(each) for each in dana.private] == ["at once"]
    assert dana.notices == ["reply refused: invalid_blocks"]
