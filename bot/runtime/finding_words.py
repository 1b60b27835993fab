"""Findings in words: what kind, never what it says. Knows no feature."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.identifiers.findings import Finding, Kind
from bot.ui.words import Listing, Msg, _

KINDS: Final = {
    Kind.NAME: _("a name"),
    Kind.DATE: _("a date"),
    Kind.AGE: _("an age over 89"),
    Kind.MRN: _("a record number"),
    Kind.ACCESSION: _("an accession number"),
    Kind.ACCOUNT: _("an account number"),
    Kind.OTHER_ID: _("a number of a person"),
    Kind.HEALTH_ID: _("a health insurance number"),
    Kind.NATIONAL_ID: _("a national identity number"),
    Kind.SSN: _("a social security number"),
    Kind.LICENCE: _("a licence number"),
    Kind.DEVICE_ID: _("a device number"),
    Kind.VEHICLE: _("a vehicle number"),
    Kind.BIOMETRIC: _("a fingerprint or the like"),
    Kind.PHONE: _("a phone number"),
    Kind.FAX: _("a fax number"),
    Kind.EMAIL: _("an e-mail address"),
    Kind.URL: _("a web address"),
    Kind.IP: _("a network address"),
    Kind.ADDRESS: _("an address"),
    Kind.ZIP: _("a postcode"),
    Kind.CITY: _("a town"),
    Kind.FACILITY: _("a hospital"),
    Kind.GPS: _("where the picture was taken"),
    Kind.FACE: _("a face"),
    Kind.BARCODE: _("a barcode"),
    Kind.METADATA: _("something in the fields of the file"),
    Kind.UNREADABLE: _("a part that could not be read"),
}


def kinds_of(findings: Iterable[Finding]) -> Msg:
    """Each kind once, in the order in which it was found."""
    found = dict.fromkeys(one.kind for one in findings if one.kind is not Kind.UNREADABLE)
    return _("{kinds}", kinds=Listing(tuple(KINDS[kind] for kind in found)))
