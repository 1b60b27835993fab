"""Every sentence people read is marked for translation, and keeps the voice of the house."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.ui import language
from bot.ui.words import _, ngettext
from tests.messages import TEMPLATE, template

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path
    for folder in ("bot/ui", "bot/runtime", "cogs", "adapters")
    for path in (ROOT / folder).rglob("*.py")
)
SPEAKING = {
    "Ask",
    "Button",
    "Command",
    "Facts",
    "File",
    "Form",
    "Hidden",
    "Image",
    "Link",
    "Option",
    "Problem",
    "Select",
    "Text",
}
"""Constructors that take words; which of their arguments are words follows from how they read."""
UNTYPED = {"Typed", "Strong"}
MARKERS = {"_": 1, "ngettext": 2}
_READS = re.compile(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_FORBIDDEN = re.compile(
    r"!|\bsafe\b|\bclean\b|complian|\bjust\b|still waiting|guild|workspace|interaction",
    re.IGNORECASE,
)


def name_of(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value
            for part in node.values
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
    return None


def unmarked(path: Path) -> list[str]:
    found: list[str] = []
    for call in calls(path):
        name = name_of(call)
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name in SPEAKING | UNTYPED:
            for argument in arguments:
                text = literal(argument)
                if text is not None and _READS.search(text) and name != "Command":
                    found.append(f"{path.name}:{argument.lineno}: {text!r}")
        if name in MARKERS and isinstance(call.func, ast.Name):
            for argument in call.args[: MARKERS[name]]:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    found.append(f"{path.name}:{argument.lineno}: not a literal")
    return found


def sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in ("bot", "cogs", "adapters"):
        for file, line, message, _comments, _context in extract_from_dir(ROOT / folder):
            for text in (message,) if isinstance(message, str) else message:
                found[text] = f"{folder}/{file}:{line}"
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_is_marked(path: Path) -> None:
    assert unmarked(path) == []


def test_the_check_can_fail(tmp_path: Path) -> None:
    scratch = tmp_path / "bad.py"
    source = 'Text("This is not marked")\n_(f"Nor {this}")\nText(Typed("Or smuggled in"))\n'
    scratch.write_text(source, encoding="utf-8")
    assert len(unmarked(scratch)) == 3


def test_the_catalogue_can_be_extracted() -> None:
    found = sentences()
    assert "This is needed." in found
    assert len(found) > 60


def test_the_template_for_translations_is_current() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "run `make messages`"


def test_a_translation_made_from_the_template_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TEMPLATE.open("rb") as source:
        catalog = read_po(source, locale="de")
    for message in catalog:
        if message.id == "This is needed.":
            message.string = "Das wird gebraucht."
        elif isinstance(message.id, tuple) and message.id[0] == "{count} seat":
            message.string = ("{count} Platz", "{count} Plätze")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "introducer.po").open("wb") as written:
        write_po(written, catalog)
    monkeypatch.setattr(language, "LOCALE", tmp_path)
    german = language.GettextCatalogue("de")
    utc = ZoneInfo("UTC")
    assert language.plainly(_("This is needed."), german, utc) == "Das wird gebraucht."
    assert language.plainly(ngettext("{count} seat", "{count} seats", 3), german, utc) == "3 Plätze"
    assert language.plainly(_("Correct it"), german, utc) == "Correct it"  # English fills the gaps


def test_the_voice_of_the_house() -> None:
    odd = {where: text for text, where in sentences().items() if _FORBIDDEN.search(text)}
    assert odd == {}


def test_no_sentence_names_a_command_that_does_not_exist() -> None:
    """`Slash("hours list")`: the registry has to know it."""
    features = (Path(ROOT / "cogs")).rglob("*.py")
    declared = {name for path in features for name in _first_words(path, "Command")}
    assert "hours list" in declared
    for path in FILES:
        for name in _first_words(path, "Slash"):
            assert name in declared, f"{path.relative_to(ROOT)}: /{name}"


def _first_words(path: Path, of: str) -> Iterator[str]:
    """The text that calls of `of` begin with."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == of:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_no_two_plurals_share_a_singular() -> None:
    """A catalogue is asked by the singular: the second would be read in words of the first."""
    plurals: dict[str, set[str]] = {}
    for path in FILES:
        for call in calls(path):
            said = [each for each in call.args[:2] if isinstance(each, ast.Constant)]
            if name_of(call) == "ngettext" and len(said) > 1:
                one, many = (str(each.value) for each in said)
                plurals.setdefault(one, set()).add(many)
    assert plurals
    assert not {one: many for one, many in plurals.items() if len(many) > 1}
