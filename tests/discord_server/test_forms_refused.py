"""Forms: what the server refuses to open and what a person cannot send."""

from typing import Any

import discord
import pytest
from discord.http import Route

from tests.discord_server import DiscordServer, Guild, NotOffered, Person
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected

Json = dict[str, Any]


def label(component: Json, **more: object) -> Json:
    return {"type": 18, "label": "Label", "component": component, **more}


def text_input(custom_id: str = "t", **more: object) -> Json:
    return {"type": 4, "custom_id": custom_id, "style": 1, **more}


def modal(*components: Json, **more: object) -> Json:
    return {"title": "Title", "custom_id": "form", "components": list(components), **more}


def callback(interaction: discord.Interaction) -> Route:
    path = "/interactions/{id}/{token}/callback"
    return Route("POST", path, id=interaction.id, token=interaction.token)


OPTIONS = [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]

REFUSED: list[tuple[str, Json]] = [
    ("title", modal(label(text_input()), title="x" * 46)),
    ("title", modal(label(text_input()), title="")),
    ("custom_id", modal(label(text_input()), custom_id="x" * 101)),
    ("components", modal()),
    ("components", modal(*[label(text_input(str(i))) for i in range(6)])),
    ("COMPONENT_CUSTOM_ID_DUPLICATED", modal(label(text_input()), label(text_input()))),
    ("label", modal(label(text_input(), label="x" * 46))),
    ("description", modal(label(text_input(), description="x" * 101))),
    ("component", modal({"type": 18, "label": "empty"})),
    ("UNION_TYPE_CHOICES", modal(label({"type": 2, "style": 1, "custom_id": "b", "label": "x"}))),
    ("UNION_TYPE_CHOICES", modal(text_input())),
    ("UNION_TYPE_CHOICES", modal({"type": 1, "components": [
        {"type": 3, "custom_id": "s", "options": OPTIONS}
    ]})),
    ("label", modal({"type": 1, "components": [text_input()]})),
    ("placeholder", modal(label(text_input(placeholder="x" * 101)))),
    ("value", modal(label(text_input(value="x" * 4001)))),
    ("max_length", modal(label(text_input(max_length=4001)))),
    ("MIN_LENGTH_EXCEEDS", modal(label(text_input(min_length=5, max_length=4)))),
    ("options", modal(label({"type": 3, "custom_id": "s", "options": []}))),
    ("max_values", modal(label({"type": 19, "custom_id": "f", "max_values": 11}))),
    ("REQUIRED_MIN_VALUES", modal(label({"type": 19, "custom_id": "f", "min_values": 0}))),
    ("options", modal(label({"type": 21, "custom_id": "r", "options": OPTIONS[:1]}))),
    ("options", modal(label({"type": 22, "custom_id": "c", "options": [
        {"label": str(i), "value": str(i)} for i in range(11)
    ]}))),
    ("style", modal(label({"type": 4, "custom_id": "t"}))),
]  # fmt: skip


async def test_forms_that_do_not_open(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)

    async def ask(interaction: discord.Interaction) -> None:
        route = callback(interaction)
        for fault, data in REFUSED:
            with refused(50035, 400, fault):
                await bot.http.request(route, json={"type": 9, "data": data})
        fits = modal(*[label(text_input(str(i), label=None)) for i in range(5)])
        await bot.http.request(route, json={"type": 9, "data": fits})

    bot.command("ask", ask)
    async with connected(discord_server, bot):
        opened = await (await ann.slash("ask")).modal()
        assert list(opened.fields) == ["0", "1", "2", "3", "4"]
    assert not bot.errors
    assert len(discord_server.requests[-1].body["data"]["components"]) == 5


FORM = modal(
    label(text_input("name", min_length=2, max_length=4)),
    label(text_input("note", required=False, value="as before")),
    label({"type": 3, "custom_id": "topics", "options": OPTIONS, "max_values": 2}),
    label({"type": 19, "custom_id": "files", "max_values": 1}),
    label({"type": 22, "custom_id": "boxes", "options": OPTIONS, "required": False}),
)


async def _opened(server: DiscordServer, bot: Bare, ann: Person):
    async def ask(interaction: discord.Interaction) -> None:
        route = callback(interaction)
        await bot.http.request(route, json={"type": 9, "data": FORM})

    bot.command("ask", ask)
    async with connected(server, bot):
        yield await (await ann.slash("ask")).modal()


async def test_what_a_person_cannot_send(discord_server: DiscordServer, discord_guild: Guild):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    file = ann.upload(b"x", "x.txt")
    right: Json = {"name": "Ann", "topics": ["A", "b"], "files": [file]}
    async for opened in _opened(discord_server, bot, ann):
        for change, why in (
            ({"name": ""}, "needs an answer"),
            ({"name": "A"}, "2 to 4 characters"),
            ({"name": "Annie"}, "2 to 4 characters"),
            ({"name": 5}, "takes text"),
            ({"topics": []}, "takes 1 to 2"),
            ({"topics": ["C"]}, "does not offer"),
            ({"files": []}, "takes 1 to 1 files"),
            ({"files": [file, file]}, "takes 1 to 1 files"),
            ({"files": [b"raw"]}, "takes files"),
            ({"boxes": ["C"]}, "does not offer"),
            ({"other": "x"}, "no field"),
        ):
            with pytest.raises(NotOffered, match=why):
                await ann.submit(opened, {**right, **change})
        turn = await ann.submit(opened, right)
        sent = turn.interaction.payload["data"]
        values = [
            c["component"].get("value", c["component"].get("values")) for c in sent["components"]
        ]
        (file_id,) = sent["resolved"]["attachments"]
        assert values == ["Ann", "as before", ["a", "b"], [file_id], []]
