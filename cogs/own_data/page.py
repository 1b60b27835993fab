"""The two files of an export: a page to read, and JSON for programs. Knows no platform."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from html import escape
from typing import cast

from babel.dates import format_date, format_time

from bot.runtime.caller import Caller
from bot.services.ports.own_data import Kept
from bot.ui.language import catalogue, plainly, spelled
from bot.ui.words import Msg, When, _
from cogs.own_data.headings import heading

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1.25rem;
  padding-bottom: 1.25rem; border-bottom: 1px solid #8884; }
dt { color: GrayText; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
"""


def as_json(kept: Iterable[Kept], made: datetime) -> bytes:
    """`{"made": ..., "tables": {name: [row, ...]}}`; moments in ISO 8601."""
    whole = {"made": made.isoformat(), "tables": {one.table: list(one.rows) for one in kept}}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2, default=_iso)}\n".encode()


def as_page(kept: tuple[Kept, ...], caller: Caller, made: datetime) -> bytes:
    """One page of HTML without anything from elsewhere, in the reader's language and zone."""

    def say(words: Msg) -> str:
        return escape(plainly(words, catalogue(caller.language), caller.zone))

    title = say(_("What is kept about you"))
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(caller.language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        f"<p>{say(_('Made on {when}. Times are in your zone.', when=When(made)))}</p>",
    ]
    if not kept:
        parts.append(f"<p>{say(_('Nothing is kept about you.'))}</p>")
    for table in kept:
        parts.append(f"<h2>{say(heading(table.table))}</h2>")
        parts.extend(_row(row, caller) for row in table.rows)
    parts.append("</body></html>\n")
    return "\n".join(parts).encode()


def _row(row: Mapping[str, object], caller: Caller) -> str:
    said = [(name, value) for name, value in row.items() if value not in (None, "", [], {})]
    lines = [
        f"<dt>{escape(name.replace('_', ' '))}</dt><dd>{escape(_read(value, caller))}</dd>"
        for name, value in said
    ]
    return f"<dl>{''.join(lines)}</dl>"


def _read(value: object, caller: Caller) -> str:
    match value:
        case datetime():
            return spelled(When(value), caller.zone, caller.language)
        case date():
            return format_date(value, "EEE, d MMM y", locale=caller.language)
        case time():
            return format_time(value, "HH:mm", locale=caller.language)
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_read(one, caller) for one in cast("list[object]", value))
        case dict():
            filled = cast("dict[str, object]", value)
            return "\n".join(
                f"{name.replace('_', ' ')}: {_read(one, caller)}"
                for name, one in filled.items()
                if one not in (None, "", [], {})
            )
        case _:
            return str(value)


def _iso(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"an export cannot say {type(value).__name__}")
