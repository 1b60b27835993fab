"""The whole program as a newcomer starts it: host, join, move the clock, be reminded."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import new_context, shot
from tests.browser.test_page import become, box, go, log, send

ROOT = Path(__file__).parents[2]


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "bot", "preview", "--no-browser"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0


@pytest.fixture
def page(chromium: Browser, process: subprocess.Popen[str]) -> Iterator[Page]:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
    assert found, line
    context = new_context(chromium)
    page = context.new_page()
    page.goto(found[0])
    page.locator(".place").first.wait_for()
    yield page
    context.close()


def test_hosted_joined_and_reminded(page: Page) -> None:
    become(page, "mentor")
    send(page, "/hours host")
    form = page.get_by_role("dialog")
    form.get_by_label("Title").fill("Closure devices, step by step")
    form.get_by_role("combobox", name="Topic").fill("Access")
    form.get_by_label("Starts").fill("in 3 days 18:00")
    form.get_by_label("Where").fill("https://video.example.org/closure")
    form.get_by_role("button", name="Send").click()
    page.wait_for_timeout(500)
    shot(page, "whole-host")
    log(page).get_by_role("button", name="Confirm").click()
    expect(log(page)).to_contain_text("Closure devices, step by step")
    become(page, "trainee")
    box(page).press_sequentially("/hours join closure")
    page.get_by_role("listbox", name="Suggestions").get_by_text("Closure devices").click()
    box(page).press("Enter")
    receipt = log(page).get_by_role("article").last
    expect(receipt).to_contain_text("You have a seat")
    shot(page, "whole-receipt")
    clock = page.get_by_role("group", name="Clock")
    go(page, "Introducer")
    for _days in range(4):
        clock.get_by_role("button", name="+1 day").click()
        page.wait_for_timeout(700)
        if log(page).get_by_text("Closure devices, step by step").count():
            break
    expect(log(page)).to_contain_text("Closure devices, step by step")
    shot(page, "whole-reminder")
    log(page).get_by_role("button", name="Leave").first.click()
    page.wait_for_timeout(500)
    shot(page, "whole-left")
    become(page, "mentor")
    go(page, "Introducer")
    told = log(page).get_by_role("article").filter(has_text="Closure devices, step by step")
    expect(told.first).to_contain_text("you lead Closure devices, step by step")
    expect(told.first).to_contain_text("https://video.example.org/closure")
    shot(page, "whole-host-told")


def test_each_persona_finds_something(page: Page) -> None:
    for persona in ("trainee", "mentor", "moderator", "guest", "trainee-2"):
        become(page, persona)
        send(page, "/hours list")
        expect(log(page).get_by_role("article").last).to_contain_text("first UFE")
    become(page, "moderator")
    send(page, "/help setup")
    expect(log(page).get_by_role("article").last).to_contain_text("/setup start")


def test_the_answer_to_a_button_comes_into_view(page: Page) -> None:
    """The list is taller than the window; the receipt stands below it."""
    send(page, "/hours list")
    log(page).get_by_role("button", name="Join").first.click()
    expect(log(page).get_by_role("button", name="Leave")).to_be_in_viewport()
