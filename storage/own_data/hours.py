"""What is kept about office hours."""

from __future__ import annotations

from sqlalchemy import select

from storage.models_office_hours import (
    calendar_feeds,
    hours_rules,
    questions,
    queue_turns,
    queues,
    reveals,
    seats,
    series,
    series_cohosts,
    session_cohosts,
    session_steps,
    sessions,
    thanks,
    unseen_mutes,
)
from storage.models_showings import showings
from storage.own_data.rules import (
    DELETE,
    STAND,
    UNNAME,
    After,
    Fate,
    Rule,
    Until,
    Who,
    With,
    words,
)

_PLAN = (
    "title topic minutes mode capacity place for_whom closes cohosts fair agenda"
    " voice_platform voice_workspace voice_channel"
)
_UNTITLED = {
    "title": "Office hour",
    "topic": "",
    "place": "",
    "agenda": "",
    "zone": "UTC",
    "voice_platform": None,
    "voice_workspace": None,
    "voice_channel": None,
}
_HERE = Until("as long as the community uses the bot")

RULES = (
    Rule(
        sessions,
        "Office hours that you lead: title, topic, time, place.",
        After("sessions", sessions.c.ends),
        who={
            "host_id": Who(
                Fate.EMPTY,
                {**_UNTITLED, "reason": "", "request": None},
                why="what a co-host goes on with stays as it is",
            )
        },
        said=words(f"{_PLAN} starts ends zone reason"),
        noted=words("id code changed slot taken turns state revision delay without_host"),
        links=words("community_id series_id"),
        hidden=words("uid request"),
    ),
    Rule(
        series,
        "The rule by which your office hours repeat.",
        After(
            "sessions",
            series.c.made_until,
            series.c.id.not_in(
                select(sessions.c.series_id).where(sessions.c.series_id.is_not(None))
            ),
            "with the last of its sessions",
        ),
        who={"host_id": Who(Fate.EMPTY, _UNTITLED)},
        said=words(f"{_PLAN} first_day wall zone repeat until"),
        noted=words("id made_until"),
        links=words("community_id follows"),
    ),
    Rule(
        series_cohosts,
        "Series that you lead beside somebody.",
        With("series"),
        who={"member_id": DELETE},
        links=words("series_id"),
        noted=words("rank"),
    ),
    Rule(
        session_cohosts,
        "Office hours that you lead beside somebody.",
        With("sessions"),
        who={"member_id": DELETE},
        links=words("session_id"),
        noted=words("rank"),
    ),
    Rule(
        seats,
        "Your seats and places in line, what you wanted to talk about, whether you were there.",
        With("sessions"),
        who={"member_id": DELETE},
        said=words("about own"),
        noted=words("state turn since until late marked"),
        links=words("session_id"),
    ),
    Rule(
        questions,
        "Questions you asked without your name.",
        With("sessions"),
        who={"author_id": DELETE},
        said=words("text"),
        noted=words("id asked aside"),
        links=words("session_id"),
    ),
    Rule(
        session_steps,
        "Next steps you noted after an office hour.",
        With("sessions"),
        who={"owner_id": DELETE},
        said=words("text due"),
        noted=words("id state"),
        links=words("session_id"),
    ),
    Rule(
        thanks,
        "Thanks you sent after an office hour.",
        With("sessions"),
        who={"member_id": DELETE},
        said=words("text"),
        noted=words("id at"),
        links=words("session_id"),
    ),
    Rule(
        unseen_mutes,
        "That you may ask no question without your name for a while.",
        Until("until the date in it, or you erase it"),
        who={"member_id": DELETE},
        links=words("community_id source ref"),
        noted=words("until"),
    ),
    Rule(
        reveals,
        "That two moderators wanted to learn who asked a question without a name.",
        After("reveals", reveals.c.asked_at),
        who={"asked_by": STAND, "agreed_by": UNNAME},
        links=words("community_id source ref"),
        noted=words("id asked_at"),
    ),
    Rule(
        queues,
        "Nothing about a person: whether a live queue is open.",
        With("sessions"),
        links=words("session_id"),
        noted=words("state"),
    ),
    Rule(
        queue_turns,
        "Your turn in a live queue, and your question there.",
        With("sessions"),
        who={"member_id": DELETE},
        said=words("question"),
        noted=words("number state since called done"),
        links=words("session_id"),
    ),
    Rule(
        calendar_feeds,
        "That you have a private calendar address; the address itself is not kept.",
        Until("until you take it back, leave, or erase it"),
        who={"member_id": DELETE},
        links=words("community_id"),
        hidden=words("digest"),
    ),
    Rule(
        hours_rules,
        "Nothing about a person: how many seats a week, and where office hours are shown.",
        _HERE,
        links=words("community_id"),
        noted=words("seats_a_week board events"),
    ),
    Rule(
        showings,
        "Nothing about a person: which messages and events of a place are kept up to date.",
        _HERE,
        links=words("community_id"),
        noted=words("platform workspace subject channel message digest again_at leave_at"),
    ),
)
