"""What is kept about cases: who, when and which kinds; never what a case shows."""

from __future__ import annotations

from bot.domain.cases import HELD
from storage.models_cases import case_drafts, case_notes, case_readers, cases
from storage.own_data.rules import (
    DELETE,
    STAND,
    UNNAME,
    After,
    Fate,
    Rule,
    Until,
    Via,
    Who,
    With,
    words,
)

RULES = (
    Rule(
        cases,
        "Cases you posted, read for others or flagged: when and where, never a picture or a text.",
        After("cases", cases.c.at, cases.c.state.not_in(list(HELD)), "once it waits no more"),
        who={
            "author_id": DELETE,
            "reader_id": Who(Fate.EMPTY, {"word": ""}, why="a case keeps that it was read"),
            "flagged_id": UNNAME,
        },
        said=words("permission anonymous later word"),
        noted=words("id code state at due expires found kept drawn message messages files why"),
        links=words("community_id platform workspace channel"),
        hidden=words("digest"),
    ),
    Rule(
        case_notes,
        "What was done about a case, by whom, which kinds of identifiers were found.",
        With("cases"),
        who={"member_id": STAND},
        via=(Via("case_id", "cases", "author_id", Fate.DELETE, shown=False),),
        noted=words("at act found kept drawn"),
        links=words("case_id"),
        hidden=words("id"),
    ),
    Rule(
        case_drafts,
        "A case of yours that waits, encrypted; only where moderators chose that.",
        Until("until it is posted, declined, withdrawn or too old"),
        via=(Via("case_id", "cases", "author_id", Fate.DELETE),),
        noted=words("expires"),
        links=words("case_id"),
        hidden=words("sealed"),
    ),
    Rule(
        case_readers,
        "That you want to be told when a case waits for a second reader.",
        Until("until you change it, leave, or erase it"),
        who={"member_id": DELETE},
        links=words("community_id"),
    ),
)
