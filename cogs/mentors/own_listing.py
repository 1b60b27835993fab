"""One's own listing: how it stands, one's own numbers, and each consent with its date."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.listings import Listing, Purpose, State
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import listing as use
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, When, Words, _
from cogs.mentors.cards import limits_words, offer_facts
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.listing_actions import (
    EditListing,
    GiveConsent,
    MyListing,
    PauseMentoring,
    ResumeMentoring,
    WithdrawListing,
)

PURPOSES = {
    Purpose.LISTING: _("Being listed"),
    Purpose.DMS: _("Requests by direct message"),
    Purpose.BACKGROUND: _("My backgrounds, for matching"),
}


class OwnListing:
    """Handlers of one's own listing."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(MyListing, self.mine),
            Handler(GiveConsent, self.consent),
        )

    async def mine(self, caller: Caller, ask: MyListing) -> Reply:
        """My listing, my numbers, my consents."""
        labels = await self._shelf.of(caller.community)
        known = await self._store.read(use.mine, caller.community, caller.member)
        if known is None or known.state is State.WITHDRAWN:
            return not_listed()
        return Reply(_own(labels, known))

    async def consent(self, caller: Caller, ask: GiveConsent) -> Reply:
        """One consent."""
        labels = await self._shelf.of(caller.community)
        known = await self._store.write(
            use.consent,
            self._clock.now(),
            caller.community,
            caller.member,
            ask.purpose,
            given=ask.given,
        )
        if known is None or known.state is State.WITHDRAWN:
            return not_listed()
        return Reply(_own(labels, known), replaces=True)

    @staticmethod
    def home(known: Listing) -> tuple[Part, ...]:
        """One line for the panel."""
        return (Text(_state(known)), Button(_("My listing"), MyListing()))


def not_listed() -> Reply:
    """Whoever asks has no listing."""
    return Reply(
        (
            Text(
                _("You are not in the list of mentors. It is up to you; nothing is on by default.")
            ),
            Button(_("Offer mentoring"), EditListing(), Look.MAIN),
        )
    )


def _own(labels: Labels, known: Listing) -> tuple[Part, ...]:
    offer = known.offer
    rows: list[tuple[Msg, Words]] = []
    for purpose, name in PURPOSES.items():
        at = known.consents.get(purpose)
        given = (
            _("not given") if at is None else _("given on {when}", when=When(at, with_time=False))
        )
        rows.append((name, given))
    if offer.backgrounds:
        rows.append((_("Backgrounds"), labels.several(
            List.BACKGROUNDS, offer.backgrounds)))  # fmt: skip
    parts: list[Part] = [
        Text(_("My listing"), Style.HEADING),
        Text(_state(known)),
        offer_facts(offer, labels),
        Text(limits_words(known), Style.QUIET),
        Facts(tuple(rows)),
    ]
    for purpose in (Purpose.DMS, Purpose.BACKGROUND):
        if purpose in known.consents:
            label = {
                Purpose.DMS: _("No new requests"),
                Purpose.BACKGROUND: _("Stop using my backgrounds"),
            }[purpose]
            parts.append(Button(label, GiveConsent(purpose, given=False)))
        elif purpose is Purpose.DMS or offer.backgrounds:
            label = {
                Purpose.DMS: _("Allow requests"),
                Purpose.BACKGROUND: _("Use my backgrounds for matching"),
            }[purpose]
            parts.append(Button(label, GiveConsent(purpose, given=True)))
    parts.append(Divider())
    parts.append(Button(_("Edit"), EditListing(), Look.MAIN))
    if known.state is State.PUBLISHED:
        parts.append(Button(_("Pause"), PauseMentoring()))
    else:
        parts.append(Button(_("Back now"), ResumeMentoring()))
    parts.append(Button(_("Withdraw"), WithdrawListing()))
    return tuple(parts)


def _state(known: Listing) -> Msg:
    match known.state:
        case State.PAUSED if known.paused_until is not None:
            return _(
                "It rests until {when}: no search shows it, and the card says full until then.",
                when=When(known.paused_until, with_time=False),
            )
        case State.PUBLISHED if Purpose.DMS not in known.consents:
            return _("It is shown as full, because you take no requests by direct message.")
        case State.PUBLISHED:
            return _("It is shown to members of this community.")
        case _:
            return _("It is hidden: nobody finds it, and nobody can open it.")
