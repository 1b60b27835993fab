"""A long document and a large clip end in a sentence; the walks show who is answered meanwhile."""

from __future__ import annotations

import numpy as np

from bot.identifiers.pictures.film import write_video
from bot.identifiers.pictures.order import Outcome
from bot.identifiers.pictures.pdf import write_pdf
from bot.identifiers.pictures.workers import SLOW
from bot.runtime.scanning import Scanning, Unread


async def test_a_hundred_pages_are_too_many(scans: Scanning) -> None:
    page = np.full((48, 36, 3), 120, np.uint8)
    answer = await scans.picture(write_pdf([(page, (36.0, 48.0))] * 100))
    assert isinstance(answer, Unread)
    assert "more than 60 pages" in answer.why


async def test_a_large_clip_is_looked_through_or_takes_too_long() -> None:
    large = np.full((2160, 3840, 3), 120, np.uint8)
    scans = Scanning(seconds=5.0)
    try:
        answer = await scans.picture(write_video([large] * 3, 10))
        assert isinstance(answer, Outcome) or answer.why == SLOW
    finally:
        await scans.close()
