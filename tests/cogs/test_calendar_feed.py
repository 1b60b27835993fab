"""A private calendar address: what it shows, to whom, and that it can be taken back."""

from datetime import timedelta

from bot.runtime.registry import Registry
from bot.runtime.web import Route, WebAnswer, WebAsk
from bot.services import people
from bot.services.office_hours.called_away import host_gone
from bot.services.office_hours.feeds import gone
from bot.services.office_hours.seats import leave_everything
from cogs.office_hours import OfficeHours
from cogs.office_hours.actions import GetCalendar
from cogs.setup import Setup
from tests.cogs.stage import Stage, labels, text

PUBLIC = "https://bot.example.org/"


def enabled(stage: Stage) -> Route:
    """With an endpoint that members can reach; the page."""
    store, clock = stage.village.store, stage.village.clock
    feature = OfficeHours(store, clock, PUBLIC).feature()
    stage.registry = Registry([feature, Setup(store, clock).feature()])
    [route] = feature.routes
    return route


async def get(route: Route, secret: str) -> WebAnswer:
    return await route.answer(WebAsk({"secret": secret}))


async def address(stage: Stage, name: str) -> str:
    """A new address; its secret."""
    calendar = await stage.ask(name, GetCalendar())
    answer = await stage.press(name, calendar, "Private calendar address")
    if "A new address" in labels(answer):
        answer = await stage.press(name, answer, "A new address")
    given = text(answer)
    [line] = [line for line in given.splitlines() if "/calendar/" in line]
    return line.split("/calendar/")[1].split(".ics")[0]


async def test_it_shows_my_seats_and_no_place_of_the_waitlist(stage: Stage):
    route = enabled(stage)
    full = stage.village.host("2027-03-12 18:00", seats=1, title="Full")
    mine = stage.village.host(title="Mine")
    stage.village.join("Ben", full)
    for session in (full, mine):
        stage.village.join("Ana", session)
    secret = await address(stage, "Ana")
    answer = await get(route, secret)
    assert answer.status == 200
    assert answer.kind.startswith("text/calendar")
    body = answer.body.decode() if isinstance(answer.body, bytes) else answer.body
    assert "SUMMARY:Mine" in body
    assert "https://example.org/room" in body
    assert "SUMMARY:Full" not in body
    stage.village.move(mine, "2027-03-13 18:00")
    answer = await get(route, secret)
    assert b"20270313T180000Z" in (answer.body if isinstance(answer.body, bytes) else b"")


async def test_a_new_one_ends_the_old_one_and_it_can_be_taken_back(stage: Stage):
    route = enabled(stage)
    stage.village.join("Ana", stage.village.host())
    first, second = await address(stage, "Ana"), await address(stage, "Ana")
    assert (await get(route, first)).status == 404
    assert (await get(route, second)).status == 200
    calendar = await stage.ask("Ana", GetCalendar())
    asked = await stage.press("Ana", calendar, "Private calendar address")
    given = await stage.press("Ana", asked, "A new address")
    assert "Your earlier address shows nothing any more." in text(given)
    dropped = await stage.press("Ana", given, "Take it back")
    assert "shows nothing any more" in text(dropped)
    assert "You have no calendar address." in text(await stage.press("Ana", given, "Take it back"))
    assert (await get(route, second)).status == 404


async def test_asking_twice_ends_nothing_and_an_address_can_be_taken_back_at_any_time(stage: Stage):
    route = enabled(stage)
    stage.village.join("Ana", stage.village.host())
    secret = await address(stage, "Ana")
    calendar = await stage.ask("Ana", GetCalendar())
    asked = await stage.press("Ana", calendar, "Private calendar address")
    assert "You have a private calendar address already." in text(asked)
    assert "/calendar/" not in text(asked)
    assert (await get(route, secret)).status == 200
    await stage.press("Ana", asked, "Take it back")
    assert (await get(route, secret)).status == 404


async def test_who_left_is_shown_nothing_and_the_database_keeps_no_secret(stage: Stage):
    route = enabled(stage)
    village = stage.village
    village.join("Ana", village.host())
    secret = await address(stage, "Ana")
    dump = village.see(lambda work: work.after_sessions.feed(secret))
    assert dump is None, "only the digest is kept"
    [account] = village.see(lambda work: work.people.accounts(village.members["Ana"]))
    endings = (leave_everything, host_gone, gone)
    village.do(people.leave, village.now, account, village.community, endings)
    assert (await get(route, secret)).status == 404


async def test_an_empty_calendar_is_a_calendar(stage: Stage):
    route = enabled(stage)
    session = stage.village.host()
    stage.village.join("Ana", session)
    secret = await address(stage, "Ana")
    stage.village.clock.set(session.ends + timedelta(days=1))
    answer = await get(route, secret)
    assert answer.status == 200


async def test_without_an_endpoint_nothing_is_offered(stage: Stage):
    stage.village.join("Ana", stage.village.host())
    calendar = await stage.ask("Ana", GetCalendar())
    assert "Private calendar address" not in labels(calendar)
