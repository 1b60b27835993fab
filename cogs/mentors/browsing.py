"""Finding somebody: filters, pages, suggestions, one card, and what is asked once about oneself."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.finding import PAGE, Wanted
from bot.domain.listings import ListingId
from bot.domain.search_words import NEAR_PEER
from bot.domain.seekers import Seeker
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.pending import Pending
from bot.services.mentors import finding, inbox
from bot.services.mentors.finding import SUGGESTED, Card, Found
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Typed, _, ngettext
from cogs.mentors.actions import (
    FindMentors,
    MoreMentors,
    OpenFind,
    OpenProfile,
    SaveProfile,
    ShowInbox,
    ShowMentor,
    SuggestMentors,
)
from cogs.mentors.cards import full_card, short_card
from cogs.mentors.labels import Labels
from cogs.mentors.offering import listed

_PEERS = {"near-peer", "near peer", "peer", NEAR_PEER}
ORDER = _(
    "Whoever carries the least of what they offered stands first; no mentor stands first for more"
    " than five people a week while another one has room."
)


class Browsing:
    """Handlers of finding."""

    def __init__(self, store: Store, clock: Clock, labels: Labels) -> None:
        self._store = store
        self._clock = clock
        self._labels = labels
        self._pending = Pending(store, clock, (FindMentors,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(FindMentors, self.find),
            Handler(OpenFind, self.open_find, opens=True),
            Handler(MoreMentors, self.more),
            Handler(ShowMentor, self.show),
            Handler(SuggestMentors, self.suggest),
            Handler(OpenProfile, self.open_profile, opens=True),
            Handler(SaveProfile, self.save_profile),
        )

    async def find(self, caller: Caller, ask: FindMentors) -> Reply:
        """The first page."""
        return await self._page(caller, ask, 0, None)

    async def more(self, caller: Caller, ask: MoreMentors) -> Reply:
        """Another page of the same search."""
        found = await self._pending.find(caller, ask.draft)
        if found is None or not isinstance(found[0], FindMentors):
            return Reply(
                (
                    Text(_("This search is from a while ago. A new one shows who has room now.")),
                    Button(_("Search again"), FindMentors(), Look.MAIN),
                )
            )
        return await self._page(caller, found[0], ask.page, ask.draft)

    async def open_find(self, caller: Caller, ask: OpenFind) -> Form:
        """The filters."""
        return Form(_("Find a mentor"), FindMentors, send=_("Search"))

    async def _page(self, caller: Caller, ask: FindMentors, page: int, draft: str | None) -> Reply:
        wanted = self._wanted(ask)
        if isinstance(wanted, Msg):
            return Reply((Text(wanted),), correctable=True)
        now = self._clock.now()
        found = await self._store.read(
            finding.find, now, self._labels.lists, caller.community, caller.member, wanted
        )
        first, enough = await self._store.write(
            finding.noted, now, caller.community, caller.member, () if page else found.order
        )
        if enough:
            return _enough()
        parts: list[Part] = [*(await self._ask_once(caller, found))]
        if not found.cards:
            return Reply((*parts, *_nobody(wanted)))
        cards = _leading(found.cards, first)
        page = min(max(0, page), (len(cards) - 1) // PAGE)
        parts.append(
            Text(
                ngettext(
                    "{count} mentor who fits and has room",
                    "{count} mentors who fit and have room",
                    len(cards),
                ),
                Style.HEADING,
            )
        )
        for card in cards[page * PAGE : (page + 1) * PAGE]:
            parts.extend(short_card(card, self._labels))
        parts.append(Divider())
        if len(cards) > PAGE:
            draft = draft or await self._pending.keep(caller, ask)
            if page > 0:
                parts.append(Button(_("Earlier"), MoreMentors(draft, page - 1)))
            if (page + 1) * PAGE < len(cards):
                parts.append(Button(_("More"), MoreMentors(draft, page + 1)))
        parts.append(Button(_("Other filters"), OpenFind()))
        parts.append(Text(ORDER, Style.QUIET))
        return Reply(tuple(parts), replaces=page > 0)

    async def show(self, caller: Caller, ask: ShowMentor) -> Reply:
        """One card."""
        now = self._clock.now()
        card = await self._store.read(
            finding.show,
            now,
            self._labels.lists,
            caller.community,
            caller.member,
            ask.member,
        )
        _first, enough = await self._store.write(
            finding.noted, now, caller.community, caller.member, ()
        )
        if enough:
            return _enough()
        if card is None:
            return Reply(
                (
                    Text(_("This person is not in the list of mentors.")),
                    Button(_("Who is"), FindMentors(), Look.MAIN),
                )
            )
        return Reply(full_card(card, self._labels))

    async def suggest(self, caller: Caller, ask: SuggestMentors) -> Reply:
        """Up to three, with reasons."""
        now = self._clock.now()
        found = await self._store.read(
            finding.suggest, now, self._labels.lists, caller.community, caller.member
        )
        first, enough = await self._store.write(
            finding.noted, now, caller.community, caller.member, found.order
        )
        if enough:
            return _enough()
        parts: list[Part] = [*(await self._ask_once(caller, found))]
        if not found.cards:
            return Reply((*parts, *_nobody(Wanted())))
        cards = _leading(found.cards, first)[:SUGGESTED]
        parts.append(Text(_("These may suit you"), Style.HEADING))
        for card in cards:
            parts.extend(short_card(card, self._labels))
        parts.append(Divider())
        parts.append(Button(_("Everybody who has room"), FindMentors()))
        parts.append(Button(_("What I said about myself"), OpenProfile()))
        return Reply(tuple(parts))

    async def open_profile(self, caller: Caller, ask: OpenProfile) -> Form:
        """The questions, with what was said before."""
        said = await self._store.read(inbox.profile, caller.community, caller.member)
        given: dict[str, object] = {}
        if said is not None:
            lists = self._labels.lists
            given = {
                "stage": lists.label(List.STAGES, said.stage) if said.stage else None,
                "home_programme": said.home_programme,
                "region": lists.label(List.REGIONS, said.region) if said.region else None,
                "languages": said.languages,
                "topics": said.topics,
                "programmes": ", ".join(said.programmes) or None,
                "backgrounds": said.backgrounds,
                "use_backgrounds": said.background_consent is not None,
            }
        return Form(
            _("About me"),
            SaveProfile,
            given=given,
            intro=_("All of it is optional, and you can change it at any time."),
            send=_("Keep"),
        )

    async def save_profile(self, caller: Caller, ask: SaveProfile) -> Reply:
        """Keep it."""
        keys: dict[str, str] = {}
        for name, of, typed in (
            ("stage", List.STAGES, ask.stage),
            ("region", List.REGIONS, ask.region),
        ):
            key = self._labels.key(of, typed)
            if key is None:
                said = _("{typed} is not in the list.", typed=Typed(typed or ""))
                return Reply((Text(said),), correctable=True)
            keys[name] = key
        now, lists = self._clock.now(), self._labels.lists
        before = await self._store.read(inbox.profile, caller.community, caller.member)
        before = before or Seeker(caller.member, caller.community, now)
        backgrounds = lists.known(List.BACKGROUNDS, ask.backgrounds)
        agreed = ask.use_backgrounds and bool(backgrounds)
        await self._store.write(
            inbox.save_profile,
            replace(
                before,
                stage=keys["stage"],
                home_programme=ask.home_programme,
                region=keys["region"],
                languages=lists.known(List.LANGUAGES, ask.languages),
                topics=lists.known(List.TOPICS, ask.topics),
                programmes=listed(ask.programmes),
                backgrounds=backgrounds,
                background_consent=(before.background_consent or now) if agreed else None,
            ),
        )
        return Reply(
            (
                Text(_("Kept. It is used to find somebody who fits, and for nothing else.")),
                Text(_("Programmes and backgrounds are shown to nobody."), Style.QUIET),
                Button(_("Suggestions"), SuggestMentors(), Look.MAIN),
                Button(_("My requests"), ShowInbox()),
            )
        )

    async def _ask_once(self, caller: Caller, found: Found) -> tuple[Part, ...]:
        if not found.new:
            return ()
        await self._store.write(
            finding.note_asked, self._clock.now(), caller.community, caller.member
        )
        return (
            Text(
                _(
                    "A few questions help to find somebody who fits. All are optional, and I ask"
                    " this once; later they are on your panel."
                )
            ),
            Button(_("A few questions"), OpenProfile(), Look.MAIN),
            Divider(),
        )

    def _wanted(self, ask: FindMentors) -> Wanted | Msg:
        stage = ask.stage
        if stage and stage.strip().casefold() in _PEERS:
            stage = None
        keys: list[str] = []
        for of, typed in (
            (List.TOPICS, ask.topic),
            (List.HELP, ask.help_with),
            (List.REGIONS, ask.region),
            (List.LANGUAGES, ask.language),
            (List.STAGES, stage),
        ):
            key = self._labels.key(of, typed)
            if key is None:
                return _(
                    "{typed} is not in the list. As free words it may be found all the same.",
                    typed=Typed(typed or ""),
                )
            keys.append(key)
        topic, help_with, region, language, wished = keys
        if ask.stage and not stage:
            wished = NEAR_PEER
        return Wanted(topic, help_with, ask.format, region, language, wished, ask.text or "")


def _leading(cards: tuple[Card, ...], first: ListingId | None) -> tuple[Card, ...]:
    """With the one who comes first by the counts of this moment."""
    lead = tuple(card for card in cards if card.listing.id == first)
    return (*lead, *(card for card in cards if card.listing.id != first))


def _nobody(wanted: Wanted) -> tuple[Part, ...]:
    said = (
        _("Nobody in the list has room at the moment. It changes every week.")
        if wanted.open
        else _("Nobody who fits all of this has room at the moment. Fewer filters show more.")
    )
    return (
        Text(said),
        Button(_("Other filters"), OpenFind(), Look.MAIN),
        *(() if wanted.open else (Button(_("Everybody who has room"), FindMentors()),)),
    )


def _enough() -> Reply:
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
