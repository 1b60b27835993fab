"""The tables of the README and the Slack manifest of the guide, made from the code.

`python -m tests.docs_tables` writes them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from bot.app import registry_of
from bot.clock import SystemClock
from bot.domain.policies import POLICIES, Tells
from bot.printed import slack_manifest
from bot.runtime.scanning import Scanning
from bot.settings import PREFIX, RetentionSettings, Settings
from bot.ui.action import asked_fields
from storage import memory_store
from storage.own_data import RULES, After, Fate, Keep, Rule, Until, Who, With

README = Path(__file__).parents[1] / "README.md"
MANIFEST = Path(__file__).parents[1] / "docs/deploy/slack-manifest.yaml"
PRIVACY = README.parent / "docs" / "privacy.md"
FOLLOW_UPS = README.parent / "docs" / "follow-ups.md"


def commands() -> str:
    store = memory_store()
    try:
        registry = registry_of(store, SystemClock(), Scanning())
    finally:
        store.close_now()
    rows = ["| command | options | what it does |", "|---|---|---|"]
    for command in registry.commands.values():
        options = ", ".join(
            f"{field.name}{'*' if field.required else ''}" for field in asked_fields(command.action)
        )
        rows.append(f"| `{command.name}` | {options} | {command.about.text} |")
    return "\n".join(rows)


def settings() -> str:
    rows = ["| setting | environment | default |", "|---|---|---|"]
    rows += [
        f"| `{name}` | `{PREFIX}{name.upper().replace('.', '__')}` | {default} |"
        for name, default in _keys(Settings)
    ]
    return "\n".join(rows)


def _keys(model: type[BaseModel], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, declared in model.model_fields.items():
        inner = declared.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += _keys(inner, f"{name}.")
        else:
            found.append((prefix + name, _shown(declared.default)))
    return found


def _shown(value: Any) -> str:
    if value is None or value is PydanticUndefined:
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{list(value) if isinstance(value, tuple) else value}`"


def policies() -> str:
    rows = [
        "| situation | reminder | last word | close | who hears the end | moderators |",
        "|---|---|---|---|---|---|",
    ]
    for matter, policy in POLICIES.items():
        first = "asks" if policy.asks else ""
        if policy.reminder is not None or not first:
            first = ", then ".join(filter(None, (first, _period(policy.reminder))))
        rows.append(
            f"| {matter.replace('_', ' ')} | {first} | {_period(policy.last_word)}"
            f" | {_period(policy.close)} | {_TELLS[policy.tells]}"
            f" | {policy.moderators.name.lower().replace('_', ' ')} |"
        )
    return "\n".join(rows)


_TELLS = {Tells.BOTH: "both", Tells.OWNER: "its owner", Tells.FEATURE: "in the feature's words"}


def _period(period: timedelta | None) -> str:
    if period is None:
        return "-"
    hours = int(period.total_seconds()) // 3600
    return f"{hours // 24} d" if hours % 24 == 0 else f"{hours} h"


def kept() -> str:
    """What is kept about people, table by table, by the registry of tables."""
    lines: list[str] = []
    for name, rule in RULES.items():
        if not rule.personal:
            continue
        lines += [f"### `{name}`", "", rule.holds, ""]
        if rule.said:
            lines.append(f"* What people give: {_columns(rule.said)}.")
        if rule.noted or rule.links or rule.who:
            noted = (*rule.who, *rule.links, *rule.noted)
            lines.append(f"* What is noted: {_columns(noted)}.")
        if rule.hidden:
            lines.append(f"* Only for the program itself: {_columns(rule.hidden)}.")
        lines += [f"* {line}" for line in (*_erased(rule), f"Kept {_how_long(rule.keep)}.")]
        lines.append("")
    return "\n".join(lines).rstrip()


def impersonal() -> str:
    names = [f"`{name}`" for name, rule in RULES.items() if not rule.personal]
    return f"Nothing about a person is in {', '.join(sorted(names))}."


def _columns(names: Iterable[str]) -> str:
    return ", ".join(name.removesuffix("_id").replace("_", " ") for name in names)


def _erased(rule: Rule) -> list[str]:
    """One line for each way in which a row can be about somebody."""
    found: list[str] = []
    ways = [(name, who) for name, who in rule.who.items()]
    ways += [(via.owner, via) for via in rule.via]
    for name, way in ways:
        whom = "" if len(ways) == 1 else f" where you are its {_columns([name])}"
        why = f" ({way.why})" if isinstance(way, Who) and way.why and way.shown else ""
        emptied = _columns(way.empties)
        fate = way.fate.value if way.fate is not Fate.EMPTY else f"{emptied}: {way.fate.value}"
        found.append(f"When you erase{whom}: {fate}{why}.")
        if not way.shown:
            hidden = f": {way.why}" if isinstance(way, Who) and way.why else ""
            found.append(f"Not in your export{whom}{hidden}.")
    if rule.by_account:
        found.append("When you erase: deleted.")
    return found


def _how_long(keep: Keep) -> str:
    match keep:
        case After(setting, since, over, says):
            days = RetentionSettings.model_fields[setting].default
            when = says or ("once it is settled" if over is not None else "")
            after = f" after `{since.name}`"
            settled = f", {when}" if when else ""
            return f"`retention.{setting}` = {days} days{after}{settled}"
        case With(table):
            return f"as long as what it belongs to (`{table}`)"
        case Until(says):
            return says


def private(text: str) -> str:
    """The page on privacy with today's tables."""
    days = RetentionSettings()
    numbers = f"{days.left} days after somebody left, {days.backups} days for backups"
    return _filled(text, (("tables", kept()), ("impersonal", impersonal()), ("numbers", numbers)))


def followed(text: str) -> str:
    """The page on follow-ups with today's table."""
    return _filled(text, (("policies", policies()),))


def filled(text: str) -> str:
    """The README with today's tables."""
    return _filled(text, (("commands", commands()), ("settings", settings())))


def _filled(text: str, tables: Iterable[tuple[str, str]]) -> str:
    for name, table in tables:
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        text, times = re.subn(
            pattern, lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text, flags=re.S
        )
        if times != 1:
            raise SystemExit(f"README: no place for {name}")
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    MANIFEST.write_text(slack_manifest(Settings.model_construct()), encoding="utf-8")
    FOLLOW_UPS.write_text(followed(FOLLOW_UPS.read_text(encoding="utf-8")), encoding="utf-8")
    PRIVACY.write_text(private(PRIVACY.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
