"""Turning a request body into a message, or into a change of one.

Shared by the channel routes and the interaction routes; who may send where is decided there.
"""

import mimetypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord_server import components as tree
from tests.discord_server import refusal
from tests.discord_server.checks.messages import check_body
from tests.discord_server.recording import Upload
from tests.discord_server.refusal import FormErrors, Path
from tests.discord_server.world import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    Channel,
    Json,
    Message,
    User,
)

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
USER, ROLE = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")


@dataclass
class Draft:
    """A body with its files. `root`: where in the request the body lies, for error paths."""

    body: Json
    files: list[Upload]
    root: Path = ()


def flags_of(body: Json) -> int:
    """The flags a body asks for; what is no number is refused with the rest of the body."""
    flags = body.get("flags")
    return flags if isinstance(flags, int) else 0


def compose(
    server: "DiscordServer",
    channel: Channel,
    author: User,
    draft: Draft,
    *,
    flags: int = 0,
    ephemeral_to: int | None = None,
) -> Message:
    """A new message, checked and complete but not yet stored. `flags` are added to the body's."""
    flags |= flags_of(draft.body) & SETTABLE
    names = _sizes_and_names(server, draft)
    form = FormErrors(draft.root)
    check_body(form, server.limits, draft.body, flags=flags, files=names)
    form.raise_if_any()
    made = Message(
        server.world.ids.next(),
        channel,
        author,
        server.clock.now(),
        flags=flags | (EPHEMERAL if ephemeral_to is not None else 0),
        ephemeral_to=ephemeral_to,
        nonce=draft.body.get("nonce"),
    )
    _fill(server, made, draft)
    _mentions(server, made, draft.body)
    return made


def revise(server: "DiscordServer", message: Message, draft: Draft) -> None:
    """Change a stored message in place; what the body does not name stays."""
    flags = message.flags & ~LOADING | flags_of(draft.body) & SETTABLE
    kept = {a.filename for a in message.attachments}
    names = _sizes_and_names(server, draft) | kept
    form = FormErrors(draft.root)
    body = draft.body
    left_over = {
        name: getattr(message, name)
        for name in ("content", "embeds")
        if name not in body and getattr(message, name)
    }
    check_body(form, server.limits, {**left_over, **body}, flags=flags, files=names)
    form.raise_if_any()
    _fill(server, message, draft)
    message.flags = flags
    _mentions(server, message, body)


def _sizes_and_names(server: "DiscordServer", draft: Draft) -> set[str]:
    limits = server.limits
    if any(len(f.data) > limits.file_bytes for f in draft.files):
        raise refusal.entity_too_large()
    if len(draft.files) > limits.files:
        form = FormErrors(draft.root)
        message = f"Must be {limits.files} or fewer in length."
        form.add(("attachments",), "BASE_TYPE_MAX_LENGTH", message)
        form.raise_if_any()
    described = _described(draft)
    return {
        _filename(str((described.get(_slot(f)) or {}).get("filename") or f.filename))
        for f in draft.files
    }


def _slot(upload: Upload) -> str:
    found = re.fullmatch(r"files\[(\d+)\]", upload.field)
    return found.group(1) if found else upload.field


def _described(draft: Draft) -> dict[str, Json]:
    listed = draft.body.get("attachments") or []
    return {str(a.get("id")): a for a in listed if isinstance(a, dict)}


def _filename(raw: str) -> str:
    return re.sub(r"[^\w.\-]", "", raw.replace(" ", "_")) or "unknown"


def _fill(server: "DiscordServer", message: Message, draft: Draft) -> None:
    body = draft.body
    attachments = _attachments(server, message, draft)
    content = str(body.get("content") or "").strip() if "content" in body else message.content
    embeds = list(body.get("embeds") or []) if "embeds" in body else message.embeds
    parts = message.components
    if "components" in body:
        parts = tree.number(list(body.get("components") or []))
    if not (content or embeds or attachments or parts or body.get("poll")):
        raise refusal.empty_message()
    message.content, message.components, message.attachments = content, parts, attachments
    message.embeds = [{"type": "rich", **embed} for embed in embeds]


def _attachments(server: "DiscordServer", message: Message, draft: Draft) -> list[Attachment]:
    described = _described(draft)
    kept = message.attachments
    if "attachments" in draft.body:
        kept = [a for a in kept if str(a.id) in described]
    own = {str(a.id) for a in kept} | {_slot(f) for f in draft.files}
    form = FormErrors(draft.root)
    for index, identifier in enumerate(described):
        if identifier not in own:
            message_text = f"Attachment {identifier} was not found"
            form.add(("attachments", index, "id"), "ATTACHMENT_NOT_FOUND", message_text)
    form.raise_if_any()
    made: list[Attachment] = []
    for upload in draft.files:
        words = described.get(_slot(upload)) or {}
        name = _filename(str(words.get("filename") or upload.filename))
        made.append(
            store_file(
                server,
                message.channel,
                upload.data,
                name,
                description=words.get("description"),
                title=words.get("title"),
                ephemeral=message.ephemeral_to is not None,
            )
        )
    return kept + made


def store_file(
    server: "DiscordServer",
    channel: Channel,
    data: bytes,
    filename: str,
    *,
    description: str | None = None,
    title: str | None = None,
    ephemeral: bool = False,
) -> Attachment:
    """Put a file on the local CDN."""
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    made = Attachment(
        server.world.ids.next(),
        _filename(filename),
        data,
        kind,
        channel.id,
        description,
        title,
        ephemeral,
    )
    server.world.attachments[made.id] = made
    return made


def _mentions(server: "DiscordServer", message: Message, body: Json) -> None:
    """Who is really pinged: what the text names, cut to what the bot allowed."""
    words = "\n".join([message.content, *tree.texts(message.components)])
    allowed = body.get("allowed_mentions")
    parse = (allowed or {}).get("parse") or []
    everything = allowed is None
    users = {str(u) for u in (allowed or {}).get("users") or []}
    roles = {str(r) for r in (allowed or {}).get("roles") or []}
    people = server.world.users
    message.mentions = [
        people[int(found)]
        for found in dict.fromkeys(USER.findall(words))
        if (everything or "users" in parse or found in users) and int(found) in people
    ]
    message.mention_roles = [
        int(found)
        for found in dict.fromkeys(ROLE.findall(words))
        if everything or "roles" in parse or found in roles
    ]
    named = "@everyone" in words or "@here" in words
    message.mention_everyone = named and (everything or "everyone" in parse)
