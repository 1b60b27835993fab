"""The list of office hours: a series is one line, and the rest of it one tap away."""

from datetime import UTC, datetime, timedelta

from bot.domain.recurrence import Repeat
from bot.services.office_hours.listing import Looked, listing
from cogs.office_hours.actions import ListSessions
from tests.cogs.stage import Stage, labels, text

THURSDAY = "2027-03-11 18:00"


async def test_a_weekly_series_is_one_line_with_a_way_to_the_rest(stage: Stage):
    village = stage.village
    village.host(THURSDAY, repeat=Repeat.WEEKLY)
    village.host("2027-03-12 09:00", title="Once only")
    shown = await stage.ask("Ana", ListSessions())
    said = text(shown)
    assert said.count("Tips for TIPS") == 1
    assert said.count("Once only") == 1
    assert "A series, every Thursday: this is the next one, 7 more are planned." in said
    assert labels(shown) == ["Join", "Ask a question", "All dates", "Join", "Ask a question"]
    rest = await stage.press("Ana", shown, "All dates")
    assert "All dates of Tips for TIPS" in text(rest)
    assert text(rest).count("with Host") == 6
    last = await stage.press("Ana", rest, "More")
    assert text(last).count("with Host") == 2
    assert "Once only" not in text(last)
    back = await stage.press("Ana", last, "All office hours")
    assert "Once only" in text(back)


async def test_the_list_goes_on_with_the_next_one_when_one_is_over(stage: Stage):
    village = stage.village
    first = village.host(THURSDAY, repeat=Repeat.WEEKLY)
    village.clock.set(first.ends + timedelta(minutes=1))
    shown = await stage.ask("Ana", ListSessions())
    assert "6 more are planned" in text(shown)
    assert first.code not in text(shown)
    joined = await stage.press("Ana", shown, "Join")
    assert "18 March" in text(joined) or "March 18" in text(joined) or "18 Mar" in text(joined)


def test_what_is_looked_for_decides_which_one_of_a_series_comes_first(stage: Stage):
    village = stage.village
    village.host(THURSDAY, repeat=Repeat.TWO_WEEKLY)
    village.host("2027-03-12 09:00", title="Stents", topic="arterial")
    ana = village.actor("Ana")

    def found(looked: Looked):
        return village.see(listing, village.now, ana, looked, 0, 10)

    later = found(Looked(starts_from=datetime(2027, 3, 20, tzinfo=UTC)))
    assert [one.session.starts.day for one in later.cards] == [25]
    assert [one.more for one in later.behind.values()] == [2]
    about = found(Looked(topic="arterial"))
    assert [one.session.plan.title for one in about.cards] == ["Stents"]
    assert not about.behind
    code = later.cards[0].session.code
    whole = found(Looked(series=code))
    assert [one.session.starts.day for one in whole.cards] == [11, 25, 8, 22]
    assert found(Looked(series=about.cards[0].session.code)).cards == ()
    assert found(Looked(series="zzzz")).cards == ()
