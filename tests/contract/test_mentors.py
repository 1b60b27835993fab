"""Mentors on every platform: offer, find, request, accept; and what is refused kindly."""

from __future__ import annotations

from collections.abc import Mapping

from tests.contract.stage import MEMBER, MODERATOR, OTHER, Seen, Stage, Value, Who, seen, sheet

OFFER: Mapping[str, Value] = {
    "help_with": ("career",),
    "topics": ("oncology", "research"),
    "formats": ("talk", "ongoing"),
    "meeting": "Write two lines first.",
    "places": 1,
}
TEXT: Mapping[str, Value] = {
    "who": "I am in my third year and there is no IR where I train.",
    "why": "You help with first steps into oncology research.",
    "ask": "Could we talk for 20 minutes about a first project?",
    "format": "ongoing",
}


async def offered(bot: Stage, who: str, viewer: str = MEMBER) -> Seen:
    form = sheet(await bot.command(who, "mentor offer", {}))
    shown = seen(await bot.send(who, form, OFFER))
    assert shown.private
    assert "Nothing is shown yet" in shown.text
    listed = seen(await bot.command(viewer, "mentor find", {"text": "two lines first"}))
    assert "Write two lines" not in listed.text
    return seen(await bot.press(who, shown, "Publish"))


async def test_offer_find_request_accept_pair(bot: Stage):
    done = await offered(bot, OTHER)
    assert "You are in the list of mentors" in done.text
    found = seen(await bot.command(MEMBER, "mentor find", {"topic": "oncology"}))
    assert found.private
    assert "both: " in found.text
    assert [label for label in found.labels if label.startswith("Ask ")]
    ask = next(label for label in found.labels if label.startswith("Ask "))
    form = sheet(await bot.press(MEMBER, found, ask))
    shown = seen(await bot.send(MEMBER, form, TEXT))
    assert "This goes to" in shown.text
    assert "3 sentences" in shown.text
    sent = seen(await bot.press(MEMBER, shown, "Send"))
    assert "is on its way" in sent.text
    inbox = seen(await bot.command(OTHER, "mentor inbox", {}))
    opening = next(label for label in inbox.labels if label.startswith("Open "))
    request = seen(await bot.press(OTHER, inbox, opening))
    assert "there is no IR where I train" in request.text
    assert request.labels == [
        "Accept",
        "Not now",
        "Ask a question",
        "Not now and pause",
        "We spoke elsewhere",
    ]
    accepted = seen(await bot.press(OTHER, request, "Accept"))
    assert "are a pair now" in accepted.text
    record = seen(await bot.command(OTHER, "mentor record", {"year": 2027}))
    assert list(record.files) == ["mentor-record-2027.txt"]
    full = seen(await bot.command(MODERATOR, "mentor request", {**TEXT, "mentor": Who(OTHER)}))
    assert "no room for that format at the moment, but for: One talk of 15-20 min." in full.text
    for who in (MEMBER, OTHER, MODERATOR):
        assert not any("where I train" in text and "goes to" not in text and "request" not in text
                       for text in bot.in_channel(who))  # fmt: skip
    assert bot.pinged() == []


async def test_the_questions_are_put_once_and_kept_under_the_panel(bot: Stage):
    await offered(bot, OTHER, viewer=MODERATOR)
    first = seen(await bot.command(MEMBER, "mentor request", {**TEXT, "mentor": Who(OTHER)}))
    assert "This goes to" in first.text
    assert "All are optional, and I ask this once" in first.text
    again = seen(await bot.command(MEMBER, "mentor find", {}))
    assert "A few questions" not in again.labels
    form = sheet(await bot.press(MEMBER, first, "A few questions"))
    told = {"stage": "Medical student", "home_programme": "unsaid", "programmes": "Far, Away"}
    kept = seen(await bot.send(MEMBER, form, told))
    assert "shown to nobody" in kept.text
    sent = seen(await bot.press(MEMBER, first, "Send"))
    assert "is on its way" in sent.text


async def test_nobody_is_listed_yet(bot: Stage):
    none = seen(await bot.command(MEMBER, "mentor find", {"topic": "oncology"}))
    assert "Nobody is listed yet" in none.text
    assert "has room" not in none.text
    form = sheet(await bot.press(MEMBER, none, "Offer mentoring"))
    assert "help_with" in form.fields


async def test_the_directory_is_open_to_some_only(bot: Stage):
    await offered(bot, OTHER, viewer=MODERATOR)
    found = seen(await bot.command(MEMBER, "mentor find", {}))
    panel = seen(await bot.command(MODERATOR, "setup mentors", {}))
    assert "Every member may look" in panel.text
    form = sheet(await bot.press(MODERATOR, panel, "Limit who may look"))
    asked = seen(await bot.send(MODERATOR, form, {"people": (Who(OTHER),)}))
    assert "every member" in asked.text
    await bot.press(MODERATOR, asked, "Confirm")
    limited = seen(await bot.command(MODERATOR, "setup mentors", {}))
    assert "These people may look" in limited.text
    for name, options in (
        ("mentor find", {}),
        ("mentor suggest", {}),
        ("mentor show", {"member": Who(OTHER)}),
        ("mentor request", {**TEXT, "mentor": Who(OTHER)}),
    ):
        refused = seen(await bot.command(MEMBER, name, options))
        assert "open to some members only" in refused.text, name
    ask = next(label for label in found.labels if label.startswith("Ask "))
    refused = seen(await bot.press(MEMBER, found, ask))
    assert "open to some members only" in refused.text, "a button proves no right"
    for who in (OTHER, MODERATOR):
        assert "open to some" not in seen(await bot.command(who, "mentor find", {})).text
    opened = seen(await bot.press(MODERATOR, limited, "Open to every member"))
    await bot.press(MODERATOR, opened, "Confirm")
    assert "has room" in seen(await bot.command(MEMBER, "mentor find", {})).text


async def test_a_community_has_topics_of_its_own(bot: Stage):
    bot.hostile = True  # a label that looks like markup is shown as it was typed
    panel = seen(await bot.command(MODERATOR, "setup mentors", {}))
    topics = seen(await bot.choose(MODERATOR, panel, "A list", "topics"))
    assert "Interventional oncology" in topics.text
    form = sheet(await bot.press(MODERATOR, topics, "Add an entry"))
    added = seen(await bot.send(MODERATOR, form, {"label": "Genicular <!channel> *artery*"}))
    await bot.press(MODERATOR, added, "Confirm")
    panel = seen(await bot.command(MODERATOR, "setup mentors", {}))
    topics = seen(await bot.choose(MODERATOR, panel, "A list", "topics"))
    assert "Genicular" in topics.text
    change = "Rename one, take it off or put it back"
    form = sheet(await bot.choose(MODERATOR, topics, change, "oncology"))
    same = seen(await bot.send(MODERATOR, form, {"label": "Research"}))
    assert "reads the same" in same.text
    form = sheet(await bot.choose(MODERATOR, topics, change, "oncology"))
    renamed = seen(await bot.send(MODERATOR, form, {"label": "Tumours"}))
    await bot.press(MODERATOR, renamed, "Confirm")
    await offered(bot, OTHER)
    found = seen(await bot.command(MEMBER, "mentor find", {"text": "tumours"}))
    assert "Tumours" in found.text
    by_topic = seen(await bot.command(MEMBER, "mentor find", {"topic": "Tumours"}))
    assert "both: " in by_topic.text
    assert bot.pinged() == []


async def test_question_answer_and_not_now(bot: Stage):
    await offered(bot, OTHER)
    shown = seen(await bot.command(MEMBER, "mentor request", {**TEXT, "mentor": Who(OTHER)}))
    await bot.press(MEMBER, shown, "Send")
    inbox = seen(await bot.command(OTHER, "mentor inbox", {}))
    opening = next(label for label in inbox.labels if label.startswith("Open "))
    request = seen(await bot.press(OTHER, inbox, opening))
    form = sheet(await bot.press(OTHER, request, "Ask a question"))
    assert "on its way" in seen(await bot.send(OTHER, form, {"question": "Which year?"})).text
    mine = seen(await bot.command(MEMBER, "mentor inbox", {}))
    assert "Your turn" in mine.text
    opening = next(label for label in mine.labels if label.startswith("Open "))
    asked = seen(await bot.press(MEMBER, mine, opening))
    assert "Which year?" in asked.text
    form = sheet(await bot.press(MEMBER, asked, "Answer"))
    assert "on its way" in seen(await bot.send(MEMBER, form, {"answer": "The third."})).text
    declined = seen(await bot.press(OTHER, request, "Not now"))
    assert "Answered kindly" in declined.text


async def test_pause_with_everything_on_one_screen(bot: Stage):
    await offered(bot, OTHER)
    for who in (MEMBER, MODERATOR):
        shown = seen(await bot.command(who, "mentor request", {**TEXT, "mentor": Who(OTHER)}))
        await bot.press(who, shown, "Send")
    screen = seen(await bot.command(OTHER, "mentor pause", {}))
    assert "2 requests are open" in screen.text
    accept = next(label for label in screen.labels if label.startswith("Accept "))
    screen = seen(await bot.press(OTHER, screen, accept))
    assert "1 request is open" in screen.text
    rests = seen(await bot.press(OTHER, screen, "Pause now"))
    assert "1 open request got a kind answer" in rests.text
    back = seen(await bot.command(OTHER, "mentor resume", {}))
    assert "shown again" in back.text
    gone = seen(await bot.command(OTHER, "mentor withdraw", {}))
    assert "not in the list" in seen(await bot.press(OTHER, gone, "Withdraw")).text


async def test_an_identifier_stops_a_request_and_nothing_else_does(bot: Stage):
    await offered(bot, OTHER)
    named = {**TEXT, "why": "My patient John Doe, MRN 1234567, bled.", "mentor": Who(OTHER)}
    refused = seen(await bot.command(MEMBER, "mentor request", named))
    assert "Nothing was sent" in refused.text
    assert "Send" not in refused.labels
    rash = {**TEXT, "ask": "Would you write me a letter of recommendation?", "mentor": Who(OTHER)}
    hinted = seen(await bot.command(MEMBER, "mentor request", rash))
    assert "you decide" in hinted.text
    assert "Send" in hinted.labels


async def test_a_listing_is_looked_through_like_a_request(bot: Stage):
    form = sheet(await bot.command(OTHER, "mentor offer", {}))
    named = {**OFFER, "meeting": "Ask me about my patient John Doe, MRN 1234567."}
    refused = seen(await bot.send(OTHER, form, named))
    assert "may say who a patient is" in refused.text
    assert "nothing is shown" in refused.text
    assert "Publish" not in refused.labels
    assert "Nobody is listed" in seen(await bot.command(MEMBER, "mentor find", {})).text


async def test_a_format_that_is_not_offered_is_answered_with_those_that_are(bot: Stage):
    await offered(bot, OTHER)
    other = {**TEXT, "format": "visit", "mentor": Who(OTHER)}
    refused = seen(await bot.command(MEMBER, "mentor request", other))
    assert "They do: One talk of 15-20 min and Ongoing." in refused.text


async def test_the_small_commands(bot: Stage):
    await offered(bot, OTHER)
    card = seen(await bot.command(MEMBER, "mentor show", {"member": Who(OTHER)}))
    assert "Has room" in card.text
    assert "may suit you" in seen(await bot.command(MEMBER, "mentor suggest", {})).text
    form = sheet(await bot.command(OTHER, "mentor edit", {}))
    assert "topics" in form.fields
    record = seen(await bot.command(OTHER, "mentor record", {"year": 2027}))
    assert "Nothing is counted for 2027 yet." in record.text
    assert not record.files
    verified = seen(
        await bot.command(MODERATOR, "setup verify", {"member": Who(OTHER), "how": "met."})
    )
    assert "Verified: met. Your name" in verified.text
    stands = seen(await bot.command(MODERATOR, "setup verify", {"member": Who(OTHER)}))
    assert "Nothing was changed." in stands.text
    taken = seen(await bot.press(MODERATOR, stands, "Take it back"))
    assert "is taken back, and they hear it" in taken.text
    again = seen(await bot.press(MODERATOR, taken, "Undo"))
    assert "It stands again as before: met" in again.text
    named = {"member": Who(OTHER), "how": "Treated my patient John Doe, MRN 1234567"}
    refused = seen(await bot.command(MODERATOR, "setup verify", named))
    assert "may say who a patient is" in refused.text
    assert (
        "Verified by" in seen(await bot.command(MEMBER, "mentor show", {"member": Who(OTHER)})).text
    )
    edited = sheet(await bot.command(OTHER, "mentor edit", {}))
    preview = seen(await bot.send(OTHER, edited, {}))
    assert "Verified by" in preview.text, "exactly what others see"
    blocked = seen(await bot.command(MEMBER, "my block", {"member": Who(OTHER)}))
    assert "find each other nowhere" in blocked.text
    full = seen(await bot.command(MEMBER, "mentor show", {"member": Who(OTHER)}))
    assert "Full at the moment" in full.text
    assert bot.pinged() == []


async def test_a_round_of_matching(bot: Stage):
    await offered(bot, OTHER)
    none = seen(await bot.command(MODERATOR, "setup match", {}))
    assert none.private
    assert "No round is open" in none.text
    opened = seen(await bot.press(MODERATOR, none, "Open a round"))
    assert "Make a draft" in opened.labels
    form = sheet(await bot.press(MODERATOR, opened, "Do not pair two people"))
    apart = seen(await bot.send(MODERATOR, form, {"one": Who(MEMBER), "other": Who(OTHER)}))
    assert "are not paired" in apart.text
    drafted = seen(await bot.press(MODERATOR, apart, "Make a draft"))
    assert "Publish" in drafted.labels
    asked = seen(await bot.press(MODERATOR, drafted, "Publish"))
    assert "A message goes to 0 people" in asked.text
    done = seen(await bot.press(MODERATOR, asked, "Publish now"))
    assert "0 pairs" in done.text
    assert bot.pinged() == []
