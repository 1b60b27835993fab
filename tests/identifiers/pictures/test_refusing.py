"""When no copy is handed out, and what a process may use up."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bot.identifiers.findings import Kind, Verdict, verdict
from bot.identifiers.pictures import examine as examination
from bot.identifiers.pictures import faces as face_finder
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.pictures.faces import NoFaceFinder
from bot.identifiers.pictures.film import write_video
from bot.identifiers.pictures.ocr import ModelsMissing, OnnxReader
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.workers import Workers
from tests.identifiers.pictures.drawing import saved, scene


def test_a_copy_in_which_something_is_left_is_not_handed_out(monkeypatch: pytest.MonkeyPatch):
    data = saved(scene(), "PNG")

    def unpainted(material: object, boxes_of: object) -> tuple[str, bytes]:
        return ".png", data  # as if the painter had missed

    monkeypatch.setattr(examination, "written", unpainted)
    outcome = examine(data, Wish(redact=True, preview=True))
    assert outcome.copy is None
    assert outcome.preview is None
    assert outcome.refused is not None
    assert "still be read" in outcome.refused


def test_a_field_that_is_left_in_a_copy_is_not_handed_out(monkeypatch: pytest.MonkeyPatch):
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", "MRN 48210937")
    data = saved(scene((96, 64), named=False), "PNG", pnginfo=notes)
    monkeypatch.setattr(examination, "written", lambda material, boxes_of: (".png", data))
    outcome = examine(data, Wish(redact=True))
    assert outcome.copy is None
    assert outcome.refused is not None


def test_print_that_nobody_can_read_blocks_and_makes_no_copy(monkeypatch: pytest.MonkeyPatch):
    def missing() -> None:
        raise ModelsMissing

    monkeypatch.setattr(examination, "text_reader", missing)
    outcome = examine(saved(scene(), "PNG"), Wish(redact=True))
    assert verdict(outcome.findings) is Verdict.BLOCK
    assert [finding.kind for finding in outcome.findings] == [Kind.UNREADABLE]
    assert any("not installed" in note for note in outcome.not_checked)
    assert outcome.copy is None
    assert outcome.refused is not None


@pytest.mark.parametrize("what", ["det", "rec"])
def test_models_that_are_damaged_count_as_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
):
    package = find_spec("rapidocr")
    assert package is not None
    assert package.submodule_search_locations
    models = Path(package.submodule_search_locations[0]) / "models"
    for pattern in ("PP-OCR*_det_*.onnx", "PP-OCR*_rec_*.onnx"):
        whole = next(models.glob(pattern))
        cut = whole.read_bytes()[:4000]
        (tmp_path / whole.name).write_bytes(cut if what in pattern else whole.read_bytes())
    with pytest.raises(ModelsMissing):
        OnnxReader(tmp_path, threads=1)
    monkeypatch.setattr(examination, "text_reader", lambda: OnnxReader(tmp_path, threads=1))
    outcome = examine(saved(scene(), "PNG"), Wish())
    assert verdict(outcome.findings) is Verdict.BLOCK
    assert any("cannot be loaded" in note for note in outcome.not_checked)


def test_a_face_model_that_is_damaged_counts_as_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    broken = tmp_path / "face_detection_yunet.onnx"
    broken.write_bytes(b"no model")
    monkeypatch.setattr(face_finder, "face_model", lambda: str(broken))
    outcome = examine(saved(scene(), "PNG"), Wish())
    assert verdict(outcome.findings) is Verdict.BLOCK
    assert any("Faces were not looked for" in note for note in outcome.not_checked)


def test_where_faces_cannot_be_looked_for_it_is_said_and_no_copy_is_made(
    monkeypatch: pytest.MonkeyPatch,
):
    def missing(_image: object) -> None:
        raise NoFaceFinder

    monkeypatch.setattr(examination, "faces", missing)
    outcome = examine(saved(scene((96, 64), named=False), "PNG"), Wish(redact=True))
    assert verdict(outcome.findings) is Verdict.BLOCK
    assert any("Faces were not looked for" in note for note in outcome.not_checked)
    assert outcome.copy is None


def test_a_clip_in_4k_ends_in_time_or_with_a_sentence():
    frame = np.zeros((2160, 3840, 3), np.uint8)
    frame[:480, :640] = np.asarray(scene(), np.uint8)
    data = write_video([frame] * 2, 10)
    begin = time.monotonic()
    with Workers(seconds=2) as workers, suppress(Unreadable):
        assert workers.examine(data).findings
    assert time.monotonic() - begin < 30


def children() -> set[str]:
    found: set[str] = set()
    for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        found |= set(path.read_text().split())
    return found


def test_there_are_never_more_processes_than_wanted():
    before = children()
    with Workers(2) as workers, ThreadPoolExecutor(6) as asking:
        answers = [asking.submit(workers.read, f"MRN 554821{number}") for number in range(6)]
        assert all(answer.result()[0].kind is Kind.MRN for answer in answers)
        assert 1 <= len(children() - before) <= 2
    assert children() - before == set()
