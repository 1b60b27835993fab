"""How a listing and a request look, wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.listings import Listing, Offer, Room
from bot.domain.requests import Introduction
from bot.domain.taxonomy import Format, List
from bot.services.mentors.finding import Card
from bot.services.mentors.ties import Knot, Tie
from bot.ui.parts import Button, Facts, Look, Part, Style, Text
from bot.ui.words import Day, Msg, Person, Slash, Typed, When, Words, _, ngettext
from bot.ui.words import Listing as Several
from cogs.mentors.finding_actions import ShowMentor
from cogs.mentors.labels import PEER, Labels, format_words, formats_words
from cogs.mentors.request_actions import OpenRequest, ShowInbox

ROOM = {
    Room.OPEN: _("Has room"),
    Room.NEXT_WEEK: _("This week's requests are reached"),
    Room.FULL: _("Full at the moment"),
    # The same words: why somebody has no room is theirs to know.
    Room.AWAY: _("Full at the moment"),
}


def offer_facts(offer: Offer, labels: Labels) -> Facts:
    """Exactly what others see of what a mentor filled in."""
    rows: list[tuple[Msg, Words]] = [
        (_("Helps with"), labels.several(List.HELP, offer.help)),
        (_("Topics"), labels.several(List.TOPICS, offer.topics)),
        (_("Formats"), formats_words(offer.formats)),
    ]
    if offer.stage:
        rows.append((_("Stage"), labels.one(List.STAGES, offer.stage)))
    if offer.practice:
        rows.append((_("Works in"), labels.one(List.PRACTICES, offer.practice)))
    if offer.region:
        rows.append((_("Region"), labels.one(List.REGIONS, offer.region)))
    if offer.languages:
        rows.append((_("Languages"), labels.several(List.LANGUAGES, offer.languages)))
    if offer.about:
        rows.append((_("How they like to meet"), Typed(offer.about)))
    return Facts(tuple(rows))


def room_words(card: Card) -> Msg:
    """Whether there is room; when there will be, if that is known."""
    said = ROOM[card.room]
    if card.room is Room.OPEN or card.opens is None:
        return said
    day = When(card.opens, with_time=False)
    return _("{said}; open again on {when}", said=said, when=day)


def full_card(card: Card, labels: Labels) -> tuple[Part, ...]:
    """One mentor, with everything they show."""
    parts: list[Part] = [
        Text(_("{who}", who=Person(card.who)), Style.HEADING),
        offer_facts(card.listing.offer, labels),
        Text(room_words(card), Style.QUIET),
    ]
    if card.listing.offer.near_peer(labels.lists):
        parts.append(Text(PEER, Style.QUIET))
    parts.extend(seal(card))
    if card.tie is not None:
        parts.extend(_tied(card, card.tie))
    elif card.room is Room.OPEN and not card.mine:
        parts.append(ask_button(card))
    return tuple(parts)


def _tied(card: Card, tie: Tie) -> tuple[Part, ...]:
    who = Person(card.who)
    match tie.knot:
        case Knot.PAIR:
            said = _("You and {who} are a pair: {status}.", who=who, status=Slash("checkin status"))
            return (Text(said),)
        case Knot.OPEN:
            said = _("Your request to {who} is open.", who=who)
            return (Text(said), Button(_("My requests"), ShowInbox()))
        case Knot.RECENT:
            day = When(tie.until, with_time=False) if tie.until is not None else None
            if day is None:
                return ()
            return (Text(_("You can ask {who} again from {when}.", who=who, when=day)),)


def seal(card: Card) -> tuple[Part, ...]:
    """Who vouches for them, since when and on what ground."""
    if card.listing.verified is None or card.verified_by is None:
        return ()
    said = _(
        "Verified by {who} on {when}: {how}",
        who=Person(card.verified_by),
        when=When(card.listing.verified.at, with_time=False),
        how=Typed(card.listing.verified.how),
    )
    return (Text(said, Style.QUIET),)


def ask_button(card: Card) -> Button:
    """Opens the form of a request."""
    return Button(_("Ask {who}", who=Typed(card.who.name[:60])), OpenRequest(card.listing.member),
                  Look.MAIN)  # fmt: skip


def short_card(card: Card, labels: Labels) -> tuple[Part, ...]:
    """One mentor of a list, with the reason they fit."""
    name = Typed(card.who.name[:60])
    return (
        *short_line(card, labels),
        ask_button(card),
        Button(_("Card of {who}", who=name), ShowMentor(card.listing.member)),
    )


def short_line(card: Card, labels: Labels) -> tuple[Part, ...]:
    """The same without buttons."""
    offer = card.listing.offer
    said = _(
        "{who}: {topics}",
        who=Person(card.who),
        topics=labels.several(List.TOPICS, offer.topics[:4]),
    )
    return (
        Text(said),
        Text(why(card, labels), Style.QUIET),
    )


def why(card: Card, labels: Labels) -> Msg:
    """Why somebody fits: facts that both may know."""
    found, given = card.reasons, list[Msg]()
    if found.topics:
        both = labels.several(List.TOPICS, found.topics[:3])
        given.append(_("both: {topics}", topics=both))
    if found.help:
        given.append(_("helps with {help}", help=labels.several(List.HELP, found.help)))
    if found.languages:
        given.append(_("speaks {languages}", languages=labels.several(
            List.LANGUAGES, found.languages[:2])))  # fmt: skip
    if found.region:
        given.append(_("in {region}", region=labels.one(List.REGIONS, found.region)))
    if found.evenings:
        given.append(
            ngettext(
                "evenings overlap {count} hour", "evenings overlap {count} hours", found.evenings
            )
        )
    if found.near_peer:
        given.append(_("near-peer"))
    if found.light:
        given.append(_("takes a short talk or a question"))
    if card.room is Room.OPEN:
        given.append(_("has room"))
    return semicolons(given) if given else room_words(card)


def semicolons(given: Sequence[Msg]) -> Msg:
    """Several short facts in one line."""
    arguments = {f"f{index}": one for index, one in enumerate(given)}
    template = "; ".join(f"{{{name}}}" for name in arguments)
    return Msg(template, tuple(sorted(arguments.items())))


def request_facts(text: Introduction, labels: Labels) -> Facts:
    """A request as its mentor reads it."""
    rows: list[tuple[Msg, Words]] = [
        (_("Who I am"), Typed(text.who)),
        (_("Why you"), Typed(text.why)),
        (_("The ask"), Typed(text.ask)),
        (_("Format"), format_words(text.form)),
    ]
    if text.domain:
        rows.append((_("Topic"), labels.one(List.TOPICS, text.domain)))
    if text.times:
        rows.append((_("Times that suit"), Typed(text.times)))
    if text.hard_date is not None:
        day = _("{day}", day=Day(text.hard_date))
        rows.append((_("A date that cannot move"), day))
    return Facts(tuple(rows))


def time_box(form: Format, until: datetime) -> Msg:
    """For how long a pair is, before both are asked."""
    return _(
        "It is for: {format}. On {when} I ask both of you whether to go on.",
        format=format_words(form),
        when=When(until, with_time=False),
    )


def limits_words(listing: Listing) -> Msg:
    """A mentor's own numbers, for them."""
    offer = listing.offer
    return _(
        "Your numbers: {places} ongoing at a time, {talks} short ones a month, {requests} new"
        " requests a week. Nobody else can raise them.",
        places=offer.places,
        talks=offer.talks,
        requests=offer.intake,
    )


def names(of: Sequence[Person]) -> Several:
    """Several people in one sentence."""
    return Several(tuple(of))


SEASON = _(
    "Applications are under way. Some mentors take part in interviews; either of you may leave"
    " this until afterwards, and rank lists are no topic here."
)
