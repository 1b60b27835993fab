"""Reports of conduct: who hears of one, and who never does."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.audit import Setting
from bot.domain.people import Account, MemberId
from bot.domain.reports import Category, Report
from bot.services import own_data, pairs, reports
from bot.services.ports import Work
from bot.services.reports import Kind
from tests.services.village import HALL, Village


def moderates(village: Village, *names: str) -> None:
    """They are on record as moderators."""

    def acted(work: Work) -> None:
        for name in names:
            member = village.members[name]
            work.audit.add(village.community, member, village.now, Setting("x"), "", "")

    village.do(acted)


def staffed(village: Village) -> None:
    village.do(lambda work: work.communities.set_channel(village.community, "staff", HALL, "c9"))


def makes(village: Village, by: str, about: str | None, link: str = "") -> Report:
    subject = None if about is None else village.members[about]
    return village.do(
        reports.make,
        village.now,
        village.community,
        village.members[by],
        subject,
        Category.PRESSURE,
        link,
        "Private words",
    ).report


def told(village: Village) -> list[tuple[MemberId | None, str | None]]:
    rows = [row for row in village.claim() if row.kind == Kind.NEW]
    return [(row.member, row.channel) for row in rows]


def sees(village: Village, name: str, report: Report) -> bool:
    found = village.see(reports.look, village.community, village.members[name], report.id)
    listed = village.see(reports.waiting, village.community, village.members[name])
    assert (found is not None) is (report.id in [one.id for one in listed])
    return found is not None


def test_moderators_hear_of_it_in_their_channel_without_a_word_of_it(village: Village) -> None:
    moderates(village, "Mod")
    staffed(village)
    report = makes(village, "Ana", "Ben")
    assert told(village) == [(None, "staff")]
    assert sees(village, "Mod", report)


def test_a_moderator_who_is_the_subject_sees_nothing_of_it(village: Village) -> None:
    moderates(village, "Mod", "Host")
    staffed(village)
    report = makes(village, "Ana", "Mod")
    # Not in the channel, where they would read that there is one.
    assert told(village) == [(village.members["Host"], None)]
    assert not sees(village, "Mod", report)
    assert sees(village, "Host", report)
    closed = village.do(
        reports.close, village.now, village.community, village.members["Mod"], report.id, ""
    )
    assert closed is None
    assert village.see(reports.news, report.id, village.members["Mod"]) is None


def test_nor_does_the_subjects_open_pair(village: Village) -> None:
    moderates(village, "Mod", "Host")
    host, ben = village.members["Host"], village.members["Ben"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ben)
    report = makes(village, "Ana", "Ben")
    assert told(village) == [(village.members["Mod"], None)]
    assert not sees(village, "Host", report)
    village.do(pairs.close, village.now, ben, pair.id)
    assert sees(village, "Host", report)


def test_the_reporter_is_told_plainly_when_nobody_can_hear(village: Village) -> None:
    moderates(village, "Mod")
    made = village.do(
        reports.make,
        village.now,
        village.community,
        village.members["Ana"],
        village.members["Mod"],
        Category.OTHER,
        "",
        "",
    )
    assert not made.heard
    assert told(village) == []


def test_a_moderator_does_not_work_on_their_own_report(village: Village) -> None:
    moderates(village, "Mod", "Host")
    report = makes(village, "Mod", "Ben")
    assert told(village) == [(village.members["Host"], None)]
    assert not sees(village, "Mod", report)


def test_closing_tells_the_reporter_once(village: Village) -> None:
    moderates(village, "Mod")
    report = makes(village, "Ana", "Ben")
    moderator = village.members["Mod"]
    village.claim()
    given = (village.now, village.community, moderator, report.id, "We spoke.")
    assert village.do(reports.close, *given) is not None
    assert village.do(reports.close, *given) is None
    rows = village.claim()
    assert [(row.kind, row.member) for row in rows] == [(Kind.ANSWERED, village.members["Ana"])]
    assert village.see(reports.news, report.id, village.members["Ana"]) is not None


def test_taken_back_before_anybody_looked(village: Village) -> None:
    moderates(village, "Mod")
    report = makes(village, "Ana", "Ben")
    ana, ben = village.members["Ana"], village.members["Ben"]
    assert village.do(reports.take_back, ben, village.now, report.id) is None
    assert village.do(reports.take_back, ana, village.now, report.id) is not None
    assert told(village) == []


def test_another_community_knows_nothing_of_it(village: Village) -> None:
    report = makes(village, "Ana", "Ben")
    elsewhere = type(village.community)(village.community + 1)
    assert village.see(reports.look, elsewhere, village.members["Mod"], report.id) is None


def test_it_stays_without_the_name_when_the_reporter_is_erased(village: Village) -> None:
    moderates(village, "Mod")
    report = makes(village, "Ana", "Ben")
    village.do(own_data.erase, village.now, village.members["Ana"], ())
    village.do(own_data.erase, village.now, village.members["Ben"], ())
    found = village.see(reports.look, village.community, village.members["Mod"], report.id)
    assert found is not None
    assert (found.report.reporter, found.subject, found.report.text) == (
        None, None, "Private words",
    )  # fmt: skip


def test_a_name_of_others_is_in_no_export(village: Village) -> None:
    makes(village, "Ana", "Ben")
    for name, tables in (("Ana", {"reports"}), ("Ben", set[str]())):
        kept = village.see(own_data.export, village.members[name])
        assert {one.table for one in kept if one.table == "reports"} == tables


def test_whom_it_was_about_does_not_read_it_as_somebody_new(village: Village) -> None:
    """Erased and back at once, a moderator is a stranger to the bot, and was not there then."""
    moderates(village, "Mod")
    report = makes(village, "Ana", "Ben")
    village.do(own_data.erase, village.now, village.members["Ben"], ())
    later = village.now + timedelta(minutes=1)

    def back(work: Work) -> MemberId:
        member = work.people.add(Account("discord", "", "again"), "Ben", later).member
        work.people.join(member, village.community, later)
        return member

    village.members["Back"] = village.do(back)
    assert not sees(village, "Back", report)
    assert sees(village, "Mod", report)
