"""What is kept about members, their accounts and communities, and what has to go out to them."""

from __future__ import annotations

from sqlalchemy import not_

from bot.domain.delivery import DeliveryState
from storage.models_delivery import deliveries, is_in, rate_limits
from storage.models_linking import conduct, link_codes, without
from storage.models_people import (
    accounts,
    channels,
    code_counters,
    communities,
    drafts,
    members,
    memberships,
    places,
    role_grants,
)
from storage.own_data.rules import DELETE, LONG_AGO, After, Fate, Rule, Until, Who, With, words

_HERE = Until("as long as the community uses the bot")
_STAY = Until("until you leave every community and `retention.left` is over, or you erase it")

RULES = (
    Rule(
        members,
        "That you are known at all, your zone and language.",
        _STAY,
        who={
            "id": Who(
                Fate.EMPTY,
                {"zone": None, "language": None, "created_at": LONG_AGO},
                why="an empty number stays where somebody else's row needs it",
            )
        },
        said=words("zone language"),
        noted=words("created_at"),
    ),
    Rule(
        accounts,
        "The ids of your Discord and Slack accounts and the name you go by there.",
        With("members"),
        who={"member_id": DELETE},
        noted=words("platform workspace user_id name used_at"),
        hidden=words("id"),
    ),
    Rule(
        memberships,
        "Which communities you belong to, and since when.",
        With("members"),
        who={"member_id": DELETE},
        links=words("community_id"),
        noted=words("joined_at left_at"),
    ),
    Rule(
        link_codes,
        "That you made a code to link another account of yours, or typed one.",
        Until("until it is used or another one is made"),
        who={"member_id": DELETE, "other_id": DELETE},
        links=words("community_id"),
        noted=words("expires"),
        hidden=words("digest"),
    ),
    Rule(
        conduct,
        "When you agreed to the professional conduct of a community.",
        With("members"),
        who={"member_id": DELETE},
        links=words("community_id"),
        noted=words("at"),
    ),
    Rule(
        without,
        "Kinds of messages that you do without.",
        With("members"),
        who={"member_id": DELETE},
        said=words("kind"),
    ),
    Rule(
        role_grants,
        "Roles of a community given to a role of its platform or, by name, to an account of yours.",
        _HERE,
        links=words("community_id"),
        noted=words("role platform workspace ref is_person"),
        hidden=words("id"),
        by_account=True,
    ),
    Rule(
        drafts,
        "A form you began and did not finish.",
        Until("one hour"),
        who={"member_id": DELETE},
        said=words("state"),
        links=words("community_id"),
        noted=words("expires"),
        hidden=words("id"),
    ),
    Rule(
        deliveries,
        "Which messages were sent to you, or will be, and when; never their words.",
        After(
            "deliveries",
            deliveries.c.wake_at,
            not_(is_in(DeliveryState.PENDING, DeliveryState.CLAIMED)),
        ),
        who={"member_id": DELETE},
        links=words("community_id"),
        noted=words("kind subject due wake_at channel ref attempts state done_at"),
        hidden=words("id key doubtful begun token lease_until"),
    ),
    Rule(
        communities,
        "Nothing about a person: the community's name, zone and language.",
        _HERE,
        noted=words("id name zone language set_up_at created_at off held_at"),
    ),
    Rule(
        places,
        "Nothing about a person: where a community meets.",
        _HERE,
        links=words("community_id"),
        noted=words("id platform workspace"),
    ),
    Rule(
        channels,
        "Nothing about a person: which channel serves what.",
        _HERE,
        links=words("community_id"),
        noted=words("purpose platform workspace channel"),
    ),
    Rule(
        code_counters,
        "Nothing about a person: the last short code.",
        _HERE,
        links=words("community_id"),
        noted=words("given"),
    ),
    Rule(
        rate_limits,
        "Nothing about a person: when a platform may be written to next.",
        Until("overwritten at each use"),
        noted=words("name next_at"),
    ),
)
