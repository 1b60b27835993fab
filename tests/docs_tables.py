"""The tables of the README and the Slack manifest of the guide, made from the code.

`python -m tests.docs_tables` writes them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from bot.app import registry_of, slack_manifest
from bot.clock import SystemClock
from bot.settings import PREFIX, Settings
from bot.ui.action import asked_fields
from storage import memory_store

README = Path(__file__).parents[1] / "README.md"
MANIFEST = Path(__file__).parents[1] / "docs/deploy/slack-manifest.yaml"


def commands() -> str:
    store = memory_store()
    try:
        registry = registry_of(store, SystemClock())
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


def filled(text: str) -> str:
    """The README with today's tables."""
    for name, table in (("commands", commands()), ("settings", settings())):
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
    sys.exit(0)
