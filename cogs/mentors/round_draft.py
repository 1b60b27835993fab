"""The draft of a round: every pair with its reasons and what would change it, everybody without one
with why, and what `Publish` sends to whom."""

from __future__ import annotations

from bot.domain.explaining import Change, Explained, Unpaired, explain, unpaired
from bot.domain.matching import Pairing
from bot.domain.people import MemberId, Someone
from bot.domain.taxonomy import List
from bot.services.mentors.rounds import Ground
from bot.ui.parts import Button, Divider, Part, Style, Text
from bot.ui.words import Msg, Person, Typed, _, ngettext
from cogs.mentors.cards import semicolons
from cogs.mentors.labels import Labels
from cogs.mentors.round_actions import OpenMove, ShowRound

_PAGE = 5


def drafted(found: Ground) -> Pairing:
    """The draft, without those who do not take part any more."""
    seeking = {one.id for one in found.people.seeking}
    offering = {one.id for one in found.people.offering}
    draft = {int(one): int(to) for one, to in found.round.draft.items()}
    return {one: to for one, to in draft.items() if one in seeking and to in offering}


def draft_parts(labels: Labels, found: Ground, page: int) -> tuple[Part, ...]:
    """One page of it: pairs first, then those without."""
    known = drafted(found)
    without = sorted({one.id for one in found.people.seeking} - known.keys())
    every = [*sorted(known), *without]
    pages = max(1, -(-len(every) // _PAGE))
    page = min(max(0, page), pages - 1)
    # Only what is read: the reasons of a whole round take seconds.
    here = every[page * _PAGE : (page + 1) * _PAGE]
    parts: list[Part] = [Divider()]
    if without:
        count = ngettext(
            "{count} person has no pair in this draft.",
            "{count} people have no pair in this draft.",
            len(without),
        )
        parts.append(Text(count))
    for pair in explain(found.people, known, here):
        parts.extend(_pair(labels, found, pair))
    for one in unpaired(found.people, known, here):
        parts.extend(_unpaired(found, one))
    if page:
        parts.append(Button(_("Earlier"), ShowRound(page - 1)))
    if page + 1 < pages:
        parts.append(Button(_("More"), ShowRound(page + 1)))
    parts.append(Divider())
    return tuple(parts)


def goes_to(found: Ground) -> Msg:
    """How many people hear what, once it is published."""
    known = drafted(found)
    people = {one.id for one in (*found.people.seeking, *found.people.offering)}
    paired = {*known, *known.values()}
    return _(
        "{people}: {introduced}, {without}.",
        people=ngettext(
            "A message goes to {count} person", "A message goes to {count} people", len(people)
        ),
        introduced=ngettext(
            "{count} is introduced to a pair", "{count} are introduced to their pair", len(paired)
        ),
        without=ngettext(
            "{count} hears that there is no pair this time",
            "{count} hear that there is no pair this time",
            len(people - paired),
        ),
    )


def _pair(labels: Labels, found: Ground, one: Explained) -> tuple[Part, ...]:
    trainee, mentor = _named(found, one.trainee), _named(found, one.mentor)
    why: list[Msg] = []
    if one.ranked_by_both:
        why.append(_("both wished for each other"))
    elif one.trainee_rank is not None:
        why.append(_("{who} wished for this", who=Person(trainee)))
    elif one.mentor_rank is not None:
        why.append(_("{who} wished for this", who=Person(mentor)))
    if one.topics:
        both = labels.several(List.TOPICS, one.topics[:3])
        why.append(_("both: {topics}", topics=both))
    if one.languages:
        why.append(_("a language in common"))
    if one.region:
        why.append(_("the same region"))
    if one.evenings:
        why.append(ngettext("evenings overlap {count} hour", "evenings overlap {count} hours",
                            one.evenings))  # fmt: skip
    if not why:
        why.append(_("a place was free"))
    return (
        Text(_("{trainee} with {mentor}", trainee=Person(trainee), mentor=Person(mentor))),
        Text(semicolons(why), Style.QUIET),
        Text(_change(found, one), Style.QUIET),
        _edit(found, trainee, _("Change {name}", name=Typed(trainee.name[:50]))),
    )


def _change(found: Ground, one: Explained) -> Msg:
    if one.other is None:
        return _("There is no other place in this round that could be theirs.")
    other = Person(_named(found, one.other))
    match one.change:
        case Change.ONE_PLACE_MORE:
            return _("One place more with {who} would change it.", who=other)
        case Change.BY_HAND:
            return _("{who} suits as well or better, and has a place left.", who=other)
        case _:
            return _("Without this place it would be {who}.", who=other)


def _unpaired(found: Ground, one: Unpaired) -> tuple[Part, ...]:
    who = _named(found, one.trainee)
    if one.other is None:
        why = _("No mentor of this round has a place that could be theirs.")
    elif one.free:
        why = _("{who} has a place left.", who=Person(_named(found, one.other)))
    else:
        why = _(
            "All places that could be theirs are taken; one more with {who} would change it.",
            who=Person(_named(found, one.other)),
        )
    return (
        Text(_("{who} has no pair", who=Person(who))),
        Text(why, Style.QUIET),
        _edit(found, who, _("Pair {name}", name=Typed(who.name[:40]))),
    )


def _edit(found: Ground, who: Someone, label: Msg) -> Button:
    return Button(label, OpenMove(found.round.id, found.round.revision, who.member))


def _named(found: Ground, id: int) -> Someone:
    return found.names[MemberId(id)]
