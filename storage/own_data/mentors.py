"""What is kept about mentors, those who look for one, requests and rounds."""

from __future__ import annotations

from dataclasses import asdict

from bot.domain.listings import Offer, State
from bot.domain.requests import RequestState
from bot.domain.rounds import RoundState
from storage.models_mentors import (
    blocks,
    mentor_apart,
    mentor_bonds,
    mentor_consents,
    mentor_firsts,
    mentor_listings,
    mentor_looks,
    mentor_requests,
    mentor_round_people,
    mentor_rounds,
    mentor_rules,
    seekers,
)
from storage.own_data.rules import (
    DELETE,
    STAND,
    After,
    Fate,
    Rule,
    Until,
    Via,
    Who,
    With,
    words,
)

_HERE = Until("as long as the community uses the bot")
_STAY = Until("until you change it, leave, or erase it")
_PENDING = (RequestState.OPEN, RequestState.ASKED)
_OVER = (RoundState.PUBLISHED, RoundState.CANCELLED)
_FOR = {"domain": ""}
_UNSAID = {
    "state": State.WITHDRAWN,
    "open_from": None,
    "look_at": None,
    "paused_until": None,
    "verified_by_id": None,
    "verified_at": None,
    "verified_how": "",
    "words": "",
    "offer": asdict(Offer((), (), ())),
}

RULES = (
    Rule(
        mentor_listings,
        "Your listing as a mentor: what you offer, your capacity, how much of it is taken.",
        _STAY,
        who={
            "member_id": Who(Fate.EMPTY, _UNSAID, why="requests and pairs of others refer to it"),
            "verified_by_id": Who(Fate.UNNAME, shown=False, why="shown on the mentor's card"),
        },
        said=words("offer"),
        noted=words(
            "id state published confirmed paused_until verified_at verified_how expired ongoing"
            " month talks week requests background open_from"
        ),
        links=words("community_id"),
        hidden=words("step lot firsts_week firsts look_at words"),
    ),
    Rule(
        mentor_consents,
        "What you agreed to as a mentor, with dates.",
        With("mentor_listings"),
        via=(Via("listing_id", "mentor_listings", "member_id", Fate.DELETE),),
        said=words("purpose given withdrawn"),
        links=words("listing_id"),
        hidden=words("id"),
    ),
    Rule(
        mentor_firsts,
        "Which mentor you were shown first in a week.",
        Until("two weeks"),
        who={"viewer_id": DELETE},
        via=(Via("listing_id", "mentor_listings", "member_id", Fate.DELETE, shown=False),),
        links=words("listing_id"),
        noted=words("week"),
    ),
    Rule(
        mentor_looks,
        "How many pages of mentors you looked at on the last day you did.",
        After("looks", mentor_looks.c.day),
        who={"member_id": DELETE},
        links=words("community_id"),
        noted=words("day pages"),
    ),
    Rule(
        seekers,
        "What you said about yourself to find a mentor.",
        _STAY,
        who={"member_id": DELETE},
        said=words(
            "stage home_programme region languages topics programmes backgrounds background_consent"
        ),
        noted=words("since matched unmatched left"),
        links=words("community_id"),
    ),
    Rule(
        mentor_requests,
        "Requests you sent to mentors or got as one, and what you answered.",
        After("requests", mentor_requests.c.decided, mentor_requests.c.state.not_in(_PENDING)),
        who={
            "trainee_id": Who(
                Fate.EMPTY,
                {
                    "who": "",
                    "why": "",
                    "ask": "",
                    "times": "",
                    "domain": "",
                    "answer": "",
                    "hard_date": None,
                },
                why="the mentor's record counts it",
            ),
            "mentor_id": Who(Fate.EMPTY, {"question": ""}, why="the trainee keeps their own words"),
        },
        said=words("who why ask form times hard_date domain question answer"),
        noted=words("id code state opened background decided"),
        links=words("community_id listing_id"),
    ),
    Rule(
        mentor_bonds,
        "What a pair is for, and until when.",
        With("pairs"),
        via=(
            Via("pair_id", "pairs", "mentor_id", Fate.EMPTY, own=("renew_mentor",), empties=_FOR),
            Via("pair_id", "pairs", "trainee_id", Fate.EMPTY, own=("renew_trainee",), empties=_FOR),
        ),
        noted=words("form domain until asked holds"),
        links=words("pair_id listing_id"),
        hidden=words("renew_mentor renew_trainee"),
    ),
    Rule(
        blocks,
        "With whom you want nothing to do.",
        Until("until you take it back or one of you erases"),
        who={
            "member_id": Who(Fate.DELETE, own=("blocked_id",)),
            "blocked_id": Who(Fate.DELETE, shown=False, why="a block is silent"),
        },
        noted=words("at"),
    ),
    Rule(
        mentor_rules,
        "Nothing about a person: whether mentors have to be verified.",
        _HERE,
        links=words("community_id"),
        noted=words("verified_only"),
    ),
    Rule(
        mentor_rounds,
        "A round of matching: which moderator opened it, and the draft by numbers.",
        After("rounds", mentor_rounds.c.opened, mentor_rounds.c.state.in_(_OVER)),
        who={"opened_by_id": STAND},
        links=words("community_id"),
        noted=words("id state opened revision"),
        hidden=words("draft"),
    ),
    Rule(
        mentor_round_people,
        "That you take part in a round of matching, and whom you ranked.",
        With("mentor_rounds"),
        who={"member_id": DELETE},
        said=words("ranked"),
        noted=words("mentors tied"),
        links=words("round_id"),
    ),
    Rule(
        mentor_apart,
        "That two people are not to be matched with each other.",
        _HERE,
        who={
            "one_id": Who(Fate.DELETE, shown=False, why="it is about somebody else as well"),
            "other_id": Who(Fate.DELETE, shown=False, why="it is about somebody else as well"),
        },
        noted=words("at"),
        links=words("community_id"),
    ),
)
