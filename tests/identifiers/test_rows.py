"""Days in a row, ends of numbers, owners of stents: what handovers and stickers leave half said."""

from __future__ import annotations

import pytest

from bot.identifiers.findings import Kind
from bot.identifiers.text import find


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        # days without a year beside what happened, and the others of their row
        ("Stent 4/2, occluded 4/9, relined 4/11, home 4/15. Ideas?", "4/15", Kind.DATE),
        ("pigtail out 7/3, fever since", "7/3", Kind.DATE),
        ("Drenaje 9/11, retirado 16/11, fístula 3/12", "3/12", Kind.DATE),
        ("Entlassung 14.2. mit liegendem Drain", "14.2.", Kind.DATE),
        ("am 17.08 (vorgestern) TIPS, jetzt Fieber", "17.08", Kind.DATE),
        ("stationär 02.-09. März im Haus", "02.-09. März", Kind.DATE),
        # somebody's stent, case, flight, file
        ("Cisneros' stent is down again", "Cisneros", Kind.NAME),
        ("I can redo the Hathaway case in the afternoon", "Hathaway", Kind.NAME),
        ("consent for Hathaway, Imogen before the port", "Hathaway, Imogen", Kind.NAME),
        ("passenger ADEYEMI/FOLAKE MRS", "ADEYEMI/FOLAKE MRS", Kind.NAME),
        ("clip is called THACKERAY_GRACE_20230114_run2.mp4", "THACKERAY_GRACE", Kind.NAME),
        ("Sein Bruder heißt Korbinian und hat auch HHT", "Korbinian", Kind.NAME),
        ("Hr. v. Tresckow hat nachgeblutet", "Hr. v. Tresckow", Kind.NAME),
        ("Sign-out: 1) Brandvoldsen 4W PCN. 2) Ito 2E", "Brandvoldsen", Kind.NAME),
        # ages behind a name
        ("my aunt (Rivka, 94) needs a PCN", "94", Kind.AGE),
        ("doña Eulalia de 92 no quiere drenaje", "92", Kind.AGE),
        # numbers of which only the end, or a label, is said
        ("SSN last four 8812", "8812", Kind.SSN),
        ("his MRN ends in 5521", "5521", Kind.MRN),
        ("booking code K7RT2P", "K7RT2P", Kind.OTHER_ID),
        ("Spec SP22:9917 is back", "SP22:9917", Kind.ACCESSION),
        ("Lilliana Serrano vs. Tom Whitlock: small claims court", "Lilliana Serrano", Kind.NAME),
        ("Sgt Odom has shrapnel near the SFA", "Odom", Kind.NAME),
        ("Hb 7,1 seit 9.3., CTA läuft", "9.3.", Kind.DATE),
    ],
)  # fmt: skip
def test_is_found(text: str, piece: str, kind: Kind) -> None:
    assert any(piece in (one.text or "") and one.kind is kind for one in find(text))


@pytest.mark.parametrize(
    "text",
    [
        "Coiled 2/3 aneurysms, embolized 3/4 feeders, TACE 2/3 went fine",
        "Cr today 1.4. Carry on?",
        "Strength 4/5, sensation 2/2, pulses 2/4 after lysis",
        "Hb heute 7.2. Wir geben zwei EK",
        "Glenn vs Fontan: who can explain the flow",
        "Our Tuesday clinic is full",
        "Krea 1.8 heute, gestern 1.6. KM trotzdem",
        "SFRXY à La Baule, qui prend le train?",
    ],
)
def test_is_no_identifier(text: str) -> None:
    assert [one.text for one in find(text)] == []
