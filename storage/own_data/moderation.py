"""What is kept about what moderators decide."""

from __future__ import annotations

from storage.models_moderation import changes, chosen, join_codes
from storage.models_reports import reports
from storage.own_data.rules import DELETE, UNNAME, After, Fate, Rule, Until, Who, words

_HERE = Until("as long as the community uses the bot")

RULES = (
    Rule(
        changes,
        "What you changed as a moderator, and what a moderator changed about you, with the reason.",
        After("changes", changes.c.at),
        who={
            "by_id": UNNAME,
            "about_id": Who(Fate.EMPTY, {"about_id": None, "old": "", "new": "", "why": ""}),
        },
        said=words("old new why"),
        noted=words("id at kind name platform workspace undoes"),
        links=words("community_id"),
    ),
    Rule(
        reports,
        "Reports that you made, and what was answered. They stay for their time without your name.",
        After("reports", reports.c.closed_at),
        who={
            "reporter_id": UNNAME,
            "subject_id": Who(Fate.UNNAME, shown=False, why="reporters are protected"),
            "closed_by_id": Who(Fate.UNNAME, shown=False, why="reporters are protected"),
        },
        said=words("category link text"),
        noted=words("id code at closed_at answer"),
        links=words("community_id"),
    ),
    Rule(
        chosen,
        "Nothing about a person: what a community chose, and its own wording of texts.",
        _HERE,
        links=words("community_id"),
        noted=words("kind name value"),
    ),
    Rule(
        join_codes,
        "That you made a code with which two places become one community.",
        Until("until it is used or another one is made"),
        who={"by_id": DELETE},
        links=words("community_id"),
        noted=words("expires"),
        hidden=words("digest"),
    ),
)
