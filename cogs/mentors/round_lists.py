"""Lists beside a round of matching: who takes part, and who is not paired with whom."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.matching import Offering, Seeking
from bot.domain.people import MemberId, Someone
from bot.services.mentors.rounds import Ground
from bot.ui.parts import Button, Divider, Part, Reply, Style, Text
from bot.ui.words import Listing, Msg, Person, Typed, _, ngettext
from cogs.mentors.round_actions import LetMeet, OpenApart, ShowApart, ShowRound, ShowTaking

_APART, _TAKING = 5, 12
_BACK = Button(_("Back to the round"), ShowRound())


def apart_screen(kept: Sequence[tuple[Someone, Someone]], page: int) -> Reply:
    """The confidential list, with a way to let two people meet again."""
    parts: list[Part] = [
        Text(_("Who is not paired"), Style.HEADING),
        Text(
            _("Confidential: moderators alone can see this list, and it names no reason."),
            Style.QUIET,
        ),
    ]
    page = min(max(0, page), max(0, (len(kept) - 1) // _APART))
    for one, other in kept[page * _APART : (page + 1) * _APART]:
        parts.append(Text(_("{one} and {other}", one=Person(one), other=Person(other))))
        names = {"one": Typed(one.name[:25]), "other": Typed(other.name[:25])}
        meet = _("{one} and {other} may meet", **names)
        parts.append(Button(meet, LetMeet(one.member, other.member)))
    if not kept:
        parts.append(Text(_("Nobody is on it.")))
    parts.append(Divider())
    if page:
        parts.append(Button(_("Earlier"), ShowApart(page - 1)))
    if (page + 1) * _APART < len(kept):
        parts.append(Button(_("More"), ShowApart(page + 1)))
    parts.append(Button(_("Do not pair two people"), OpenApart()))
    parts.append(_BACK)
    return Reply(tuple(parts))


def taking_screen(found: Ground, page: int) -> Reply:
    """Everybody who takes part, with wishes and places."""
    every: list[Msg] = [
        *(_looks(found, one) for one in found.people.seeking),
        *(_has_places(found, one) for one in found.people.offering),
    ]
    page = min(max(0, page), max(0, (len(every) - 1) // _TAKING))
    parts: list[Part] = [Text(_("Who takes part"), Style.HEADING)]
    parts.extend(Text(one) for one in every[page * _TAKING : (page + 1) * _TAKING])
    if not every:
        parts.append(Text(_("Nobody yet. The announcement has the buttons to take part.")))
    parts.append(Divider())
    if page:
        parts.append(Button(_("Earlier"), ShowTaking(page - 1)))
    if (page + 1) * _TAKING < len(every):
        parts.append(Button(_("More"), ShowTaking(page + 1)))
    parts.append(_BACK)
    return Reply(tuple(parts))


def _looks(found: Ground, one: Seeking) -> Msg:
    who = Person(found.names[MemberId(one.id)])
    if (wishes := _wishes(found, one)) is None:
        return _("{who} looks for a mentor", who=who)
    return _("{who} looks for a mentor; {wishes}", who=who, wishes=wishes)


def _has_places(found: Ground, one: Offering) -> Msg:
    has = ngettext(
        "{who} has {count} place",
        "{who} has {count} places",
        one.places,
        who=Person(found.names[MemberId(one.id)]),
    )
    if (wishes := _wishes(found, one)) is None:
        return has
    return _("{has}; {wishes}", has=has, wishes=wishes)


def _wishes(found: Ground, one: Seeking | Offering) -> Msg | None:
    named = tuple(
        Person(found.names[MemberId(id)])
        for group in one.ranked
        for id in group
        if MemberId(id) in found.names
    )
    if not named:
        return None
    if len(named) == 1:
        return _("would like {name}", name=named[0])
    if len(one.ranked) == 1:
        return _("would like one of {names}, in no order", names=Listing(named))
    return _("would like {names}, in this order", names=Listing(named))
