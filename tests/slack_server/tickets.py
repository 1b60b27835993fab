"""What Slack hands out and takes back once: triggers for forms and addresses for answers."""

import secrets
from dataclasses import dataclass, field
from typing import Literal

from tests.slack_server.wire import Refusal
from tests.slack_server.world import Message, World

TRIGGER_SECONDS = 3.0
ANSWER_SECONDS = 30 * 60.0
ANSWER_USES = 5


@dataclass
class Trigger:
    """The right to open one form for one person."""

    id: str
    user: str
    team: str
    at: float
    from_view: bool = False
    exchanged: bool = False


class Triggers:
    """Triggers handed out with interactions."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all: dict[str, Trigger] = {}
        self.seconds = TRIGGER_SECONDS

    def new(self, team: str, user: str, *, from_view: bool = False) -> str:
        """A trigger for this person's act."""
        trigger_id = f"{len(self._all) + 1}.{int(self._world.now())}.{secrets.token_hex(8)}"
        self._all[trigger_id] = Trigger(trigger_id, user, team, self._world.now(), from_view)
        return trigger_id

    def exchange(self, trigger_id: str, team: str, *, from_view: bool = False) -> Trigger:
        """Use a trigger up. `from_view`: it must come from an act within a form."""
        trigger = self._all.get(trigger_id)
        if trigger is None or trigger.team != team or (from_view and not trigger.from_view):
            raise Refusal("invalid_trigger_id")
        if trigger.exchanged:
            raise Refusal("exchanged_trigger_id")
        if self._world.now() - trigger.at > self.seconds:
            raise Refusal("expired_trigger_id")
        trigger.exchanged = True
        return trigger


@dataclass
class Address:
    """A response_url: five answers within half an hour. `source` is the message acted on."""

    key: str
    kind: Literal["commands", "actions"]
    team: str
    channel: str
    user: str
    at: float
    source: Message | None = None
    uses: int = 0
    bodies: list[dict[str, object]] = field(default_factory=list)


class Addresses:
    """Every response_url handed out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.all: dict[str, Address] = {}
        self.seconds = ANSWER_SECONDS
        self.most_uses = ANSWER_USES

    def new(
        self,
        kind: Literal["commands", "actions"],
        team: str,
        channel: str,
        user: str,
        source: Message | None = None,
    ) -> Address:
        """An address for answers to one act."""
        key = secrets.token_hex(12)
        address = Address(key, kind, team, channel, user, self._world.now(), source)
        self.all[key] = address
        return address

    def use(self, key: str) -> Address:
        """Count one use. Raises Refusal with status 404 when it is spent, too old or unknown."""
        address = self.all.get(key)
        if address is None:
            raise Refusal("no_such_url", status=404)
        if self._world.now() - address.at > self.seconds:
            raise Refusal("expired_url", status=404)
        if address.uses >= self.most_uses:
            raise Refusal("used_url", status=404)
        address.uses += 1
        return address
