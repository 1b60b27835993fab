"""Use cases of reports: to moderators who are not involved, and to nobody else.

Involved are whoever a report is about and their open pairs; for them there is no such report. The
reporter's name is shown to nobody: a moderator answers through the bot.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import Case
from bot.domain.delivery import NewDelivery
from bot.domain.people import Account, CommunityId, MemberId, Someone
from bot.domain.reports import Category, Report, ReportId
from bot.services.ports import Work

STAFF = "staff"
"""The purpose of the channel where moderators meet."""
MOST_TEXT = 1500
_IN_LINK = re.compile(
    r"(?:/|#message-)(?:p(?P<seconds>[0-9]{10})(?P<rest>[0-9]{6})|(?P<message>[0-9]+))/?(?:\?.*)?$"
)
"""The number of a message at the end of its link; a time with its point left out, in some places.
"""
_SHOWN, _TOLD = 10, 10


class Kind(enum.StrEnum):
    """The kinds of deliveries; `ref` is the report."""

    NEW = "rp.new"
    ANSWERED = "rp.answered"


@dataclass(frozen=True, slots=True)
class Made:
    """A report on its way. `heard`: whether a moderator outside the matter is known."""

    report: Report
    heard: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a moderator reads it. `case`: it is about the message of this case, and whoever
    posted that is not named here, since a case may appear without a name.
    """

    report: Report
    subject: Someone | None
    case: str = ""


def behind(work: Work, community: CommunityId, account: Account) -> MemberId | None:
    """The member of the community behind an account; None if the bot knows nobody there."""
    found = work.people.find(account)
    if found is None or community not in work.people.communities(found.member):
        return None
    return found.member


def called(work: Work, community: CommunityId, member: MemberId) -> Someone | None:
    """A member of the community, by number."""
    if community not in work.people.communities(member):
        return None
    return work.people.someone(member)


def make(
    work: Work,
    now: datetime,
    community: CommunityId,
    reporter: MemberId,
    subject: MemberId | None,
    category: Category,
    link: str,
    text: str,
) -> Made:
    """Write it down, and tell moderators who are not involved that one waits; nothing of it."""
    if subject is None:
        case = _case(work, community, link)
        subject = None if case is None else case.author
    code = work.codes.next(community)
    report = work.reports.add(community, code, reporter, subject, category, link, text, now)
    involved = _involved(work, report)
    known = work.reports.moderators(community)
    fit = [one for one in known if report.seen_by(one, involved)][:_TOLD]
    rows = [_row(Kind.NEW, report, now, member) for member in fit]
    # In their channel an involved moderator would read it as well, and so would their pair.
    if not involved & set(known) and any(
        work.communities.channel(community, STAFF, place)
        for place in work.communities.places(community)
    ):
        rows = [_row(Kind.NEW, report, now, None)]
    work.deliveries.schedule(rows)
    return Made(report, bool(rows))


def take_back(work: Work, reporter: MemberId, now: datetime, id: ReportId) -> Report | None:
    """The reporter thinks better of it; None if it was looked at, or is not theirs."""
    report = work.reports.get(id)
    if report is None or report.reporter != reporter:
        return None
    if not work.reports.close(id, reporter, now, ""):
        return None
    work.deliveries.cancel(_subject(report))
    return report


def waiting(work: Work, community: CommunityId, moderator: MemberId) -> tuple[Report, ...]:
    """Reports that wait, as far as this moderator may know of them."""
    found = work.reports.open(community, 200)
    return tuple(one for one in found if _may_see(work, one, moderator))[:_SHOWN]


def look(work: Work, community: CommunityId, moderator: MemberId, id: ReportId) -> Shown | None:
    """One of them; None if there is none for this moderator."""
    report = work.reports.get(id)
    if report is None or report.community != community:
        return None
    if not _may_see(work, report, moderator):
        return None
    if (case := _case(work, community, report.link)) is not None:
        return Shown(report, None, case.code)
    subject = None if report.subject is None else work.people.someone(report.subject)
    return Shown(report, subject)


def close(
    work: Work,
    now: datetime,
    community: CommunityId,
    moderator: MemberId,
    id: ReportId,
    answer: str,
) -> Report | None:
    """It was looked at; the reporter hears it, with a word if there is one."""
    known = look(work, community, moderator, id)
    if known is None or not work.reports.close(id, moderator, now, answer):
        return None
    report = known.report
    work.deliveries.cancel(_subject(report))
    if report.reporter is not None:
        work.deliveries.schedule([_row(Kind.ANSWERED, report, now, report.reporter)])
    return report


def news(work: Work, id: ReportId, reader: MemberId | None) -> Report | None:
    """What a message about a report is worded from; None if it is not for its reader any more."""
    report = work.reports.get(id)
    if report is None or (reader is None and not report.open):
        return None
    if reader is None or reader == report.reporter:
        return report
    return report if report.open and _may_see(work, report, reader) else None


def _may_see(work: Work, report: Report, moderator: MemberId) -> bool:
    if not report.seen_by(moderator, _involved(work, report)):
        return False
    if report.subject is not None or report.link:
        return True
    # Whom it was about was erased, and may be back as somebody new.
    since = work.people.joined(moderator, report.community)
    return since is not None and since <= report.at


def _case(work: Work, community: CommunityId, link: str) -> Case | None:
    """The case that stands where a link leads: I posted it, for a member."""
    found = _IN_LINK.search(link)
    if found is None:
        return None
    if found["seconds"] is not None:
        return work.cases.by_message(community, f"{found['seconds']}.{found['rest']}")
    return work.cases.by_message(community, found["message"])


def _involved(work: Work, report: Report) -> frozenset[MemberId]:
    if report.subject is None:
        return frozenset()
    pairs = work.pairs.of(report.subject, report.community)
    others = (pair.other(report.subject) for pair in pairs if pair.open)
    return frozenset({report.subject, *others})


def _subject(report: Report) -> str:
    return f"report:{report.id}"


def _row(kind: Kind, report: Report, now: datetime, member: MemberId | None) -> NewDelivery:
    subject = _subject(report) if kind is Kind.NEW else f"report.news:{report.id}"
    return NewDelivery(
        kind,
        report.community,
        subject,
        f"{kind}:{report.id}:{member or STAFF}",
        now,
        member,
        None if member is not None else STAFF,
        ref=report.id,
    )
