"""The page as somebody uses it: write, command, fill in, press, switch, wait for what comes."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from bot.ui.parts import Button, Facts, Style, Text
from bot.ui.words import Strong, When, _
from tests.adapters.preview.gallery import (
    HOSTILE,
    START,
    Fill,
    GiveBack,
    PickTopic,
    Topic,
    picture,
)
from tests.browser.conftest import Running, new_context, shot


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message", exact=True)


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


def send(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def become(page: Page, persona: str) -> None:
    page.get_by_label("Persona").select_option(persona)


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Channels").get_by_role("button", name=name).click()


def test_the_names_that_guides_rely_on(page: Page) -> None:
    expect(page.get_by_label("Persona")).to_be_visible()
    expect(page.get_by_role("navigation", name="Channels")).to_be_visible()
    expect(log(page)).to_be_visible()
    expect(box(page)).to_be_visible()
    expect(page.get_by_role("group", name="Clock")).to_be_visible()
    assert page.url.endswith("/")  # the token does not stay in the address bar


def test_text_stays_text(page: Page) -> None:
    send(page, HOSTILE)
    expect(log(page)).to_contain_text(HOSTILE)
    assert log(page).locator("img:not(.avatar)").count() == 0
    assert log(page).locator("b").count() == 0


def test_commands_complete_by_keyboard(page: Page, running: Running) -> None:
    box(page).press_sequentially("/gal")
    expect(suggestions(page)).to_have_count(7)
    box(page).press_sequentially("lery jo")
    box(page).press("Enter")
    expect(box(page)).to_have_value("/gallery join ")
    expect(suggestions(page).first).to_contain_text("session:")
    box(page).press("Tab")
    expect(suggestions(page)).to_have_count(2)
    box(page).press_sequentially("first job")
    expect(suggestions(page)).to_have_count(1)
    box(page).press("ArrowDown")
    selected = page.locator("[role=option][aria-selected=true]")
    expect(selected).to_have_text("Finding a first job in IRm2x7")
    assert box(page).get_attribute("aria-activedescendant") == selected.get_attribute("id")
    box(page).press("Enter")
    expect(box(page)).to_have_value("/gallery join session:m2x7 ")
    box(page).press("Escape")
    expect(suggestions(page)).to_have_count(0)
    box(page).press("Enter")
    expect(log(page)).to_contain_text("You have a seat")
    expect(box(page)).to_have_value("")
    box(page).press("ArrowUp")
    expect(box(page)).to_have_value("/gallery join session:m2x7 ")


def test_an_unknown_command_is_explained_and_kept(page: Page) -> None:
    send(page, "/galery list")
    expect(page.get_by_role("alert")).to_contain_text("Did you mean /gallery list")
    expect(box(page)).to_have_value("/galery list")


def test_the_list_of_commands(page: Page) -> None:
    page.get_by_role("button", name="Commands").click()
    dialog = page.get_by_role("dialog", name="Commands")
    dialog.get_by_role("searchbox").fill("seat")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    dialog.get_by_role("button", name="/gallery join").click()
    expect(dialog).to_have_count(0)
    expect(box(page)).to_have_value("/gallery join ")
    expect(box(page)).to_be_focused()


def test_private_replies_are_marked_and_private(page: Page) -> None:
    send(page, "/gallery list")
    article = log(page).get_by_role("article")
    expect(article).to_contain_text("Only you can see this")
    become(page, "mentor")
    expect(log(page)).to_contain_text("Nothing has been written here yet")
    become(page, "trainee")
    article.get_by_role("button", name="Dismiss").click()
    expect(article).to_have_count(0)
    expect(box(page)).to_be_focused()


def test_a_form_says_at_the_field_what_is_wrong(page: Page, running: Running) -> None:
    send(page, "/gallery fill")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Title")).to_be_focused()
    dialog.get_by_label("Title").fill("x")
    dialog.get_by_label("Starts").fill("whenever")
    dialog.get_by_role("button", name="Send").click()
    title = dialog.get_by_label("Title")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description(
        "As others will see it Write at least 3 characters."
    )
    expect(dialog.get_by_label("Topic")).to_have_attribute("aria-invalid", "true")
    assert running.gallery.seen == []
    title.fill("A talk")
    dialog.get_by_label("Starts").fill("2027-03-11 18:00")
    dialog.get_by_label("Topic", exact=True).select_option(label="First job")
    dialog.get_by_role("checkbox", name="Research").check()
    dialog.get_by_role("checkbox", name="Announce it quietly").check()
    dialog.get_by_label("Co-host").select_option(label="Ingrid Solberg")
    dialog.get_by_label("Announce in").select_option(label="#cases")
    dialog.get_by_label("Material").locator("input").set_input_files(
        [{"name": "one.png", "mimeType": "image/png", "buffer": picture(4, 4)}]
    )
    expect(dialog.get_by_text("one.png")).to_be_visible()
    dialog.get_by_role("button", name="Send").click()
    expect(log(page)).to_contain_text("A talk is planned")
    expect(dialog).to_have_count(0)
    expect(box(page)).to_be_focused()
    (seen,) = running.gallery.seen
    assert isinstance(seen, Fill)
    assert (seen.topic, seen.tags, seen.quiet) == (Topic.FIRST_JOB, (Topic.RESEARCH,), True)
    assert seen.files[0].content == picture(4, 4)


def test_a_text_that_is_too_long_says_one_number(page: Page) -> None:
    send(page, "/gallery fill")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("😀" * 65 + " ")
    expect(dialog.get_by_text("5 too long", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("This is 5 characters too long.")).to_be_visible()


def test_a_message_that_is_too_long_says_so_and_stays(page: Page) -> None:
    long = "/gallery join " + "x" * 4000
    box(page).fill(long)
    box(page).press("Enter")
    expect(page.get_by_role("alert").get_by_text("This is 14 characters too long.")).to_be_visible()
    expect(box(page)).to_have_value(long)


def test_suggestions_in_a_form_and_something_else(page: Page, running: Running) -> None:
    send(page, "/gallery join")
    dialog = page.get_by_role("dialog")
    session = dialog.get_by_role("combobox", name="Session")
    session.press("ArrowDown")
    expect(dialog.get_by_role("option")).to_have_count(2)
    session.press_sequentially("job")
    expect(dialog.get_by_role("option")).to_have_count(1)
    session.press("ArrowDown")
    session.press("Enter")
    expect(session).to_have_value("m2x7")
    expect(dialog).to_contain_text("Finding a first job in IR")
    session.fill("k3f")
    session.press("Escape")
    expect(dialog.get_by_role("option")).to_have_count(0)
    session.fill("elsewhere")
    dialog.get_by_role("button", name="Send").click()
    expect(log(page)).to_contain_text("No session has this code")
    log(page).get_by_role("button", name="Correct it").click()
    expect(session).to_have_value("elsewhere")


def test_a_form_is_not_lost_by_accident(page: Page) -> None:
    send(page, "/gallery join")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What you want to talk about").fill("Something long")
    page.keyboard.press("Escape")
    expect(dialog).to_contain_text("has not been sent")
    dialog.get_by_role("button", name="Keep editing").click()
    expect(dialog.get_by_label("What you want to talk about")).to_have_value("Something long")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Discard").click()
    expect(dialog).to_have_count(0)
    expect(box(page)).to_be_focused()


def fill_half(page: Page) -> Locator:
    """A form with something in every kind of field, not sent."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("A <b>talk</b>")
    dialog.get_by_label("Starts").fill("Thu 6pm")
    dialog.get_by_label("Topic", exact=True).select_option(label="First job")
    dialog.get_by_label("Minutes").fill("30")
    dialog.get_by_label("Agenda").fill("One\ntwo")
    dialog.get_by_role("checkbox", name="Research").check()
    dialog.get_by_role("checkbox", name="Announce it quietly").check()
    dialog.get_by_label("Co-host").select_option(label="Ingrid Solberg")
    dialog.get_by_role("group", name="Invite").get_by_label("Ingrid Solberg").check()
    dialog.get_by_label("Announce in").select_option(label="#cases")
    dialog.get_by_label("Material").locator("input").set_input_files(
        [{"name": "one.png", "mimeType": "image/png", "buffer": picture(4, 4)}]
    )
    return dialog


def stored(page: Page) -> str:
    """Everything that the browser keeps for this tab and for this address."""
    return page.evaluate(
        "() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])"
    )


def test_a_half_filled_form_outlives_a_reload(page: Page, running: Running) -> None:
    send(page, "/gallery fill")
    dialog = fill_half(page)
    expect(dialog.get_by_text("one.png")).to_be_visible()
    assert "one.png" not in stored(page)  # files are chosen again
    page.reload()
    expect(dialog.get_by_label("Title")).to_have_value("A <b>talk</b>")
    expect(dialog.get_by_label("Starts")).to_have_value("Thu 6pm")
    expect(dialog.get_by_label("Minutes")).to_have_value("30")
    expect(dialog.get_by_label("Agenda")).to_have_value("One\ntwo")
    expect(dialog.get_by_label("Topic", exact=True)).to_have_value("first job")
    expect(dialog.get_by_role("checkbox", name="Research")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name="Announce it quietly")).to_be_checked()
    expect(dialog.get_by_label("Co-host")).to_have_value("mentor")
    invited = dialog.get_by_role("group", name="Invite").get_by_label("Ingrid Solberg")
    expect(invited).to_be_checked()
    expect(dialog.get_by_label("Announce in")).to_have_value("cases")
    expect(dialog.get_by_text("one.png")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_contain_text("has not been sent")
    dialog.get_by_role("button", name="Keep editing").click()
    page.reload()  # more than once
    dialog.get_by_role("button", name="Send").click()
    expect(log(page)).to_contain_text("A <b>talk</b> is planned")
    (seen,) = running.gallery.seen
    assert isinstance(seen, Fill)
    assert (seen.topic, seen.minutes, seen.quiet) == (Topic.FIRST_JOB, 30, True)
    assert "talk" not in stored(page)
    page.reload()
    expect(log(page)).to_contain_text("is planned")
    expect(dialog).to_have_count(0)


def test_a_half_filled_form_is_its_personas_own(page: Page) -> None:
    send(page, "/gallery fill")
    dialog = fill_half(page)
    page.evaluate("() => sessionStorage.setItem('persona', 'mentor')")
    page.reload()
    expect(page.get_by_label("Persona")).to_have_value("mentor")
    expect(log(page)).to_contain_text("Nothing has been written here yet")
    expect(dialog).to_have_count(0)
    become(page, "trainee")
    expect(dialog.get_by_label("Title")).to_have_value("A <b>talk</b>")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Discard").click()
    assert "talk" not in stored(page)
    page.reload()
    expect(log(page)).to_contain_text("Nothing has been written here yet")
    expect(dialog).to_have_count(0)


def test_a_form_for_memory_alone_is_never_kept(page: Page) -> None:
    send(page, '/gallery fill title:"in memory" starts:"2027-03-11 18:00" topic:"first job"')
    dialog = fill_half(page)
    kept = stored(page)
    assert "talk" not in kept
    assert "Thu 6pm" not in kept
    page.reload()
    expect(log(page)).to_contain_text("Nothing has been written here yet")
    expect(dialog).to_have_count(0)


def test_a_half_filled_form_outlives_a_lost_connection(page: Page, running: Running) -> None:
    send(page, "/gallery fill")
    dialog = fill_half(page)
    running.stop()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_contain_text("what you wrote is still here")
    expect(dialog.get_by_label("Title")).to_have_value("A <b>talk</b>")
    running.start_again()
    expect(page.get_by_text("The connection is lost")).to_be_hidden()
    expect(dialog.get_by_label("Agenda")).to_have_value("One\ntwo")
    page.reload()
    expect(dialog.get_by_label("Agenda")).to_have_value("One\ntwo")
    dialog.get_by_role("button", name="Send").click()
    expect(log(page)).to_contain_text("is planned")


def test_every_part_is_native(page: Page, running: Running) -> None:
    send(page, "/gallery show")
    article = log(page).get_by_role("article")
    expect(article.get_by_role("heading", name="Every part there is")).to_be_visible()
    expect(article.locator("time").nth(1)).to_have_text("Tue 9 Mar, 18:00")
    expect(article.locator("time").nth(2)).to_have_text("18:45")
    expect(article.locator("dl dt").first).to_have_text("Host")
    picture = article.get_by_role("img", name="A grey gradient")
    expect(picture).to_have_js_property("naturalWidth", 360)
    expect(article.get_by_role("link", name="Reading list")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    expect(article.get_by_text("A hidden answer")).to_be_hidden()
    article.get_by_text("Diagnosis").click()
    expect(article.get_by_text("A hidden answer")).to_be_visible()
    with page.expect_download() as download:
        article.get_by_role("link", name="hour.ics").click()
    assert download.value.suggested_filename == "hour.ics"
    assert Path(download.value.path()).read_bytes() == b"BEGIN:VCALENDAR"
    article.get_by_label("Topic", exact=True).select_option("first job")
    expect(log(page)).to_contain_text("Noted: first job")
    topics = article.get_by_role("group", name="Topics")
    topics.get_by_label("Embolisation").check()
    topics.get_by_label("Research").check()
    expect(topics.get_by_label("First job")).to_be_disabled()
    topics.get_by_role("button", name="Choose").click()
    expect(log(page).get_by_role("article")).to_have_count(3)
    assert running.gallery.seen[-1] == PickTopic(several=(Topic.EMBOLISATION, Topic.RESEARCH))
    article.get_by_role("button", name="/help").click()
    expect(box(page)).to_have_value("/help ")


def test_arrow_keys_in_a_list_do_not_act_yet(page: Page, running: Running) -> None:
    send(page, "/gallery show")
    pick = log(page).get_by_label("Topic", exact=True)
    pick.focus()
    pick.evaluate(
        """list => {
          list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
          list.value = "research";
          list.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(log(page).get_by_role("button", name="Choose").first).to_be_visible()
    assert len(running.gallery.seen) == 1
    pick.press("Enter")
    expect(log(page)).to_contain_text("Noted: research")


def test_a_pressed_button_changes_the_message_and_keeps_the_focus(
    page: Page, running: Running
) -> None:
    send(page, "/gallery join k3f9")
    leave = log(page).get_by_role("button", name="Leave")
    leave.focus()
    page.keyboard.press("Enter")
    again = log(page).get_by_role("button", name="Take it again")
    expect(again).to_be_focused()
    assert running.gallery.seen[-1] == GiveBack("k3f9")
    expect(log(page).get_by_role("article")).to_have_count(1)


def test_files_can_be_dropped_and_pasted(page: Page) -> None:
    data = page.evaluate_handle(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "sketch.png", { type: "image/png" }));
          return data;
        }""",
        list(picture(8, 8)),
    )
    pane = page.locator("#pane")
    pane.dispatch_event("dragover", {"dataTransfer": data})
    expect(pane).to_have_class("pane over")
    pane.dispatch_event("drop", {"dataTransfer": data})
    expect(page.get_by_role("list", name="Attached files")).to_contain_text("sketch.png")
    page.get_by_role("button", name="Remove sketch.png").click()
    expect(page.get_by_role("list", name="Attached files")).to_have_count(0)
    pane.dispatch_event("drop", {"dataTransfer": data})
    send(page, "Look")
    expect(log(page).locator("figure img")).to_have_count(1)


def test_threads(page: Page) -> None:
    send(page, "A question")
    log(page).get_by_role("article").hover()
    log(page).get_by_role("button", name="Reply in thread").click()
    reply = page.get_by_role("textbox", name="Reply")
    expect(reply).to_be_focused()
    reply.fill("An answer")
    reply.press("Enter")
    expect(page.get_by_role("log", name="Thread")).to_contain_text("An answer")
    reply.fill("/gallery list")
    reply.press("Enter")
    expect(page.get_by_role("log", name="Thread")).to_contain_text("Only you can see this")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    count = log(page).get_by_role("button", name="2 replies, to Noor Haddad")
    expect(count).to_be_focused()
    become(page, "mentor")
    expect(log(page).get_by_role("button", name="1 reply")).to_be_visible()


def test_a_reminder_is_noticed_wherever_one_is(page: Page, running: Running) -> None:
    heading = Text(_("Tomorrow: {what}", what=Strong("Talking through a first UFE")), Style.HEADING)
    facts = Facts(((_("Starts"), When(START)),))
    running.remind("trainee", "1", heading, facts, Button(_("Leave"), GiveBack("k3f9")))
    expect(page.get_by_text("Introducer sent you a direct message")).to_be_visible()
    expect(page).to_have_title("(1) #office-hours – Introducer preview")
    go(page, "Introducer")
    expect(log(page)).to_contain_text("Tomorrow: Talking through a first UFE")
    expect(log(page).get_by_text("New", exact=True)).to_be_visible()
    expect(page).to_have_title("Introducer – Introducer preview")
    shot(page, "reminder")
    running.remind("mentor", "2", Text(_("Two seats are taken.")))
    page.get_by_role("button", name="Switch to Ingrid Solberg 1 new").click()
    expect(page.get_by_label("Persona")).to_have_value("mentor")
    expect(log(page)).to_contain_text("Two seats are taken.")
    expect(log(page)).not_to_contain_text("Tomorrow")


def test_a_german_browser_reads_german(chromium: Browser, running: Running) -> None:
    """What guides and tests go by keeps its name."""
    context = new_context(chromium, locale="de-DE")
    page = context.new_page()
    page.goto(running.address)
    expect(page.get_by_text("Direktnachrichten", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    for name in ("Persona", "Message"):
        expect(page.get_by_label(name, exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Channels")).to_be_visible()
    become(page, "guest")
    go(page, "general")
    # What a person wrote stays as it is, even if the page has a word for it.
    send(page, "Dismiss")
    expect(log(page).get_by_text("Dismiss", exact=True)).to_be_visible()
    send(page, "/gallery show")
    expect(log(page)).to_contain_text("Gäste können")
    expect(log(page)).to_contain_text("Nur Sie sehen das")
    context.close()


def test_a_persona_closes_their_messages(page: Page, running: Running) -> None:
    closed = page.get_by_role("switch", name="Messages closed")
    expect(closed).not_to_be_checked()
    closed.focus()
    closed.press("Space")
    expect(closed).to_be_checked()
    expect(closed).to_be_focused()
    running.remind("trainee", "closed-1", Text(_("This does not arrive.")))
    become(page, "mentor")
    expect(closed).not_to_be_checked()
    become(page, "trainee")
    expect(closed).to_be_checked()
    go(page, "Introducer")
    expect(log(page)).to_contain_text("Messages are closed")
    closed.click()
    running.remind("trainee", "closed-2", Text(_("This arrives.")))
    expect(log(page)).to_contain_text("This arrives.")
    expect(log(page)).not_to_contain_text("This does not arrive.")


def test_new_messages_elsewhere_are_counted(page: Page) -> None:
    send(page, "One")
    expect(log(page)).to_contain_text("One")
    go(page, "general")
    become(page, "mentor")
    channels = page.get_by_role("navigation", name="Channels")
    expect(channels.get_by_role("button", name="office-hours 1 new")).to_be_visible()
    go(page, "office-hours")
    expect(log(page)).to_contain_text("One")
    expect(channels.get_by_role("button", name="office-hours 1 new")).to_have_count(0)


def test_the_clock(page: Page) -> None:
    clock = page.get_by_role("group", name="Clock")
    expect(clock).to_contain_text("Mon, 8 Mar 2027, 10:30")
    clock.get_by_role("button", name="+1 h").click()
    expect(clock.locator("time")).to_have_text("Mon, 8 Mar 2027, 11:30")
    clock.get_by_role("button", name="+1 day").click()
    expect(clock.locator("time")).to_have_text("Tue, 9 Mar 2027, 11:30")
    clock.get_by_role("button", name="Next due").click()
    expect(clock).to_contain_text("Nothing is due")


def test_a_lost_connection_is_shown_and_healed(page: Page, running: Running) -> None:
    send(page, "Before")
    box(page).fill("Half a thought")
    running.stop()
    expect(page.get_by_text("The connection is lost")).to_be_visible()
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("what you wrote is still here")
    expect(box(page)).to_have_value("Half a thought")
    running.start_again()
    running.remind("trainee", "1", Text(_("While you were away.")))
    expect(page.get_by_text("The connection is lost")).to_be_hidden()
    expect(log(page)).to_contain_text("Before")
    expect(page.get_by_role("button", name="Introducer 1 new")).to_be_visible()
    box(page).press("Enter")
    expect(log(page)).to_contain_text("Half a thought")


def test_a_preview_that_was_started_again_speaks_with_one_voice(
    page: Page, running: Running
) -> None:
    box(page).fill("Half a thought")
    running.stop()
    expect(page.get_by_text("The connection is lost")).to_be_visible()
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The preview does not answer")
    running.start_again(token="another")
    expect(page.get_by_text("Copy what you wrote here")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("The preview does not answer")).to_be_hidden()
    expect(box(page)).to_have_value("Half a thought")


def test_a_network_that_goes_and_comes(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.get_by_text("The connection is lost")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("The connection is lost")).to_be_hidden()


def test_the_panel(page: Page) -> None:
    send(page, "/gallery show")
    expect(log(page)).to_contain_text("Every part there is")
    go(page, "My panel")
    expect(log(page)).to_contain_text("Your next session")
    expect(box(page)).to_be_hidden()


def test_who_sees_which_channel(page: Page) -> None:
    channels = page.get_by_role("navigation", name="Channels")
    expect(channels.get_by_role("button", name="moderators")).to_have_count(0)
    become(page, "moderator")
    expect(channels.get_by_role("button", name="moderators")).to_be_visible()
    go(page, "moderators")
    become(page, "guest")
    expect(channels.get_by_role("button", name="cases")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("#office-hours")


def test_a_reload_keeps_who_and_where(page: Page) -> None:
    become(page, "mentor")
    go(page, "cases")
    page.reload()
    expect(page.get_by_label("Persona")).to_have_value("mentor")
    expect(page.get_by_role("heading", level=1)).to_have_text("#cases")
