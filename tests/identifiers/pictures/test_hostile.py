"""Broken, huge and hostile files end in a sentence, never in a crash or an endless wait."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom.uid import JPEG2000Lossless

from bot.identifiers.pictures.examine import Wish, _open, examine
from bot.identifiers.pictures.gif import write_gif
from bot.identifiers.pictures.material import Unreadable
from bot.identifiers.pictures.sniff import Form, sniff
from bot.identifiers.pictures.workers import SLOW, Workers
from tests.identifiers.pictures.drawing import dicom, saved, scene


@lru_cache(maxsize=1)
def samples() -> tuple[bytes, ...]:
    from bot.identifiers.pictures.film import write_video
    from bot.identifiers.pictures.pdf import write_pdf

    small = scene((96, 64), named=False)
    packed = pydicom.dcmread(io.BytesIO(dicom(small)))
    packed.compress(JPEG2000Lossless)
    compressed = io.BytesIO()
    packed.save_as(compressed)
    image = np.asarray(small, np.uint8)
    exif = Image.Exif()
    exif[0x010E] = "a comment"
    return (
        saved(small, "PNG", exif=exif), saved(small, "JPEG", exif=exif), saved(small, "WEBP", exif=exif),  # noqa: E501
        saved(small, "TIFF"), saved(small, "BMP"), write_gif([image] * 3, [50] * 3), dicom(small),
        write_video([image] * 3, 10), write_pdf([(image, (96, 64))]), saved(small, "AVIF"),
        compressed.getvalue(),
    )  # fmt: skip


def read_all(data: bytes) -> None:
    """Everything but the slow looking: the readers see each byte."""
    form = sniff(data)
    if form is None:
        return
    if form is Form.PDF:
        from bot.identifiers.pictures.pdf import pages, read_pdf

        _, document = read_pdf(data)
        try:
            for _ in pages(document):
                pass
        finally:
            document.close()
        return
    for _ in _open(data, form).frames():
        pass


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_readers_survive_changed_bytes(data):
    raw = bytearray(data.draw(st.sampled_from(samples())))
    for _ in range(data.draw(st.integers(1, 12))):
        where = data.draw(st.integers(0, max(0, min(len(raw), 3000) - 1)))
        piece = data.draw(st.one_of(st.binary(min_size=1, max_size=1), st.binary(max_size=8)))
        raw[where : where + data.draw(st.integers(0, 8))] = piece
    cut = data.draw(st.one_of(st.none(), st.integers(8, max(8, len(raw)))))
    with suppress(Unreadable):
        read_all(bytes(raw[:cut]))


@settings(deadline=None)  # the first call imports what reads a PDF
@given(st.binary(max_size=300))
def test_anything_at_all_is_answered(data):
    with pytest.raises(Unreadable, match=r"\.$"):
        examine(data, Wish())


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that unfolds to side x side pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [12_000, 30_000])
def test_a_picture_that_unfolds_too_far_is_called_too_large(side):
    valid = saved(Image.new("1", (12_000, 12_000)), "PNG")
    for data in (bomb(side), valid) if side == 12_000 else (bomb(side),):
        with pytest.raises(Unreadable, match=r"^The picture is too large to be looked through\.$"):
            examine(data, Wish())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n" + b"<<" * 200_000,
        b"%PDF-1.4\n1 0 obj" + b"[" * 100_000 + b"\nendobj\ntrailer<</Root 1 0 R>>",
        bomb(30_000),
        b"GIF89a" + b"\xff" * 5000,
        b"\0" * 128 + b"DICM" + b"\x08\0\x05\0SQ\0\0\xff\xff\xff\xff" * 3000,
        b"\0\0\0\x18ftypmp42" + b"\0" * 3000,
        b"MZ" + b"\0" * 500,
    ],
    ids=["empty", "deep", "deeper", "bomb", "gif", "sequence", "clip", "program"],
)
def test_hostile_files_end_in_a_sentence(data):
    begin = time.monotonic()
    with pytest.raises(Unreadable) as reason:
        examine(data, Wish())
    assert str(reason.value).endswith(".")
    assert time.monotonic() - begin < 20


def test_a_number_of_impossible_length_in_a_dicom_file():
    rows = b"\x28\x00\x10\x00US\x02\x00"
    data = dicom(scene((96, 64)))
    at = data.index(rows)
    broken = data[:at] + rows[:6] + b"\x03\x00" + data[at + 8 : at + 10] + b"\0" + data[at + 10 :]
    with pytest.raises(Unreadable, match="damaged"):
        examine(broken, Wish())


def test_an_endless_gif_is_refused():
    frame = np.zeros((8, 8, 3), np.uint8)
    once = write_gif([frame], [10])
    body = once[once.index(b"\x21\xf9") : -1]
    with pytest.raises(Unreadable, match="more frames"):
        examine(once[:-1] + body * 5000 + b";", Wish())


def test_data_behind_a_picture_is_said_not_to_be_checked():
    outcome = examine(saved(scene(named=False), "PNG") + b"PK\3\4" + b"x" * 500, Wish(redact=True))
    assert any("Behind the picture" in note for note in outcome.not_checked)
    assert b"xxxx" not in (outcome.copy or b"")


def test_a_worker_is_stopped_when_it_takes_too_long_and_the_next_one_works():
    with Workers(seconds=0.05) as hasty, pytest.raises(Unreadable, match="too long"):
        hasty.examine(saved(scene(), "PNG"))
    assert SLOW
    with Workers() as workers:
        assert len(workers.examine(saved(scene(), "PNG")).findings) == 3
        with pytest.raises(Unreadable):
            workers.examine(bomb(30_000))
        assert len(workers.examine(saved(scene(), "PNG")).findings) == 3


@pytest.mark.parametrize(
    "deed",
    [
        "open(target, 'wb')",
        "os.mkdir(target)",
        "os.open(target, os.O_CREAT | os.O_RDWR)",
        "subprocess.run(['true'])",
        "socket.create_connection(('127.0.0.1', 9))",
    ],
)
def test_a_worker_writes_nothing_and_calls_nobody(tmp_path: Path, deed: str):
    target = tmp_path / "x"
    code = (
        "import os, socket, subprocess, sys\n"
        "from bot.identifiers.pictures.worker import limit, refuse\n"
        f"limit(); sys.addaudithook(refuse); target = {str(target)!r}\n"
        f"try: {deed}\n"
        "except PermissionError: sys.exit(7)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 7, done.stderr
    assert not target.exists()


def test_nothing_is_left_in_temporary_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Workers() as workers:
        workers.examine(saved(scene(), "PNG"), Wish(redact=True))
    assert os.listdir(tmp_path) == []
