"""`setup mentors`: who may look, which mentors are shown, and what can be chosen in the lists."""

from __future__ import annotations

from datetime import datetime

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import Account, CommunityId, Role, RoleGrant, Someone
from bot.domain.taxonomy import LONGEST_LABEL, LONGEST_LIST, OTHER, Entry, Flaw, List
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing
from bot.runtime.feature import Handler
from bot.runtime.settable import Settable
from bot.services.audit import Kind
from bot.services.kinds import ROLES, grants_in, grants_text, only
from bot.services.mentors import lists
from bot.services.ports import Store, Work
from bot.ui.action import Option
from bot.ui.form import Form
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Divider, Look, Part, Reply, Select, Style, Text
from bot.ui.words import Listing, Msg, Person, Typed, Words, _, ngettext
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.moderating import rule
from cogs.mentors.staff_actions import (
    LimitDirectory,
    OpenDirectory,
    OpenEntry,
    OpenLimit,
    PutEntry,
    ShowDirectory,
    ShowList,
)

LISTS = {
    List.TOPICS: _("Topics"),
    List.HELP: _("What mentors help with"),
    List.STAGES: _("Stages"),
    List.PRACTICES: _("Where people work"),
    List.REGIONS: _("Regions"),
    List.LANGUAGES: _("Languages"),
    List.BACKGROUNDS: _("Backgrounds"),
}
_FLAWS = {
    Flaw.KEY: _("This list cannot hold that entry."),
    Flaw.LABEL: _("An entry has one to {count} characters.", count=LONGEST_LABEL),
    Flaw.SAME: _("The list has an entry that reads the same."),
    Flaw.FULL: _("A list holds {count} entries. Taking one off makes room.", count=LONGEST_LIST),
    Flaw.OTHER: _("This entry stays: nobody has to say what they would rather not."),
}


class Directory:
    """Handlers of moderators."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._shelf = shelf
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowDirectory, self.show, moderator),
            Handler(OpenLimit, self.open_limit, moderator, opens=True),
            Handler(LimitDirectory, self.limit, moderator),
            Handler(OpenDirectory, self.unlimit, moderator),
            Handler(ShowList, self.show_list, moderator),
            Handler(OpenEntry, self.open_entry, moderator, opens=True),
            Handler(PutEntry, self.put, moderator),
        )

    async def show(self, caller: Caller, ask: ShowDirectory) -> Reply:
        """How things stand, and what can be changed."""

        roles, people, only = await self._store.read(_stands, caller.community)
        parts: list[Part] = [
            Text(_("The directory of mentors"), Style.HEADING),
            Text(_who(roles, people)),
            Button(_("Limit who may look"), OpenLimit()),
        ]
        if roles or people:
            parts.append(Button(_("Open to every member"), OpenDirectory()))
        parts.extend((Divider(), *rule(only), Divider()))
        parts.append(Text(_("What can be chosen, list by list:")))
        options = tuple(Option(of.value, label) for of, label in LISTS.items())
        parts.append(Select(_("A list"), ShowList(), "of", options))
        return Reply(tuple(parts))

    async def open_limit(self, caller: Caller, ask: OpenLimit) -> Form:
        """The form of who may look."""
        intro = _("Whoever is named here may look for mentors and ask them; moderators always may.")
        return Form(_("Who may look"), LimitDirectory, intro=intro)

    async def limit(self, caller: Caller, ask: LimitDirectory) -> Reply:
        """A role, some people, or both."""
        if ask.role is None and not ask.people:
            return Reply((Text(_("Please choose a role, or people.")),), correctable=True)
        named = await self._store.read(_named, caller, ask)
        return await self._changing.propose(caller, LIMIT_SETTING, _LIMIT, grants_text(named))

    async def unlimit(self, caller: Caller, ask: OpenDirectory) -> Reply:
        """Every member."""
        return await self._changing.propose(caller, LIMIT_SETTING, _LIMIT, "")

    async def show_list(self, caller: Caller, ask: ShowList) -> Reply:
        """One list, with what can be done about each entry."""
        return _list(await self._shelf.of(caller.community), ask.of)

    async def open_entry(self, caller: Caller, ask: OpenEntry) -> Form:
        """The form of one entry."""
        labels = (await self._shelf.of(caller.community)).lists
        given: dict[str, object] = {"of": ask.of, "key": ask.key}
        if not ask.key:
            return Form(_("A new entry"), PutEntry, ("label",), given)
        given["label"] = labels.label(ask.of, ask.key)
        given["off"] = (ask.of, ask.key) in labels.off
        asks = ("label",) if ask.key == OTHER else ("label", "off")
        return Form(_("An entry"), PutEntry, asks, given)

    async def put(self, caller: Caller, ask: PutEntry) -> Reply:
        """Added, renamed, taken off or put back."""
        own = await self._store.read(lists.own, caller.community)
        entry = Entry(ask.label, ask.off)
        new = lists.changed(own, self._shelf.shipped.lists, ask.of, ask.key, entry)
        if isinstance(new, Flaw):
            return Reply((Text(_FLAWS[new]),), correctable=True)
        return await self._changing.propose(caller, LISTS_SETTING, lists.setting_of(ask.of), new)


def _stands(work: Work, community: CommunityId) -> tuple[int, tuple[Someone, ...], bool]:
    """How many roles may look, which people, and whether only verified mentors are shown."""
    grants = [one for one in work.communities.grants(community) if one.role is Role.DIRECTORY]
    named = [one for one in grants if one.is_person]
    found = (work.people.find(Account(one.platform, one.workspace, one.ref)) for one in named)
    members = dict.fromkeys(one.member for one in found if one is not None)
    people = tuple(work.people.several(members).values())
    return len(grants) - len(named), people, work.listings.verified_only(community)


def _named(work: Work, caller: Caller, ask: LimitDirectory) -> list[RoleGrant]:
    named = [
        RoleGrant(Role.DIRECTORY, one.platform, one.workspace, one.user, is_person=True)
        for member in ask.people
        for one in work.people.accounts(member)
    ]
    if ask.role is not None:
        here = [caller.place] if caller.place else work.communities.places(caller.community)
        named += [
            RoleGrant(Role.DIRECTORY, place.platform, place.workspace, ask.role)
            for place in here
            if place.holds(caller.account)
        ]
    return named


def _limit_words(_setting: Setting, value: str) -> Msg:
    grants = grants_in(Role.DIRECTORY, value)
    if not grants:
        return _("every member")
    people = sum(one.is_person for one in grants)
    roles = ngettext("{count} role", "{count} roles", len(grants) - people)
    said = ngettext("{count} account by name", "{count} accounts by name", people)
    if not people:
        return roles
    return said if people == len(grants) else _("{roles}, {people}", roles=roles, people=said)


def _list_words(setting: Setting, value: str) -> Words:
    entries = lists.entries_in(value).values()
    if not entries:
        return _("as it comes")
    named = Listing(
        tuple(
            _("{label} (not offered)", label=Typed(one.label)) if one.off else Typed(one.label)
            for one in entries
        )
    )
    return _("{entries}", entries=named)


def _read_limit(work: Work, community: CommunityId, _setting: Setting) -> str:
    return ROLES.read(work, community, Setting(ROLES.name, Role.DIRECTORY.value))


def _write_limit(
    work: Work, now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    ROLES.write(work, now, community, Setting(ROLES.name, Role.DIRECTORY.value), value)


_LIMIT = Setting("directory")
LIMIT_SETTING = Settable(
    Kind(_LIMIT.kind, _read_limit, _write_limit),
    only(_LIMIT.kind),
    lambda _setting: _("Who may look for mentors"),
    _limit_words,
    ShowDirectory(),
)
LISTS_SETTING = Settable(
    lists.KIND,
    lambda _work, _community: tuple(lists.setting_of(of) for of in LISTS),
    lambda setting: _("List: {name}", name=LISTS[List(setting.name)]),
    _list_words,
    ShowDirectory(),
)


def _who(roles: int, people: tuple[Someone, ...]) -> Msg:
    if not roles and not people:
        return _("Every member may look for mentors and ask them.")
    named = Listing(tuple(Person(one) for one in people[:10]))
    if not roles:
        return _("These people may look, and moderators: {named}.", named=named)
    if not people:
        return _("Whoever holds the role that was chosen may look, and moderators.")
    return _(
        "Whoever holds the role that was chosen may look, and moderators, and these people:"
        " {named}.",
        named=named,
    )


def _list(labels: Labels, of: List) -> Reply:
    every, lists_ = labels.lists.lists[of], labels.lists
    off = [key for key in every if (of, key) in lists_.off]
    parts: list[Part] = [
        Text(LISTS[of], Style.HEADING),
        Text(labels.several(of, lists_.keys(of))),
    ]
    if off:
        parts.append(Text(_("Not offered: {them}", them=labels.several(of, off)), Style.QUIET))
    keys = (*lists_.keys(of), *off)[: LIMITS.select_options]
    options = tuple(labels.option(of, key) for key in keys)
    change = _("Rename one, take it off or put it back")
    parts.append(Select(change, OpenEntry(of), "key", options))
    parts.append(Button(_("Add an entry"), OpenEntry(of), Look.MAIN))
    parts.append(Button(_("The directory"), ShowDirectory()))
    return Reply(tuple(parts))
