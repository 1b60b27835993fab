"""The lists of the taxonomy as people read and choose them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.people import CommunityId
from bot.domain.search_words import NEAR_PEER
from bot.domain.taxonomy import Format, List, Own, Taxonomy, over, taxonomy
from bot.runtime.caller import Caller
from bot.runtime.feature import Complete, Completer
from bot.services.mentors import lists
from bot.services.ports import Store
from bot.ui.action import Option
from bot.ui.language import catalogue, languages
from bot.ui.limits import LIMITS
from bot.ui.words import Listing, Msg, Typed, _
from cogs.mentors.formats import FORMATS

PEER = _("Near-peer: a resident or fellow")
_SUGGESTS = {
    "mentor_topic": List.TOPICS,
    "mentor_help": List.HELP,
    "mentor_stage": List.STAGES,
    "mentor_practice": List.PRACTICES,
    "mentor_region": List.REGIONS,
    "mentor_language": List.LANGUAGES,
    "mentor_background": List.BACKGROUNDS,
}


class Labels:
    """Words for keys."""

    def __init__(self, lists: Taxonomy) -> None:
        self.lists = lists

    def one(self, of: List, key: str) -> Msg:
        """What people read for a key; translated where a catalogue has it."""
        label = self._read(of, key)
        return label if isinstance(label, Msg) else _("{label}", label=label)

    def _read(self, of: List, key: str) -> Msg | Typed:
        label = self.lists.label(of, key)
        # What ships is a sentence of ours; everything else was typed by somebody.
        return Msg(label) if label == taxonomy().lists[of].get(key) else Typed(label)

    def several(self, of: List, keys: Iterable[str]) -> Msg:
        """Several of them in one sentence."""
        return _("{them}", them=Listing(tuple(self.one(of, key) for key in keys)))

    def options(self, of: List) -> tuple[Option, ...]:
        """What can be chosen."""
        return tuple(self.option(of, key) for key in self.lists.keys(of))

    def option(self, of: List, key: str) -> Option:
        """One choice."""
        return Option(key, self._read(of, key))

    def key(self, of: List, typed: str | None) -> str | None:
        """The key of what was chosen or typed, in any language; "" for nothing, None for what is
        not known.
        """
        if not typed:
            return ""
        found = self.lists.key(of, typed)
        return found if found is not None else self._translated(of, typed.strip().casefold())

    def _translated(self, of: List, typed: str) -> str | None:
        known = [catalogue(language) for language in languages()]
        for key in self.lists.keys(of):
            label = self._read(of, key)
            said = label.text if isinstance(label, Msg) else ""
            if said and any(one.gettext(said).casefold() == typed for one in known):
                return key
        return None


class Shelf:
    """The labels of each community: the deployment's, with what its moderators changed."""

    def __init__(self, store: Store, shipped: Taxonomy) -> None:
        self._store = store
        self._shipped = Labels(shipped)
        self._known: dict[CommunityId, tuple[Own, Labels]] = {}

    async def of(self, community: CommunityId) -> Labels:
        """As they are now; asked at each request, because another process may change them."""
        own = await self._store.read(lists.own, community)
        if not own:
            return self._shipped
        known = self._known.get(community)
        if known is None or known[0] != own:
            known = self._known[community] = (own, Labels(over(self._shipped.lists, own)))
        return known[1]

    @property
    def shipped(self) -> Labels:
        """The deployment's own."""
        return self._shipped

    def completers(self) -> tuple[Completer, ...]:
        """One for each list, and one that knows near-peers as a class of their own."""
        peer = Option(NEAR_PEER, PEER)
        return (
            *(Completer(name, self._fitting(of)) for name, of in _SUGGESTS.items()),
            Completer("mentor_stage_or_peer", self._fitting(List.STAGES, peer)),
        )

    def _fitting(self, of: List, *first: Option) -> Complete:
        async def complete(caller: Caller, text: str) -> tuple[Option, ...]:
            wanted = text.strip().casefold()
            labels = await self.of(caller.community)
            return tuple(
                option
                for option in (*first, *labels.options(of))
                if wanted in _said(option, caller.language)
                or wanted in option.label.text.casefold()
                or option.value.startswith(wanted)
            )[: LIMITS.select_options]

        return complete


def _said(option: Option, language: str) -> str:
    label = option.label
    said = catalogue(language).gettext(label.text) if isinstance(label, Msg) else label.text
    return said.casefold()


def format_words(form: Format) -> Msg:
    """A format as people read it."""
    found = next(option.label for option in FORMATS if option.value == form)
    assert isinstance(found, Msg)  # noqa: S101
    return found


def formats_words(forms: Iterable[Format]) -> Msg:
    """Several formats, the lighter ones first."""
    given = set(forms)
    ordered = [form for form in Format if form in given]
    return _("{them}", them=Listing(tuple(format_words(form) for form in ordered)))
