"""What Slack's text markup means to a reader: who is notified, and what the words look like."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.slack_server.block_kit import texts

Json = dict[str, Any]

_PING = re.compile(
    r"<!(?:channel|here|everyone|group)(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>"
    r"|<!subteam\^[^>]+>"
)
_BARE_PING = re.compile(r"(?<![\w@])@(?:channel|here|everyone|[a-z][\w.-]*)")
_UNESCAPED = re.compile(r"&(?!amp;|lt;|gt;)|<(?![@#][A-Z0-9]+[|>]|![a-z]|https?://|mailto:|tel:)")
_MARK = re.compile(r"<[@#!][A-Za-z0-9]")
_ANGLE = re.compile(r"<([^<>]*)>")
_DATE_PARTS = {
    "date": "%B %d, %Y",
    "date_num": "%Y-%m-%d",
    "date_short": "%b %d, %Y",
    "date_long": "%A, %B %d, %Y",
    "date_pretty": "%B %d, %Y",
    "date_short_pretty": "%b %d, %Y",
    "date_long_pretty": "%A, %B %d, %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
    "ago": "some time ago",
}


def pings(text: str, blocks: list[Json], *, names_linked: bool = False) -> list[str]:
    """Everything in a message that notifies somebody, in order, without repeats.

    `names_linked` is the effect of link_names or parse=full: a bare `@channel` counts too.
    """
    marked = [text, *(part["text"] for part in texts(blocks) if part["type"] != "plain_text")]
    found: list[str] = []
    for piece in marked:
        found += [match.split("|")[0].rstrip(">") + ">" for match in _PING.findall(piece)]
        if names_linked:
            found += _BARE_PING.findall(piece)
    return list(dict.fromkeys(found))


def problems_of(body: Json) -> list[str]:
    """Marks that a reader would see, in whatever a request carries: text, blocks, a view."""
    parts = {
        name: json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
        for name, value in body.items()
        if name in ("blocks", "view", "options", "attachments")
    }
    marked = [str(body.get(name) or "") for name in ("text", "initial_comment")]
    pieces = list(texts(list(parts.values())))
    marked += [part["text"] for part in pieces if part["type"] == "mrkdwn"]
    plain = [part["text"] for part in pieces if part["type"] == "plain_text"]
    return [
        *(f"unescaped {hit.group(0)!r} in {words!r}" for words in marked for hit in _raw(words)),
        *(f"marks in plain text: {words!r}" for words in plain if _MARK.search(words)),
    ]


def _raw(words: str) -> list[re.Match[str]]:
    return list(_UNESCAPED.finditer(words))


def escape(text: str) -> str:
    """What a client does to the words a person types."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The reverse: what a reader sees."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shown(text: str, names: Mapping[str, str], zone: str) -> str:
    """The words a person in `zone` sees; `names` gives the name of an id."""

    def replace(match: re.Match[str]) -> str:
        inner, _, label = match.group(1).partition("|")
        if inner.startswith("!date^"):
            return _date(inner, zone)
        if inner.startswith(("@", "#")):
            return inner[0] + names.get(inner[1:], label or inner[1:])
        if inner.startswith("!"):
            return label or "@" + inner[1:].partition("^")[0]
        return f"{label} ({inner})" if label else inner

    return unescape(_ANGLE.sub(replace, text))


def _date(inner: str, zone: str) -> str:
    _, stamp, pattern, *_ = inner.split("^")
    local = datetime.fromtimestamp(int(stamp), UTC).astimezone(ZoneInfo(zone))
    return re.sub(
        r"\{(\w+)\}",
        lambda match: local.strftime(_DATE_PARTS.get(match.group(1), match.group(0))),
        pattern,
    )


def readable(blocks: list[Json], names: Mapping[str, str], zone: str) -> str:
    """The blocks as lines of text; buttons in brackets, empty fields as a label and a line."""
    return "\n".join(filter(None, (_block(block, names, zone) for block in blocks)))


def _block(block: Json, names: Mapping[str, str], zone: str) -> str:
    def say(part: Json) -> str:
        return part["text"] if part["type"] == "plain_text" else shown(part["text"], names, zone)

    match block["type"]:
        case "section":
            lines = [say(part) for part in [block.get("text"), *block.get("fields", [])] if part]
            if "accessory" in block:
                lines.append(element_label(block["accessory"]))
            return "\n".join(lines)
        case "header":
            return say(block["text"])
        case "markdown":
            return block["text"]
        case "context":
            return " · ".join(
                f"({part['alt_text']})" if part["type"] == "image" else say(part)
                for part in block["elements"]
            )
        case "actions":
            return " ".join(element_label(element) for element in block["elements"])
        case "input":
            hint = f" ({say(block['hint'])})" if "hint" in block else ""
            return f"{say(block['label'])}{hint}: ____"
        case "image":
            return f"({block['alt_text']})"
        case "rich_text":
            return " ".join(_rich_words(block["elements"]))
        case _:
            return "---"


def _rich_words(part: Any) -> list[str]:
    if isinstance(part, list):
        return [word for item in part for word in _rich_words(item)]
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [word for item in part.values() for word in _rich_words(item)]
    return []


def element_label(element: Json) -> str:
    """What stands on the element: the words of a button, the placeholder of a select."""
    if element["type"] == "image":
        return f"({element['alt_text']})"
    words = element.get("text") or element.get("placeholder") or {"text": element["type"]}
    return f"[{words['text']}]"
