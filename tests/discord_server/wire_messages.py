"""Messages and files as the JSON that Discord sends, attachment addresses filled in."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from tests.discord_server import wire
from tests.discord_server.components import SELECTS, Json, Kind
from tests.discord_server.world import Attachment, Message

CDN_SECRET = b"local attachments"
# what Discord writes out even where the bot said nothing
DEFAULTS: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1, "disabled": False} for kind in SELECTS},
    Kind.THUMBNAIL: {"description": None, "spoiler": False},
    Kind.FILE: {"spoiler": False, "name": None, "size": None},
    Kind.CONTAINER: {"accent_color": None, "spoiler": False},
    Kind.SEPARATOR: {"divider": True, "spacing": 1},
}


def signature(path: str, expires: str) -> str:
    """The `hm` of an attachment address; without it the CDN gives nothing."""
    return hmac.new(CDN_SECRET, f"{path}?{expires}".encode(), hashlib.sha256).hexdigest()


def attachment(one: Attachment, cdn: str, now: datetime, life: float) -> Json:
    folder = "ephemeral-attachments" if one.ephemeral else "attachments"
    path = f"/{folder}/{one.channel_id}/{one.id}/{quote(one.filename)}"
    expires = f"{int((now + timedelta(seconds=life)).timestamp()):x}"
    url = f"{cdn}{path}?ex={expires}&is={int(now.timestamp()):x}&hm={signature(path, expires)}&"
    return {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.data),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
        **({"description": one.description} if one.description else {}),
        **({"title": one.title} if one.title else {}),
        **({"ephemeral": True} if one.ephemeral else {}),
    }


def message(one: Message, cdn: str, now: datetime, life: float, *, depth: int = 0) -> Json:
    files = [attachment(a, cdn, now, life) for a in one.attachments]
    out: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "author": wire.user(one.author),
        "content": one.content,
        "timestamp": wire.when(one.created),
        "edited_timestamp": wire.when(one.edited),
        "tts": False,
        "mention_everyone": one.mention_everyone,
        "mentions": [wire.user(u) for u in one.mentions],
        "mention_roles": [str(r) for r in one.mention_roles],
        "attachments": files,
        "embeds": [_embed(e, _by_name(files)) for e in one.embeds],
        "components": [_component(c, _by_name(files)) for c in one.components],
        "pinned": one.pinned_at is not None,
        "type": one.type,
        "flags": one.flags,
    }
    if one.nonce is not None:
        out["nonce"] = one.nonce
    if one.application_id is not None:
        out["application_id"] = str(one.application_id)
        if one.interaction is not None:
            out["webhook_id"] = str(one.application_id)
            out["interaction_metadata"] = one.interaction
    if one.forwards is not None:
        shown = message(one.forwards, cdn, now, life, depth=1)
        kept = ("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp")
        also = ("flags", "mentions", "mention_roles", "components")
        out["message_snapshots"] = [{"message": {key: shown[key] for key in (*kept, *also)}}]
        out["message_reference"] = {
            "type": 1,
            "message_id": str(one.forwards.id),
            "channel_id": str(one.forwards.channel.id),
        }
    if one.reference_id is not None:
        out["message_reference"] = {
            "type": 0,
            "message_id": str(one.reference_id),
            "channel_id": str(one.channel.id),
            **({"guild_id": str(one.channel.guild.id)} if one.channel.guild else {}),
        }
        if depth == 0:
            target = one.reference
            gone = target is None or target.deleted
            out["referenced_message"] = (
                None if gone or target is None else message(target, cdn, now, life, depth=1)
            )
    if one.thread is not None:
        out["thread"] = wire.channel(one.thread)
    return out


Files = dict[str, Json]


def _by_name(files: list[Json]) -> Files:
    return {f"attachment://{f['filename']}": f for f in files}


def _embed(embed: Json, files: Files) -> Json:
    """An embed; a picture that is attached gets the address of the attachment."""
    out = dict(embed)
    for key in ("image", "thumbnail"):
        if (picture := embed.get(key)) and (found := files.get(str(picture.get("url")))):
            out[key] = {"url": found["url"], "proxy_url": found["proxy_url"]}
    return out


def _component(component: Json, files: Files) -> Json:
    out = DEFAULTS.get(component["type"], {}) | {
        key: _inner(key, value, files) for key, value in component.items()
    }
    if component["type"] == Kind.FILE:
        found = files.get(component["file"]["url"])
        if found is not None:
            out |= {"name": found["filename"], "size": found["size"]}
    if component["type"] == Kind.GALLERY:
        blank = {"description": None, "spoiler": False}
        out["items"] = [
            {**blank, **item, "media": _media(item["media"], files)} for item in component["items"]
        ]
    return out


def _inner(key: str, value: Any, files: Files) -> Any:
    if key == "components":
        return [_component(c, files) for c in value]
    if key in ("accessory", "component"):
        return _component(value, files)
    return _media(value, files) if key in ("media", "file") else value


def _media(media: Json, files: Files) -> Json:
    url = str(media["url"])
    found = files.get(url)
    seen: Json = {"width": None, "height": None}
    if found is None:
        return {**seen, "id": str(int(hashlib.md5(url.encode()).hexdigest()[:12], 16))} | {
            "url": url,
            "proxy_url": url,
        }
    copied = {k: found[k] for k in ("id", "url", "proxy_url", "content_type")}
    return {**seen, **copied, "attachment_id": found["id"]}
