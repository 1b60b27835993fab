"""Who can be played in the preview, and what the core is told about whoever acts.

Everybody here is invented. Knows nothing of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.people import Account, Place, Standing
from bot.runtime.caller import Arrival
from bot.runtime.doors import Presence
from bot.ui.form import Picked
from bot.ui.language import languages
from bot.ui.parts import Can

PLATFORM = "preview"
PLACE = Place(PLATFORM, "preview")
PLACE_NAME = "IR Trainees (sample)"
CAN = frozenset(Can)
ROLES: Mapping[str, str] = MappingProxyType(
    {"students": "Medical students", "residents": "Residents and up", "mentors": "Mentors"}
)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody in the sample community; `part` is the role they stand for, in a word or two.

    Only those who are `played` can be switched to; the others fill the rooms.
    """

    id: str
    name: str
    part: str
    standing: Standing = Standing.NONE
    role_refs: frozenset[str] = frozenset()
    played: bool = True

    @property
    def account(self) -> Account:
        """How the core knows them."""
        return account_of(self.id)

    @property
    def as_picked(self) -> Picked:
        """As they are handed to the core when somebody chooses them."""
        return Picked(self.account, self.name, Standing.GUEST in self.standing)


PERSONAS = (
    Persona("trainee", "Noor Haddad", "Trainee", role_refs=frozenset({"residents"})),
    Persona("mentor", "Ingrid Solberg", "Mentor", role_refs=frozenset({"residents", "mentors"})),
    Persona("moderator", "Priya Raman", "Moderator", Standing.MANAGER, frozenset({"residents"})),
    Persona("guest", "Sam Okafor", "Guest", Standing.GUEST),
    Persona("trainee-2", "Tomás Ferreira", "Second trainee", role_refs=frozenset({"students"})),
    Persona(
        "malik", "Malik Osei", "Mentor", role_refs=frozenset({"residents", "mentors"}), played=False
    ),
    Persona(
        "hannah", "Hannah Weiss", "Mentor", role_refs=frozenset({"residents", "mentors"}),
        played=False,
    ),
    Persona("yuki", "Yuki Tanabe", "Trainee", role_refs=frozenset({"residents"}), played=False),
    Persona("leila", "Leila Moradi", "Trainee", role_refs=frozenset({"residents"}), played=False),
    Persona("ben", "Ben Achterberg", "Trainee", role_refs=frozenset({"students"}), played=False),
)  # fmt: skip


def account_of(id: str) -> Account:
    """The account of a persona."""
    return Account(PLATFORM, PLACE.workspace, id)


class People:
    """Everybody in the preview's one place."""

    def __init__(self, everybody: Iterable[Persona] = PERSONAS) -> None:
        self._known = {one.id: one for one in everybody}

    def __iter__(self) -> Iterator[Persona]:
        return iter(self._known.values())

    @property
    def played(self) -> tuple[Persona, ...]:
        """Those one can switch to."""
        return tuple(one for one in self if one.played)

    def get(self, id: str) -> Persona | None:
        """By id."""
        return self._known.get(id)

    def by_account(self, account: Account) -> Persona | None:
        """By account; None for accounts of other platforms and strangers."""
        if (account.platform, account.workspace) != (PLATFORM, PLACE.workspace):
            return None
        return self._known.get(account.user)

    def presence(self, place: Place, account: Account) -> Presence | None:
        """What this platform says about an account."""
        found = self.by_account(account) if place == PLACE else None
        return None if found is None else Presence(found.standing, found.role_refs, found.name)

    def picked(self, typed: str) -> Picked | None:
        """Whom a typed id or name means; a leading @ is not part of it."""
        word = typed.strip().removeprefix("@").casefold()
        for one in self:
            if word in (one.id.casefold(), one.name.casefold()):
                return one.as_picked
        return None

    def all_picked(self, typed: str) -> tuple[Picked, ...]:
        """Whom several typed names mean, with an @ before each or commas between; nobody if it is
        unclear who one of them is."""
        words = [word for word in re.split(r"[@,;]", typed) if word.strip()]
        found = tuple(one for word in words if (one := self.picked(word)) is not None)
        return found if len(found) == len(words) else ()


def arrival(
    persona: Persona, channel: str | None, zone: str | None, language: str | None = None
) -> Arrival:
    """Whoever acts, in a channel or (None) in direct messages. The rest is the browser's word."""
    return Arrival(
        account=persona.account,
        name=persona.name,
        place=None if channel is None else PLACE,
        channel=channel,
        standing=persona.standing if channel is not None else Standing.NONE,
        role_refs=persona.role_refs if channel is not None else frozenset(),
        can=CAN,
        zone=known_zone(zone),
        language=known_language(language),
        place_name=PLACE_NAME,
    )


def known_zone(zone: str | None) -> str | None:
    """The zone if it is one."""
    try:
        return ZoneInfo(zone).key if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def known_language(wanted: str | None) -> str | None:
    """The language of a browser's locale such as `de-AT`, if there is a catalogue of it."""
    word = (wanted or "").partition("-")[0].lower()
    return word if word in languages() else None
