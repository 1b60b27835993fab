"""Finding somebody: filters, pages, suggestions, one card."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.finding import PAGE, Wanted
from bot.domain.people import Role
from bot.domain.search_words import NEAR_PEER
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.pending import Pending
from bot.services.mentors import finding
from bot.services.mentors.finding import SUGGESTED
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Typed, _, ngettext
from cogs.mentors.about_me import AboutMe
from cogs.mentors.cards import full_card, short_card
from cogs.mentors.finding_actions import (
    FindMentors,
    MoreMentors,
    OpenFind,
    OpenProfile,
    ShowMentor,
    SuggestMentors,
)
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.nobody import enough_pages, left_out, nobody
from cogs.mentors.order import ORDER

_PEERS = {"near-peer", "near peer", "peer", NEAR_PEER}


class Browsing:
    """Handlers of finding."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf, about: AboutMe) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._about = about
        self._pending = Pending(store, clock, (FindMentors,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(FindMentors, self.find, Role.DIRECTORY),
            Handler(OpenFind, self.open_find, Role.DIRECTORY, opens=True),
            Handler(MoreMentors, self.more, Role.DIRECTORY),
            Handler(ShowMentor, self.show, Role.DIRECTORY),
            Handler(SuggestMentors, self.suggest, Role.DIRECTORY),
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
        labels = await self._shelf.of(caller.community)
        wanted = _wanted(labels, ask)
        if isinstance(wanted, Msg):
            return Reply((Text(wanted),), correctable=True)
        now = self._clock.now()
        found = await self._store.read(
            finding.find, now, labels.lists, caller.community, caller.member, wanted
        )
        first, enough = await self._store.write(
            finding.noted, now, caller.community, caller.member, () if page else found.order
        )
        if enough:
            return enough_pages()
        parts: list[Part] = [*(await self._about.once(caller, new=found.new))]
        if not found.cards:
            return Reply((*parts, *nobody(wanted, found)))
        cards = finding.leading(found.cards, first)
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
            parts.extend(short_card(card, labels))
        parts.append(Divider())
        if len(cards) > PAGE:
            draft = draft or await self._pending.keep(caller, ask)
            if page > 0:
                parts.append(Button(_("Earlier"), MoreMentors(draft, page - 1)))
            if (page + 1) * PAGE < len(cards):
                parts.append(Button(_("More"), MoreMentors(draft, page + 1)))
        parts.append(Button(_("Other filters"), OpenFind()))
        parts.extend(left_out(found))
        parts.append(Text(ORDER, Style.QUIET))
        return Reply(tuple(parts), replaces=page > 0)

    async def show(self, caller: Caller, ask: ShowMentor) -> Reply:
        """One card."""
        labels = await self._shelf.of(caller.community)
        now = self._clock.now()
        card = await self._store.read(
            finding.show,
            now,
            labels.lists,
            caller.community,
            caller.member,
            ask.member,
        )
        _first, enough = await self._store.write(
            finding.noted, now, caller.community, caller.member, ()
        )
        if enough:
            return enough_pages()
        if card is None:
            return Reply(
                (
                    Text(_("This person is not in the list of mentors.")),
                    Button(_("Who is"), FindMentors(), Look.MAIN),
                )
            )
        return Reply(full_card(card, labels))

    async def suggest(self, caller: Caller, ask: SuggestMentors) -> Reply:
        """Up to three, with reasons."""
        labels = await self._shelf.of(caller.community)
        now = self._clock.now()
        found = await self._store.read(
            finding.suggest, now, labels.lists, caller.community, caller.member
        )
        first, enough = await self._store.write(
            finding.noted, now, caller.community, caller.member, found.order
        )
        if enough:
            return enough_pages()
        parts: list[Part] = [*(await self._about.once(caller, new=found.new))]
        if not found.cards:
            return Reply((*parts, *nobody(Wanted(), found)))
        cards = finding.leading(found.cards, first)[:SUGGESTED]
        parts.append(Text(_("These may suit you"), Style.HEADING))
        for card in cards:
            parts.extend(short_card(card, labels))
        parts.append(Divider())
        parts.append(Button(_("Everybody who has room"), FindMentors()))
        if not found.new:
            # The questions stand above it the first time: the same way twice is refused.
            parts.append(Button(_("What I said about myself"), OpenProfile()))
        return Reply(tuple(parts))


def _wanted(labels: Labels, ask: FindMentors) -> Wanted | Msg:
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
        key = labels.key(of, typed)
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
