"""The two files of an export: a page to read, and JSON for programs. Knows no platform."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from html import escape
from typing import cast

from babel.dates import format_time

from bot.domain.audit import Setting
from bot.runtime.caller import Caller
from bot.runtime.registry import Registry
from bot.services.ports.own_data import YOU, Kept
from bot.ui.action import asked_fields
from bot.ui.language import catalogue, languages, plainly, spelled
from bot.ui.words import Msg, Typed, When, Words, _, on_the_day
from cogs.own_data.fields import field
from cogs.own_data.headings import heading
from cogs.own_data.values import value

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1.25rem;
  padding-bottom: 1.25rem; border-bottom: 1px solid #8884; }
dt { color: GrayText; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
"""

_JSON = Typed("my-data.json")
_PEOPLE = frozenset({
    "about", "agreed_by", "asked_by", "asker", "author", "blocked", "by", "flagged", "host",
    "listing", "mentor", "opened_by", "other", "owes", "owner", "reader", "trainee", "waits",
})  # fmt: skip
"""Fields that name somebody."""


def as_json(kept: Iterable[Kept], made: datetime) -> bytes:
    """`{"made": ..., "tables": {name: [row, ...]}}`; moments in ISO 8601."""
    whole = {"made": made.isoformat(), "tables": {one.table: list(one.rows) for one in kept}}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2, default=_iso)}\n".encode()


class Page:
    """One page of HTML without anything from elsewhere, in the reader's language and zone.

    `everything`: what knows the kinds of messages and of settings by their names.
    """

    def __init__(self, caller: Caller, everything: Registry) -> None:
        self._caller = caller
        self._everything = everything
        self._kinds = {
            notice.kind: feature.label
            for feature in everything.features
            for notice in feature.notices
        }

    def of(self, kept: tuple[Kept, ...], made: datetime) -> bytes:
        """The whole page."""
        title = self._say(_("What is kept about you"))
        about = _("Made on {when}. Times are in your zone.", when=When(made))
        rest = _("Numbers that only the program needs are in the other file, {file}.", file=_JSON)
        parts = [
            "<!doctype html>",
            f'<html lang="{escape(self._caller.language)}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{title}</h1>",
            f"<p>{self._say(about)} {self._say(rest)}</p>",
        ]
        if not kept:
            parts.append(f"<p>{self._say(_('Nothing is kept about you.'))}</p>")
        for table in kept:
            parts.append(f"<h2>{self._say(heading(table.table))}</h2>")
            parts.extend(self._row(table.table, row) for row in table.rows)
        parts.append("</body></html>\n")
        return "\n".join(parts).encode()

    def _say(self, words: Words) -> str:
        catalogued = catalogue(self._caller.language)
        return escape(plainly(words, catalogued, self._caller.zone))

    def _row(self, table: str, row: Mapping[str, object]) -> str:
        changed: Mapping[str, str] = self._changed(row) if table == "changes" else {}
        lines = [
            f"<dt>{self._say(label)}</dt><dd>{changed.get(name) or self._read(table, name, kept)}"
            "</dd>"
            for name, kept in row.items()
            if _says(kept) and changed.get(name) != "" and (label := field(table, name)) is not None
        ]
        return f"<dl>{''.join(lines)}</dl>" if lines else ""

    def _changed(self, row: Mapping[str, object]) -> Mapping[str, str]:
        """What a moderator set, in the words of whoever keeps the setting."""
        settable = self._everything.settings.get(str(row.get("kind")))
        if settable is None:
            return {}
        setting = Setting(str(row["kind"]), str(row.get("name") or ""))
        return {
            "kind": self._say(settable.named(setting)),
            "name": "",
            **{
                each: self._say(settable.worded(setting, str(row[each]))) for each in ("old", "new")
            },
        }

    def _read(self, table: str, name: str, kept: object) -> str:
        """A value in words, safe to be put into the page."""
        match kept:
            case datetime():
                return escape(spelled(When(kept), self._caller.zone, self._caller.language))
            case date():
                return on_the_day(kept, self._caller.language)
            case time():
                return format_time(kept, "HH:mm", locale=self._caller.language)
            case bool():
                return self._say(_("yes") if kept else _("no"))
            case list():
                each = cast("list[object]", kept)
                return ", ".join(self._read(table, name, one) for one in each)
            case dict():
                filled = cast("dict[str, object]", kept)
                if table == "drafts" and name == "state":
                    return self._form(filled)
                return "\n".join(
                    f"{self._say(label)}: {self._read(table, inner, one)}"
                    for inner, one in filled.items()
                    if _says(one) and (label := field(f"{table}.{name}", inner)) is not None
                )
            case str():
                words = self._words(table, name, kept)
                return escape(kept) if words is None else self._say(words)
            case _:
                return escape(str(kept))

    def _form(self, state: Mapping[str, object]) -> str:
        """A form as far as it was filled in: what it is called, and what stands in it."""
        action = self._everything.actions.get(str(state.get("tag")))
        fields = () if action is None else asked_fields(action)
        labels = {one.name: one.ask.label for one in fields if one.ask is not None}
        typed = cast("dict[str, object]", state.get("typed") or {})
        lines = [self._say(Msg(str(state.get("title", ""))))]
        for name, kept in typed.items():
            if (label := labels.get(name)) is not None and _says(kept):
                lines.append(f"{self._say(label)}: {self._read('drafts', name, kept)}")
        return "\n".join(lines)

    def _words(self, table: str, name: str, kept: str) -> Msg | None:
        if kept == YOU and name in _PEOPLE:
            return _("you")
        if name == "language" and table == "members":
            return _("{language}", language=Typed(languages().get(kept, kept)))
        if name == "kind" and table in ("deliveries", "waiting"):
            return self._kinds.get(kept)
        if name == "kind" and table == "without":
            choice = self._everything.choices.get(kept)
            return None if choice is None else choice.label
        return value(table, name, kept)


def _says(kept: object) -> bool:
    """Whether there is anything to read; no and nought say something."""
    return kept is not None and kept not in ("", [], {})


def _iso(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"an export cannot say {type(value).__name__}")
