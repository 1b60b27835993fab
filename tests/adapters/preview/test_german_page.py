"""Everything that the page says by itself is said in German as well."""

from __future__ import annotations

import json
import re

from adapters.preview.server import PAGE

_SAID = re.compile(r'\bt\(("(?:[^"\\]|\\.)*")')
_LINE = re.compile(r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
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


def test_what_guides_go_by_has_one_name() -> None:
    assert not german().keys() & {"Persona", "Channels", "Messages", "Message", "Clock"}
