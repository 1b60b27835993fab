"""How a round of matching stands: who takes part, the draft with its reasons, what can be done."""

from __future__ import annotations

from bot.domain.rounds import RoundState
from bot.services.mentors.publishing import Published
from bot.services.mentors.rounds import Ground
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Typed, _, ngettext
from cogs.mentors.labels import Labels
from cogs.mentors.round_actions import (
    AskCancel,
    AskDraft,
    AskPublish,
    CancelRound,
    MakeDraft,
    OpenApart,
    OpenRound,
    PublishRound,
    ShowApart,
    ShowRound,
    ShowTaking,
)
from cogs.mentors.round_draft import draft_parts, goes_to


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
            parts.extend(draft_parts(labels, found, page))
        drafted = found.round.state is RoundState.DRAFT
        if drafted:
            parts.append(Button(_("Draft again"), AskDraft(id, revision)))
            parts.append(Button(_("Publish"), AskPublish(id, revision), Look.MAIN))
        else:
            parts.append(Button(_("Make a draft"), MakeDraft(id, revision), Look.MAIN))
        parts.append(Button(_("Call it off"), AskCancel(id)))
        parts.append(Button(_("Who takes part"), ShowTaking()))
    parts.append(Button(_("Do not pair two people"), OpenApart()))
    parts.append(Button(_("Who is not paired"), ShowApart()))
    return Reply(tuple(parts))


def publish_screen(found: Ground) -> Reply:
    """What `Publish` sends to whom, before it does."""
    id, revision = found.round.id, found.round.revision
    return Reply(
        (
            Text(goes_to(found)),
            Text(_("Nothing of it can be taken back; a pair can be closed kindly."), Style.QUIET),
            Button(_("Publish now"), PublishRound(id, revision), Look.GRAVE),
            Button(_("Not yet"), ShowRound()),
        )
    )


def draft_again_screen(found: Ground) -> Reply:
    """What a new draft does to the one that stands, before it does."""
    return Reply(
        (
            Text(
                _(
                    "A new draft takes the place of this one. Whatever was changed in it by hand"
                    " is gone then, and cannot be brought back."
                )
            ),
            Button(_("Draft again"), MakeDraft(found.round.id, found.round.revision), Look.GRAVE),
            Button(_("Keep this draft"), ShowRound()),
        )
    )


def cancel_screen(found: Ground) -> Reply:
    """Who hears that a round is off, before they do."""
    people = {one.id for one in (*found.people.seeking, *found.people.offering)}
    said = ngettext(
        "{count} person takes part, and hears that nothing comes of this round.",
        "{count} people take part, and hear that nothing comes of this round.",
        len(people),
    )
    return Reply(
        (
            Text(said),
            Button(_("Call it off"), CancelRound(found.round.id), Look.GRAVE),
            Button(_("Leave it"), ShowRound()),
        )
    )


def published_screen(done: Published) -> Reply:
    """What became of it."""
    lines: list[Msg] = [
        ngettext(
            "{count} pair is introduced; both sides hear it now.",
            "{count} pairs are introduced; both sides hear it now.",
            done.pairs,
        )
    ]
    if done.unmatched:
        lines.append(
            ngettext(
                "{count} person has no pair this time; they get names of others who have"
                " room, and rise in the next round.",
                "{count} people have no pair this time; they get names of others who have"
                " room, and rise in the next round.",
                done.unmatched,
            )
        )
    if done.free:
        lines.append(
            ngettext(
                "{count} mentor has nobody this time, and hears that.",
                "{count} mentors have nobody this time, and hear that.",
                done.free,
            )
        )
    if done.already:
        lines.append(
            ngettext(
                "{count} pair of the draft is one already by now, so it was not introduced again.",
                "{count} pairs of the draft are pairs already by now, so they were not introduced"
                " again.",
                done.already,
            )
        )
    if done.left_out:
        lines.append(
            ngettext(
                "{count} pair of the draft did not come to be: since then a place was taken, or"
                " somebody is not there any more.",
                "{count} pairs of the draft did not come to be: since then places were taken, or"
                " somebody is not there any more.",
                done.left_out,
            )
        )
    return Reply(tuple(Text(line) for line in lines), replaces=True)


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
