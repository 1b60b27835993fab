"""Where the answer to something goes, small enough to travel inside a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Spot:
    """The place of an act. Everything but the person may be unknown (App Home has no channel).

    `url` is Slack's address for answers to this act: five uses in half an hour. `message` is the
    message whose button was pressed; `private` says that only this person sees it.
    """

    user: str
    channel: str | None = None
    url: str | None = None
    message: str | None = None
    thread: str | None = None
    private: bool = False
    held: bool = False
    """The message is the bot's own word of progress: the answer takes its place."""

    @property
    def direct(self) -> bool:
        """A direct conversation; whether it is the one with the bot, only trying tells."""
        return self.channel is not None and self.channel.startswith("D")

    def as_json(self) -> dict[str, object]:
        """What is known, without the person, who is known anyway."""
        known = {name: value for name, value in asdict(self).items() if value}
        known.pop("user")
        return known

    @classmethod
    def from_json(cls, kept: object, user: str) -> Spot:
        """The reverse, forgiving towards forms of other versions."""
        known = {one.name for one in fields(cls)} - {"user"}
        given = kept if isinstance(kept, Mapping) else {}
        return cls(user, **{str(name): value for name, value in given.items() if name in known})


def of_command(body: Mapping[str, Any]) -> Spot:
    """Where a slash command was typed."""
    return Spot(body["user_id"], body.get("channel_id"), body.get("response_url"))


def of_press(body: Mapping[str, Any]) -> Spot:
    """Where a button was pressed: in a message or on App Home."""
    container: Mapping[str, Any] = body.get("container", {})
    return Spot(
        body["user"]["id"],
        container.get("channel_id"),
        body.get("response_url"),
        container.get("message_ts"),
        container.get("thread_ts"),
        bool(container.get("is_ephemeral")),
    )


def of_entry(body: Mapping[str, Any]) -> Spot:
    """Where the message stands whose menu was used. Its own is not to be replaced."""
    message: Mapping[str, Any] = body["message"]
    return Spot(
        body["user"]["id"],
        body["channel"]["id"],
        body.get("response_url"),
        thread=message.get("thread_ts"),
    )
