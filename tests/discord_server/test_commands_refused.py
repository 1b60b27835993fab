"""Registering commands: what the server keeps, gives back, and refuses."""

from typing import Any

import discord
import pytest
from discord import app_commands

from tests.discord_server import DiscordServer, Guild, NotOffered
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected
from tests.discord_server.invoking import find_command

Json = dict[str, Any]


class Registrar(Bare):
    async def put(self, *commands: Json, guild: int | None = None) -> list[Json]:
        assert self.application_id is not None
        if guild is None:
            return await self.http.bulk_upsert_global_commands(self.application_id, [*commands])  # pyright: ignore[reportArgumentType, reportReturnType]
        return await self.http.bulk_upsert_guild_commands(self.application_id, guild, [*commands])  # pyright: ignore[reportArgumentType, reportReturnType]


def command(name: str = "hours", **more: object) -> Json:
    return {"type": 1, "name": name, "description": "d", **more}


def option(name: str = "o", kind: int = 3, **more: object) -> Json:
    return {"type": kind, "name": name, "description": "d", **more}


REFUSED: list[tuple[str, Json]] = [
    ("name", command("x" * 33)),
    ("APPLICATION_COMMAND_INVALID_NAME", command("Hours")),
    ("APPLICATION_COMMAND_INVALID_NAME", command("two words")),
    ("description", command(description="")),
    ("description", command(description="d" * 101)),
    ("description_localizations", command(description_localizations={"de": "d" * 101})),
    ("xx", command(description_localizations={"xx": "d"})),
    ("BASE_TYPE_REQUIRED", {"type": 1, "name": "hours"}),
    ("options", command(options=[option(f"o{i}") for i in range(26)])),
    ("options", command(options=[option(f"s{i}", 1) for i in range(26)])),
    ("OPTIONS_NAME_ALREADY_EXISTS", command(options=[option(), option()])),
    ("REQUIRED_INVALID", command(options=[option("a"), option("b", required=True)])),
    ("OPTIONS_TYPE_INVALID", command(options=[option("a", 1), option("b")])),
    ("type", command(options=[option(kind=12)])),
    (
        "choices",
        command(options=[option(choices=[{"name": str(i), "value": str(i)} for i in range(26)])]),
    ),
    ("value", command(options=[option(choices=[{"name": "x", "value": "v" * 101}])])),
    (
        "CHOICES_EXCLUSIVE",
        command(options=[option(autocomplete=True, choices=[{"name": "x", "value": "x"}])]),
    ),
    ("description", command(options=[option(description="d" * 101)])),
    ("type", command(options=[option("g", 2, options=[option("h", 2)])])),
    (
        "APPLICATION_COMMAND_TOO_LARGE",
        command(
            options=[
                option(
                    f"o{i}",
                    choices=[
                        {"name": f"{j}{'n' * 60}", "value": f"{j}{'v' * 60}"} for j in range(25)
                    ],
                )
                for i in range(3)
            ]
        ),
    ),
    ("INVALID_DESCRIPTION", {"type": 3, "name": "Report", "description": "not here"}),
]


async def test_what_is_refused(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot = Registrar()
    async with connected(discord_server, bot):
        for fault, raw in REFUSED:
            with refused(50035, 400, fault):
                await bot.put(raw)
        with refused(50035, 400, "DUPLICATE_NAME"):
            await bot.put(command(), command())
        with refused(30032, 400):
            await bot.put(*[command(f"c{i}") for i in range(101)])
        with refused(30032, 400):
            await bot.put(*[{"type": 3, "name": f"m{i}"} for i in range(16)])
        with refused(50001, 403):
            await bot.put(command(), guild=1)
        with refused(10002, 404):
            await bot.http.get_global_commands(1)
    assert discord_server.world.global_commands == {}


async def test_what_fits(discord_server: DiscordServer, discord_guild: Guild):
    bot = Registrar()
    async with connected(discord_server, bot):
        made = await bot.put(
            *[command(f"c{i}") for i in range(99)],
            command("hours", options=[option(f"s{i}", 1) for i in range(25)]),
            {"type": 3, "name": "Report this"},
            {"type": 2, "name": "Show"},
        )
        assert len(made) == 102
        again = await bot.put(*[command(f"c{i}") for i in range(98)], command("c98", nsfw=True))
        assert [c["id"] for c in again] == [c["id"] for c in made[:99]]
        assert [c["version"] for c in again[:98]] == [c["version"] for c in made[:98]]
        assert again[98]["version"] != made[98]["version"]
        fetched = await bot.tree.fetch_commands()
        assert len(fetched) == 99


async def test_what_comes_back_equals_what_was_sent(
    discord_server: DiscordServer, discord_guild: Guild
):
    """A bot that registers only on a difference can see that there is none."""
    bot = Bare()

    @bot.tree.command(description="Everything")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    @app_commands.choices(mode=[app_commands.Choice(name="A", value="a")])
    async def everything(
        interaction: discord.Interaction,
        mode: str,
        count: app_commands.Range[int, 1, 10],
        words: app_commands.Range[str, 1, 100] | None = None,
        who: discord.Member | None = None,
    ) -> None: ...

    async with connected(discord_server, bot):
        (sent,) = discord_server.sent("PUT", "/applications/{application_id}/commands")
        # raw: `AppCommand` of the library reads contexts one off
        raw = await bot.http.get_global_commands(discord_server.world.application.id)
        again: Json = {**raw[0]}
        for key in ("type", "name", "description", "contexts", "nsfw"):
            assert again.get(key) == sent.body[0].get(key), key
        plain = [{k: v for k, v in o.items() if v is not False} for o in sent.body[0]["options"]]
        assert again["options"] == plain  # what is false is left out
        wanted = sent.body[0]["default_member_permissions"]
        assert again["default_member_permissions"] == str(wanted)


async def test_who_is_offered_what(discord_server: DiscordServer, discord_guild: Guild):
    server, bot = discord_server, Registrar()
    ann = server.person("Ann", discord_guild)
    (channel,) = discord_guild.channels.values()
    owner = server.world.users[discord_guild.owner_id]
    async with connected(server, bot):
        await bot.put(
            command("setup", default_member_permissions=str(1 << 5)),
            command("admins", default_member_permissions="0"),
            command("servers", contexts=[0]),
            command("direct", contexts=[1]),
            command("local", description="global"),
        )
        await bot.put(command("local", description="own"), guild=discord_guild.id)
        for name in ("setup", "admins", "direct", "missing"):
            with pytest.raises(NotOffered):
                await ann.slash(name)
        for name in ("setup", "admins", "servers"):
            find_command(server, owner, name, channel)
        for name in ("servers", "missing"):
            with pytest.raises(NotOffered):
                await ann.slash(name, channel=ann.dm)
        find_command(server, ann.user, "direct", ann.dm)
        assert find_command(server, ann.user, "local", channel)["description"] == "own"
        assert find_command(server, ann.user, "local", ann.dm)["description"] == "global"
        server.overwrite(channel, discord_guild.roles[discord_guild.id], deny=1 << 31)
        with pytest.raises(NotOffered, match="cannot be used"):
            await ann.slash("servers", channel=channel)
        server.remove_bot(discord_guild)
        with pytest.raises(NotOffered, match="not in this server"):
            await ann.slash("servers", channel=channel)


async def test_one_command_at_a_time(discord_server: DiscordServer, discord_guild: Guild):
    bot, app = Registrar(), discord_server.world.application.id
    async with connected(discord_server, bot):
        made = await bot.http.upsert_global_command(app, command("one"))  # pyright: ignore[reportArgumentType]
        again = await bot.http.upsert_global_command(app, command("one", description="new"))  # pyright: ignore[reportArgumentType]
        assert made["id"] == again["id"]
        found = await bot.http.get_global_command(app, int(made["id"]))
        assert found["description"] == "new"
        assert [r.status for r in discord_server.requests[-3:]] == [201, 200, 200]
        await bot.http.delete_global_command(app, int(made["id"]))
        for lost in (bot.http.get_global_command, bot.http.delete_global_command):
            with refused(10063, 404):
                await lost(app, int(made["id"]))
