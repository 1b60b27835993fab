"""The voice of the engine: read together, held against the rules of docs/follow-ups.md."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.domain.policies import Matter
from cogs.follow_ups import words
from cogs.follow_ups.words import turns

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "still waiting": r"still waiting|is waiting|waits for you|keeps? .* waiting",
    "checking in": r"just checking|checking in|following up|friendly reminder|gentle",
    "counting": r"\b(first|second|third|last|final) reminder|remind(ed)? (you )?(again|twice)"
    r"|\b\d+ (days|times) ago|yet again",
    "blame": r"\bignored?\b|\bfailed\b|did not (answer|reply|respond)|never (answered|replied)"
    r"|no (answer|reply|response) from|unanswered|overdue|silen(t|ce)|\bghost",
    "read receipts": r"\b(has|have) (read|seen|opened)\b",
    "shame": r"\brank(?! list)|\bscore|\bstreak|\bbadge|response rate",
    "pressure": r"!|urgent(?!\.)|as soon as possible|\basap\b|\bmust\b|\bhave to\b|don't forget",
}
IN_GERMAN = re.compile(
    r"wartet (noch|immer)|warte[nt] auf dich|\bnachhaken|nur kurz nachfragen|freundliche Erinnerung"
    r"|\b(erste|zweite|dritte|letzte)n? Erinnerung|noch ?mals? erinner|\bignorier"
    r"|(nicht|nie) (geantwortet|reagiert)|unbeantwortet|überfällig|\bSchweigen"
    r"|\b(hat|haben)\b.*\bgelesen"
    r"|\bdringend\b|so bald wie möglich|\bmusst\b|\bvergiss|!",
    re.IGNORECASE,
)
SENTENCES = sorted(
    {
        node.value
        for path in (ROOT / "cogs/follow_ups").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        for node in call.args[: {"_": 1, "ngettext": 2}.get(call.func.id, 0)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
)


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_sentence_breaks_the_voice(kind: str) -> None:
    found = [said for said in SENTENCES if re.search(FORBIDDEN[kind], said, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize(
    "bad",
    [
        "Ana is still waiting for your answer.",
        "Just checking in about your request.",
        "This is the second reminder.",
        "Ben did not answer.",
        "Please answer as soon as possible!",
        "Cem has read your message.",
    ],
)
def test_the_check_can_fail(bad: str) -> None:
    assert any(re.search(each, bad, re.IGNORECASE) for each in FORBIDDEN.values())


def test_there_are_sentences_to_look_at() -> None:
    assert len(SENTENCES) > 100


def in_german() -> list[str]:
    with (ROOT / "bot/locale/de/LC_MESSAGES/introducer.po").open("rb") as source:
        catalogue = read_po(source, locale="de")
    found: list[str] = []
    for said in SENTENCES:
        message = catalogue.get(said)
        text = message.string if message is not None else None
        found += [text] if isinstance(text, str) else text or ()
    return found


def test_nor_does_any_in_german() -> None:
    found = in_german()
    assert len(found) > 100
    assert [said for said in found if IN_GERMAN.search(said)] == []
    assert IN_GERMAN.search("Ben hat nicht geantwortet.")


def test_every_matter_has_words_for_every_step() -> None:
    assert set(turns.TURNS) == set(Matter)
    for said in (words._FIRST, words._LAST):  # pyright: ignore[reportPrivateUsage]
        assert set(said) == set(Matter)


def spoken(source: str) -> list[str]:
    """The sentences in a module, not the labels of its buttons."""
    tree = ast.parse(source)
    labels = {
        id(each)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in {"Button", "Link"}
        for each in call.args[:1]
    }
    return [
        part.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and id(call) not in labels
        if call.func.id in {"_", "ngettext"}
        for part in call.args[:1]
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        if " " in part.value and part.value.endswith((".", "?"))
    ]


@pytest.mark.parametrize("module", ["notices", "news", "controls", "asked"])
def test_what_the_engine_sends_by_itself_is_said_in_its_words_only(module: str) -> None:
    """These put sentences together and label buttons; the sentences themselves are in `words`."""
    source = (ROOT / f"cogs/follow_ups/{module}.py").read_text(encoding="utf-8")
    assert spoken(source) == []
    assert spoken('Text(_("A sentence of my own."))') == ["A sentence of my own."]
