"""Keyboard alone, screen reader, narrow page, dark: the preview for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Running, new_context, shot
from tests.browser.test_page import box, log, send

UNNAMED = """() => {
  const wanted = "button, a[href], input, select, textarea, [role=log], dialog, nav, img";
  return [...document.querySelectorAll(wanted)].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.closest("[aria-hidden=true]")) return element.tabIndex >= 0;
    if (element.tagName === "IMG") return !element.hasAttribute("alt");
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join("");
    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "").join("");
    const own = element.matches("button, a") ? element.textContent : "";
    return !(element.getAttribute("aria-label") || labels || by || own).trim();
  }).map((element) => element.outerHTML.slice(0, 120));
}"""

TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const named = ["aria-describedby", "aria-labelledby", "aria-controls"];
  const broken = [...document.querySelectorAll(named.map((name) => `[${name}]`).join())]
    .flatMap((element) => named
      .flatMap((name) => (element.getAttribute(name) ?? "").split(" ").filter(Boolean)))
    .filter((id) => !document.getElementById(id));
  return [...ids.filter((id, at) => ids.indexOf(id) !== at), ...broken];
}"""

# Contrast of every visible text against what lies behind it, as WCAG 2.2 defines it.
FAINT = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const shown = { visibilityProperty: true, opacityProperty: true };
    if (!node.data.trim() || !element.checkVisibility(shown)) continue;
    if (element.closest(".unseen, option, noscript, :disabled, [aria-disabled]")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgba(style.color)), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${node.data.trim().slice(0, 40)}`);
  }
  return found;
}"""


def check(page: Page) -> None:
    page.wait_for_timeout(250)
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(TWICE) == []
    assert page.evaluate(FAINT) == []


def fill_the_page(page: Page) -> None:
    send(page, "Has anybody done the new course in Lisbon?")
    send(page, "/gallery show")
    expect(log(page)).to_contain_text("Every part there is")
    send(page, "/gallery list")
    expect(log(page)).to_contain_text("Waitlist")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_names_ids_and_contrast(
    chromium: Browser, running: Running, scheme: str, width: int
) -> None:
    context = new_context(
        chromium,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(running.address)
    name = f"{scheme}-{width}"
    fill_the_page(page)
    check(page)
    shot(page, f"{name}-list")
    log(page).get_by_role("article").nth(1).evaluate("e => e.scrollIntoView()")
    shot(page, f"{name}-parts")
    box(page).press_sequentially("/gallery j")
    check(page)
    shot(page, f"{name}-completion")
    box(page).fill("")
    send(page, "/gallery fill")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_label("Title")).to_be_focused()
    check(page)
    shot(page, f"{name}-form")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Commands").click()
    check(page)
    shot(page, f"{name}-commands")
    page.keyboard.press("Escape")
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1024])
def test_nothing_sticks_out(chromium: Browser, running: Running, width: int) -> None:
    context = new_context(chromium, viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(running.address)
    fill_the_page(page)
    send(page, "x" * 400)
    expect(log(page)).to_contain_text("xxx")
    sticks_out = """() => [document.documentElement, document.getElementById("log")]
      .some((element) => element.scrollWidth > element.clientWidth)"""
    assert page.evaluate(sticks_out) is False
    send(page, "/gallery fill")
    body = page.locator(".dialog-body")
    assert body.evaluate("e => e.scrollWidth > e.clientWidth") is False
    context.close()


def test_the_menu_on_a_phone(phone: Page) -> None:
    menu = phone.get_by_role("button", name="Menu", exact=True)
    expect(phone.get_by_label("Persona")).to_be_hidden()
    menu.press("Enter")
    expect(phone.get_by_role("button", name="Close the menu")).to_be_focused()
    expect(phone.get_by_label("Persona")).to_be_visible()
    shot(phone, "phone-menu")
    phone.keyboard.press("Escape")
    expect(menu).to_be_focused()
    menu.click()
    phone.get_by_role("navigation", name="Channels").get_by_role("button", name="general").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("#general")
    expect(phone.get_by_label("Persona")).to_be_hidden()


def test_targets_are_large_enough(phone: Page) -> None:
    send(phone, "/gallery show")
    expect(log(phone)).to_contain_text("Every part there is")
    small = """() => [...document.querySelectorAll("button, select, summary, .check, a.button")]
      .filter((element) => element.checkVisibility({ opacityProperty: true }))
      .filter((element) => !element.closest("p"))
      .map((element) => [element.textContent.slice(0, 30), element.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 24 || height < 24).map(([text]) => text)"""
    assert phone.evaluate(small) == []
    assert phone.viewport_size == PHONE


def test_keyboard_alone(page: Page, running: Running) -> None:
    """From the address to a seat and back without a mouse; the focus is always to be seen."""
    page.locator("body").press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("/gallery li")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("Talking through a first UFE")
    seen: list[str] = []
    for _step in range(12):
        page.keyboard.press("Shift+Tab")
        text = page.evaluate("document.activeElement.textContent.trim()")
        seen.append(text)
        visible = """() => {
          const style = getComputedStyle(document.activeElement);
          return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        }"""
        assert page.evaluate(visible), text
        if text == "Join":
            break
    assert seen[-1] == "Join"
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("You have a seat")
    page.keyboard.press("Tab")
    page.get_by_label("Persona").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Persona")).to_have_value("mentor")
    expect(page.get_by_label("Persona")).to_be_focused()
    send(page, "/gallery join")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Session")).to_be_focused()
    for _step in range(12):
        page.keyboard.press("Tab")
        inside = """() => document.activeElement === document.body
          || document.querySelector("dialog").contains(document.activeElement)"""
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(box(page)).to_be_focused()


def test_what_is_read_out(page: Page) -> None:
    said = page.locator("#said")
    page.get_by_label("Persona").select_option("mentor")
    expect(said).to_have_text("You are now Ingrid Solberg, Mentor.")
    send(page, "/gallery list")
    article = log(page).get_by_role("article")
    expect(article).to_have_accessible_name("Introducer App 10:30")
    expect(log(page)).to_have_attribute("aria-label", "Messages")


def test_reduced_motion(chromium: Browser, running: Running) -> None:
    context = new_context(chromium, viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(running.address)
    page.get_by_role("button", name="Menu").click()
    assert page.locator("#side").evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    context.close()


def test_larger_text(chromium: Browser, running: Running) -> None:
    """At 200 % nothing is cut off or lost."""
    context = new_context(chromium, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page = context.new_page()
    page.goto(running.address)
    expect(box(page)).to_be_in_viewport()
    send(page, "/gallery fill")
    expect(page.get_by_role("dialog").get_by_role("button", name="Send")).to_be_in_viewport()
    context.close()
