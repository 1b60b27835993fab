"""German is complete: every sentence, its places and plurals, within what platforms show."""

from __future__ import annotations

import ast
import io
import string
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from bot.app import registry_of
from bot.clock import SystemClock
from bot.domain.taxonomy import List, taxonomy
from bot.runtime.scanning import Scanning
from bot.ui.action import asked_fields
from bot.ui.language import catalogue, languages, plainly
from bot.ui.limits import LIMITS
from bot.ui.words import Msg, ngettext
from cogs.mentors.labels import Labels
from storage import memory_store
from tests.german import GERMAN, german, up_to_date
from tests.messages import TEMPLATE
from tests.test_sentences import FILES, calls, name_of


def fields(text: str) -> set[str]:
    return {field for _text, field, _spec, _how in string.Formatter().parse(text) if field}


def _plain(words: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    return words if isinstance(words, str) else tuple(words)


def pairs() -> Iterator[tuple[str | tuple[str, ...], str | tuple[str, ...]]]:
    with TEMPLATE.open("rb") as source:
        template = read_po(source)
    kept = german()
    for message in template:
        if message.id:
            found = kept.get(message.id)
            said = (found.string if found is not None else None) or ""
            yield _plain(message.id), _plain(said)


_MOST_NEW = 60
"""A new sentence is read in English until it is translated; more than these are forgotten."""


def test_every_sentence_is_there() -> None:
    lacking = [id for id, said in pairs() if not all(said if isinstance(said, tuple) else (said,))]
    assert len(lacking) <= _MOST_NEW, lacking


def test_the_lists_of_mentors_are_read_and_typed_in_german() -> None:
    shipped, kept = taxonomy(), german()
    for of, entries in shipped.lists.items():
        for key, label in entries.items():
            found = kept.get(label)
            assert found is not None, label
            assert found.string, label
            assert Labels(shipped).key(of, f" {found.string} ".upper().lower()) == key, label
    assert Labels(shipped).key(List.REGIONS, "nowhere at all") is None


def test_bringing_it_up_to_date_keeps_every_word() -> None:
    kept = german()
    with GERMAN.open("rb") as file:
        before = {one.id: one.string for one in read_po(file, locale="de")}
    renewed = read_po(io.BytesIO(up_to_date(kept).encode()), locale="de")
    for message in renewed:
        if message.id:
            assert message.string == before.get(message.id, message.string)


def test_the_places_in_a_sentence_are_those_of_the_original() -> None:
    wrong: list[object] = []
    for id, said in pairs():
        if isinstance(id, tuple):
            assert isinstance(said, tuple), id
            assert len(said) == 2, id
            if not all(said):
                continue
            # One of them may leave the number out, where a word says it.
            if any(
                fields(mine) - {"count"} != fields(theirs) - {"count"}
                for mine, theirs in zip(id, said, strict=True)
            ):
                wrong.append((id, said))
        elif isinstance(said, str) and said and fields(id) != fields(said):
            wrong.append((id, said))
    assert wrong == []


def test_the_voice_is_the_same_in_german() -> None:
    """No exclamation marks, no familiar form, nothing left in English."""
    for id, said in pairs():
        forms = said if isinstance(said, tuple) else (said,)
        for form in forms:
            words = "".join(text for text, *_rest in string.Formatter().parse(form))
            assert "!" not in words, form
            assert not {"du", "dein", "deine", "dir", "dich"} & set(words.lower().split()), form
            if not form:
                continue
            assert (form[0] == " ") == ((id if isinstance(id, str) else id[0])[0] == " "), form


def test_numbers_read_right() -> None:
    spoken = catalogue("de")
    utc = ZoneInfo("UTC")
    one, many = (
        ngettext("{count} seat", "{count} seats", 1),
        ngettext("{count} seat", "{count} seats", 3),
    )
    assert plainly(one, spoken, utc) == "1 Platz"
    assert plainly(many, spoken, utc) == "3 Plätze"
    assert languages()["de"] == "Deutsch"


async def test_labels_are_within_what_every_platform_shows() -> None:
    spoken = catalogue("de")
    store = memory_store()
    registry = registry_of(store, SystemClock(), Scanning())
    long: list[str] = []

    def look(words: Msg | None, most: int) -> None:
        said = "" if words is None else spoken.gettext(words.text)
        if words is not None and len(said) > max(most, len(words.text)):
            long.append(f"{len(said)}>{most}: {said}")

    for action in registry.actions.values():
        for field in asked_fields(action):
            if field.ask is None:
                continue
            look(field.ask.label, LIMITS.field_label)
            look(field.ask.hint, LIMITS.command_about)
            for option in field.ask.options:
                look(option.label if isinstance(option.label, Msg) else None, LIMITS.option_label)
    for command in registry.commands.values():
        look(command.about, LIMITS.command_about)
    for entry in registry.entries.values():
        look(entry.label, LIMITS.entry_label)
    most = {"Form": LIMITS.form_title, "Button": LIMITS.button_label}
    for file in FILES:
        for call in calls(file):
            first = call.args[0] if call.args else None
            if name_of(call) in most and isinstance(first, ast.Call) and name_of(first) == "_":
                text = first.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    said = spoken.gettext(text.value)
                    if len(said) > max(most[name_of(call)], len(text.value)):
                        long.append(f"{len(said)}>{most[name_of(call)]}: {said}")
    await store.close()
    assert long == []
