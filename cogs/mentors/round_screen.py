"""How a round of matching stands: who takes part, the draft with its reasons, what can be done."""

from __future__ import annotations

from bot.domain.matching import Explained, explain
from bot.domain.people import MemberId
from bot.domain.rounds import RoundState
from bot.domain.taxonomy import List
from bot.services.mentors.rounds import Ground
from bot.ui.parts import Button, Divider, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, _, ngettext
from cogs.mentors.cards import semicolons
from cogs.mentors.labels import Labels
from cogs.mentors.round_actions import (
    CancelRound,
    MakeDraft,
    OpenApart,
    OpenMove,
    OpenRound,
    PublishRound,
    ShowApart,
    ShowRound,
    ShowTaking,
)

_PAGE = 5


def round_screen(
    found: Ground | None, labels: Labels, page: int, first: Msg | None = None
) -> Reply:
    """The screen of moderators. `first`: a sentence about what was just done."""
    parts: list[Part] = [Text(_("Mentor matching"), Style.HEADING)]
    if first is not None:
        parts.append(Text(first))
    if found is None or not found.round.going_on:
        parts.append(
            Text(
                _(
                    "No round is open. A new one is announced in the community's channel, with"
                    " buttons to take part; nobody is paired before you publish."
                )
            )
        )
        parts.append(Button(_("Open a round"), OpenRound(), Look.MAIN))
    else:
        parts.extend(_counts(found))
        id, revision = found.round.id, found.round.revision
        if found.round.state is RoundState.DRAFT:
            parts.extend(_pairs(labels, found, page))
        drafted = found.round.state is RoundState.DRAFT
        again = _("Draft again") if drafted else _("Make a draft")
        parts.append(Button(again, MakeDraft(id, revision), Look.PLAIN if drafted
                            else Look.MAIN))  # fmt: skip
        if drafted:
            parts.append(Button(_("Publish"), PublishRound(id, revision), Look.GRAVE))
        parts.append(Button(_("Call it off"), CancelRound(id)))
        parts.append(Button(_("Who takes part"), ShowTaking()))
    parts.append(Button(_("Do not pair two people"), OpenApart()))
    parts.append(Button(_("Who is not paired"), ShowApart()))
    return Reply(tuple(parts))


def _counts(found: Ground) -> tuple[Part, ...]:
    people = found.people
    places = sum(one.places for one in people.offering)
    wishes = sum(1 for one in (*people.seeking, *people.offering) if one.ranked)
    parts: list[Part] = [
        Facts(
            (
                (_("Looking for a mentor"), Typed(str(len(people.seeking)))),
                (_("Mentors"), Typed(str(len(people.offering)))),
                (_("Places"), Typed(str(places))),
                (_("Said whom they would like"), Typed(str(wishes))),
            )
        )
    ]
    if places < len(people.seeking):
        parts.append(
            Text(
                ngettext(
                    "There are fewer places than people: at least {count} person will have no"
                    " pair. A group hour may help them.",
                    "There are fewer places than people: at least {count} people will have no"
                    " pair. A group hour may help them.",
                    len(people.seeking) - places,
                ),
                Style.QUIET,
            )
        )
    return tuple(parts)


def _pairs(labels: Labels, found: Ground, page: int) -> tuple[Part, ...]:
    draft = {int(one): int(to) for one, to in found.round.draft.items()}
    seeking = {one.id for one in found.people.seeking}
    offering = {one.id for one in found.people.offering}
    known = {one: to for one, to in draft.items() if one in seeking and to in offering}
    without = [one for one in sorted(seeking) if one not in known]
    parts: list[Part] = [Divider()]
    pages = max(1, -(-len(known) // _PAGE))
    page = min(max(0, page), pages - 1)
    # Only what is read: the reasons of a whole round take seconds.
    here = sorted(known)[page * _PAGE : (page + 1) * _PAGE]
    for one in explain(found.people, {id: known[id] for id in here}):
        parts.extend(_pair(labels, found, one))
    if page:
        parts.append(Button(_("Earlier"), ShowRound(page - 1)))
    if page + 1 < pages:
        parts.append(Button(_("More"), ShowRound(page + 1)))
    if without:
        count = ngettext(
            "{count} person has no pair in this draft.",
            "{count} people have no pair in this draft.",
            len(without),
        )
        parts.append(Text(count))
        id, revision = found.round.id, found.round.revision
        for member in without[:3]:
            name = Typed(found.names[MemberId(member)].name[:40])
            parts.append(
                Button(_("Pair {name}", name=name), OpenMove(id, revision, MemberId(member)))
            )
    parts.append(Divider())
    return tuple(parts)


def _pair(labels: Labels, found: Ground, one: Explained) -> tuple[Part, ...]:
    names = found.names
    trainee, mentor = names[MemberId(one.trainee)], names[MemberId(one.mentor)]
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
    other = names.get(MemberId(one.next_best)) if one.next_best is not None else None
    change: Msg | None = None
    if other is not None and one.one_place_more:
        change = _("One place more with {who} would change it.", who=Person(other))
    elif other is not None:
        change = _("Without this place it would be {who}.", who=Person(other))
    parts: list[Part] = [
        Text(_("{trainee} with {mentor}", trainee=Person(trainee), mentor=Person(mentor))),
        Text(semicolons(why), Style.QUIET),
    ]
    if change is not None:
        parts.append(Text(change, Style.QUIET))
    edit = OpenMove(found.round.id, found.round.revision, MemberId(one.trainee))
    parts.append(Button(_("Change {name}", name=Typed(trainee.name[:50])), edit))
    return tuple(parts)
