"""What the server refuses in the body of a message: too much, malformed, contradictory."""

import io
from typing import Any

import discord
from discord.http import Route

from tests.discord_server import DiscordServer, Guild
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected

Json = dict[str, Any]
V2 = 1 << 15


class Sender(Bare):
    """Sends raw bodies, past what the library itself would catch."""

    async def post(self, channel_id: int, **body: object) -> Json:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        return await self.http.request(route, json=body)

    async def patch(self, channel_id: int, message_id: int, **body: object) -> Json:
        route = Route(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=channel_id,
            message_id=message_id,
        )
        return await self.http.request(route, json=body)


def button(custom_id: str = "b", **more: object) -> Json:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": custom_id, **more}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def select(count: int = 1, **more: object) -> Json:
    options = [{"label": f"l{i}", "value": f"v{i}"} for i in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def text(content: str) -> Json:
    return {"type": 10, "content": content}


CLASSIC: list[tuple[str, list[Json]]] = [
    ("BASE_TYPE_BAD_LENGTH", [row(button(str(i))) for i in range(6)]),
    ("BASE_TYPE_BAD_LENGTH", [row(*[button(str(i)) for i in range(6)])]),
    ("BASE_TYPE_BAD_LENGTH", [row()]),
    ("COMPONENT_LAYOUT_WIDTH_EXCEEDED", [row(select(), button())]),
    ("BASE_TYPE_BAD_LENGTH", [row(select(26))]),
    ("BASE_TYPE_BAD_LENGTH", [row(select(0))]),
    ("SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS", [row(select(1, max_values=2))]),
    (
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        [row({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "v"}] * 2})],
    ),
    ("BASE_TYPE_BAD_LENGTH", [row(button("x" * 101))]),
    ("BASE_TYPE_MAX_LENGTH", [row(button(label="x" * 81))]),
    ("BASE_TYPE_REQUIRED", [row({"type": 2, "style": 1, "label": "no id"})]),
    ("BASE_TYPE_REQUIRED", [row({"type": 2, "style": 5, "label": "no url"})]),
    ("BASE_TYPE_REQUIRED", [row({"type": 2, "style": 1, "custom_id": "nothing on it"})]),
    ("URL_TYPE_INVALID_SCHEME", [row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"})]),
    (
        "MUTUALLY_EXCLUSIVE",
        [row({"type": 2, "style": 5, "label": "x", "url": "https://x.org", "custom_id": "b"})],
    ),
    ("COMPONENT_CUSTOM_ID_DUPLICATED", [row(button("same")), row(button("same"))]),
    ("UNION_TYPE_CHOICES", [button()]),
    ("UNION_TYPE_CHOICES", [text("needs the flag")]),
    ("UNION_TYPE_CHOICES", [row({"type": 4, "custom_id": "t", "style": 1})]),
]

LAYOUT: list[tuple[str, list[Json]]] = [
    (
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
        [
            {"type": 17, "components": [text(str(i)) for i in range(20)]},
            {"type": 17, "components": [text(str(i)) for i in range(19)]},
        ],
    ),
    ("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", [text("x" * 2001), text("x" * 2000)]),
    (
        "COMPONENT_CUSTOM_ID_DUPLICATED",
        [
            row(button("same")),
            {"type": 9, "components": [text("a")], "accessory": button("same")},
        ],
    ),
    ("BASE_TYPE_REQUIRED", [{"type": 9, "components": [text("no accessory")]}]),
    ("UNION_TYPE_CHOICES", [{"type": 17, "components": [{"type": 17, "components": []}]}]),
    ("ATTACHMENT_NOT_FOUND", [{"type": 13, "file": {"url": "attachment://missing.txt"}}]),
    ("BASE_TYPE_BAD_LENGTH", [text("")]),
    ("COMPONENT_ID_DUPLICATED", [{**text("a"), "id": 7}, {**text("b"), "id": 7}]),
]


def media(url: str) -> Json:
    return {"url": url}


THUMBNAIL: Json = {"type": 11, "media": media("attachment://missing.png")}
LAYOUT += [
    ("ATTACHMENT_NOT_FOUND", [{"type": 9, "components": [text("a")], "accessory": THUMBNAIL}]),
    ("UNION_TYPE_CHOICES", [{"type": 9, "components": [text("a")], "accessory": text("b")}]),
    ("UNION_TYPE_CHOICES", [{"type": 9, "components": [row(button())], "accessory": button()}]),
    ("BASE_TYPE_BAD_LENGTH", [{"type": 9, "components": [text("a")] * 4, "accessory": button()}]),
    ("BASE_TYPE_BAD_LENGTH", [{"type": 12, "items": []}]),
    ("BASE_TYPE_REQUIRED", [{"type": 12, "items": [{}]}]),
    ("URL_TYPE_INVALID_URL", [{"type": 12, "items": [{"media": media("ftp://x.org/a")}]}]),
    (
        "description",
        [{"type": 12, "items": [{"media": media("https://x.org/a"), "description": "d" * 1025}]}],
    ),
    ("URL_TYPE_INVALID_URL", [{"type": 13, "file": media("https://x.org/a")}]),
    ("BASE_TYPE_REQUIRED", [{"type": 13}]),
    ("spacing", [{"type": 14, "spacing": 3}]),
    ("MODEL_TYPE_CONVERT", [{"type": 17, "components": ["text"]}]),
]
CLASSIC += [
    ("MODEL_TYPE_CONVERT", ["row"]),  # pyright: ignore[reportAssignmentType]
    ("MODEL_TYPE_CONVERT", [row("button")]),  # pyright: ignore[reportArgumentType]
    ("BUTTON_COMPONENT_INVALID_URL", [row(button(url="https://x.org"))]),
    ("LESS_THAN_MIN", [row(select(3, min_values=2, max_values=1))]),
    ("NUMBER_TYPE_COERCE", [row(button(style="primary"))]),
    ("NUMBER_TYPE_MAX", [row(button(style=9))]),
]


async def test_bodies(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot = Sender()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        for code, components in CLASSIC:
            with refused(50035, 400, code):
                await bot.post(channel.id, content="x", components=components)
        for code, components in LAYOUT:
            with refused(50035, 400, code):
                await bot.post(channel.id, components=components, flags=V2)
        embed = {"title": "t" * 256, "description": "d" * 4096}
        for code, body in (
            ("content", {"content": "x" * 2001}),
            ("content", {"content": 5}),
            ("LEGACY_FIELDS", {"content": "x", "components": [text("a")], "flags": V2}),
            ("LEGACY_FIELDS", {"embeds": [embed], "components": [text("a")], "flags": V2}),
            ("MAX_EMBED_SIZE_EXCEEDED", {"embeds": [embed, embed]}),
            ("BASE_TYPE_MAX_LENGTH", {"embeds": [{"title": "x"}] * 11}),
            ("BASE_TYPE_MAX_LENGTH", {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}),
            ("value", {"embeds": [{"fields": [{"name": "n", "value": "v" * 1025}]}]}),
            (
                "PARSE_EXCLUSIVE",
                {
                    "content": "x",
                    "allowed_mentions": {"parse": ["users"], "users": ["1"]},
                },
            ),
            ("nonce", {"content": "x", "nonce": "n" * 26}),
            ("MODEL_TYPE_CONVERT", {"embeds": ["embed"]}),
            ("LIST_TYPE_CONVERT", {"content": "x", "components": "row"}),
            ("MODEL_TYPE_CONVERT", {"content": "x", "allowed_mentions": "none"}),
            ("parse", {"content": "x", "allowed_mentions": {"parse": ["all"]}}),
            ("flags", {"content": "x", "flags": "64"}),
            ("ATTACHMENT_NOT_FOUND", {"content": "x", "attachments": [{"id": "0"}]}),
        ):
            with refused(50035, 400, code):
                await bot.post(channel.id, **body)
        for body in ({}, {"content": ""}, {"content": "  \n "}, {"embeds": []}):
            with refused(50006, 400):
                await bot.post(channel.id, **body)
    assert channel.messages == {}


async def test_the_shape_of_a_form_error(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot = Sender()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        with refused(50035):
            await bot.post(channel.id, content="x", components=[row(button(), button())])
    assert discord_server.requests[-1].response == {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {
            "components": {
                "0": {
                    "components": {
                        "1": {
                            "custom_id": {
                                "_errors": [
                                    {
                                        "code": "COMPONENT_CUSTOM_ID_DUPLICATED",
                                        "message": "Component custom id cannot be duplicated",
                                    }
                                ]
                            }
                        }
                    }
                }
            }
        },
    }


async def test_what_just_fits(discord_server: DiscordServer, discord_guild: Guild):
    bot = Sender()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        rows = [row(*[button(f"{i}{j}") for j in range(5)]) for i in range(4)]
        rows.append(row(select(25)))
        await bot.post(channel.id, content="x" * 2000, components=rows)
        inside = [text("x" * 100) for _ in range(39)]
        sent = await bot.post(channel.id, components=[{"type": 17, "components": inside}], flags=V2)
        await bot.patch(channel.id, int(sent["id"]), components=[text("x" * 4000)])
        with refused(50035, path="LEGACY_FIELDS"):
            await bot.patch(channel.id, int(sent["id"]), content="back to classic")
        classic = await bot.post(channel.id, content="classic")
        with refused(50035, path="LEGACY_FIELDS"):
            await bot.patch(channel.id, int(classic["id"]), components=[text("a")], flags=V2)
        await bot.patch(
            channel.id, int(classic["id"]), content=None, components=[text("a")], flags=V2
        )


async def test_pictures_in_layouts(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        view = discord.ui.LayoutView(timeout=None)
        picture = discord.ui.Thumbnail[discord.ui.LayoutView]("attachment://a.png")
        view.add_item(discord.ui.Section("with a picture", accessory=picture))
        gallery = discord.ui.MediaGallery[discord.ui.LayoutView]()
        gallery.add_item(media="https://example.org/b.png", description="elsewhere")
        view.add_item(gallery)
        place = bot.get_partial_messageable(channel.id)
        sent = await place.send(view=view, file=discord.File(io.BytesIO(b"png"), "a.png"))
        section, shown = sent.components
        assert isinstance(section, discord.SectionComponent)
        assert isinstance(shown, discord.MediaGalleryComponent)
        assert isinstance(section.accessory, discord.ThumbnailComponent)
        assert await bot.http.get_from_cdn(section.accessory.media.url) == b"png"
        assert shown.items[0].media.url == "https://example.org/b.png"
