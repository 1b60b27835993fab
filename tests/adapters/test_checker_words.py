"""The checker page has every sentence of its own in German."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.checker.build import HERE, SITE, joined

NOTES = re.compile(
    r"^(?:const )?[A-Z_]+(?:: Final)? =\s+(?:\(\s*)?((?:\"[^\"]+\"\s*)+)", re.MULTILINE
)
STATIC = re.compile(r"<(h1|h3|p|label|button|summary|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
NOTED = ("drawing.py", "fields.py", "picture.py", "site/files.js", "site/video.js")
SPOKEN = re.compile(r'say_\(\s*(?:\w+ \? )?"([^"]+)"')
LISTED = re.compile(r'(?:block|warn|nothing_found):\s+"([^"]+)"')


def test_every_sentence_of_the_page_is_there_in_german() -> None:
    german = set(re.findall(r'^  "((?:[^"\\]|\\.)+)":', _text("german.js"), re.MULTILINE))
    wanted: set[str] = set()
    for _, inside in STATIC.findall(_text("frame.html")):
        words = re.sub(r"\s+", " ", inside).strip()
        if "<button" in words:
            words = ""
        if words and not words.startswith("<"):
            wanted.add(words)
    wanted |= {words for _, words in re.findall(r"<(button)[^>]*>([^<]+)<", _text("frame.html"))}
    for name in ("frame.js", "picture.js", "boxes.js"):
        wanted |= set(SPOKEN.findall(_text(name))) | set(LISTED.findall(_text(name)))
    wanted |= {words for name in NOTED for words in _notes(HERE / name)}
    assert len(wanted) > 55
    assert wanted - german == set()


def test_a_name_that_two_scripts_use_fails_the_build() -> None:
    assert joined({"a.js": "const one = 1;", "b.js": "  const one = 2;"}).count("one") == 2
    with pytest.raises(SystemExit, match=r"one is named in a\.js and in b\.js"):
        joined({"a.js": "const one = 1;", "b.js": "async function one() {}"})


def _notes(file: Path) -> set[str]:
    """Sentences with a name of their own: what was not looked at, and why."""
    said = {
        "".join(re.findall(r'"([^"]+)"', one)) for one in NOTES.findall(file.read_text("utf-8"))
    }
    return {words for words in said if words.endswith(".")}


def _text(name: str) -> str:
    return (SITE / name).read_text(encoding="utf-8")
