"""What is said where a search shows nobody, or not everybody."""

from __future__ import annotations

from bot.domain.finding import Wanted
from bot.services.mentors.finding import Found
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import When, _, ngettext
from cogs.mentors.finding_actions import FindMentors, OpenFind
from cogs.mentors.listing_actions import EditListing
from cogs.mentors.request_actions import ShowInbox


def nobody(wanted: Wanted, found: Found) -> tuple[Part, ...]:
    """Nobody fits and has room: why, as far as it is known, and until when."""
    if not found.listed:
        said = _(
            "Nobody is listed yet. Whoever would like to help can be the first; nothing is shown"
            " before you have seen it yourself."
        )
        return (Text(said), Button(_("Offer mentoring"), EditListing(), Look.MAIN))
    if wanted.open and found.opens is not None:
        said = _(
            "Nobody in the list has room at the moment. As things stand, somebody has again from"
            " {when}.",
            when=When(found.opens, with_time=False),
        )
    elif wanted.open:
        said = _("Nobody in the list has room at the moment. It changes every week.")
    else:
        said = _("Nobody who fits all of this has room at the moment. Fewer filters show more.")
    if found.tied:
        said = _("Nobody else who fits has room at the moment.")
    return (
        Text(said),
        *left_out(found),
        Button(_("Other filters"), OpenFind(), Look.MAIN),
        *(() if wanted.open else (Button(_("Everybody who has room"), FindMentors()),)),
    )


def left_out(found: Found) -> tuple[Part, ...]:
    """That some who fit are not listed, for a reason their reader knows."""
    if not found.tied:
        return ()
    said = ngettext(
        "{count} more has room, but is your mentor already or was asked by you not long ago.",
        "{count} more have room, but are your mentors already or were asked by you not long ago.",
        found.tied,
    )
    return (Text(said, Style.QUIET),)


def enough_pages() -> Reply:
    """The limit of a day."""
    return Reply(
        (
            Text(
                _(
                    "That is a lot of pages for one day; there are more tomorrow. The limit keeps"
                    " the list from being copied."
                )
            ),
            Button(_("My requests"), ShowInbox()),
        )
    )
