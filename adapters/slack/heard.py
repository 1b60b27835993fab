"""Ordinary messages as the core hears of them: what is said, what was forwarded, what came along.

Files are not fetched here: each knows how it would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.slack import PLATFORM
from adapters.slack.files import Files
from adapters.slack.words import plain
from bot.domain.people import Account
from bot.runtime.caller import Enclosed, Message

_GONE = frozenset({"tombstone", "hidden_by_limit"})
_TEXTS = ("pretext", "author_name", "title", "text", "footer")


class Hearing:
    """Reads messages of one workspace, whose pages begin with `address`."""

    def __init__(self, files: Files, workspace: str, address: str, bot: str) -> None:
        self._files = files
        self._workspace = workspace
        self._address = address
        self._bot = bot

    def read(
        self,
        event: Mapping[str, Any],
        channel: str,
        *,
        name: str = "",
        again: bool = False,
    ) -> Message:
        """A message, from an event or from the payload of a shortcut; both have the same shape."""
        ts, first = str(event["ts"]), event.get("thread_ts")
        user = event.get("user")
        person = bool(user) and "bot_id" not in event
        attachments = tuple(one for one in event.get("attachments") or () if isinstance(one, dict))
        return Message(
            message_id(channel, ts),
            plain(str(event.get("text") or "")),
            self._link(channel, ts, first),
            None if first in (None, ts) else message_id(channel, str(first)),
            private=channel.startswith("D"),
            where=channel,
            author=Account(PLATFORM, self._workspace, str(user)) if person else None,
            author_name=name,
            ours=user == self._bot,
            forwarded=tuple(_texts(attachments, forwarded=True)),
            linked=tuple(_texts(attachments, forwarded=False)),
            files=tuple(self._enclosed(event, attachments)),
            again=again,
        )

    def _link(self, channel: str, ts: str, first: object) -> str:
        link = f"{self._address}archives/{channel}/p{ts.replace('.', '')}"
        return link if first in (None, ts) else f"{link}?thread_ts={first}&cid={channel}"

    def _enclosed(
        self, event: Mapping[str, Any], attachments: tuple[Mapping[str, Any], ...]
    ) -> Iterator[Enclosed]:
        for carrier in (event, *attachments):
            for file in carrier.get("files") or ():
                if file.get("mode") in _GONE or file.get("file_access") == "access_denied":
                    continue
                yield Enclosed(
                    str(file.get("id")),
                    str(file.get("name") or ""),
                    str(file.get("mimetype") or "application/octet-stream"),
                    file.get("size"),
                    self._files.reader(file),
                )


def message_id(channel: str, ts: str) -> str:
    """A message's time is its id, but only within its channel."""
    return f"{channel}:{ts}"


def _texts(attachments: tuple[Mapping[str, Any], ...], *, forwarded: bool) -> Iterator[str]:
    for one in attachments:
        shared = bool(one.get("is_share") or one.get("is_msg_unfurl"))
        if shared is forwarded and (text := _said_in(one)):
            yield text


def _said_in(attachment: Mapping[str, Any]) -> str:
    """What a forwarded message or the preview of a link says."""
    said = [str(attachment.get(key) or "") for key in _TEXTS]
    said += [
        f"{one.get('title', '')}: {one.get('value', '')}" for one in attachment.get("fields") or ()
    ]
    return plain("\n".join(one for one in said if one))
