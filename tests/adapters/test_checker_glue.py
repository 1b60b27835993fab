"""What the page asks Python for: a ticked box searches nothing anew, nothing is held for ever."""

from __future__ import annotations

import pytest

from adapters.checker import glue

TEXT = "Mrs Kowalczyk, MRN 48210937, came back"


def test_the_text_on_the_screen_is_searched_once_and_forgotten_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []
    search = glue.find
    monkeypatch.setattr(glue, "find", lambda text: searched.append(text) or search(text))
    glue.look(TEXT)
    assert glue.replaced(TEXT, []) == "the patient, MRN [record number], came back"
    assert glue.replaced(TEXT, [0]) == "Mrs Kowalczyk, MRN [record number], came back"
    assert searched == []
    assert glue.replaced("Mrs Okoro came back", []) == "the patient came back"
    assert searched == ["Mrs Okoro came back"]
    glue.forget()
    assert glue.replaced(TEXT, []) == "the patient, MRN [record number], came back"
    assert searched[1:] == [TEXT]
