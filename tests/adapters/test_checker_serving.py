"""Who is told to isolate the page: browsers that lend threads then, not those that stop there."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.checker.serving import routes
from bot.runtime.web import WebAsk

EMBEDDER = "Cross-Origin-Embedder-Policy"


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/150.0 Safari/537.36",
            True,
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", True),
        (
            "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML) Version/26.0 Safari/605.1.15",
            False,
        ),
        (
            "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML) CriOS/150.0 Mobile Safari/604.1",
            False,
        ),
        (
            "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML) FxiOS/153.0 Mobile Safari/605.1",
            False,
        ),
        ("", False),
    ],
)
async def test_only_browsers_that_lend_threads_are_told(
    tmp_path: Path, agent: str, told: bool
) -> None:
    (tmp_path / "files.json").write_text("{}", encoding="utf-8")
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    page, _ = routes(tmp_path)
    answer = await page.answer(WebAsk(headers={"user-agent": agent}))
    assert (answer.headers.get(EMBEDDER) == "require-corp") is told
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
