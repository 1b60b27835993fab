"""Everything that the page says by itself is said in German as well."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from adapters.preview.people import PERSONAS, People
from adapters.preview.sample import talk
from adapters.preview.server import PAGE
from adapters.preview.world import CHANNELS, World

_SAID = re.compile(r'\bt\(("(?:[^"\\]|\\.)*")')
_LINE = re.compile(r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
_REFUSED = re.compile(r'Refused\(\s*("(?:[^"\\]|\\.)*")')
_GAP = re.compile(r"\{(\w+)\}")


def german() -> dict[str, str]:
    found = _LINE.findall((PAGE / "german.js").read_text(encoding="utf-8"))
    return {json.loads(text): json.loads(said) for text, said in found}


def test_every_word_of_the_page_is_there() -> None:
    known = german()
    said = {
        json.loads(text)
        for path in PAGE.glob("*.js")
        for text in _SAID.findall(path.read_text(encoding="utf-8"))
    }
    assert len(said) > 50
    assert said - known.keys() == set()
    for text, shown in known.items():
        assert set(_GAP.findall(text)) == set(_GAP.findall(shown)), text


def test_every_no_of_the_preview_and_its_sample_are_there() -> None:
    known = german()
    here = PAGE.parent
    refused = {
        json.loads(text)
        for name in ("desk.py", "server.py")
        for text in _REFUSED.findall((here / name).read_text(encoding="utf-8"))
    }
    assert len(refused) > 10
    assert refused - known.keys() == set()
    assert {one.about for one in CHANNELS} - known.keys() == set()
    assert {one.part for one in PERSONAS} - known.keys() == set()
    world = World(People())
    talk(world, datetime(2027, 3, 1, 12, tzinfo=UTC))
    moderator = next(one for one in PERSONAS if one.id == "moderator")
    lines = {one.body.typed for one in world.since(moderator, 0)}
    assert len(lines) > 5
    assert lines - known.keys() == set()


def test_what_guides_go_by_has_one_name() -> None:
    assert not german().keys() & {"Persona", "Channels", "Messages", "Message", "Clock"}
