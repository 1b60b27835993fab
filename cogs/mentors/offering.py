"""Offering to mentor: the form, a preview of exactly what others will see, and `Publish`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.domain.listings import Offer, State
from bot.domain.taxonomy import Format, List
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.mentors import finding
from bot.services.mentors import listing as use
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Typed, _
from cogs.mentors.cards import full_card, limits_words
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.listing_actions import (
    Discard,
    EditListing,
    MyListing,
    OfferMentoring,
    Publish,
)
from cogs.mentors.own_listing import OwnListing
from cogs.mentors.refusals import identifying

_AGREE = _(
    "Nothing is shown yet. With Publish you agree to two things, noted with today's date: being"
    " listed, and getting requests by direct message. Each can be taken back at any time under My"
    " listing."
)
_AGREED = _(
    "Nothing is changed yet. With Publish you agree as before to two things: being listed, and"
    " getting requests by direct message. Each can be taken back at any time under My listing."
)
_CLOSED = ("stage", List.STAGES), ("practice", List.PRACTICES), ("region", List.REGIONS)


class Offering:
    """Handlers of an offer."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf, own: OwnListing) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._own = own
        self._pending = Pending(store, clock, (OfferMentoring,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OfferMentoring, self.offer, sheet=self.sheet),
            Handler(Publish, self.publish),
            Handler(Discard, self.discard),
            Handler(EditListing, self.edit, opens=True),
        )

    async def sheet(self, caller: Caller, known: Mapping[str, object]) -> Answer:
        """The form of a typed offer; whoever is in the list changes what is there.

        The empty form would leave out of a listing whatever is not typed once more.
        """
        mine = await self._store.read(use.mine, caller.community, caller.member)
        if mine is None or mine.state is State.WITHDRAWN:
            return Form(_("Offer mentoring"), OfferMentoring)
        said = Text(_("You are in the list already. This is how your listing stands."))
        stands = await self._own.mine(caller, MyListing())
        return replace(stands, parts=(said, *stands.parts))

    async def offer(self, caller: Caller, ask: OfferMentoring) -> Reply:
        """Exactly what others will see, before anybody does."""
        labels = await self._shelf.of(caller.community)
        offer = _offer(labels, ask)
        if isinstance(offer, Msg):
            return Reply((Text(offer),), correctable=True)
        named = await asyncio.to_thread(patients.identifiers, (offer.about,), (caller.name,))
        if named:
            return identifying(named, listing=True)
        draft = await self._pending.keep(caller, ask)
        now, lists, home = self._clock.now(), labels.lists, caller.community
        card = await self._store.read(finding.preview, now, lists, home, caller.member, offer)
        known = await self._store.read(use.mine, home, caller.member)
        listed = known is not None and known.state is not State.WITHDRAWN
        parts: list[Part] = [
            Text(_("This is what others will see"), Style.HEADING),
            *full_card(card, labels),
            Divider(),
            Text(_AGREED if listed else _AGREE, Style.QUIET),
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
            given = labels.several(List.BACKGROUNDS, offer.backgrounds)
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
        labels = await self._shelf.of(caller.community)
        found = await self._pending.find(caller, ask.draft)
        offer = _offer(labels, found[0]) if found and isinstance(found[0], OfferMentoring) else None
        if offer is None or isinstance(offer, Msg):
            return await self._own.mine(caller, MyListing())
        made = await self._store.write(
            use.publish,
            self._clock.now(),
            labels.lists,
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
        labels = await self._shelf.of(caller.community)
        known = await self._store.read(use.mine, caller.community, caller.member)
        given: dict[str, object] = {}
        if known is not None and known.state is not State.WITHDRAWN:
            offer = known.offer
            given = {
                "help_with": offer.help,
                "topics": offer.topics,
                "formats": offer.formats,
                "stage": _label(labels, List.STAGES, offer.stage),
                "practice": _label(labels, List.PRACTICES, offer.practice),
                "region": _label(labels, List.REGIONS, offer.region),
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


def _offer(labels: Labels, ask: OfferMentoring) -> Offer | Msg:
    lists = labels.lists
    help_with = lists.known(List.HELP, ask.help_with)
    topics = lists.known(List.TOPICS, ask.topics)
    if not help_with or not topics:
        return _("Choose at least one topic, and one thing you help with, from the lists.")
    keys: dict[str, str] = {}
    for name, of in _CLOSED:
        typed: str | None = getattr(ask, name)
        key = labels.key(of, typed)
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


def _label(labels: Labels, of: List, key: str) -> str | None:
    return labels.lists.label(of, key) if key else None


def listed(typed: str | None) -> tuple[str, ...]:
    """What was typed with commas, each once."""
    parts = (part.strip() for part in (typed or "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
