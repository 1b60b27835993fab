"""The office-hours cog on a stage: people ask, and what they would read comes back as lines."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.delivery import Delivery
from bot.domain.office_hours import Session
from bot.domain.people import Account, MemberId, Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Moot
from bot.runtime.registry import Registry
from bot.ui.action import Action
from bot.ui.form import Form
from bot.ui.language import catalogue, plainly
from bot.ui.parts import (
    Button,
    Divider,
    Facts,
    File,
    Image,
    Link,
    Part,
    Reply,
    Select,
    Text,
)
from bot.ui.words import Words
from cogs.follow_ups import FollowUps
from cogs.office_hours import OfficeHours
from cogs.profile import Profile
from cogs.setup import Setup
from tests.services.village import FULL, HALL, LONDON, Village


class Stage:
    """Asks the cog and reads its answers."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.cog = OfficeHours(village.store, village.clock)
        others = (FollowUps, Profile, Setup)
        store, clock = village.store, village.clock
        self.registry = Registry(
            [self.cog.feature(), *(each(store, clock).feature() for each in others)]
        )

    zone_assumed = False

    def caller(self, name: str, *roles: Role, only: frozenset[Role] | None = None) -> Caller:
        return Caller(
            member=self.village.members[name],
            account=Account("discord", "", name),
            name=name,
            community=self.village.community,
            place=HALL,
            channel=None,
            zone=LONDON,
            language="en",
            roles=FULL | set(roles) if only is None else only,
            zone_assumed=self.zone_assumed,
        )

    async def ask(self, name: str, action: Action, *roles: Role) -> Reply:
        """What somebody is shown."""
        answer = await self.answer(self.caller(name, *roles), action)
        assert isinstance(answer, Reply), answer
        return fits(answer)

    async def answer(self, caller: Caller, action: Action) -> Reply | Form:
        handler = self.registry.handler(type(action))
        assert handler.may in caller.roles
        return await handler.run(caller, action)

    async def press(self, name: str, reply: Reply, label: str, *roles: Role) -> Reply:
        """What a button of a reply leads to."""
        return await self.ask(name, button(reply, label).does, *roles)

    async def deliveries(self, *, hosts: bool = False) -> list[tuple[str, str, Reply | Moot]]:
        """What is due: kind, receiver, and what they would read.

        Reminders of those who lead a session only with `hosts`, and nothing else then.
        """
        names = {id: name for name, id in self.village.members.items()}
        found: list[tuple[str, str, Reply | Moot]] = []
        for row in self.village.claim():
            if row.kind.startswith("oh.host_") is not hosts:
                continue
            composed = await self.compose(row)
            found.append((row.kind, names[row.member or MemberId(0)], composed))
        return sorted(found, key=lambda each: each[:2])

    async def compose(self, row: Delivery, late: bool = False) -> Reply | Moot:
        composed = await self.registry.notices[row.kind].compose(row, late)
        return composed if isinstance(composed, Moot) else fits(composed)

    async def read(self, name: str, action: Action, *roles: Role) -> str:
        """Everything a reply says, as text."""
        return text(await self.ask(name, action, *roles))


def text(reply: Reply | Moot) -> str:
    """Every word of a reply, buttons in square brackets."""
    assert isinstance(reply, Reply)
    return "\n".join(lines(reply.parts))


def lines(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Text(body):
                yield plain(body)
            case Facts(rows):
                yield from (f"{plain(label)}: {plain(value)}" for label, value in rows)
            case Button(label):
                yield f"[{plain(label)}]"
            case Link(label, url):
                yield f"[{plain(label)}]({url})"
            case File(name, content):
                yield f"<{name}>"
                yield content.decode()
            case _:
                pass


def plain(words: Words) -> str:
    return plainly(words, catalogue("en"), LONDON)


def button(reply: Reply, label: str) -> Button:
    found = [
        part for part in reply.parts if isinstance(part, Button) and plain(part.label) == label
    ]
    assert found, f"no {label!r} in {text(reply)}"
    return found[0]


def labels(reply: Reply) -> list[str]:
    return [plain(part.label) for part in reply.parts if isinstance(part, Button)]


def fits(reply: Reply) -> Reply:
    """The reply, if the tightest platform can show it as one message."""
    components, row = 0, 0
    for part in reply.parts:
        if isinstance(part, Button | Link):
            components += 1 + (row % 5 == 0)
            row += 1
            continue
        row = 0
        components += isinstance(part, Select)
        assert not isinstance(part, Image)
        components += 1 + isinstance(part, Divider) * 0
    assert components <= 40, components
    said = "\n".join(lines(tuple(part for part in reply.parts if not isinstance(part, File))))
    assert len(said) <= 4000, len(said)
    return reply


def code(session: Session) -> str:
    return session.code
