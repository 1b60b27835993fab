"""The way of one bot through a day: ready, commands, buttons, forms, direct messages."""

import discord
from discord import app_commands

from tests.discord_server import DiscordServer, Guild
from tests.discord_server.bare import Bare
from tests.discord_server.fixtures import connected


async def test_ready_and_commands(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    hours = app_commands.Group(name="hours", description="Office hours")

    @hours.command(name="list", description="Open sessions")
    async def listed(interaction: discord.Interaction, topic: str | None = None) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(f"nothing about {topic}")

    bot.tree.add_command(hours)
    ann = discord_server.person("Ann", discord_guild)
    bob = discord_server.person("Bob", discord_guild)
    async with connected(discord_server, bot):
        assert bot.user is not None
        assert bot.user.id == discord_server.world.bot.id
        assert [g.name for g in bot.guilds] == ["Trainees"]
        turn = await ann.slash("hours list", {"topic": "TIPS"})
        reply = await turn.reply()
        assert reply.text == "nothing about TIPS"
        assert reply.private
        assert reply in ann.messages()
        assert reply not in bob.messages()
