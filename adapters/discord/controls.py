"""Buttons and lists on messages: one `DynamicItem` carries every one of them by its payload.

So the library holds nothing about a message that was sent, and a button that is years old works
after any restart. What a pressed control means is read by the core.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, Protocol, assert_never, cast

import discord
from discord import ui

from adapters.discord.escaping import one_line
from adapters.discord.render import (
    Attached,
    Control,
    Cover,
    Enclosed,
    Line,
    Picture,
    Prose,
    Row,
    Sheet,
)
from bot.runtime.screen import Voice
from bot.ui.language import plainly
from bot.ui.parts import Button, Link, Look, Select
from bot.ui.words import Msg, Typed

LABEL, OPTION, PLACEHOLDER = 80, 100, 150

_LOOKS = {
    Look.PLAIN: discord.ButtonStyle.secondary,
    Look.MAIN: discord.ButtonStyle.primary,
    Look.GRAVE: discord.ButtonStyle.danger,
}


class TakesPresses(Protocol):
    """The client, as far as a pressed control needs it."""

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a pressed control."""
        ...


class Wired(ui.DynamicItem[Any], template=re.compile(r"[\s\S]+")):
    """Any control. The pattern takes everything, so that even a payload that nobody can read any
    more gets an answer."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Wired:
        """The control that was pressed, taken from the message itself."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Somebody pressed it."""
        await cast(TakesPresses, interaction.client).pressed(interaction)


class Rows(ui.View):
    """Rows of a classic message.

    "Finished" from the start, so that the library stores no view: a stored view that times out or
    is replaced can take the pattern of `Wired` with it, and all buttons would die.
    """

    def __init__(self) -> None:
        super().__init__(timeout=None)

    def is_finished(self) -> bool:
        """Never to be stored."""
        return True


class Layout(ui.LayoutView):
    """A Components V2 message; never stored either."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    def is_finished(self) -> bool:
        """Never to be stored."""
        return True


def view_of(sheet: Sheet) -> Rows | Layout | None:
    """The components of a message; None if it has none."""
    if sheet.layout:
        return _layout(sheet)
    if not sheet.rows:
        return None
    rows = Rows()
    for index, row in enumerate(sheet.rows):
        for control in row.controls:
            item = _item(control, sheet.voice)
            item.row = index
            rows.add_item(item)
    return rows


def files_of(sheet: Sheet) -> list[discord.File]:
    """The files of a message, ready to be sent once."""
    return [_file(file) for file in sheet.files]


def mentions_of(sheet: Sheet) -> discord.AllowedMentions:
    """Nobody is called but who should be."""
    called: Sequence[discord.Object] = [discord.Object(user) for user in sorted(sheet.pings)]
    return discord.AllowedMentions(
        everyone=False, roles=False, replied_user=False, users=called or False
    )


def _layout(sheet: Sheet) -> Layout:
    layout = Layout()
    for block in sheet.blocks:
        match block:
            case Prose(text):
                layout.add_item(ui.TextDisplay(text))
            case Row(controls):
                layout.add_item(ui.ActionRow(*(_item(one, sheet.voice) for one in controls)))
            case Picture(file):
                layout.add_item(_gallery(file))
            case Enclosed(file):
                layout.add_item(ui.File(f"attachment://{file.name}"))
            case Cover(inside):
                layout.add_item(
                    ui.Container(
                        *(
                            ui.TextDisplay(one.text)
                            if isinstance(one, Prose)
                            else _gallery(one.file)
                            for one in inside
                        ),
                        spoiler=True,
                    )
                )
            case Line():
                layout.add_item(ui.Separator())
            case _:
                assert_never(block)
    return layout


def _gallery(file: Attached) -> ui.MediaGallery[Any]:
    item = discord.MediaGalleryItem(f"attachment://{file.name}", description=file.about or None)
    return ui.MediaGallery(item)


def _file(file: Attached) -> discord.File:
    return discord.File(
        io.BytesIO(file.content), filename=file.name, description=file.about or None
    )


def _item(control: Control, voice: Voice) -> ui.Item[Any]:
    label = words(control.label, voice)
    match control:
        case Button():
            custom_id = voice.wire(control)
            button: ui.Button[Any] = ui.Button(
                label=label[:LABEL], style=_LOOKS[control.look], custom_id=custom_id
            )
            return Wired(button)
        case Link(_, url):
            return ui.Button(label=label[:LABEL], url=url)
        case Select():
            most = min(control.most, len(control.options))
            return Wired(
                ui.Select(
                    custom_id=voice.wire(control),
                    placeholder=label[:PLACEHOLDER],
                    # Several may be taken back altogether; one of a list cannot be un-chosen.
                    min_values=0 if control.most > 1 else 1,
                    max_values=most,
                    options=[
                        discord.SelectOption(
                            label=words(option.label, voice)[:OPTION],
                            value=option.value,
                            default=option.value in control.chosen[:most],
                        )
                        for option in control.options
                    ],
                )
            )
        case _:
            assert_never(control)


def words(label: Msg | Typed, voice: Voice) -> str:
    """A label, which knows no markup: one line, never empty."""
    return one_line(plainly(label, voice.catalogue, voice.zone)) or "\u2013"
