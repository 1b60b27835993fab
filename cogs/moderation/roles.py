"""`setup roles`: who hosts, who reviews, who moderates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import (
    Account,
    CommunityId,
    MemberId,
    Place,
    Role,
    RoleGrant,
    Someone,
)
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, onward, test_of
from bot.runtime.feature import Command, Handler
from bot.runtime.settable import Settable
from bot.services.kinds import ROLES, grants_in, grants_text
from bot.services.ports import Store, Work
from bot.ui.action import Action, Ask, Option, RoleRef
from bot.ui.form import Form
from bot.ui.parts import Button, Can, Part, Reply, Select, Style, Text
from bot.ui.words import Argument, HasRole, Listing, Msg, Person, _

NAMED = {
    Role.HOST: _("Who may host"),
    Role.REVIEWER: _("Who reviews cases"),
    Role.MODERATOR: _("Who moderates"),
}
_BY_DEFAULT = {
    Role.HOST: _("every full member"),
    Role.REVIEWER: _("moderators alone"),
    Role.MODERATOR: _("whoever manages this place"),
}
_CHOICES = tuple(Option(str(role.value), label) for role, label in NAMED.items())
_MOST = 20


@dataclass(frozen=True)
class ShowRoles(Action, tag="su.roles.1"):
    """Who may what."""


@dataclass(frozen=True)
class OpenRole(Action, tag="su.open_role.1"):
    """The form of one role."""

    role: str = Role.HOST.value


@dataclass(frozen=True)
class AddToRole(Action, tag="su.add_role.1"):
    """More people who have a role."""

    role: str
    everybody: Annotated[
        RoleRef | None, Ask(_("Role"), hint=_("Everybody who has this role here"))
    ] = None
    people: Annotated[tuple[MemberId, ...], Ask(_("People"), hint=_("One by one"), most=10)] = ()


@dataclass(frozen=True)
class ClearRole(Action, tag="su.clear_role.1"):
    """Nobody is named for a role in this place any more."""

    role: str


class RoleScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowRoles, self.roles, moderator, before_setup=True),
            Handler(OpenRole, self.open_role, moderator, opens=True, before_setup=True),
            Handler(AddToRole, self.add, moderator, before_setup=True),
            Handler(ClearRole, self.clear, moderator, before_setup=True),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup roles", _("Who hosts, reviews and moderates"), ShowRoles),)

    async def roles(self, caller: Caller, ask: ShowRoles) -> Reply:
        """The panel."""
        grants = await self._store.read(lambda work: work.communities.grants(caller.community))
        parts: list[Part] = [Text(_("Who may what"), Style.HEADING)]
        for role, label in NAMED.items():
            mine = tuple(one for one in grants if one.role is role)
            parts.append(Text(_("{role}: {who}", role=label, who=_listed(role, mine))))
            if mine:
                clear = _("Name nobody: {role}", role=label)
                parts.append(Button(clear, ClearRole(role.value)))
        parts.append(
            Text(
                _(
                    "Whoever manages this place moderates in any case. Guests never gain a role"
                    " by being named."
                ),
                Style.QUIET,
            )
        )
        parts.append(Select(_("Name somebody"), OpenRole(), "role", _CHOICES))
        return Reply((*parts, test_of(ROLES.name), *onward(caller, ROLES.name)))

    async def open_role(self, caller: Caller, ask: OpenRole) -> Form:
        """The form; where a place has no roles, people alone."""
        asks = ("everybody", "people") if Can.PLACE_ROLES in caller.can else ("people",)
        return Form(NAMED[_role(ask.role)], AddToRole, asks, {"role": ask.role})

    async def add(self, caller: Caller, ask: AddToRole) -> Reply:
        """Old and new, with more people."""
        role, place = _role(ask.role), caller.place
        if place is None:
            return _elsewhere()
        if not ask.everybody and not ask.people:
            return Reply((Text(_("Name a role or somebody.")),), correctable=True)
        new: list[RoleGrant] = []
        if ask.everybody:
            new.append(RoleGrant(role, place.platform, place.workspace, ask.everybody))

        def look(work: Work) -> list[RoleGrant]:
            grants = [one for one in work.communities.grants(caller.community) if one.role is role]
            for member in ask.people:
                new.extend(_people(role, place, work.people.accounts(member)))
            return [*grants, *(one for one in new if one not in grants)]

        after = await self._store.read(look)
        if len(after) > _MOST:
            said = _("At most {most} can be named here; a role says it in one.", most=_MOST)
            return Reply((Text(said),), correctable=True)
        notes: tuple[Part, ...] = ()
        if role is Role.HOST:
            notes = (Text(_("Once somebody is named, nobody else can host."), Style.QUIET),)
        setting = Setting(ROLES.name, role.value)
        return await self._changing.propose(
            caller, ROLES_SETTING, setting, grants_text(after), notes=notes
        )

    async def clear(self, caller: Caller, ask: ClearRole) -> Reply:
        """Old and new, without anybody of this place."""
        role, place = _role(ask.role), caller.place
        if place is None:
            return _elsewhere()
        grants = await self._store.read(lambda work: work.communities.grants(caller.community))
        left = [one for one in grants if one.role is role and not _is_here(one, place)]
        setting = Setting(ROLES.name, role.value)
        return await self._changing.propose(caller, ROLES_SETTING, setting, grants_text(left))


def _people(role: Role, place: Place, accounts: tuple[Account, ...]) -> list[RoleGrant]:
    return [
        RoleGrant(role, place.platform, one.workspace, one.user, is_person=True)
        for one in accounts
        if place.holds(one)
    ]


def _is_here(grant: RoleGrant, place: Place) -> bool:
    return place.holds(Account(grant.platform, grant.workspace, grant.ref))


def _role(value: str) -> Role:
    found = next((one for one in NAMED if one.value == value), None)
    if found is None:
        raise StaleControl("no role that anybody is named for")
    return found


def _listed(role: Role, grants: tuple[RoleGrant, ...]) -> Argument:
    if not grants:
        return _BY_DEFAULT[role]
    return Listing(tuple(_one(each) for each in grants))


def _one(grant: RoleGrant) -> HasRole | Person:
    if not grant.is_person:
        return HasRole(grant.ref)
    account = Account(grant.platform, grant.workspace, grant.ref)
    return Person(Someone(MemberId(0), grant.ref, (account,)))


def _worded(setting: Setting, value: str) -> Msg:
    role = Role(setting.name)
    return _("{who}", who=_listed(role, grants_in(role, value)))


def _every(_work: Work, _community: CommunityId) -> tuple[Setting, ...]:
    return tuple(Setting(ROLES.name, role.value) for role in NAMED)


def _elsewhere() -> Reply:
    return Reply((Text(_("Roles belong to a place, so this works there, not in a message.")),))


ROLES_SETTING = Settable(
    ROLES, _every, lambda setting: NAMED[Role(setting.name)], _worded, ShowRoles()
)
