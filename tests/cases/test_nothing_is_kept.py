"""After every flow, failures included: nothing planted is in the database file, in what was logged,
in a file of the folders for temporary files, or in what a platform was sent."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.domain.cases import KEPT_FOR_REVIEW, Act, CaseState
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Screen
from bot.runtime.vault import Vault
from bot.services.cases import posting
from bot.ui.action import Upload
from storage import open_store
from tests.cases.clinic import Clinic, clinic, labels, plain_grey, words
from tests.identifiers.pictures.drawing import saved, scene

MARK = "Zyxwhelm"
"""A name that nobody has, in everything that is handed over."""
WORD = "marmalade"
"""In what a second reader says to an author."""
PIXELS = saved(scene(), "PNG")


def marked(content: bytes = PIXELS) -> Upload:
    return Upload(f"{MARK}_48210937.png", content, "image/png")


TEXTS = {"title": f"About {MARK}", "teaching": f"{MARK} taught us.", "history": f"Mrs {MARK}, 63F"}


@pytest.fixture
async def kept(
    scans: Scanning,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> AsyncGenerator[Clinic]:
    """A clinic on a database file; afterwards every place is searched."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    caplog.set_level(logging.DEBUG)
    store = await open_store(f"sqlite:///{tmp_path}/kept.sqlite3")
    vault = Vault([Fernet.generate_key().decode()])
    async with clinic(scans, store, vault, furnished=False) as here:
        yield here
    _search(tmp_path)
    await store.close()
    _search(tmp_path)
    for record in caplog.records:
        said = f"{record.getMessage()} {record.exc_text or ''}"
        assert MARK not in said
        assert "48210937" not in said


def _search(folder: Path, *more: str) -> None:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".sqlite3" for file in files)
    for file in files:
        held = file.read_bytes()
        for planted in (MARK.encode(), b"48210937", b"Kowalczyk", PIXELS[40:90]):
            assert planted not in held, f"{planted!r} is in {file.name}"
        for word in more:
            assert word.encode() not in held, f"{word} is in {file.name}"


async def test_posted_flagged_withdrawn(kept: Clinic) -> None:
    found = await kept.writes("Ana", marked(), **TEXTS)
    shown = await kept.presses("Ana", found, "Go on to the words")
    everything = [str(number) for number in range(1, 40)]
    shown = await kept.chooses("Ana", shown, "Replaced", *everything)
    await kept.presses("Ana", await kept.last_look("Ana", shown), "Post")
    await kept.presses("Ben", kept.cases[0], "Ask for a second look")
    (case,) = await kept.store.read(lambda work: work.cases.in_state(CaseState))
    noted = await kept.store.read(lambda work: work.cases.notes(case.id))
    assert [one.act for one in noted] == [Act.CONFIRMED, Act.POSTED, Act.FLAGGED]
    assert "mrn" in noted[0].found
    await kept.types("Ana", "case withdraw", case=case.code)


async def test_waits_is_lost_or_thrown_away(kept: Clinic) -> None:
    await kept.posts("Ana", plain_grey(), time="later")
    found = await kept.writes("Ana", marked(), **TEXTS)
    await kept.presses("Ana", found, "Throw away")
    await kept.writes("Ana", marked(), **TEXTS)
    await kept.passes(timedelta(hours=30))


async def test_a_crash_in_the_middle(kept: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_what: object) -> None:
        raise RuntimeError(f"{MARK} 48210937")

    found = await kept.writes("Ana", marked(), **TEXTS)
    look = await kept.last_look("Ana", found)
    monkeypatch.setattr(posting, "confirm", broken)
    answer = await kept.presses("Ana", look, "Post")
    assert "Something went wrong" in words(answer)


async def test_what_cannot_be_read_ends_in_a_sentence(kept: Clinic) -> None:
    for content in (b"\x89PNG\r\n\x1a\n" + MARK.encode(), b"\0" * 128 + b"DICM" + MARK.encode()):
        shown = await kept.writes("Ana", marked(content), **TEXTS)
        assert isinstance(shown, Screen)
        assert "was not looked through" in words(shown)
        assert "Go on" not in labels(shown)


async def test_files_that_are_only_checked(kept: Clinic) -> None:
    form = await kept.types("Ana", "case check")
    report = await kept.sends("Ana", form, files=(marked(),))
    assert MARK not in words(report)


async def test_read_by_a_second_reader_and_kept_encrypted(kept: Clinic, tmp_path: Path) -> None:
    panel = await kept.types("Mia", "setup review")
    form = await kept.presses("Mia", panel, "Where drafts wait")
    await kept.presses("Mia", await kept.sends("Mia", form, drafts="sealed"), "Confirm")
    found = await kept.writes("Ana", marked(), **TEXTS)
    shown = await kept.presses("Ana", found, "Go on to the words")
    # Its author keeps every word of it, so that the row holds what must not be read in it.
    shown = await kept.chooses("Ana", shown, "Replaced")
    look = await kept.last_look("Ana", shown, reader=True)
    await kept.presses("Ana", look, "Send to a second reader")
    await kept.passes(timedelta(minutes=1))
    (case,) = await kept.store.read(lambda work: work.cases.in_state(CaseState))
    sealed = await kept.store.read(lambda work: work.cases.sealed(case.id))
    assert sealed
    opened = await kept.vault.open(sealed)
    assert opened is not None
    assert MARK in opened.title
    _search(tmp_path)
    listed = await kept.types("Ria", "case review")
    read = await kept.presses("Ria", listed, f"Look at {case.code}")
    form = await kept.presses("Ria", read, "Ask for a change")
    await kept.sends("Ria", form, word=f"Leave the name out, {WORD}.")
    (_who, told), *_more = await kept.passes(timedelta(minutes=1))
    assert WORD in words(told)
    _search(tmp_path, WORD)
    changed = await kept.presses("Ana", told, "Change the words")
    form = await kept.presses("Ana", changed, "Write it differently")
    again = await kept.sends("Ana", form, title=f"{MARK} again", teaching="Measure twice.")
    look = await kept.last_look("Ana", again, reader=True)
    await kept.presses("Ana", look, "Send to a second reader")
    _search(tmp_path)
    listed = await kept.types("Ria", "case review")
    read = await kept.presses("Ria", listed, f"Look at {case.code}")
    form = await kept.presses("Ria", read, "Decline")
    kept.board.closed = True
    await kept.sends("Ria", form, word=f"Too rare, {WORD}.")
    assert await kept.store.read(lambda work: work.cases.sealed(case.id)) is None
    await kept.passes(timedelta(minutes=1))
    declined = await kept.types("Ana", "help")
    assert WORD in words(declined), "read with whatever they do next"
    _search(tmp_path, WORD)


async def test_an_encrypted_draft_that_nobody_reads_goes_when_its_time_is_over(
    kept: Clinic, tmp_path: Path
) -> None:
    panel = await kept.types("Mia", "setup review")
    form = await kept.presses("Mia", panel, "Where drafts wait")
    await kept.presses("Mia", await kept.sends("Mia", form, drafts="sealed"), "Confirm")
    await kept.posts("Ana", plain_grey(), reader=True)
    (case,) = await kept.store.read(lambda work: work.cases.in_state(CaseState))
    sealed = await kept.store.read(lambda work: work.cases.sealed(case.id))
    assert sealed
    await kept.passes(KEPT_FOR_REVIEW - timedelta(hours=1))
    assert await kept.store.read(lambda work: work.cases.sealed(case.id)) == sealed
    mail = [*await kept.passes(timedelta(hours=2)), *await kept.passes(timedelta(hours=24))]
    assert await kept.store.read(lambda work: work.cases.sealed(case.id)) is None
    said = [words(one) for who, one in mail if who == "Ana"]
    assert any("as long as a draft may wait" in one for one in said), said
    assert not any("in memory only" in one for one in said)
    _search(tmp_path, sealed[40:100])


async def test_a_word_that_nobody_can_be_told_goes_with_its_case(
    kept: Clinic, tmp_path: Path
) -> None:
    await kept.posts("Ana", plain_grey(), reader=True)
    listed = await kept.types("Ria", "case review")
    (case,) = await kept.store.read(lambda work: work.cases.in_state(CaseState))
    read = await kept.presses("Ria", listed, f"Look at {case.code}")
    form = await kept.presses("Ria", read, "Decline")
    kept.board.closed = True
    await kept.sends("Ria", form, word=f"Too rare, {WORD}.")
    for _half in range(2):
        await kept.passes(KEPT_FOR_REVIEW / 2)
    _search(tmp_path, WORD)
