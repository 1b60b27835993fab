"""A whole walk with a bare bolt app: command, private reply, button, form, DM, App Home."""

from slack_bolt.async_app import AsyncApp

from tests.slack_server import SlackServer
from tests.slack_server.bricks import actions, button, home, modal, section, text_field
from tests.slack_server.fixtures import connected


async def test_a_member_walks_from_a_command_to_a_direct_message(
    slack: SlackServer, bolt: AsyncApp
):
    dana = slack.person("dana", tz="Europe/London")
    other = slack.person("omar")

    @bolt.command("/ir-hours")
    async def hours(ack, command, client):
        await ack()
        await client.chat_postEphemeral(
            channel=command["channel_id"],
            user=command["user_id"],
            text="One session",
            blocks=[section(f"*{command['text']}*"), actions(button("Join", "join"))],
        )

    @bolt.action("join")
    async def join(ack, body, client):
        await ack()
        await client.views_open(
            trigger_id=body["trigger_id"], view=modal("Join", text_field("about"))
        )

    @bolt.view("form")
    async def sent(ack, body, client, view):
        await ack()
        about = view["state"]["values"]["about"]["value"]["value"]
        opened = await client.conversations_open(users=body["user"]["id"])
        await client.chat_postMessage(channel=opened["channel"]["id"], text=f"Seat taken: {about}")

    @bolt.event("app_home_opened")
    async def home_opened(event, client):
        await client.views_publish(user_id=event["user"], view=home(section("Your seats")))

    async with connected(slack, bolt):
        outcome = await dana.command("/ir-hours", "list topic:io")
        assert outcome.acknowledged
        assert outcome.seconds < 1
        reply = await dana.told("topic:io")
        assert dana.words(reply) == "*list topic:io*\n[Join]"
        assert other.messages() == []
        await dana.press(reply, "Join")
        view = await dana.gets_form("About")
        await dana.submit(view, {"about": "biliary access"})
        assert dana.view is None
        message = await dana.gets_dm("Seat taken")
        assert "biliary access" in dana.words(message)
        await dana.open_home()
        await dana.gets_home("Your seats")
        assert dana.notices == []
        dana.reload()
        assert dana.messages() == []
    slack.assert_acknowledged(within=1)
    slack.assert_requests_valid()
    slack.assert_nobody_pinged()


async def test_an_ack_that_never_comes_shows_as_operation_timeout(
    slack: SlackServer, bolt: AsyncApp
):
    slack.ack_seconds = 0.3
    dana = slack.person("dana")
    async with connected(slack, bolt):
        outcome = await dana.command("/ir-unknown")
    assert outcome.error == "operation_timeout"
    assert dana.notices == ["operation_timeout"]


async def test_without_a_connection_a_command_cannot_be_dispatched(slack: SlackServer):
    outcome = await slack.person("dana").command("/ir-hours")
    assert outcome.error == "dispatch_failed"
