"""Why a request cannot be sent or answered, and what to do next: one kind sentence for each."""

from __future__ import annotations

from bot.services.mentors.requesting import Refused, Why
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Listing, Msg, Person, Slash, Typed, When, _, ngettext
from cogs.mentors.finding_actions import FindMentors, SuggestMentors
from cogs.mentors.labels import formats_words
from cogs.mentors.request_actions import ShowInbox, WithdrawRequest

_INBOX = Button(_("My requests"), ShowInbox())
_OTHERS = Button(_("Others who have room"), SuggestMentors(), Look.MAIN)


def refusal(refused: Refused) -> Reply:
    """The screen for a refusal."""
    mendable = refused.why in (Why.NOT_OFFERED, Why.PAST, Why.NOBODY) or bool(refused.forms)
    return Reply((Text(refusal_words(refused)), *next_steps(refused)), correctable=mendable)


def refusal_words(refused: Refused) -> Msg:
    """Why not."""
    match refused.why:
        case Why.NOBODY:
            return _("This person is not in the list of mentors. The list shows who is.")
        case Why.ONESELF:
            return _("This is your own listing.")
        case Why.FULL if refused.forms:
            free = formats_words(refused.forms)
            return _(
                "There is no room for that format at the moment, but for: {formats}.", formats=free
            )
        case Why.FULL if refused.until is not None:
            return _(
                "There is no room at the moment. As things stand, requests are possible again from"
                " {when}.",
                when=When(refused.until, with_time=False),
            )
        case Why.FULL:
            return _("There is no room at the moment.")
        case Why.NEXT_WEEK if refused.until is not None:
            return _(
                "This week's requests are reached; the next ones can come from {when}. There is no"
                " queue behind it.",
                when=When(refused.until, with_time=False),
            )
        case Why.NEXT_WEEK:
            return _("This week's requests are reached; please look again next week.")
        case Why.CAP:
            who = Listing(tuple(Person(one) for _request, one in refused.open))
            return ngettext(
                "{count} request may be open at a time, and yours to {who} is. Taking one back"
                " makes room at once.",
                "{count} requests may be open at a time, and yours to {who} are. Taking one back"
                " makes room at once.",
                refused.cap,
                who=who,
            )
        case Why.PAIR if refused.who is not None:
            return _(
                "You and {who} are a pair already. A line to them is on its way faster than a"
                " request: {status}.",
                who=Person(refused.who),
                status=Slash("checkin status"),
            )
        case Why.PAIR:
            return _("You are a pair already.")
        case Why.OPEN_ALREADY:
            return _("Your request to this mentor is open already.")
        case Why.COOLING if refused.until is not None:
            return _(
                "The last request to this mentor is not long ago. A new one is possible from"
                " {when}.",
                when=When(refused.until, with_time=False),
            )
        case Why.COOLING:
            return _("The last request to this mentor is not long ago.")
        case Why.NOT_OFFERED:
            offered = formats_words(refused.forms)
            return _("This mentor does not offer that format. They do: {formats}.", formats=offered)
        case Why.PAST:
            return _("That date has passed already. Please choose one that is ahead, or none.")
        case Why.CLOSED:
            return _("This request is not open any more, so nothing was changed.")
        case Why.SENT:
            return _("What you wrote before has gone already, and the turn is theirs.")
        case Why.UNKNOWN:
            return _("This request is not one of yours.")


def next_steps(refused: Refused) -> tuple[Part, ...]:
    """What can be tapped then."""
    match refused.why:
        case Why.CAP:
            return (
                *(
                    Button(
                        _("Take back the one to {who}", who=Typed(who.name[:50])),
                        WithdrawRequest(request.id),
                    )
                    for request, who in refused.open
                ),
                _INBOX,
            )
        case Why.FULL | Why.NEXT_WEEK | Why.COOLING:
            return (_OTHERS,)
        case Why.NOBODY:
            return (Button(_("Mentors"), FindMentors()),)
        case _:
            return (_INBOX,)


_NOTHING_SENT = _("Nothing was sent.")
_NOTHING_SHOWN = _("Nothing was changed, and nothing is shown.")


def identifying(named: tuple[str, ...], *, listing: bool = False) -> Reply:
    """A patient may be recognised: this one point is not the writer's to decide."""
    return Reply(
        (
            Text(
                _(
                    "This may say who a patient is: {what}. Please leave it out; a mentor needs no"
                    " name, number or date of a patient. If it is a colleague's name, a title such"
                    " as Dr in front of it helps.",
                    what=Listing(tuple(Typed(one) for one in named[:5])),
                )
            ),
            Text(_NOTHING_SHOWN if listing else _NOTHING_SENT, Style.QUIET),
        ),
        correctable=True,
        memory_only=True,
    )
