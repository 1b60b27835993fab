"""The lists of the taxonomy as people read and choose them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.search_words import NEAR_PEER
from bot.domain.taxonomy import Format, List, Taxonomy
from bot.runtime.caller import Caller
from bot.runtime.feature import Complete, Completer
from bot.ui.action import Option
from bot.ui.limits import LIMITS
from bot.ui.words import Listing, Msg, _
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
    """Words for keys, and completers for fields."""

    def __init__(self, lists: Taxonomy) -> None:
        self.lists = lists

    def one(self, of: List, key: str) -> Msg:
        """What people read for a key; translated where a catalogue has it."""
        # Labels are data: what a catalogue does not know is shown as it stands there.
        return Msg(self.lists.label(of, key).replace("{", "{{").replace("}", "}}"))

    def several(self, of: List, keys: Iterable[str]) -> Msg:
        """Several of them in one sentence."""
        return _("{them}", them=Listing(tuple(self.one(of, key) for key in keys)))

    def options(self, of: List) -> tuple[Option, ...]:
        """What can be chosen."""
        return tuple(Option(key, self.one(of, key)) for key in self.lists.keys(of))

    def completers(self) -> tuple[Completer, ...]:
        """One for each list, and one that knows near-peers as a class of their own."""
        peers = (Option(NEAR_PEER, PEER), *self.options(List.STAGES))
        return (
            *(Completer(name, _fitting(self.options(of))) for name, of in _SUGGESTS.items()),
            Completer("mentor_stage_or_peer", _fitting(peers)),
        )

    def key(self, of: List, typed: str | None) -> str | None:
        """The key of what was chosen or typed; "" for nothing, None for what is not known."""
        return "" if not typed else self.lists.key(of, typed)


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


def _fitting(options: tuple[Option, ...]) -> Complete:
    async def complete(caller: Caller, text: str) -> tuple[Option, ...]:
        wanted = text.strip().casefold()
        return tuple(
            option
            for option in options
            if wanted in option.label.text.casefold() or option.value.startswith(wanted)
        )[: LIMITS.select_options]

    return complete
