"""`python -m tests.messages` (`make messages`): write the template that translations start from.

It holds every sentence of the source and every label of the lists, in order, with the files that
say it; no line numbers, dates or versions, so that it changes only when a sentence does.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from bot.domain.taxonomy import taxonomy

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "bot" / "locale" / "introducer.pot"
_ABOUT = "# Sentences of Introducer. Written by `make messages`."
_CHANGES_BY_ITSELF = ('"POT-Creation-Date:', '"Generated-By:')


def template() -> str:
    """What should stand in the file."""
    catalog = Catalog(project="Introducer", version="", charset="utf-8", header_comment=_ABOUT)
    for folder in ("bot", "cogs", "adapters"):
        for file, line, message, comments, context in extract_from_dir(ROOT / folder):
            catalog.add(
                message,
                locations=[(f"{folder}/{Path(file).as_posix()}", line)],
                auto_comments=comments,
                context=context,
            )
    for labels in taxonomy().lists.values():
        for label in labels.values():
            catalog.add(label, locations=[("bot/domain/taxonomy.toml", 1)])
    written = io.BytesIO()
    write_po(written, catalog, width=100, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_CHANGES_BY_ITSELF))


def main() -> None:
    """Write it."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")


if __name__ == "__main__":
    main()
