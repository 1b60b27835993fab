"""A long document and a large clip end in a result or a sentence; the walks show who is answered
meanwhile."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.identifiers.findings import Kind
from bot.identifiers.pictures import video
from bot.identifiers.pictures.film import write_video
from bot.identifiers.pictures.large import TOO_MUCH, fitting
from bot.identifiers.pictures.order import Outcome, Unreadable, Wish
from bot.identifiers.pictures.pdf import write_pdf
from bot.identifiers.pictures.video import read_video
from bot.runtime.scanning import Scanning, Unread
from bot.ui.action import Upload
from cogs.cases import looking
from tests.cases.clinic import clinic, words

SMALL_PRINT = 22
"""Pixels of a line: five of a thousand parts of the width."""


def large_clip() -> bytes:
    """A 4K clip in which small print stands in a corner."""
    picture = Image.new("RGB", (3840, 2160), (12, 12, 12))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((1000, 200, 2800, 1960), fill=(120, 120, 120))
    font = ImageFont.load_default(SMALL_PRINT)
    draw.text((60, 60), "KOWALCZYK^MARTINA 14.03.1961", font=font, fill=(235, 235, 235))
    frames: list[np.ndarray] = []
    for number in range(3):
        draw.line((1400, 600, 1500 + 40 * number, 1600), fill=(60, 60, 60), width=16)
        frames.append(np.asarray(picture, np.uint8).copy())
    return write_video(frames, 30)


async def test_a_hundred_pages_are_too_many(scans: Scanning) -> None:
    page = np.full((48, 36, 3), 120, np.uint8)
    answer = await scans.picture(write_pdf([(page, (36.0, 48.0))] * 100))
    assert isinstance(answer, Unread)
    assert "more than 60 pages" in answer.why


async def test_a_4k_clip_is_read_and_covered_in_a_size_that_can_be_looked_through(
    scans: Scanning,
) -> None:
    answer = await scans.picture(large_clip(), Wish(redact=True))
    assert isinstance(answer, Outcome)
    assert Kind.NAME in {finding.kind for finding in answer.findings}
    assert any("made smaller" in note for note in answer.not_checked)
    assert answer.size == (1920, 1080)
    assert answer.copy is not None
    with av.open(io.BytesIO(answer.copy), "r") as copy:
        (shown, *more) = [frame.to_ndarray(format="gray") for frame in copy.decode(video=0)]
    assert len(more) == 2
    assert shown.shape == (1080, 1920)
    corner = shown[28:44, 30:200]
    assert int(corner.max()) < 40, "no ink is left where the name was"


async def test_whoever_waits_reads_how_long_one_file_has_taken(
    scans: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "EVERY", 0.6)
    async with clinic(scans) as here:
        await here.writes("Ana", Upload("clip.mp4", large_clip(), "video/mp4"))
        told = [words(one) for one in here.meanwhile]
    assert "so far" not in told[0]
    assert "1 seconds so far for this one; 90 are the most." in told[1]
    assert all("file 1 of 1" in one for one in told)


def test_a_clip_that_would_take_too_long_is_refused_before_it_is_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(video, "MOST", 100_000)
    clip = write_video([np.zeros((64, 64, 3), np.uint8)] * 25, 10)
    with pytest.raises(Unreadable, match="Cut it") as refused:
        read_video(clip)
    assert str(refused.value) == TOO_MUCH


@pytest.mark.parametrize(
    ("own", "looked_at"),
    [
        ((3840, 2160), (1920, 1080)),
        ((2160, 3840), (1080, 1920)),
        ((4096, 2160), (1920, 1012)),
        ((2560, 1440), (2560, 1440)),
        ((641, 479), (641, 479)),
        ((8000, 2), (1920, 2)),
    ],
)
def test_the_size_in_which_a_clip_is_looked_at(
    own: tuple[int, int], looked_at: tuple[int, int]
) -> None:
    assert fitting(*own) == looked_at
