"""`python -m tests.german`: bring the German catalogue up to the template.

Sentences that are there keep their words, new ones come without, and those that nobody says any
more go. Written like the template, so that it changes only when a sentence does.
"""

from __future__ import annotations

import io

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.messages import ROOT, TEMPLATE

GERMAN = ROOT / "bot" / "locale" / "de" / "LC_MESSAGES" / "introducer.po"
_CHANGES_BY_ITSELF = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:')
_ABOUT = "# Introducer in German. Brought up to the template by `python -m tests.german`."


def german() -> Catalog:
    """What is translated."""
    with GERMAN.open("rb") as kept:
        return read_po(kept, locale="de")


def up_to_date(catalog: Catalog) -> str:
    """What should stand in the file."""
    with TEMPLATE.open("rb") as source:
        template = read_po(source)
    fresh = Catalog(
        locale="de", project="Introducer", version="", charset="utf-8", header_comment=_ABOUT,
        fuzzy=False,
    )  # fmt: skip
    for message in template:
        if not message.id:
            continue
        had = catalog.get(message.id)
        fresh.add(message.id, had.string if had is not None else "", message.locations)
    written = io.BytesIO()
    write_po(written, fresh, width=100, sort_output=True, include_lineno=False, omit_header=False)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_CHANGES_BY_ITSELF))


def main() -> None:
    """Write it."""
    GERMAN.write_text(up_to_date(german()), encoding="utf-8")


if __name__ == "__main__":
    main()
