"""Screens and forms as the page gets them: every part, every kind, nothing as markup."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from adapters.preview.people import CAN, People, arrival
from adapters.preview.render import Choices, body_of, commands_json, form_json, picture_type
from adapters.preview.world import CHANNELS
from bot.clock import HandMovedClock
from bot.domain.people import CommunityId
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.runtime.screen import FormScreen, Screen, Voice
from bot.ui.action import Kind
from bot.ui.language import catalogue
from bot.ui.parts import Can, Reply, settle
from storage import memory_store
from tests.adapters.preview.gallery import HOSTILE, Everything, Gallery, picture
from tests.adapters.preview.opened import NOW

VOICE = Voice(CommunityId(1), "en", ZoneInfo("Europe/Berlin"))
PEOPLE = People()
CHOICES = Choices(PEOPLE, CHANNELS)


async def everything(can: frozenset[Can] = CAN) -> Screen:
    reply: Reply = await Gallery().everything(None, Everything())  # pyright: ignore[reportArgumentType]
    return Screen(settle(reply.parts, can), VOICE)


async def test_every_part() -> None:
    body = body_of(await everything())
    parts: list[Any] = list(body.parts)
    assert [part["part"] for part in parts] == [
        "text", "text", "text", "when", "person", "facts", "divider", "select", "select", "image",
        "file", "hidden", "row", "text",
    ]  # fmt: skip
    (
        heading,
        text,
        quiet,
        when,
        person,
        facts,
        _line,
        select,
        several,
        image,
        file,
        hidden,
        row,
        _,
    ) = parts
    assert (heading["style"], quiet["style"]) == ("heading", "quiet")
    atoms = [piece for piece in text["words"] if isinstance(piece, dict)]
    assert [atom["is"] for atom in atoms] == [
        "person", "person", "when", "when", "code", "strong", "typed",
    ]  # fmt: skip
    assert atoms[0] == {"is": "person", "name": "Ingrid Solberg", "id": "mentor", "ping": False}
    assert atoms[1]["id"] is None
    assert atoms[2] == {"is": "when", "at": "2027-03-09T17:00:00+00:00", "date": True}
    assert atoms[3]["date"] is False
    assert atoms[-1]["text"] == HOSTILE
    assert quiet["words"][1] == {"is": "slash", "text": "/help"}
    assert when["at"] == "2027-03-09T17:00:00+00:00"
    assert person["id"] == "mentor"
    assert facts["rows"][0][0] == ["Host"]
    assert (select["most"], several["most"]) == (1, 2)
    assert select["options"][1] == {"value": "first job", "label": "First job"}
    assert image["alt"] == "A grey gradient, dark at the top left"
    assert body.blobs[image["blob"]].media_type == "image/png"
    assert body.blobs[file["blob"]].content == b"BEGIN:VCALENDAR"
    assert [part["part"] for part in hidden["parts"]] == ["text", "facts"]
    assert [item["part"] for item in row["items"]] == ["button", "button", "button", "link"]
    assert [item.get("look") for item in row["items"]] == ["plain", "main", "grave", None]
    assert len(body.wires) == 5


async def test_both_branches_of_a_capability() -> None:
    stays: Any = body_of(await everything()).parts[-1]
    goes: Any = body_of(await everything(frozenset())).parts[-1]
    assert (stays["words"], goes["words"]) == (["It stays."], ["It goes."])


def test_only_pictures_are_shown_inline() -> None:
    assert picture_type(picture(2, 2)) == "image/png"
    assert picture_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert picture_type(b"GIF89a") == "image/gif"
    assert picture_type(b"RIFF\0\0\0\0WEBPVP8 ") == "image/webp"
    for other in (b"<svg onload=alert(1)>", b"<html>", b"%PDF-", b"", b"RIFF"):
        assert picture_type(other) == "application/octet-stream"


async def test_a_form_with_a_field_of_each_kind() -> None:
    core = Core(
        Registry([Gallery().feature()]), memory_store(), HandMovedClock(NOW), Doors(), set_up=True
    )
    trainee = PEOPLE.get("trainee")
    assert trainee is not None
    shown = await core.command(arrival(trainee, "general", "Europe/Berlin"), "gallery fill", {})
    assert isinstance(shown, FormScreen)
    form: Any = form_json(shown, CHOICES)
    fields = {field["id"]: field for field in form["fields"]}
    assert {field["kind"] for field in fields.values()} == {kind.name.lower() for kind in Kind}
    assert form["pages"] == 1
    assert fields["title"]["required"]
    assert fields["title"]["hint"] == ["As others will see it"]
    assert fields["minutes"]["value"] == 45
    # What has a usual value cannot be left empty: there is no dash beside its choices.
    assert fields["minutes"]["usual"]
    assert not fields["agenda"]["usual"]
    assert fields["agenda"]["lines"] == 4
    assert [option["value"] for option in fields["topic"]["options"]][1] == "first job"
    assert fields["session"]["options"][0]["label"] == "Talking through a first UFE"
    assert {"value": "mentor", "label": "Ingrid Solberg"} in fields["cohost"]["options"]
    assert {"value": "cases", "label": "#cases"} in fields["channel"]["options"]
    assert fields["role"]["options"][0]["value"] == "students"


def test_the_list_of_commands() -> None:
    found = commands_json(Registry([Gallery().feature()]), catalogue("en"), CHOICES)
    names = [command["name"] for command in found]
    assert names == sorted(str(name) for name in names)
    fill: Any = next(command for command in found if command["name"] == "gallery fill")
    assert fill["files"]
    assert "tags" not in [option["id"] for option in fill["options"]]
    assert {option["kind"] for option in fill["options"]}.isdisjoint(
        {"choices", "members", "files"}
    )
