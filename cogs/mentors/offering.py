"""A mentor's own listing: offering, editing, consents, pausing, withdrawing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.listings import PAUSE, Listing, Offer, Purpose, State
from bot.domain.requests import Request
from bot.domain.taxonomy import Format, List
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.mentors import listing as use
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Strong, Typed, When, Words, _, ngettext
from cogs.mentors.cards import limits_words, offer_facts
from cogs.mentors.labels import Labels, format_words
from cogs.mentors.listing_actions import (
    Discard,
    EditListing,
    GiveConsent,
    MyListing,
    OfferMentoring,
    PauseMentoring,
    PauseNow,
    Publish,
    ResumeMentoring,
    WithdrawListing,
    WithdrawNow,
)
from cogs.mentors.request_actions import AcceptRequest, DeclineRequest, ShowRequest

PURPOSES = {
    Purpose.LISTING: _("Being listed"),
    Purpose.DMS: _("Requests by direct message"),
    Purpose.BACKGROUND: _("My backgrounds, for matching"),
}
_CLOSED = ("stage", List.STAGES), ("practice", List.PRACTICES), ("region", List.REGIONS)
_SHOWN = 8


class Offering:
    """Handlers of one's own listing."""

    def __init__(self, store: Store, clock: Clock, labels: Labels) -> None:
        self._store = store
        self._clock = clock
        self._labels = labels
        self._pending = Pending(store, clock, (OfferMentoring,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OfferMentoring, self.offer),
            Handler(Publish, self.publish),
            Handler(Discard, self.discard),
            Handler(EditListing, self.edit, opens=True),
            Handler(MyListing, self.mine),
            Handler(PauseMentoring, self.pause),
            Handler(PauseNow, self.pause_now),
            Handler(ResumeMentoring, self.resume),
            Handler(WithdrawListing, self.withdraw),
            Handler(WithdrawNow, self.withdraw_now),
            Handler(GiveConsent, self.consent),
        )

    async def offer(self, caller: Caller, ask: OfferMentoring) -> Reply:
        """Exactly what others will see, before anybody does."""
        offer = self._offer(ask)
        if isinstance(offer, Msg):
            return Reply((Text(offer),), correctable=True)
        draft = await self._pending.keep(caller, ask)
        parts: list[Part] = [
            Text(_("This is what others will see"), Style.HEADING),
            Text(_("{who}", who=Strong(caller.name))),
            offer_facts(offer, self._labels),
            Divider(),
            Text(
                _(
                    "Nothing is shown yet. With Publish you agree to two things, noted with today's"
                    " date: being listed, and getting requests by direct message. Each can be taken"
                    " back at any time under My listing."
                ),
                Style.QUIET,
            ),
            Text(
                _(
                    "Not shown to anybody: {places} ongoing at a time, {talks} short ones a month,"
                    " {requests} new requests a week.",
                    places=offer.places,
                    talks=offer.talks,
                    requests=offer.intake,
                ),
                Style.QUIET,
            ),
            Button(_("Publish"), Publish(draft), Look.MAIN),
        ]
        if offer.backgrounds:
            given = self._labels.several(List.BACKGROUNDS, offer.backgrounds)
            used = _(
                "For matching only, and only if you agree to that as well: {backgrounds}. Never"
                " shown, never a filter, and they count only for people who volunteered the same.",
                backgrounds=given,
            )
            parts.insert(-1, Text(used, Style.QUIET))
            agree = _("Publish, and use my backgrounds for matching")
            parts.append(Button(agree, Publish(draft, background=True)))
        parts.append(Button(_("Cancel"), Discard(draft)))
        return Reply(tuple(parts))

    async def publish(self, caller: Caller, ask: Publish) -> Reply:
        """Opt in."""
        found = await self._pending.find(caller, ask.draft)
        offer = self._offer(found[0]) if found and isinstance(found[0], OfferMentoring) else None
        if offer is None or isinstance(offer, Msg):
            return await self.mine(caller, MyListing())
        made = await self._store.write(
            use.publish,
            self._clock.now(),
            self._labels.lists,
            caller.community,
            caller.member,
            offer,
            background=ask.background and bool(offer.backgrounds),
        )
        await self._pending.drop(caller, ask.draft)
        said = _("You are in the list of mentors. Thank you.")
        if made.state is State.PAUSED:
            said = _("Your listing is changed; it comes back when your pause ends.")
        return Reply(
            (
                Text(said),
                Text(limits_words(made), Style.QUIET),
                Button(_("My listing"), MyListing()),
            ),
            replaces=True,
        )

    async def discard(self, caller: Caller, ask: Discard) -> Reply:
        """Leaves everything as it is."""
        await self._pending.drop(caller, ask.draft)
        return Reply((Text(_("Nothing was changed.")),), replaces=True)

    async def edit(self, caller: Caller, ask: EditListing) -> Answer:
        """The form, with what is there; a first one is empty."""
        known = await self._store.read(use.mine, caller.community, caller.member)
        given: dict[str, object] = {}
        if known is not None and known.state is not State.WITHDRAWN:
            offer = known.offer
            given = {
                "help_with": offer.help,
                "topics": offer.topics,
                "formats": offer.formats,
                "stage": self._label(List.STAGES, offer.stage),
                "practice": self._label(List.PRACTICES, offer.practice),
                "region": self._label(List.REGIONS, offer.region),
                "languages": offer.languages,
                "meeting": offer.about or None,
                "places": offer.places,
                "talks": offer.talks,
                "requests": offer.intake,
                "backgrounds": offer.backgrounds,
                "background_requests": offer.background_cap,
                "interviews_for": ", ".join(offer.interviews_for) or None,
            }
        return Form(_("My listing"), OfferMentoring, given=given, send=_("Preview"))

    async def mine(self, caller: Caller, ask: MyListing) -> Reply:
        """My listing, my numbers, my consents."""
        known = await self._store.read(use.mine, caller.community, caller.member)
        if known is None or known.state is State.WITHDRAWN:
            return _none()
        return Reply(self._own(known))

    async def pause(self, caller: Caller, ask: PauseMentoring) -> Reply:
        """With requests open: all of them on one screen, one choice each. Else at once."""
        now = self._clock.now()
        until = ask.until or (now + PAUSE).astimezone(caller.zone).date()
        if _morning(until, caller.zone) <= now:
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        known = await self._store.read(use.mine, caller.community, caller.member)
        if known is None or known.state is State.WITHDRAWN:
            return _none()
        return await self.pausing(caller, until) or await self.pause_now(caller, PauseNow(until))

    async def pausing(self, caller: Caller, until: date) -> Reply | None:
        """The screen of a pause: what is open; None if nothing is."""

        def waiting(work: Work) -> list[tuple[Request, Person]]:
            open_ones = use.pending(work, caller.community, caller.member)
            people = work.people.several(one.trainee for one in open_ones)
            return [(one, Person(people[one.trainee])) for one in open_ones]

        found = await self._store.read(waiting)
        if not found:
            return None
        parts: list[Part] = [
            Text(
                ngettext(
                    "{count} request is open. Before the pause, one tap each:",
                    "{count} requests are open. Before the pause, one tap each:",
                    len(found),
                )
            )
        ]
        for request, who in found[:_SHOWN]:
            form = format_words(request.text.form)
            parts.append(Text(_("{who}: {format}", who=who, format=form)))
            named = Typed(who.who.name[:40])
            parts.append(Button(_("Accept {who}", who=named), AcceptRequest(request.id, until)))
            parts.append(Button(_("Not now, {who}", who=named), DeclineRequest(request.id, until)))
            parts.append(Button(_("Read {who}", who=named), ShowRequest(request.id)))
        parts.append(Divider())
        rest = _("Whoever gets no tap reads the same kind words as always, at once.")
        parts.append(Text(rest, Style.QUIET))
        parts.append(Button(_("Pause now"), PauseNow(until), Look.MAIN))
        parts.append(Button(_("No pause"), MyListing()))
        return Reply(tuple(parts), replaces=True)

    async def pause_now(self, caller: Caller, ask: PauseNow) -> Reply:
        """Pauses."""
        until = _morning(ask.until, caller.zone)
        found = await self._store.write(
            use.pause, self._clock.now(), caller.community, caller.member, until
        )
        if found is None:
            return _none()
        parts: list[Part] = [
            Text(
                _(
                    "Your listing rests until {when} and is shown to nobody. It comes back by"
                    " itself; I ask once then whether that suits you.",
                    when=When(found.listing.paused_until or until),
                )
            )
        ]
        if found.closed:
            parts.append(
                Text(
                    ngettext(
                        "{count} open request got a kind answer.",
                        "{count} open requests got a kind answer.",
                        found.closed,
                    ),
                    Style.QUIET,
                )
            )
        parts.append(Button(_("Back now"), ResumeMentoring()))
        return Reply(tuple(parts), replaces=True)

    async def resume(self, caller: Caller, ask: ResumeMentoring) -> Reply:
        """There again."""
        known = await self._store.write(
            use.resume, self._clock.now(), caller.community, caller.member
        )
        if known is None:
            return _none()
        return Reply(
            (
                Text(_("Your listing is shown again. Thank you.")),
                Text(limits_words(known), Style.QUIET),
                Button(_("My listing"), MyListing()),
            )
        )

    async def withdraw(self, caller: Caller, ask: WithdrawListing) -> Reply:
        """What it means, first."""
        known = await self._store.read(use.mine, caller.community, caller.member)
        if known is None or known.state is State.WITHDRAWN:
            return _none()
        return Reply(
            (
                Text(
                    _(
                        "Your listing disappears at once and your consents end. Open requests get a"
                        " kind answer; pairs go on as they are. A pause would keep the text."
                    )
                ),
                Button(_("Withdraw"), WithdrawNow(), Look.GRAVE),
                Button(_("Pause instead"), PauseMentoring()),
                Button(_("Leave it"), MyListing()),
            )
        )

    async def withdraw_now(self, caller: Caller, ask: WithdrawNow) -> Reply:
        """Opt out."""
        closed = await self._store.write(
            use.withdraw, self._clock.now(), caller.community, caller.member
        )
        if closed is None:
            return _none()
        said = _("You are not in the list of mentors any more. Thank you for having been there.")
        return Reply((Text(said), Button(_("Offer again"), EditListing())), replaces=True)

    async def consent(self, caller: Caller, ask: GiveConsent) -> Reply:
        """One consent."""
        known = await self._store.write(
            use.consent,
            self._clock.now(),
            caller.community,
            caller.member,
            ask.purpose,
            given=ask.given,
        )
        if known is None or known.state is State.WITHDRAWN:
            return _none()
        return Reply(self._own(known), replaces=True)

    def home(self, known: Listing) -> tuple[Part, ...]:
        """One line for the panel."""
        return (Text(_state(known)), Button(_("My listing"), MyListing()))

    def _own(self, known: Listing) -> tuple[Part, ...]:
        offer = known.offer
        rows: list[tuple[Msg, Words]] = []
        for purpose, name in PURPOSES.items():
            at = known.consents.get(purpose)
            given = _("not given") if at is None else _("given on {when}", when=When(at))
            rows.append((name, given))
        if offer.backgrounds:
            rows.append((_("Backgrounds"), self._labels.several(
                List.BACKGROUNDS, offer.backgrounds)))  # fmt: skip
        parts: list[Part] = [
            Text(_("My listing"), Style.HEADING),
            Text(_state(known)),
            offer_facts(offer, self._labels),
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

    def _offer(self, ask: OfferMentoring) -> Offer | Msg:
        lists = self._labels.lists
        help_with = lists.known(List.HELP, ask.help_with)
        topics = lists.known(List.TOPICS, ask.topics)
        if not help_with or not topics:
            return _("Choose at least one topic, and one thing you help with, from the lists.")
        keys: dict[str, str] = {}
        for name, of in _CLOSED:
            typed: str | None = getattr(ask, name)
            key = self._labels.key(of, typed)
            if key is None:
                return _(
                    "{typed} is not in the list; it has an entry for everything else as well.",
                    typed=Typed(typed or ""),
                )
            keys[name] = key
        return Offer(
            help=help_with,
            topics=topics,
            formats=ask.formats or (Format.QUESTION, Format.TALK),
            stage=keys["stage"],
            practice=keys["practice"],
            region=keys["region"],
            languages=lists.known(List.LANGUAGES, ask.languages),
            about=(ask.meeting or "").strip(),
            places=ask.places,
            talks=ask.talks,
            intake=ask.requests,
            backgrounds=lists.known(List.BACKGROUNDS, ask.backgrounds),
            background_cap=ask.background_requests,
            interviews_for=listed(ask.interviews_for),
        )

    def _label(self, of: List, key: str) -> str | None:
        return self._labels.lists.label(of, key) if key else None


def listed(typed: str | None) -> tuple[str, ...]:
    """What was typed with commas, each once."""
    parts = (part.strip() for part in (typed or "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _state(known: Listing) -> Msg:
    match known.state:
        case State.PAUSED if known.paused_until is not None:
            return _("It rests until {when}.", when=When(known.paused_until))
        case State.PUBLISHED if Purpose.DMS not in known.consents:
            return _("It is shown as full, because you take no requests by direct message.")
        case State.PUBLISHED:
            return _("It is shown to members of this community.")
        case _:
            return _("It is shown to nobody at the moment.")


def _none() -> Reply:
    return Reply(
        (
            Text(
                _("You are not in the list of mentors. It is up to you; nothing is on by default.")
            ),
            Button(_("Offer mentoring"), EditListing(), Look.MAIN),
        )
    )


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(8), zone).astimezone(UTC)
