"""How each table is called on a page that its member reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.ui.words import Msg, Typed, _

HEADINGS: Mapping[str, Msg] = MappingProxyType(
    {
        "members": _("You"),
        "accounts": _("Your accounts"),
        "memberships": _("Your communities"),
        "link_codes": _("Codes to link your accounts"),
        "conduct": _("When you agreed to the conduct"),
        "without": _("Messages you do without"),
        "role_grants": _("Roles given to you by name"),
        "drafts": _("Forms you did not finish"),
        "deliveries": _("Messages to you"),
        "sessions": _("Office hours you lead"),
        "series": _("Series you lead"),
        "series_cohosts": _("Series you lead beside somebody"),
        "session_cohosts": _("Office hours you lead beside somebody"),
        "seats": _("Your seats"),
        "questions": _("Questions to hosts"),
        "session_steps": _("Next steps after office hours"),
        "thanks": _("Thanks you sent"),
        "unseen_mutes": _("Questions without a name are off"),
        "reveals": _("Questions you looked into as a moderator"),
        "queue_turns": _("Turns in live queues"),
        "calendar_feeds": _("Your private calendar address"),
        "follow_ups": _("What was owed to you, or by you"),
        "nudges": _("When you were written to unasked"),
        "waiting": _("What waits for your next note"),
        "pairs": _("Your pairs"),
        "pair_steps": _("Next steps you promised"),
        "pair_notes": _("Progress notes you wrote"),
        "asked": _("Questions to the community"),
        "wishes": _("When you like to be written to"),
        "absences": _("Days away"),
        "unreachable": _("Messages do not reach you"),
        "seasons": _("Your busy periods"),
        "mentor_listings": _("Your listing as a mentor"),
        "mentor_consents": _("What you agreed to as a mentor"),
        "mentor_firsts": _("Mentors you were shown first"),
        "mentor_looks": _("Pages of mentors you looked at"),
        "seekers": _("What you said to find a mentor"),
        "mentor_requests": _("Requests to mentors"),
        "mentor_bonds": _("What your pairs are for"),
        "blocks": _("With whom you want nothing to do"),
        "mentor_rounds": _("Rounds of matching you opened"),
        "mentor_round_people": _("Rounds of matching you take part in"),
        "cases": _("Your cases, without what they show"),
        "case_notes": _("What you did about cases"),
        "case_drafts": _("A case of yours that waits"),
        "case_readers": _("You are told when a case waits"),
        "changes": _("What moderators changed, by you or about you"),
        "join_codes": _("Codes that make two places one community"),
        "reports": _("Reports you made"),
    }
)


def heading(table: str) -> Msg:
    """The heading of a table's rows."""
    return HEADINGS.get(table) or _("{table}", table=Typed(table))
