"""Texts for measuring only: other sentences, names, streets and towns than those of training.

The sentences in heldout/, fresh/ and voices/ were written after the engine, in styles that training
does not have; names, streets and towns are those of other lists (build_heldout.py, build_voices.py).
`make(seed, rounds, folder)` yields posts.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus import MONTHS, Maker, Piece, Post, fold_ascii, noisy

HERE = Path(__file__).parent / "heldout"
HOME = {
    "en": ["en", "en", "en-gb", "en-gb", "en-ca", "en-au"], "general": ["en", "en", "en-gb", "en-au"],
    "de": ["de", "de", "de", "de-at", "de-ch"], "es": ["es", "es", "es-mx"], "fr": ["fr"], "it": ["it"],
    "nl": ["nl", "nl-be"], "pt": ["pt", "pt-br"],
}  # fmt: skip
HOSPITALS = {
    "en": "{t} General|St. {g}'s Hospital|{t} Community Hospital|{f} Memorial Hospital|University Hospital of {t}|{f} Clinic|{t} Veterans Hospital|Royal {t} Infirmary|Holy {g} Medical Center|{f} Cancer Center|{t} Heart Institute|Sisters of {g} Hospital|{t} Regional",
    "de": "Klinikum {t}|Universitätsklinik {t}|St. {g} Hospital {t}|Krankenhaus {t}|Evangelisches Krankenhaus {t}|{t}er Herzzentrum|Helios Klinikum {t}|Kantonsspital {t}|LKH {t}",
    "es": "Hospital de {t}|Hospital {g} {f}|Hospital Universitario de {t}|Clínica {f}|Hospital San {g}|Hospital Santa {g}|Centro Médico {f}",
    "fr": "CHU de {t}|Hôpital {g} {f}|CH de {t}|Clinique Saint-{g}|Centre hospitalier de {t}|Polyclinique de {t}",
    "it": "Ospedale di {t}|Policlinico {g} {f}|Ospedale San {g}|ASL di {t}", "nl": "{t} Ziekenhuis|Ziekenhuis {t}|UMC {t}|St. {g} Ziekenhuis",
    "pt": "Hospital de {t}|Hospital São {g}|Centro Hospitalar de {t}",
}  # fmt: skip
PHONES = {
    "en": "(900) 555-0000|900-555-0000|900.555.0000|+1 900 555 0000|1-900-555-0000|+44 79oo 900000|o1632 960000|o20 7946 0000|o7700 900000|+353 86 900 0000|o412 900 000|+61 2 9000 0000",
    "de": "o171 9000000|o551/900000|+49 89 9000000|o3o 90000-00|oo43 1 9000000|o44 900 00 00|o16o-90000000|(o421) 900000", "es": "600 900 000|91 900 00 00|+34 600900000|976 90 00 00|55 9000 0000|690900000",
    "fr": "o6 90 00 00 00|o1.90.00.00.00|+33 6 90 00 00 00|o690000000|o22 900 00 00|+32 470 90 00 00", "it": "333 9000000|+39 o6 9000000|o2 90000000",
    "nl": "o6-90000000|+31 6 90000000|o20 900 0000|o475 90 00 00", "pt": "91 900 0000|+351 910 000 000|21 900 0000",
}  # fmt: skip
NATIONAL = {
    "en": "AA900000A|900 000 000|A9000000", "de": "90 000 000 000|L01X00T47", "es": "90000000A|X9000000A", "fr": "1 85 05 78 006 084 36|2 69 11 33 063 120 74",
    "it": "RSSMRA85T10A562S|VRDLGI60A41F205X", "nl": "900000000|900.00.000", "pt": "90000000 0 AA0",
}  # fmt: skip


@cache
def values(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Lists by locale: a folder's own, or those of `heldout`."""
    own = folder / "values.json"
    return json.loads((own if own.exists() else HERE / "values.json").read_text("utf-8"))


class Filler(Maker):
    """Fills the slots of the held-out texts."""

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__(seed, "test")
        self.words = values(folder)
        self.style = "en"

    def value(self, key: str, spread: float = 0.3) -> str:
        """A word of one list: from home, or with probability `spread` from anywhere."""
        lists = self.words
        while True:
            locale = self.rng.choice(
                list(lists) if self.rng.random() < spread else HOME[self.style]
            )
            if lists[locale].get(key):
                return self.rng.choice(lists[locale][key])

    def first(self) -> str:
        """A given name."""
        return self.value("given")

    def last(self) -> str:
        """A family name."""
        name = self.value("family")
        return f"{name}-{self.value('family')}" if self.rng.random() < 0.03 else name

    def town(self) -> str:
        """A town of the country."""
        return self.value("town", 0.03)

    def facility(self) -> str:
        """A hospital that is named after a town or somebody."""
        form = self.rng.choice(HOSPITALS[self.language].split("|"))
        return form.format(t=self.town(), g=self.value("given", 0), f=self.value("family", 0))

    def when(self, years: tuple[int, int] = (2011, 2026)) -> str:
        """A date as the language writes it."""
        return self.date(years)

    def month(self) -> str:
        """A month with its year."""
        name = self.rng.choice(MONTHS[self.language].split())
        joint = " de " if self.language in ("es", "pt") else " "
        return f"{name}{joint}{self.rng.randint(2012, 2026)}"

    def street(self) -> str:
        """A street without a number."""
        name, lists = self.value("street", 0), self.words
        if self.language == "en":
            return name if name[-1] == "t" else f"{name} {self.rng.choice(lists['en']['suffix'])}"
        if self.language == "nl":
            return name + ("straat" if not name.endswith(("straat", "weg", "laan")) else "")
        if self.language == "de":
            return name
        suffix = self.rng.choice(lists[HOME[self.style][0]]["suffix"])
        return f"{suffix} {name}"

    def address(self) -> str:
        """Street and number, in the order of the country."""
        number, street, rng = self.rng.randint(1, 1900), self.street(), self.rng
        if self.language == "en":
            unit = rng.choice(
                ["", "", "", ", Apt. 4", " #12", ", Flat 2", " Unit 7B", ", Suite 310"]
            )
            return f"{number} {street}{unit}"
        if self.language == "fr":
            return f"{number % 200 + 1}{rng.choice(['', ',', ' bis', ' ter'])} {street}"
        joint = (
            rng.choice([", ", " ", ", nº "])
            if self.language in ("es", "pt")
            else rng.choice([" ", ", "])
            if self.language == "it"
            else " "
        )
        return f"{street}{joint}{number % 180 + 1}{rng.choice(['', '', 'a']) if self.language in ('de', 'nl') else ''}"

    def postcode(self) -> str:
        """A postcode of the country."""
        form = {
            "en": "SA90 9AB|LS9 9BD|90000|D02 X285|K1A 0B1|G9 9EF",
            "nl": "9000 AB",
            "pt": "9000-000",
        }.get(self.language, "90000" if self.style != "de" else "90000|9000")
        return (
            self.digits(self.rng.choice(form.split("|"))).replace("SA", "SW").replace("LS", "LS")
            if self.language != "en"
            else re.sub(
                r"[90]",
                lambda m: (
                    self.rng.choice("123456789")
                    if m.group() == "9"
                    else self.rng.choice("0123456789")
                ),
                self.rng.choice(form.split("|")),
            )
        )

    def honoured(self, forms: dict[str, str]) -> list[Piece]:
        """A title, which need not be found, and the name behind it, which must."""
        title = self.rng.choice(forms[self.language].split("|"))
        name = self.last() if self.rng.random() < 0.7 else f"{self.first()} {self.last()}"
        return [(title + " ", None), (name, "name")]

    def fill(self, template: str) -> Post:
        """Slots, and pieces that stand written out: `{kind=words}`."""
        post = Post("", language=self.language)
        for text in re.split(r"(\{[^{}]+\})", template.replace("\\n", "\n")):
            kind, written, words = text[1:-1].partition("=")
            pieces: list[Piece] = [(text, None)]
            if text.startswith("{"):
                pieces = [(words, kind)] if written else self.slot(kind)
            for piece, name in pieces:
                if name:
                    post.spans.append((len(post.text), len(post.text) + len(piece), name))
                post.text += piece
        return post

    def slot(self, slot: str) -> list[Piece]:
        """The pieces that stand for a slot."""
        rng = self.rng
        doctors = {
            "en": "Dr.|Dr|Doctor|Prof.",
            "de": "Dr.|Dr. med.|Prof. Dr.|Frau Dr.|OA Dr.",
            "es": "Dr.|Dra.|la Dra.|el Dr.",
            "fr": "Dr|le Dr|Docteur|Pr",
            "it": "dott.|dott.ssa",
            "nl": "dr.|drs.",
            "pt": "Dr.|Dra.",
        }
        people = {"en": "Mr.|Mr|Ms.|Ms|Mrs.|Miss", "de": "Herr|Frau|Hr.|Fr.", "es": "Sr.|Sra.|D.|Dña.", "fr": "M.|Mme|Monsieur|Madame", "it": "sig.|sig.ra", "nl": "dhr.|mevr.", "pt": "Sr.|Sra."}  # fmt: skip
        if slot == "dr":
            return self.honoured(doctors)
        if slot == "DR":
            return [(t.upper(), k) for t, k in self.honoured(doctors)]
        if slot in ("mr", "mrs"):
            return self.honoured(people)
        made = {
            "gn": ("name", self.first), "fn": ("name", self.last), "fn2": ("name", self.last), "full": ("name", self._whole),
            "FN": ("name", lambda: self.last().upper()), "FULL": ("name", lambda: self._whole().upper()),
            "lf": ("name", self._swapped), "caret": ("name", lambda: f"{self.last()}^{self.first()}".upper()),
            "inits": ("name", lambda: rng.choice(["{}.{}.", "{}{}", "{}. {}."]).format(*rng.sample("ABCDEFGHJKLMNRSTW", 2))),
            "esfull": ("name", lambda: f"{self.first()} {self.last()} {self.last()}"), "esfn": ("name", lambda: f"{self.last()} {self.last()}"),
            "date": ("date", self.when), "dob": ("date", lambda: self.when((1931, 2009))), "my": ("date", self.month),
            "phone": ("phone", lambda: self.digits(rng.choice(PHONES[self.language].split("|")))), "fax": ("fax", lambda: self.digits(rng.choice(PHONES[self.language].split("|")))),
            "addr": ("address", self.address), "street": ("address", self.street), "zip": ("zip", self.postcode),
            "zipus": ("zip", lambda: self.digits(rng.choice(["90000", "90000-0000"]))),
            "city": ("city", self.town), "fac": ("facility", self.facility),
            "natid": ("national_id", lambda: self.digits(rng.choice(NATIONAL[self.language].split("|"))) if self.language not in ("it",) else rng.choice(NATIONAL["it"].split("|"))),
            "ins": ("health_id", lambda: self.digits(rng.choice({"de": "A900000000", "es": "AAAA900000900000|28/90000000/00|900000000000", "en": "AAA900000000|W9000 00000|90000000-01|YPP900A00000"}.get(self.language, "900000000").split("|")))),
            "acc2": ("accession", lambda: self.digits(rng.choice(["20-90000", "26-000000", "20-S-9000"]))),
            "dea": ("licence", lambda: self.digits("BA9000000")), "card": ("account", lambda: self.digits("4000 9000 9000 9000")),
            "ext": ("phone", lambda: self.digits("90000")), "email": ("email", self._mail),
        }  # fmt: skip
        if slot in made:
            kind, make_one = made[slot]
            return [(make_one(), kind)]
        if slot == "fac2":
            return [(f"{self.last()} Haulage", None)]
        if slot == "st":
            return [(rng.choice(["OH", "TX", "PA", "NM", "OR", "GA", "MI"]), None)]
        if slot == "age90":
            return [(str(rng.randint(90, 104)), "age")]
        return super().slot(slot)

    def _whole(self) -> str:
        first, last, form = self.first(), self.last(), self.rng.random()
        if form < 0.78:
            return f"{first} {last}"
        if form < 0.88:
            return f"{first} {self.rng.choice(string.ascii_uppercase)}. {last}"
        return f"{first[0]}. {last}" if form < 0.95 else f"{first} {self.first()} {last}"

    def _swapped(self) -> str:
        return self.rng.choice(["{1}, {0}", "{1}, {0}", "{2}, {3}", "{2}, {0}"]).format(
            first := self.first(), last := self.last(), last.upper(), first.upper()
        )

    def _mail(self) -> str:
        name = (
            f"{fold_ascii(self.first())}{self.rng.choice(['.', '_', ''])}{fold_ascii(self.last())}"
        )
        name = re.sub(r"[^\w.]", "", name).lower()
        return (
            f"{name}@{self.rng.choice(['outlook.com', 'gmx.net', 'proton.me', 'uhb.example.org'])}"
        )


def texts(folder: Path) -> list[tuple[str, str, bool]]:
    """Style, sentence, whether it holds identifiers."""
    found: list[tuple[str, str, bool]] = []
    for path in sorted(folder.glob("*.txt")):
        style = path.stem.removeprefix("neg_")
        for line in path.read_text("utf-8").splitlines():
            own, bar, rest = line.partition("|")
            mixed = bool(bar) and own in HOME
            found.append(
                (own if mixed else style, rest if mixed else line, "neg_" not in path.stem)
            )
    return found


def make(seed: int, rounds: int, folder: Path = HERE) -> Iterator[Post]:
    """Every text with identifiers `rounds` times, every other one at most twice: as it is, then in another case."""
    filler = Filler(seed, folder)
    for style, sentence, holds in texts(folder):
        filler.style, filler.language = (
            style,
            style if style in ("de", "es", "fr", "it", "nl", "pt") else "en",
        )
        for turn in range(rounds if holds else min(rounds, 2)):
            post = filler.fill(sentence)
            post.language = style
            yield noisy(post, filler.rng) if turn else post
