"""The checker page over a folder of files, measured: time until it is ready, time a file, memory,
how many agree with `scan`, and what the bot can still find in the copies. Needs `make page` and
Chromium.

    python -m tests.browser.measure FOLDER
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Error, Playwright, sync_playwright

from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.scan import scan_file
from tests.browser.checker_page import Site, choose, downloaded, look, opened, reported
from tests.browser.conftest import FLAGS, new_context, program

POST = "Mrs Mary Kowalczyk, DOB 12/03/1951, MRN 48210937, seen with HCC. " * 8
KINDS = (".png", ".jpg", ".webp", ".gif", ".dcm", ".mp4", ".webm", ".pdf")


def main() -> None:
    """Prints one line a measure."""
    files = sorted(one for one in Path(sys.argv[1]).rglob("*") if one.suffix in KINDS)
    site = Site()
    with sync_playwright() as playwright:
        _large(playwright, site)
        begun = time.monotonic()
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        page = new_context(browser, accept_downloads=True).new_page()
        frame = opened(page, site)
        _say("seconds until it is ready", time.monotonic() - begun)
        texts: list[float] = []
        for _ in range(20):
            at = time.monotonic()
            look(frame, POST[:500])
            texts.append(time.monotonic() - at)
        _say("seconds a text of 500 characters, with its screen: middle", statistics.median(texts))
        before = len(site.asked)
        pictures: list[float] = []
        same = shut = made = left = 0
        for file in files:
            at = time.monotonic()
            choose(frame, file.name, file.read_bytes(), seconds=300)
            pictures.append(time.monotonic() - at)
            _say(file.name, pictures[-1])
            theirs, ours = reported(page), scan_file(file).to_json()
            if any("cannot open" in one for one in theirs["not_checked"]):
                shut += 1
                continue
            agree = theirs["verdict"] == ours["verdict"] and _kinds(theirs) == _kinds(ours)
            same += agree
            if not agree:
                print(f"differs: {file.name}: {_kinds(theirs)} / {_kinds(ours)}")  # noqa: T201
            if not frame.locator("#canvas-part").is_visible():
                continue
            try:
                _, copy = downloaded(page, frame, seconds=300)
            except Error:
                print(f"no copy: {file.name}")  # noqa: T201
                continue
            made += 1
            if found := examine(copy, Wish()).findings:
                left += 1
                print(f"left: {file.name}: {[one.kind.value for one in found]}")  # noqa: T201
        _say("seconds a file: middle", statistics.median(pictures))
        _say("seconds a file: 90 of 100 are faster", statistics.quantiles(pictures, n=10)[-1])
        _say("seconds a file: most", max(pictures))
        _say("files", len(files))
        _say("not opened, and told", shut)
        _say("as scan has them", same)
        _say("copies", made)
        _say("copies in which something is found", left)
        _say("requests since it is ready", len(site.asked) - before)
        _say("megabytes of the largest process", max(_sizes()) / 1e6)
        browser.close()
    site.stop()


def _large(playwright: Playwright, site: Site) -> None:
    """One picture of 12 megapixels with print in a corner, in a browser of its own."""
    drawn = Image.effect_noise((4000, 3000), 40).convert("RGB")
    drawn.paste((0, 0, 0), (0, 0, 900, 120))
    font = ImageFont.load_default(size=48)
    ImageDraw.Draw(drawn).text((20, 30), "KOWALCZYK^MARY 48210937", "white", font)
    held = io.BytesIO()
    drawn.save(held, "JPEG", quality=90)
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    page = new_context(browser).new_page()
    frame = opened(page, site)
    _say("megabytes of the largest process when it is ready", max(_sizes()) / 1e6)
    at = time.monotonic()
    choose(frame, "large.jpg", held.getvalue(), seconds=300)
    _say("seconds a picture of 12 megapixels", time.monotonic() - at)
    _say("things found in it", len(reported(page)["findings"]))
    _say("megabytes of the largest process with it", max(_sizes()) / 1e6)
    browser.close()


def _kinds(report: dict) -> list[tuple[str, str]]:
    return sorted((one["where"], one["kind"]) for one in report["findings"])


def _sizes() -> list[int]:
    """Most memory that each process of a browser had, in bytes."""
    sizes = [0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                status = (folder / "status").read_text(encoding="utf-8")
                sizes.append(int(status.split("VmHWM:")[1].split()[0]) * 1024)
        except (OSError, IndexError):
            continue
    return sizes


def _say(what: str, value: float) -> None:
    print(f"{what}: {value:.4g} (load {os.getloadavg()[0]:.1f})", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
