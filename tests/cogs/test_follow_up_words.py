"""The voice of the engine: read together, held against the rules of docs/follow-ups.md."""

import ast
import re
from pathlib import Path

import pytest

from bot.domain.follow_ups import Step
from bot.domain.policies import Matter
from cogs.follow_ups import words

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
SENTENCES = sorted(
    {
        node.value
        for path in (ROOT / "cogs/follow_ups").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        for node in call.args[:1]
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


def test_every_matter_has_words_for_every_step() -> None:
    assert set(words.TURNS) == set(Matter)
    for said in (words._FIRST, words._LAST):  # pyright: ignore[reportPrivateUsage]
        assert set(said) == set(Matter)


def test_the_engine_speaks_through_one_module_only() -> None:
    """Notices put sentences together and label buttons; the sentences themselves are in words."""
    source = (ROOT / "cogs/follow_ups/notices.py").read_text(encoding="utf-8")
    said = re.findall(r'Text\(\s*_\(\s*"([^"]+)"', source)
    assert said == []
    assert list(Step)
