"""What the server refuses around interactions: late, doubled, expired, foreign answers."""

import asyncio

import discord
import pytest
from discord import ui
from discord.http import Route

from tests.discord_server import DiscordServer, Guild, NoAnswer, NotOffered
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected

Interaction = discord.Interaction


async def test_late_acknowledgement(discord_server: DiscordServer, discord_guild: Guild):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    discord_server.limits.ack_seconds = 0.1
    done = asyncio.Event()

    async def slow(interaction: Interaction) -> None:
        await asyncio.sleep(0.2)
        with refused(10062, 404):
            await interaction.response.defer()
        with refused(10015, 404):
            await interaction.followup.send("too late")
        done.set()

    bot.command("slow", slow)
    async with connected(discord_server, bot):
        turn = await ann.slash("slow")
        with pytest.raises(NoAnswer, match="did not respond to ann's slow"):
            await turn.reply()
        await done.wait()
    assert not bot.errors


async def test_the_clock_moved_past_the_deadline(
    discord_server: DiscordServer, discord_guild: Guild
):
    ann = discord_server.person("Ann", discord_guild)
    bot = Bare()

    async def never(interaction: Interaction) -> None:
        pass

    bot.command("never", never)
    async with connected(discord_server, bot):
        turn = await ann.slash("never")
        asyncio.get_running_loop().call_later(0.05, discord_server.clock.advance, 3.1)
        with pytest.raises(NoAnswer):
            await turn.answered()


async def test_second_acknowledgement(discord_server: DiscordServer, discord_guild: Guild):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    done = asyncio.Event()

    async def twice(interaction: Interaction) -> None:
        await interaction.response.defer()
        interaction.response._response_type = None  # pyright: ignore[reportPrivateUsage]
        with refused(40060, 400):
            await interaction.response.send_message("again")
        done.set()

    bot.command("twice", twice)
    async with connected(discord_server, bot):
        turn = await ann.slash("twice")
        await asyncio.wait_for(done.wait(), 5)
        assert turn.thinking
        assert turn.messages == []
    assert not bot.errors


async def test_expired_token(discord_server: DiscordServer, discord_guild: Guild):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    done = asyncio.Event()

    async def long(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        discord_server.clock.advance(14 * 60)
        await interaction.edit_original_response(content="nearly")
        discord_server.clock.advance(61)
        with refused(50027, 401):
            await interaction.followup.send("late")
        with refused(50027, 401):
            await interaction.edit_original_response(content="late")
        done.set()

    bot.command("long", long)
    async with connected(discord_server, bot):
        turn = await ann.slash("long")
        await asyncio.wait_for(done.wait(), 5)
        assert (await turn.reply()).text == "nearly"
    assert not bot.errors


async def test_before_the_acknowledgement(discord_server: DiscordServer, discord_guild: Guild):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)

    async def early(interaction: Interaction) -> None:
        with refused(10015, 404):
            await interaction.followup.send("early")
        with refused(10015, 404):
            await interaction.original_response()
        await interaction.response.send_message("now")

    bot.command("early", early)
    async with connected(discord_server, bot):
        assert (await (await ann.slash("early")).reply()).text == "now"
    assert not bot.errors


async def test_private_replies_belong_to_one_person(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot = Bare()
    ann = discord_server.person("Ann", discord_guild)
    bob = discord_server.person("Bob", discord_guild)
    kept: list[Interaction] = []

    async def private(interaction: Interaction) -> None:
        kept.append(interaction)
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="Mine", custom_id="mine"))
        await interaction.response.send_message("for you", ephemeral=True, view=view)

    bot.command("private", private)
    async with connected(discord_server, bot):
        message = await (await ann.slash("private")).reply()
        assert message.private
        assert bob.messages() == []
        with pytest.raises(NotOffered):
            await bob.press(message, "Mine")
        with pytest.raises(NoAnswer):
            await bob.sees("for you", within=0.05)
        channel = await bot.fetch_channel(message.channel.id)
        assert isinstance(channel, discord.TextChannel)
        with refused(10008, 404):
            await channel.fetch_message(message.id)
        with refused(10008, 404):
            await channel.get_partial_message(message.id).edit(content="x")
        with refused(10008, 404):
            await channel.get_partial_message(message.id).pin()
        with refused(50035, path="REPLIES_UNKNOWN_MESSAGE"):
            reference = discord.MessageReference(
                message_id=message.id, channel_id=channel.id, fail_if_not_exists=True
            )
            await channel.send("x", reference=reference)
        assert [m async for m in channel.history()] == []

        await (await bob.slash("private")).reply()
        with refused(10008, 404):
            await kept[1].followup.edit_message(message.id, content="not yours")
        await kept[0].followup.edit_message(message.id, content="still yours")
        assert message.text == "still yours"
        await kept[0].delete_original_response()
        assert message not in ann.messages()
        with refused(10008, 404):
            await kept[0].original_response()
    assert not bot.errors


async def test_answers_that_do_not_fit(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    checked: list[str] = []

    async def raw(interaction: Interaction, body: dict[str, object]) -> None:
        route = Route(
            "POST",
            "/interactions/{id}/{token}/callback",
            id=interaction.id,
            token=interaction.token,
        )
        await bot.http.request(route, json=body)

    async def ask(interaction: Interaction) -> None:
        for kind in (1, 6, 7, 8, 99):
            with refused(50035, 400, "type"):
                await raw(interaction, {"type": kind, "data": {"content": "x"}})
        modal = ui.Modal(title="One", custom_id="one", timeout=None)
        modal.add_item(ui.TextInput(label="Name", custom_id="name", required=False))

        async def submitted(interaction: Interaction) -> None:
            with refused(50035, 400, "type"):
                await raw(interaction, {"type": 9, "data": modal.to_dict()})
            with refused(50035, 400, "type"):
                await raw(interaction, {"type": 7, "data": {"content": "nothing to change"}})
            await interaction.response.send_message("done")
            checked.append("submit")

        modal.on_submit = submitted
        await interaction.response.send_modal(modal)

    bot.command("ask", ask)
    async with connected(discord_server, bot):
        turn = await ann.slash("ask")
        modal = await turn.modal()
        assert len(turn.interaction.refused) == 5
        assert (await (await ann.submit(modal)).reply()).text == "done"
    assert checked == ["submit"]
    assert not bot.errors


async def test_unknown_interaction_and_token(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    async with connected(discord_server, bot):
        route = Route("POST", "/interactions/{id}/{token}/callback", id=1, token="x")
        with refused(10062, 404):
            await bot.http.request(route, json={"type": 5})
        app = discord_server.world.application.id
        hook = Route("POST", "/webhooks/{app}/{token}", app=app, token="x")
        with refused(10015, 404):
            await bot.http.request(hook, json={"content": "x"})


async def test_a_deferral_keeps_its_privacy(discord_server: DiscordServer, discord_guild: Guild):
    """The first acknowledgement decides who sees the answer; a later flag changes nothing."""
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)

    async def open_then_private(interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("seen by all", ephemeral=True)

    bot.command("defer", open_then_private)
    async with connected(discord_server, bot):
        reply = await (await ann.slash("defer")).reply()
        assert not reply.private
        assert not reply.loading
    assert not bot.errors


async def test_followups_can_be_read_changed_and_removed(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    done = asyncio.Event()

    async def several(interaction: Interaction) -> None:
        await interaction.response.send_message("first", ephemeral=True)
        second = await interaction.followup.send("second", wait=True, ephemeral=True)
        assert (await interaction.followup.fetch_message(second.id)).content == "second"
        await second.edit(content="changed")
        third = await interaction.followup.send("third", wait=True)
        await third.delete()
        with refused(10008, 404):
            await third.edit(content="gone")
        done.set()

    bot.command("several", several)
    async with connected(discord_server, bot):
        turn = await ann.slash("several")
        await asyncio.wait_for(done.wait(), 5)
        assert [m.text for m in turn.messages] == ["first", "changed"]
        assert [m.private for m in turn.messages] == [True, True]
        assert [m.text for m in await turn.settled()] == ["first", "changed"]
        with pytest.raises(NoAnswer, match="was not answered with a form"):
            await turn.modal()
        with pytest.raises(NoAnswer, match="was not answered with choices"):
            await turn.choices()
        with pytest.raises(NoAnswer, match="a changed message"):
            await turn.update(within=0.05)
    assert not bot.errors


async def test_completions_that_do_not_fit(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    names: list[str] = []

    @bot.tree.command(description="A number")
    async def count(interaction: Interaction, number: int) -> None: ...

    @count.autocomplete("number")
    async def numbers(interaction: Interaction, current: str):
        path = "/interactions/{id}/{token}/callback"
        route = Route("POST", path, id=interaction.id, token=interaction.token)
        for fault, choices in (
            ("choices", [{"name": str(i), "value": i} for i in range(26)]),
            ("name", [{"name": "x" * 101, "value": 1}]),
            ("value", [{"name": "x", "value": "not a number"}]),
            ("MODEL_TYPE_CONVERT", ["x"]),
        ):
            with refused(50035, 400, fault):
                await bot.http.request(route, json={"type": 8, "data": {"choices": choices}})
            names.append(fault)
        return [discord.app_commands.Choice(name="five", value=5)]

    async with connected(discord_server, bot):
        offered = await ann.autocomplete("count", "number", "fi")
        assert [c["value"] for c in offered] == [5]
    assert len(names) == 4
