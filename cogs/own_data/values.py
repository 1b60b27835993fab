"""What is kept as a key, in words: states, kinds, choices. What somebody typed stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.taxonomy import List, taxonomy
from bot.ui.topics import TOPICS
from bot.ui.words import Msg, _

_STATE = {
    "open": _("open"),
    "asked": _("asked back"),
    "accepted": _("accepted"),
    "declined": _("not now"),
    "withdrawn": _("taken back"),
    "expired": _("over without an answer"),
    "unreached": _("not delivered"),
    "released": _("set free"),
    "spoken": _("spoken"),
    "planned": _("planned"),
    "called_off": _("called off"),
    "held": _("has a seat"),
    "offered": _("is offered a seat"),
    "waiting": _("waits"),
    "lapsed": _("an offer ran out"),
    "left": _("given back"),
    "in": _("called in"),
    "done": _("done"),
    "ended": _("over"),
    "dropped": _("dropped"),
    "new": _("new"),
    "running": _("running"),
    "quiet": _("quiet"),
    "closed": _("closed"),
    "answered": _("answered"),
    "published": _("published"),
    "paused": _("rests"),
    "asleep": _("hidden until you say that it is still true"),
    "draft": _("draft"),
    "publishing": _("being published"),
    "cancelled": _("cancelled"),
    "review": _("awaits a second reader"),
    "change": _("a change is asked for"),
    "cooling": _("waits to be posted"),
    "posting": _("being posted"),
    "posted": _("posted"),
    "hidden": _("awaits a second look"),
    "removed": _("taken down"),
    "lost": _("lost before it was posted"),
}
_SENT = {
    "pending": _("to come"),
    "claimed": _("on its way"),
    "sent": _("sent"),
    "cancelled": _("cancelled"),
    "moot": _("not needed any more"),
    "stale": _("too late to be sent"),
    "undeliverable": _("not delivered"),
    "held": _("on hold"),
}
_FORMAT = {
    "question": _("one question"),
    "talk": _("one talk"),
    "project": _("short project"),
    "visit": _("shadowing or a visit"),
    "ongoing": _("ongoing"),
    "other": _("something else"),
}
_WORDS: Mapping[str, Mapping[str, Msg]] = MappingProxyType(
    {
        "state": _STATE,
        "deliveries.state": _SENT,
        "mode": {"seats": _("seats"), "drop-in": _("drop-in")},
        "repeat": {
            "none": _("once"),
            "weekly": _("every week"),
            "two_weekly": _("every two weeks"),
            "monthly": _("every month"),
        },
        "for_whom": {
            "everyone": _("everyone"),
            "students": _("students"),
            "residents_up": _("residents and up"),
            "hosts": _("hosts"),
            "reviewers": _("reviewers"),
            "moderators": _("moderators"),
        },
        "marked": {"here": _("was there"), "absent": _("was not there")},
        "own": {"here": _("was there"), "absent": _("was not there")},
        "form": _FORMAT,
        "formats": _FORMAT,
        "purpose": {
            "listing": _("to be listed"),
            "dms": _("to get requests as messages"),
            "background": _("to use your backgrounds for matching"),
        },
        "role": {
            "host": _("may host"),
            "reviewer": _("reviews cases"),
            "moderator": _("moderates"),
            "directory": _("may look for mentors"),
        },
        "ending": {
            "done": _("done"),
            "withdrawn": _("taken back"),
            "closed": _("its time was over"),
            "unreached": _("not delivered"),
            "gone": _("somebody left"),
        },
        "said": {"ask": _("the question"), "remind": _("a reminder"), "last": _("the last word")},
        "mentor_said": (_met := {
            "met": _("met"),
            "not_yet": _("not yet"),
            "not_heard": _("not heard back"),
            "keep": _("keep"),
        }),
        "trainee_said": _met,
        "matter": {
            "request": _("a request to a mentor"),
            "dated_request": _("a request with a hard date"),
            "seat_offer": _("a seat that was offered"),
            "after_session": _("after a session"),
            "first_meeting": _("a first meeting"),
            "check_in": _("a check-in"),
            "not_heard": _("not heard back"),
            "next_step": _("a next step"),
            "session_step": _("a next step after a session"),
            "question": _("a question to the community"),
            "case_review": _("a case for a second reader"),
            "help": _("a call for a moderator"),
            "listing": _("whether a listing is still true"),
            "renewal": _("whether a pair goes on"),
        },
        "category": {
            "pressure": _("harassment or pressure"),
            "patient_data": _("data of a patient"),
            "advice": _("advice that harms"),
            "advertising": _("advertising"),
            "other": _("something else"),
        },
        "permission": {
            "consent": _("the patient agreed"),
            "policy": _("the institution allows it"),
            "no_patient": _("no patient in it"),
        },
        "platform": {"discord": _("Discord"), "slack": _("Slack"), "preview": _("Preview")},
        "seasons.kind": {
            "applications": _("applications"),
            "interviews": _("interviews"),
            "rank_list": _("rank list"),
            "meeting": _("annual meeting"),
            "boards": _("boards"),
            "other": _("something else"),
        },
        "source": {"session": _("in an office hour"), "community": _("in the community")},
        "act": {
            "confirmed": _("confirmed"),
            "posted": _("posted"),
            "approved": _("approved"),
            "change_asked": _("a change is asked for"),
            "declined": _("declined"),
            "flagged": _("asked for a second look"),
            "shown_again": _("shown again"),
            "removed": _("taken down"),
            "withdrawn": _("taken back"),
            "lost": _("lost before it was posted"),
        },
        "changes.kind": {
            "seat.add": _("Gave a seat"),
            "seat.move": _("Moved a seat"),
            "seat.remove": _("Took a seat back"),
            "listing.remove": _("Took a mentor's listing down"),
            "listing.invite": _("Invited somebody to be a mentor"),
            "listing.pause": _("Let a mentor's listing rest"),
            "listing.wake": _("Ended the rest of a mentor's listing"),
            "listing.uninvite": _("Took an invitation back unread"),
            "listing.again": _("Put a mentor's listing up again"),
            "case.again": _("Told an author that they may post again"),
            "verify": _("Vouched for a mentor"),
            "unverify": _("Took a verification back"),
            "hold": _("Put messages on hold"),
            "resume": _("Let messages go on"),
            "join": _("Joined two places"),
            "case.remove": _("Took a case down"),
            "case.move": _("Moved a case"),
        },
    }
)  # fmt: skip
_LISTS = {
    "topics": List.TOPICS,
    "domain": List.TOPICS,
    "help": List.HELP,
    "stage": List.STAGES,
    "practice": List.PRACTICES,
    "region": List.REGIONS,
    "languages": List.LANGUAGES,
    "backgrounds": List.BACKGROUNDS,
}


def value(table: str, name: str, kept: str) -> Msg | None:
    """A key in words; None for what was typed, or is not known here."""
    for column in (f"{table}.{name}", name):
        if (found := _WORDS.get(column, {}).get(kept)) is not None:
            return found
    if name in ("topic", "topics") and kept in TOPICS:
        return TOPICS[kept]
    if (of := _LISTS.get(name)) is not None:
        label = taxonomy().lists[of].get(kept)
        return None if label is None else Msg(label)
    return None
