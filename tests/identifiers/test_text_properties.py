"""What holds for any text: findings lie inside and apart, what is replaced is gone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.identifiers.findings import Kind, Verdict
from bot.identifiers.text import engine, find, replacements, verdict
from bot.identifiers.text.replacing import suggestion

PIECES = st.sampled_from(
    [
        "Mrs. Oyelaran", "OKAFOR^CHIDI", "Brandstätter, Josef", "MRN 5548213", "Acc# 25-MR-30117",
        "DOB 3/4/1951", "geb. am 3.4.1951", "né le 4 mars 1949", "94F", "14 Larkspur Lane, Apt. 4",
        "Lindenallee 14, 37073 Göttingen", "12 bis rue Pasteur", "Calle Mayor 3", "0171 2345678",
        "o.brandt@example.org", "10.20.30.40", "St. Brendan Hospital", "SW14 3XH",
        "SSN 212-09-9999", "lives in Flensburg", "Dear Imogen,", "initials J.K.", "5 Fr sheath",
        "Budd-Chiari", "MELD 14", "12 x 60 mm", "doi:10.1016/j.jvir.2015.09.032",
        "\n", ". ", ", ", "- ", "| ", " ",
        "Ä\u0308\u0301", "\u202e", "\U0001f600", "İı", "ﬁ", "٣٤٥٦٧٨٩", "１２３４５６７",
        "a" * 60, "9" * 30,
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
    st.text(max_size=200),
    st.text(st.sampled_from("aZ9 .,-/^:@#'(\n"), max_size=200),
)
FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FUZZ
@given(TEXTS)
def test_findings_lie_inside_the_text_and_apart(text: str) -> None:
    before = 0
    for finding in find(text):
        assert finding.start is not None
        assert finding.end is not None
        assert before <= finding.start < finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        assert 0 < finding.confidence <= 1
        assert finding.why
        before = finding.end


@FUZZ
@given(TEXTS)
def test_the_same_text_gets_the_same_answer(text: str) -> None:
    first = find(text)
    assert find(text) == first
    assert verdict(first) is verdict(find(text))


@FUZZ
@given(TEXTS)
def test_what_was_replaced_is_gone(text: str) -> None:
    found = find(text)
    replaced = replacements(text, found)
    assert replacements(replaced, ()) == replaced
    kept = "".join(
        text[end:start]
        for end, start in zip(
            [0, *(one.end or 0 for one in found)],
            [*(one.start or 0 for one in found), len(text)],
            strict=True,
        )
    )
    for one in found:
        if one.text and len(one.text) > 6 and one.text not in kept:
            assert one.text not in replaced


@FUZZ
@given(TEXTS, st.sampled_from([" ", "\n", "  \n"]))
def test_blanks_around_a_text_change_nothing(text: str, blank: str) -> None:
    # A verdict must not hang on how a text was pasted.
    if text == text.strip():
        assert [one.text for one in find(text + blank)] == [one.text for one in find(text)]


def test_what_is_written_instead_is_not_found_again() -> None:
    for kind in Kind:
        for was in ("Dr Okafor", "Mrs Okafor", "Okafor", "97M", "5548213"):
            instead = suggestion(kind, was)
            for text in (instead, f"Seen by {instead}, {instead} and {instead}; MRN {instead}."):
                assert find(text) == (), text


def test_a_text_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST", 400)
    text = "MRN 5548213 " + "stent open, no leak. " * 40
    found = find(text)
    assert found[0].text == "5548213"
    assert found[-1].kind is Kind.UNREADABLE
    assert (found[-1].start, found[-1].end) == (400, len(text))
    assert verdict(found[-1:]) is Verdict.BLOCK
    assert verdict(find("stent open, no leak. " * 40)) is Verdict.BLOCK


@pytest.mark.parametrize(
    "seed",
    ["1", "a-", "A. ", "Aa, Bb ", "'a", "1 jan ", "N E ", "calle de la ", "12 a b c d ",
     "(", "A@", "\t", "this is uh, ", "son A, ", "by A/"],
)  # fmt: skip
def test_a_piece_made_to_be_slow_ends(seed: str) -> None:
    find((seed * 3000)[:3000])
