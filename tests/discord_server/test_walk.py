"""The way of one bot through a day: ready, commands, buttons, forms, direct messages."""

import asyncio
import io
import os
import re
import sys
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.discord_server import DiscordServer, Guild, NoAnswer, NotOffered
from tests.discord_server.bare import Bare
from tests.discord_server.fixtures import connected

Interaction = discord.Interaction


class Hours(Bare):
    """A bot with `/hours list` and `/hours join`."""

    def __init__(self) -> None:
        super().__init__()
        group = app_commands.Group(name="hours", description="Office hours")
        self.picked: list[tuple[str, str, discord.Attachment | None]] = []

        @group.command(name="list", description="Open sessions")
        async def listed(interaction: Interaction, topic: str | None = None) -> None:
            await interaction.response.defer(ephemeral=True)
            await interaction.followup.send(f"nothing about {topic}")
            await interaction.followup.send("and a second line", ephemeral=True)

        @group.command(name="join", description="Take a seat")
        @app_commands.choices(
            mode=[app_commands.Choice(name=n, value=n.lower()) for n in ("Seats", "Drop-in")]
        )
        async def join(
            interaction: Interaction,
            session: str,
            mode: str = "seats",
            picture: discord.Attachment | None = None,
            host: discord.Member | None = None,
            guests: app_commands.Range[int, 0, 3] | None = None,
            about: app_commands.Range[str, 2, 10] | None = None,
            online: bool | None = None,
        ) -> None:
            self.picked.append((session, mode, picture))
            who = host.display_name if host else "nobody"
            await interaction.response.send_message(f"{session} with {who}")

        @join.autocomplete("session")
        async def sessions(interaction: Interaction, current: str):
            return [app_commands.Choice(name=f"Thursday {current}", value="k3f9")]

        self.tree.add_command(group)


async def test_ready(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    async with connected(discord_server, bot):
        assert bot.user is not None
        assert bot.user.id == discord_server.world.bot.id
        (guild,) = bot.guilds
        assert guild.name == "Trainees"
        assert [c.name for c in guild.text_channels] == ["general"]
        assert guild.me.guild_permissions.manage_messages
        assert [m.id for m in guild.members] == [bot.user.id]
        assert bot.latency < 1
        assert discord_server.gateway.heartbeats == 1


async def test_commands(discord_server: DiscordServer, discord_guild: Guild):
    bot = Hours()
    ann = discord_server.person("Ann", discord_guild)
    bob = discord_server.person("Bob", discord_guild)
    async with connected(discord_server, bot):
        turn = await ann.slash("hours list", {"topic": "TIPS"})
        reply = await turn.reply()
        assert reply.text == "nothing about TIPS"
        assert reply.private
        assert (await turn.follow_up()).text == "and a second line"
        assert reply in ann.messages()
        assert reply not in bob.messages()

        picture = ann.upload(b"\x89PNG", "a picture.png")
        turn = await ann.slash(
            "/hours join",
            {"session": "k3f9", "mode": "Drop-in", "picture": picture, "host": bob},
        )
        assert (await turn.reply()).text == "k3f9 with Bob"
        assert (await bob.sees("with Bob")).author.bot
        session, mode, attachment = bot.picked[0]
        assert (session, mode) == ("k3f9", "drop-in")
        assert attachment is not None
        assert attachment.filename == "a_picture.png"
        assert await attachment.read() == b"\x89PNG"

        offered = await ann.autocomplete("hours join", "session", "pm")
        assert offered == [{"name": "Thursday pm", "value": "k3f9"}]
    assert not bot.errors


async def test_what_the_client_would_not_send(discord_server: DiscordServer, discord_guild: Guild):
    ann = discord_server.person("Ann", discord_guild)
    async with connected(discord_server, Hours()):
        for command, options, why in (
            ("nothing", {}, "no command"),
            ("hours", {}, "has subcommands"),
            ("hours leave", {}, "no subcommand"),
            ("hours join", {}, "needs 'session'"),
            ("hours join", {"session": 5}, "cannot take 5"),
            ("hours join", {"session": "x", "mode": "online"}, "no choice"),
            ("hours join", {"session": "x", "host": "Bob"}, "cannot take 'Bob'"),
            ("hours join", {"session": "x", "when": "now"}, "no option"),
            ("hours join", {"session": "x", "guests": 4}, "takes 0 to 3, not 4"),
            ("hours join", {"session": "x", "guests": "2"}, "cannot take '2'"),
            ("hours join", {"session": "x", "guests": True}, "cannot take True"),
            ("hours join", {"session": "x", "about": "x"}, "2 to 10 characters"),
            ("hours join", {"session": ""}, "takes 0 to 6000 characters"),
            ("hours join", {"session": "x", "online": "yes"}, "cannot take 'yes'"),
            ("hours join", {"session": "x", "picture": b"raw"}, "cannot take"),
        ):
            with pytest.raises(NotOffered, match=why):
                await ann.slash(command, options)
        with pytest.raises(NotOffered, match="does not complete"):
            await ann.autocomplete("hours list", "topic", "x")


class Leave(ui.DynamicItem[ui.Button[ui.View]], template=r"leave:(?P<code>\w+)"):
    """A button that works without the view it was sent with."""

    def __init__(self, code: str) -> None:
        super().__init__(ui.Button(label="Leave", custom_id=f"leave:{code}"))
        self.code = code

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item, match: re.Match[str]):
        return cls(match["code"])

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=f"left {self.code}", view=None)


async def test_buttons_and_selects(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    bot.add_dynamic_items(Leave)
    ann = discord_server.person("Ann", discord_guild)

    async def seat(interaction: Interaction) -> None:
        view = ui.View(timeout=None)
        view.add_item(Leave("k3f9"))
        view.add_item(ui.Button(label="Full", custom_id="full", disabled=True))
        view.add_item(ui.Button(label="Read", url="https://example.org/"))
        select = ui.Select(
            custom_id="topic",
            options=[discord.SelectOption(label="Topic A", value="a")],
        )
        people = ui.UserSelect(custom_id="people", max_values=2)

        async def chosen(interaction: Interaction) -> None:
            await interaction.response.defer()
            names = [str(getattr(v, "name", v)) for v in [*select.values, *people.values]]
            await interaction.edit_original_response(content=f"chosen {names}")

        select.callback = people.callback = chosen
        view.add_item(select)
        view.add_item(people)
        await interaction.response.send_message("you have a seat", view=view, ephemeral=True)

    bot.command("seat", seat)
    async with connected(discord_server, bot):
        message = await (await ann.slash("seat")).reply()
        assert message.labels == ["Leave", "Full", "Read"]
        assert message.links == {"Read": "https://example.org/"}
        for label in ("Full", "Read", "Missing"):
            with pytest.raises(NotOffered):
                await ann.press(message, label)
        with pytest.raises(NotOffered, match="does not see"):
            await discord_server.person("Bob", discord_guild).press(message, "Leave")

        turn = await ann.choose(message, "Topic A", custom_id="topic")
        assert (await turn.update()).text == "chosen ['a']"
        turn = await ann.choose(message, [ann], custom_id="people")
        assert (await turn.update()).text == "chosen ['a', 'ann']"
        with pytest.raises(NotOffered, match="does not offer"):
            await ann.choose(message, "Topic B", custom_id="topic")

        turn = await ann.press(message, custom_id="leave:k3f9")
        assert await turn.update() is message
        assert message.text == "left k3f9"
        assert message.labels == []
    assert not bot.errors


class Ask(ui.Modal, title="Ask a question"):
    question = ui.Label(text="Question", component=ui.TextInput(custom_id="question"))
    topic = ui.Label(
        text="Topic",
        component=ui.Select(
            custom_id="topic", options=[discord.SelectOption(label="TIPS", value="tips")]
        ),
    )
    files = ui.Label(
        text="Pictures",
        component=ui.FileUpload(custom_id="files", max_values=2, required=False),
    )
    when = ui.Label(
        text="When",
        component=ui.RadioGroup(
            custom_id="when",
            options=[
                discord.RadioGroupOption(label="Now", value="now"),
                discord.RadioGroupOption(label="Later", value="later", default=True),
            ],
        ),
    )
    agree = ui.Label(text="Agreed", component=ui.Checkbox(custom_id="agree"))

    def __init__(self) -> None:
        super().__init__(custom_id="ask", timeout=None)

    async def on_submit(self, interaction: Interaction, /) -> None:
        parts = [item.component for item in self.walk_children() if isinstance(item, ui.Label)]
        question, topic, files, when, agree = parts
        assert isinstance(question, ui.TextInput)
        assert isinstance(topic, ui.Select)
        assert isinstance(files, ui.FileUpload)
        assert isinstance(when, ui.RadioGroup)
        assert isinstance(agree, ui.Checkbox)
        sizes = [len(await a.read()) for a in files.values]
        await interaction.response.send_message(
            f"{question.value}|{topic.values}|{sizes}|{when.value}|{agree.value}", ephemeral=True
        )


async def test_forms(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    ann = discord_server.person("Ann", discord_guild)

    async def ask(interaction: Interaction) -> None:
        await interaction.response.send_modal(Ask())

    bot.command("ask", ask)
    async with connected(discord_server, bot):
        modal = await (await ann.slash("ask", channel=ann.dm)).modal()
        assert modal.title == "Ask a question"
        assert [f["label"] for f in modal.fields.values()] == [
            "Question",
            "Topic",
            "Pictures",
            "When",
            "Agreed",
        ]
        with pytest.raises(NotOffered, match="'question' needs"):
            await ann.submit(modal, {"topic": "TIPS"})
        with pytest.raises(NotOffered, match="no field"):
            await ann.submit(modal, {"question": "x", "topic": "TIPS", "nothing": 1})
        turn = await ann.submit(
            modal,
            {
                "question": "How?",
                "topic": "TIPS",
                "files": [ann.upload(b"123", "a.png"), ann.upload(b"12345", "b.png")],
                "agree": True,
            },
        )
        reply = await turn.reply()
        assert reply.text == "How?|['tips']|[3, 5]|later|True"
        assert reply.channel is ann.dm
    assert not bot.errors


class Card(ui.LayoutView):
    """A message of nested components."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        leave: Any = Leave("ann")
        section = ui.Section("**Ann** helps with TIPS", accessory=leave)
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        row.add_item(ui.Button(label="Next", custom_id="next"))
        file = ui.File("attachment://card.txt")
        self.add_item(ui.Container(section, ui.Separator(), row, file))


async def test_layouts_and_direct_messages(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    bot.add_dynamic_items(Leave)
    ann = discord_server.person("Ann", discord_guild)
    async with connected(discord_server, bot):
        user = await bot.fetch_user(ann.id)
        sent = await user.send(
            view=Card(), file=discord.File(io.BytesIO(b"a card"), filename="card.txt")
        )
        message = await ann.sees("helps with TIPS")
        assert message.id == sent.id
        assert message.channel is ann.dm
        assert message.v2
        assert message.labels == ["Leave", "Next"]
        assert [a.data for a in message.attachments] == [b"a card"]
        assert ann.direct_messages == [message]
        await (await sent.edit(view=Card())).edit(view=Card())
        assert message.edited is not None
        assert len(message.attachments) == 1


async def test_an_old_button_after_a_restart(discord_server: DiscordServer, discord_guild: Guild):
    ann = discord_server.person("Ann", discord_guild)
    first = Bare()

    async def seat(interaction: Interaction) -> None:
        view = ui.View(timeout=None)
        view.add_item(Leave("k3f9"))
        await interaction.response.send_message("a seat", view=view)

    first.command("seat", seat)
    async with connected(discord_server, first):
        message = await (await ann.slash("seat")).reply()
    discord_server.limits.ack_seconds = 0.1
    turn = await ann.press(message, "Leave")
    with pytest.raises(NoAnswer):
        await turn.reply()
    discord_server.limits.ack_seconds = 3.0
    second = Bare()
    second.add_dynamic_items(Leave)
    async with connected(discord_server, second):
        await (await ann.press(message, "Leave")).update()
        assert message.text == "left k3f9"


async def test_twenty_people_at_once(discord_server: DiscordServer, discord_guild: Guild):
    bot = Hours()
    people = [discord_server.person(f"P{i}", discord_guild) for i in range(20)]
    async with connected(discord_server, bot):
        turns = [await p.slash("hours list", {"topic": p.user.name}) for p in people]
        replies = await asyncio.gather(*(turn.reply() for turn in turns))
        assert [r.text for r in replies] == [f"nothing about p{i}" for i in range(20)]
        assert max(turn.ack_seconds for turn in turns) < 3
    for person, reply in zip(people, replies, strict=True):
        assert [m for m in person.messages() if m in replies] == [reply]


PROCESS = """
import asyncio, os, discord, yarl
from discord import app_commands

discord.http.Route.BASE = os.environ["API_BASE"]

class Bot(discord.Client):
    async def setup_hook(self):
        gateway = await self.http.request(discord.http.Route("GET", "/gateway"))
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway["url"])
        tree = app_commands.CommandTree(self)

        @tree.command(description="Answers")
        async def ping(interaction: discord.Interaction):
            await interaction.response.send_message(f"from {os.getpid()}", ephemeral=True)

        await tree.sync()

Bot(intents=discord.Intents(guilds=True)).run(os.environ["TOKEN"], log_handler=None)
"""


async def test_a_bot_in_its_own_process(discord_server: DiscordServer, discord_guild: Guild):
    server, ann = discord_server, discord_server.person("Ann", discord_guild)
    env = {**os.environ, "API_BASE": server.api_base, "TOKEN": server.token}
    for round_number in (1, 2):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "ignore", "-c", PROCESS, env=env
        )
        await server.until(lambda n=round_number: server.gateway.identifies == n, 20)
        reply = await (await ann.slash("ping")).reply()
        assert reply.text == f"from {process.pid}"
        process.kill()
        await process.wait()
        await server.until(lambda: not server.gateway.connected)
