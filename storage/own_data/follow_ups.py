"""What is kept about follow-ups, pairs, questions, and how people want to be addressed."""

from __future__ import annotations

from bot.domain.pairs import PairState
from bot.domain.questions import AskedState
from storage.models_follow_ups import follow_ups, nudges, waiting
from storage.models_pairs import (
    absences,
    asked,
    pair_notes,
    pair_steps,
    pairs,
    patience,
    seasons,
    unreachable,
    wishes,
)
from storage.own_data.rules import DELETE, After, Fate, Rule, Until, Who, With, words

_HERE = Until("as long as the community uses the bot")
_STAY = Until("until you change it or erase it")

RULES = (
    Rule(
        follow_ups,
        "Who owes whom an answer, and when it was reminded of.",
        After("follow_ups", follow_ups.c.ended_at),
        who={
            "owes_id": Who(Fate.STAND, why="the other side hears how it ended"),
            "waits_id": Who(Fate.EMPTY, {"about": ""}, why="the other side hears how it ended"),
        },
        said=words("about"),
        noted=words(
            "id matter subject ref opened since deadline bound not_after patience early turn"
            " remind_at last_at said said_at moved stopped_at tries ending ended_at"
        ),
        links=words("community_id"),
    ),
    Rule(
        nudges,
        "When you were written to unasked, so that it does not happen too often.",
        After("nudges", nudges.c.at),
        who={"member_id": DELETE},
        noted=words("at"),
        hidden=words("key"),
    ),
    Rule(
        waiting,
        "What waits for your next note.",
        Until("until the note is sent"),
        who={"member_id": DELETE},
        links=words("community_id"),
        noted=words("kind subject ref"),
        hidden=words("id digest key doubtful"),
    ),
    Rule(
        pairs,
        "With whom you are or were a pair, and what each of you tapped.",
        After("pairs", pairs.c.opened, pairs.c.state == PairState.CLOSED, "once it is closed"),
        who={
            "mentor_id": Who(
                Fate.EMPTY,
                {"mentor_said": None, "mentor_weeks": None},
                why="the other side keeps it",
                own=("mentor_said", "mentor_weeks"),
            ),
            "trainee_id": Who(
                Fate.EMPTY,
                {"trainee_said": None, "trainee_weeks": None},
                why="the other side keeps it",
                own=("trainee_said", "trainee_weeks"),
            ),
        },
        noted=words("id code opened state weeks round next_round silent_rounds"),
        hidden=words("mentor_said trainee_said mentor_weeks trainee_weeks"),
        links=words("community_id"),
    ),
    Rule(
        pair_steps,
        "Next steps you promised.",
        With("pairs"),
        who={"owner_id": DELETE},
        said=words("text due"),
        noted=words("id state"),
        links=words("pair_id"),
    ),
    Rule(
        pair_notes,
        "Progress notes you wrote.",
        With("pairs"),
        who={"author_id": DELETE},
        said=words("text question"),
        noted=words("id at"),
        links=words("pair_id"),
    ),
    Rule(
        asked,
        "Questions you put to the community; of an ordinary message only where it stands.",
        After("questions", asked.c.at, asked.c.state != AskedState.OPEN, "once it is closed"),
        who={"asker_id": DELETE},
        said=words("anonymous topic text"),
        noted=words("id code at state heard link message"),
        links=words("community_id"),
    ),
    Rule(
        wishes,
        "When you like to be written to, whose holidays you keep, which questions you help with.",
        _STAY,
        who={"member_id": DELETE},
        said=words("opens closes days region paused_until topics"),
    ),
    Rule(
        absences,
        "Days on which you are away or on call.",
        After("absences", absences.c.last),
        who={"member_id": DELETE},
        said=words("first last"),
        hidden=words("id"),
    ),
    Rule(
        unreachable,
        "That messages do not reach you.",
        Until("until one does, or you erase it"),
        who={"member_id": DELETE},
        noted=words("since"),
    ),
    Rule(
        patience,
        "Nothing about a person: how patient a community is.",
        _HERE,
        links=words("community_id"),
        noted=words("matter factor"),
    ),
    Rule(
        seasons,
        "Busy periods: the community's, and your own.",
        _HERE,
        who={"member_id": DELETE},
        said=words("kind first last patience early"),
        links=words("community_id"),
        hidden=words("id"),
    ),
)
