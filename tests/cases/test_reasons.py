"""Every sentence that the search can answer is known in the languages that people read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.ui.language import catalogue, plainly
from bot.ui.words import Msg, Typed
from cogs.cases.reasons import in_words

SEARCH = Path(__file__).parents[2] / "bot" / "identifiers"
ON_PAPER = {"copies.py", "outright.py", "readers.py", "report.py", "scan.py"}
"""What `scan` alone says."""


def sentences() -> Iterator[str]:
    for path in sorted(SEARCH.rglob("*.py")):
        if path.name in ON_PAPER:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        beside = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for joined in ast.walk(tree):
            if isinstance(joined, ast.JoinedStr):
                beside |= {id(value) for value in joined.values}
        for one in ast.walk(tree):
            if not isinstance(one, ast.Constant) or id(one) in beside:
                continue
            text = one.value
            if not isinstance(text, str) or "|" in text or text.count(" ") < 2:
                continue
            if text[0].isupper() and text.endswith("."):
                yield text


def test_every_sentence_of_the_search_can_be_translated() -> None:
    found = set(sentences())
    assert len(found) > 100
    assert [text for text in found if isinstance(in_words(text), Typed)] == []


@pytest.mark.parametrize(
    "why",
    [
        "The file carries this in PatientName.",
        "The file carries this in its field Comment. A link can lead to one person's page, images or records.",  # noqa: E501
        "The code says it. A record number leads straight to one patient's chart.",
        "Free text in the field ImageDescription: it may tell who the patient is.",
        "A fax number points to one person or place.",
        "The PDF has more than 60 pages: too many to be looked through.",
        "12 frames beyond 8 different prints were not read.",
        "Only the first 120,000 characters of this text were looked at."
        " Split it and look at the rest.",
        "Something that is not listed.",
    ],
)
def test_a_reason_reads_as_the_search_said_it(why: str) -> None:
    said = in_words(why)
    words = said if isinstance(said, Msg) else Msg("{it}", (("it", said),))
    assert plainly(words, catalogue("en"), ZoneInfo("UTC")) == why
