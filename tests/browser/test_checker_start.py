"""What a start of the page is made of: compiled files that belong to their sources, and threads."""

from __future__ import annotations

import _imp
import io
import zipfile
from collections.abc import Iterator

import pytest
import zstandard
from playwright.sync_api import Browser, FrameLocator

from tests.browser.checker_page import BLOCKED, BUILT, Site, choose, opened
from tests.browser.conftest import Checker, new_context
from tests.identifiers.pictures.drawing import saved, scene

CHECKED = 0b11  # PEP 552: by the hash of the source, looked at each time
UNCHECKED = 0b01


def _zip(name: str) -> zipfile.ZipFile:
    packed = (BUILT / f"{name}.zst").read_bytes()
    return zipfile.ZipFile(io.BytesIO(zstandard.ZstdDecompressor().decompress(packed)))


def test_what_is_compiled_is_used_only_beside_its_own_source() -> None:
    sources, compiled = _zip("engine.zip"), _zip("compiled.zip")
    names = compiled.namelist()
    assert "bot/identifiers/text/__pycache__/engine.cpython-314.pyc" in names
    for name in names:
        folder, _, file = name.rpartition("/__pycache__/")
        source = sources.read(f"{folder}/{file.split('.')[0]}.py")
        head = compiled.read(name)[:16]
        assert int.from_bytes(head[4:8], "little") == CHECKED, name
        key = int.from_bytes(head[:4], "little")
        assert head[8:16] == _imp.source_hash(key, source), name


def test_the_library_is_compiled_where_a_start_needs_it() -> None:
    library = _zip("python_stdlib.zip")
    names = set(library.namelist())
    assert {"json/decoder.pyc", "re/_parser.pyc", "zipfile/__init__.pyc"} <= names
    assert not {name for name in names if name.endswith(".py") and f"{name}c" in names}
    assert int.from_bytes(library.read("json/decoder.pyc")[4:8], "little") == UNCHECKED


def _isolated(frame: FrameLocator) -> bool:
    return frame.locator("body").evaluate("() => self.crossOriginIsolated")


def test_served_by_the_program_print_is_read_on_several_threads(checker: Checker) -> None:
    _, page, frame = checker
    assert _isolated(frame)
    cores = frame.locator("body").evaluate("() => navigator.hardwareConcurrency")
    others = {"worker of Python", "worker of pictures"}
    wanted = len(others) + max(1, min(4, cores)) - 1
    for _while in range(100):  # the one that tried whether memory is shared is on its way out
        if len(page.workers) == wanted:
            break
        page.wait_for_timeout(100)
    assert len(page.workers) == wanted


@pytest.fixture
def bare() -> Iterator[Site]:
    site = Site(bare=True)
    yield site
    site.stop()


def test_a_host_without_headers_serves_it_too_and_from_the_second_visit_with_threads(
    chromium: Browser, bare: Site
) -> None:
    context = new_context(chromium)
    page = context.new_page()
    frame = opened(page, bare)
    assert not _isolated(frame)
    assert choose(frame, "one.png", saved(scene(), "PNG")) == BLOCKED
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    frame = opened(page, bare)
    assert _isolated(frame)
    assert choose(frame, "one.png", saved(scene(), "PNG")) == BLOCKED
    context.close()
