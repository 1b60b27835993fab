"""Whether the check digits of a number are right. Used to be surer, never to dismiss a number."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Final

from bot.identifiers.findings import Kind

_MODULES: Final = {
    Kind.SSN: ("us.ssn",),
    Kind.HEALTH_ID: ("gb.nhs", "us.mbi", "de.svnr"),
    Kind.NATIONAL_ID: (
        "es.dni", "es.nie", "fr.nir", "de.idnr", "nl.bsn", "it.codicefiscale", "se.personnummer",
        "dk.cpr", "fi.hetu", "no.fodselsnummer", "ch.ssn", "be.nn", "pl.pesel", "ie.pps", "pt.cc",
    ),
    Kind.ACCOUNT: ("iban", "luhn"),
    Kind.LICENCE: ("us.npi", "luhn"),
}  # fmt: skip


def has_valid_check(kind: Kind, value: str) -> bool:
    """Whether any number scheme of that kind accepts the value."""
    return any(check(value) for check in _checks(kind))


@lru_cache(maxsize=32)
def _checks(kind: Kind) -> tuple[Callable[[str], bool], ...]:
    checks: list[Callable[[str], bool]] = []
    for name in _MODULES.get(kind, ()):
        try:
            checks.append(import_module(f"stdnum.{name}").is_valid)
        except ModuleNotFoundError as missing:  # not every release has every scheme
            if not (missing.name or "").startswith("stdnum"):
                raise
            continue
    return tuple(checks)
