"""Invented posts with labelled identifiers, for training the name tagger and for measuring.

`make(seed, part)` yields posts; part is "train" or "test". Templates and names are divided between
the two by a hash, so that nothing is measured on a sentence or a name that was trained on.
"""

from __future__ import annotations

import os
import random
import re
import string
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
Piece = tuple[str, str | None]


@dataclass
class Post:
    """A text and its labelled pieces: start, end, kind."""

    text: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    language: str = "en"


def in_test(word: str, share: int = 20) -> bool:
    """Whether a template or a name belongs to the measuring part (share in percent).

    The variable EVAL_FOLD divides differently, for a measurement on sentences not looked at before.
    """
    return zlib.crc32((os.environ.get("EVAL_FOLD", "") + word).encode()) % 100 < share


LOCALES = {
    "en": ["en_US", "en_GB", "en_US", "en_GB", "en_IE", "en_NZ", "en_IN", "es_MX", "vi_VN", "zh_CN", "ko_KR", "it_IT", "pl_PL", "de_DE", "fr_FR", "sv_SE", "nl_NL", "pt_BR", "tr_TR", "ro_RO", "yo_NG", "ig_NG", "ha_NG", "ga_IE", "cs_CZ", "hr_HR", "hu_HU"],
    "de": ["de_DE", "de_DE", "de_AT", "de_CH", "de_LU", "tr_TR", "pl_PL", "hr_HR", "it_IT"],
    "fr": ["fr_FR", "fr_FR", "fr_CH", "fr_BE", "fr_QC", "pt_PT", "ar_AA", "fr_DZ"],
    "es": ["es_ES", "es_ES", "es_MX", "es_CO", "es_CL", "es_AR", "es_CA"],
    "it": ["it_IT"], "nl": ["nl_NL", "nl_BE"], "pt": ["pt_PT", "pt_BR"],
}  # fmt: skip


def _names() -> dict[str, tuple[list[str], list[str]]]:
    lists: dict[str, tuple[list[str], list[str]]] = {}
    for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines():
        locale, given, family = line.split("\t")
        lists[locale] = (given.split("|"), family.split("|"))
    return lists


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
STREETS = {
    "en": "Maple Oak Elm Cedar Washington Lake Hill Park Church Mill River Station Victoria Highland Sunset Willow Chestnut Prospect Franklin Jefferson Birch Meadow",
    "de": "Haupt Bahnhof Schiller Goethe Linden Garten Kirch Berg Wald Mozart Ring Schul Beethoven",
    "fr": "Victor Hugo|de la République|des Lilas|du Moulin|Jean Jaurès|de la Gare|Pasteur|des Écoles|Saint-Michel|de Verdun",
    "es": "Mayor|Miguel Hernández|de la Constitución|Alcalá|San Juan|Cervantes|del Sol|Gran Vía|Velázquez|Real",
    "it": "Garibaldi|Roma|Mazzini|Dante Alighieri|dei Mille|San Marco|XX Settembre|Cavour|Verdi",
    "nl": "Dorps|Kerk|Molen|Stations|School|Beatrix|Wilhelmina|Eiken|Haven",
    "pt": "da Liberdade|de São Bento|Augusta|do Carmo|das Flores|25 de Abril|Almirante Reis",
}
TOWNS = {
    "en": "Toledo|Yonkers|Springfield|Leeds|Bolton|Duluth|Fresno|Tulsa|Galway|Swansea|Halifax|Boise|Akron|Lubbock|Norwich|Preston|Tampa|Reno|Modesto|Plano|Dayton|Macon|Waco|Eugene|Dundee|Hull|Derby|Cork|Bendigo|Hamilton|Regina|Spokane|Bismarck|Fargo|Santa Rosa|Grand Rapids|Fort Wayne|Baton Rouge|St. Cloud|Kings Lynn|Milton Keynes|El Paso",
    "de": "Kassel|Göttingen|Bielefeld|Heilbronn|Passau|Graz|Linz|Winterthur|Bad Homburg|Wuppertal|Flensburg|Hof|Erfurt|Ulm|Trier|Cottbus|Celle|Siegen|Villach|St. Pölten|Neustadt an der Weinstraße",
    "fr": "Nantes|Rennes|Limoges|Dijon|Angers|Le Mans|Clermont-Ferrand|Saint-Étienne|Brest|Annecy|Pau|Tours|Namur|Lausanne|Sherbrooke|La Rochelle|Aix-en-Provence|Metz",
    "es": "Albacete|Cuenca|Getafe|Murcia|Badajoz|Lugo|Huelva|Rosario|Mérida|Puebla|Bucaramanga|Talavera de la Reina|San Sebastián|Alcalá de Henares|Vigo|Jaén|Las Palmas|Temuco",
    "it": "Brescia|Lecce|Udine|Pavia|Reggio Emilia|La Spezia|Cosenza|Vicenza|Latina|Grosseto|San Remo",
    "nl": "Zwolle|Gouda|Breda|Hasselt|Roermond|Den Bosch|Alphen aan den Rijn|Leuven|Deventer|Almelo",
    "pt": "Braga|Viseu|Setúbal|Campinas|Póvoa de Varzim|Niterói|Évora|Vila Real|Joinville|Leiria",
}
FACILITIES = {
    "en": ["St. {x} Hospital", "{x} General Hospital", "{t} Medical Center", "{x} Memorial", "University Hospital {t}", "{t} Regional Medical Center", "Mount {x} Clinic", "{x} County Hospital", "the {x} Institute", "{t} Infirmary", "Royal {t} Hospital", "{x} Health Center", "{t} VA", "{x} Nursing Home"],
    "de": ["Universitätsklinikum {t}", "Klinikum {t}", "St.-{x}-Krankenhaus", "Krankenhaus {t}", "{x}klinik {t}", "Kreiskrankenhaus {t}", "Universitätsspital {t}", "Marienhospital {t}", "Rehaklinik {x}"],
    "fr": ["CHU de {t}", "Hôpital {x}", "Clinique {x}", "Centre hospitalier de {t}", "Hôpital Saint-{x}", "Clinique du {x}", "CH {t}"],
    "es": ["Hospital General de {t}", "Hospital Universitario {x}", "Clínica {x}", "Hospital {x} {y}", "Centro de Salud {x}", "Hospital Virgen de {x}", "Complejo Hospitalario de {t}"],
    "it": ["Ospedale {x}", "Ospedale di {t}", "Policlinico {y}", "Ospedale San {x}", "AOU di {t}", "Clinica {y}"],
    "nl": ["Ziekenhuis {t}", "{x} Ziekenhuis", "UMC {t}", "AZ Sint-{x}", "{y} Kliniek", "het {t} Gasthuis"],
    "pt": ["Hospital de {t}", "Hospital São {x}", "Centro Hospitalar de {t}", "Hospital Santa {x}", "Clínica {y}"],
}  # fmt: skip


HONOUR = {
    "en": "Mr.|Mrs.|Ms.|Mr|Ms|Miss", "de": "Herr|Herrn|Frau|Hr.|Fr.", "fr": "M.|Mme|Monsieur|Madame|Mlle",
    "es": "Sr.|Sra.|Don|Doña|D.|Dña.", "it": "sig.|sig.ra|il signor|la signora|Sig.", "nl": "dhr.|mevr.|mevrouw|de heer|meneer|Mw.",
    "pt": "Sr.|Sra.|o senhor|a senhora|D.",
}  # fmt: skip
DOCTOR = {
    "en": "Dr.|Dr|Doctor|Prof.", "de": "Dr.|Dr. med.|Prof. Dr.|OA Dr.|PD Dr.|Frau Dr.", "fr": "Dr|Docteur|Pr|le Dr|Professeur",
    "es": "Dr.|Dra.|el Dr.|la doctora", "it": "dott.|dott.ssa|Dr.|prof.|il dottor", "nl": "dr.|drs.|prof. dr.|dokter",
    "pt": "Dr.|Dra.|o Dr.|Prof.",
}  # fmt: skip


class Maker:
    """Fills the slots of a template for one part and one language."""

    def __init__(self, seed: int, part: str) -> None:
        self.rng = random.Random(f"{seed}{part}")
        self.part = part
        self.lists = _names()
        self.language = "en"
        self.harmless: dict[str, list[str]] = {}

    # -- names
    def _pick(self, which: int) -> str:
        locales = LOCALES[self.language] if self.rng.random() < 0.75 else list(self.lists)
        while True:
            locale = self.rng.choice(locales)
            if locale not in self.lists:
                continue
            name = self.rng.choice(self.lists[locale][which])
            if self.rng.random() < 0.12:
                name = self._invent(name)
            if in_test(name) == (self.part == "test") and len(name) > 2:
                return name

    def _invent(self, name: str) -> str:
        """A name that no list has: two names spliced."""
        other = self.rng.choice(self.lists[self.rng.choice(list(self.lists))][1])
        cut = self.rng.randint(2, 4)
        return (name[:cut].split(" ")[0] + other[-self.rng.randint(3, 5) :].lower()).replace(
            " ", ""
        )

    def first(self) -> str:
        return self._pick(0)

    def last(self) -> str:
        name = self._pick(1)
        chance = self.rng.random()
        if chance < 0.05:
            name = f"{name}-{self._pick(1)}"
        elif chance < 0.08:
            name = (
                self.rng.choice(
                    ["van der ", "de la ", "von ", "O'", "Mc", "al-", "De ", "Le ", "El "]
                )
                + name
            )
        return name

    def full(self) -> str:
        form = self.rng.random()
        first, last = self.first(), self.last()
        if form < 0.68:
            return f"{first} {last}"
        if form < 0.80:
            return f"{first} {self.rng.choice(string.ascii_uppercase)}. {last}"
        if form < 0.88:
            return f"{first[0]}. {last}"
        if form < 0.94:
            return f"{first} {self.first()} {last}"
        return f"{first} {last[0]}."

    def lastfirst(self) -> str:
        first, last = self.first(), self.last()
        return self.rng.choice(
            [
                f"{last}, {first}",
                f"{last}, {first}",
                f"{last.upper()}, {first}",
                f"{last.upper()}, {first.upper()}",
                f"{last}, {first} {first[0]}",
                f"{last}, {first[0]}.",
            ]
        )

    def caret(self) -> str:
        first, last = self.first(), self.last()
        text = f"{last.upper()}^{first.upper()}"
        return text + (
            f"^{self.rng.choice(string.ascii_uppercase)}" if self.rng.random() < 0.3 else ""
        )

    def titled(self, titles: list[str], full: float = 0.25) -> list[Piece]:
        name = self.full() if self.rng.random() < full else self.last()
        return [(self.rng.choice(titles) + " ", None), (name, "name")]

    # -- numbers
    def digits(self, pattern: str) -> str:
        return "".join(
            self.rng.choice("123456789")
            if c == "9"
            else self.rng.choice(string.digits)
            if c == "0"
            else self.rng.choice(string.ascii_uppercase)
            if c == "A"
            else "0"
            if c == "o"
            else c
            for c in pattern
        )

    def date(self, years: tuple[int, int] = (2012, 2026), language: str | None = None) -> str:
        language = language or self.language
        rng = self.rng
        d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(*years)
        month = MONTHS[language].split()[m - 1]
        if language == "en":
            return rng.choice(
                [
                    f"{m}/{d}/{y}",
                    f"{m:02}/{d:02}/{y % 100:02}",
                    f"{y}-{m:02}-{d:02}",
                    f"{month} {d}, {y}",
                    f"{d} {month} {y}",
                    f"{d}-{month[:3]}-{y}",
                    f"{month} {d}",
                    f"{month[:3]} {d}",
                    f"{m}/{d}",
                    f"{d:02}/{m:02}/{y}",
                    f"{month} {d}th",
                    f"the {d}th of {month}",
                    f"{d:02}{month[:3].upper()}{y}",
                    f"{month[:3]}. {d}, {y}",
                    f"{d:02}.{m:02}.{y}",
                ]
            )
        if language == "de":
            return rng.choice(
                [
                    f"{d:02}.{m:02}.{y}",
                    f"{d}.{m}.{y}",
                    f"{d}. {month} {y}",
                    f"{d:02}.{m:02}.{y % 100:02}",
                    f"{d}.{m}.",
                    f"{d}. {month}",
                ]
            )
        if language == "fr":
            return rng.choice(
                [
                    f"{d:02}/{m:02}/{y}",
                    f"{d} {month} {y}",
                    f"{d}/{m}/{y % 100:02}",
                    f"{d} {month}",
                    f"{d:02}.{m:02}.{y}",
                ]
            )
        if language in ("it", "nl"):
            return rng.choice(
                [
                    f"{d:02}/{m:02}/{y}",
                    f"{d} {month} {y}",
                    f"{d}-{m}-{y}",
                    f"{d} {month}",
                    f"{d}.{m}.{y}",
                ]
            )
        return rng.choice(
            [
                f"{d:02}/{m:02}/{y}",
                f"{d} de {month} de {y}",
                f"{d}-{m}-{y}",
                f"{d} de {month}",
                f"{d}/{m}/{y % 100:02}",
            ]
        )

    def monthyear(self) -> str:
        month = self.rng.choice(MONTHS[self.language].split())
        year = self.rng.randint(2012, 2026)
        if self.language in ("es", "pt"):
            return f"{month} de {year}"
        return self.rng.choice(
            [f"{month} {year}", f"{month} {year}", f"{self.rng.randint(1, 12):02}/{year}"]
        )

    def town(self) -> str:
        while True:
            town = self.rng.choice(TOWNS[self.language].split("|"))
            if in_test(town) == (self.part == "test"):
                return town

    def facility(self) -> str:
        form = self.rng.choice(FACILITIES[self.language])
        return form.format(x=self.first(), y=self.last(), t=self.town())

    def address(self) -> str:
        n = self.rng.randint(1, 399)
        street = self.rng.choice(
            re.split(
                r"\||(?<![a-z]{2}) " if "|" in STREETS[self.language] else " ",
                STREETS[self.language],
            )
        )
        if self.language == "de":
            return f"{street}{self.rng.choice(['straße', 'str.', 'weg', 'allee', 'platz', 'gasse'])} {n % 120}"
        if self.language == "fr":
            return f"{n % 150}{self.rng.choice(['', ',', ' bis'])} {self.rng.choice(['rue', 'avenue', 'boulevard', 'place', 'chemin', 'allée'])} {street}"
        if self.language == "es":
            return f"{self.rng.choice(['Calle', 'C/', 'Avda.', 'Avenida', 'Plaza', 'Paseo'])} {street}{self.rng.choice([' ', ', ', ' nº '])}{n % 150}"
        if self.language == "it":
            return f"{self.rng.choice(['via', 'Via', 'piazza', 'viale', 'corso'])} {street}{self.rng.choice([' ', ', '])}{n % 150}"
        if self.language == "nl":
            return f"{street}{self.rng.choice(['straat', 'weg', 'laan', 'plein'])} {n % 200}"
        if self.language == "pt":
            return f"{self.rng.choice(['Rua', 'Avenida', 'Travessa', 'Praça'])} {street}, {n % 300}"
        text = f"{n * 13 % 9000} {street} {self.rng.choice(['St', 'Street', 'Ave', 'Avenue', 'Rd', 'Road', 'Lane', 'Dr', 'Blvd', 'Court', 'Way', 'Close'])}"
        return text + self.rng.choice(["", "", "", f", Apt {n % 40}", f", Unit {n % 40}"])

    def slot(self, slot: str) -> list[Piece]:
        """The pieces that stand for a slot: text and kind (None: not an identifier)."""
        rng = self.rng
        simple: dict[str, tuple[str, Callable[[], str]]] = {
            "first": ("name", self.first), "last": ("name", self.last), "full": ("name", self.full),
            "lastfirst": ("name", self.lastfirst), "caret": ("name", self.caret),
            "upper": ("name", lambda: self.full().upper()),
            "inits": ("name", lambda: rng.choice(["{}{}", "{}.{}.", "{}. {}."]).format(*rng.sample("ABCDEFGHJKLMNPRSTW", 2))),
            "esname": ("name", lambda: f"{self.first()} {self.last()} {self.last()}"),
            "lastfirst2": ("name", lambda: f"{self.last()} {self.last()}, {self.first()}"),
            "date": ("date", self.date), "monthyear": ("date", self.monthyear),
            "dob": ("date", lambda: self.date((1932, 2008))),
            "mrn": ("mrn", lambda: self.digits(rng.choice(["9000000", "90000000", "A900000", "AA900000", "900-000-000", "90-00-00", "9000000000", "900000"]))),
            "acc": ("accession", lambda: self.digits(rng.choice(["AA9000000", "20-AA-90000", "9000000000", "A9000000", "90000000", "E900000000"]))),
            "acct": ("account", lambda: self.digits(rng.choice(["9000000000", "90000000", "900-000000", "9000000"]))),
            "id": ("other_id", lambda: self.digits(rng.choice(["AA900000", "9000000", "A0000000", "900000000"]))),
            "insur": ("health_id", lambda: self.digits(rng.choice(["AAA900000000", "A90000000", "9000000000", "900-00-0000-A"]))),
            "phone": ("phone", lambda: self.digits(rng.choice(["(212) 555-0000", "415-555-0000", "617.555.0000", "07700 900000", "+44 20 7946 0000", "+1 303 555 0000", "020 7946 0000", "312 555 0000"]))),
            "email": ("email", lambda: f"{fold_ascii(self.first()).lower()}.{fold_ascii(self.last()).lower()}@{rng.choice(['gmail.com', 'nhs.net', 'web.de', 'orange.fr', 'hospital.org'])}".replace(" ", "").replace("'", "")),
            "ssn": ("ssn", lambda: self.digits("457-55-0000")),
            "mbi": ("health_id", lambda: self.digits("1AA9-AA9-AA90").replace("A", "E")),
            "nhs": ("health_id", lambda: self.digits("943 476 0000")),
            "natid": ("national_id", lambda: self.digits(rng.choice(["90000000A", "850101-0000", "85.01.01-123.45", "756.0000.0000.00"]))),
            "addr": ("address", self.address), "zip": ("zip", lambda: self.digits(rng.choice(["90000", "90000-0000", "SW9 9AA", "LS90 9AA"]))),
            "city": ("city", self.town), "fac": ("facility", self.facility),
            "plate": ("vehicle", lambda: self.digits(rng.choice(["AAA-9000", "9AAA000", "AA90 AAA"]))),
            "vin": ("vehicle", lambda: self.digits("1HGCM82633A900000")),
            "lic": ("licence", lambda: self.digits(rng.choice(["A9000000", "9000000", "28 90000"]))),
            "npi": ("licence", lambda: self.digits("1900000000")), "dev": ("device_id", lambda: self.digits(rng.choice(["AAA900000", "900000000", "PJN900000A"]))),
            "bio": ("biometric", lambda: self.digits("FP-AA-90000")), "ip": ("ip", lambda: f"10.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"),
            "url": ("url", lambda: rng.choice(["https://pacs.example.org/study?acc=", "www.facebook.com/some.body.", "https://mychart.example.net/p/"]) + self.digits("90000")),
            "iban": ("account", lambda: self.digits("DE00 9000 0000 0000 0000 00")),
            "age90": ("age", lambda: str(rng.randint(90, 104))),
            "deaddr": ("address", self.address), "esaddr": ("address", self.address), "fraddr": ("address", self.address),
            "dezip": ("zip", lambda: self.digits("90000")), "zip5": ("zip", lambda: self.digits("90000")),
            "kvnr": ("national_id", lambda: self.digits("A900000000")), "steuer": ("national_id", lambda: self.digits("90 000 000 000")),
            "nir": ("national_id", lambda: self.digits("2 85 07 75 000 000 00")), "dni": ("national_id", lambda: self.digits("90000000A")), "nass": ("health_id", lambda: self.digits("28 90000000 00")),
            "dephone": ("phone", lambda: self.digits(rng.choice(["0551 390000", "+49 551 900000", "089/900000", "0171-9000000"]))),
            "esphone": ("phone", lambda: self.digits(rng.choice(["91 900 00 00", "600 000 000", "+34 600 00 00 00"]))),
            "frphone": ("phone", lambda: self.digits(rng.choice(["01 90 00 00 00", "06.90.00.00.00", "+33 6 90 00 00 00"]))),
        }  # fmt: skip
        simple["fax"] = ("fax", simple["phone"][1])
        for prefix in ("de", "es", "fr"):
            for base in ("date", "dob", "monthyear", "city", "fac"):
                simple[prefix + base] = simple[base]
        if slot in simple:
            kind, make_text = simple[slot]
            return [(make_text(), kind)]
        if slot == "name":
            return [
                (
                    self.rng.choice([self.full, self.full, self.full, self.last, self.lastfirst])(),
                    "name",
                )
            ]
        if slot == "hon":
            return self.titled(HONOUR[self.language].split("|"), 0.4)
        if slot == "med":
            return self.titled(DOCTOR[self.language].split("|"), 0.4)
        if slot == "mr":
            return self.titled(["Mr.", "Mrs.", "Ms.", "Miss", "Mr", "Mrs", "Ms"])
        if slot == "doc":
            return self.titled(["Dr.", "Dr.", "Dr", "Doctor", "Prof.", "Professor"])
        if slot == "deherr":
            return self.titled(["Herrn", "Herr", "Frau", "Fr.", "Hr."], 0.4)
        if slot == "dename":
            return (
                self.titled(["Herrn", "Frau"], 0.7)
                if rng.random() < 0.4
                else [(self.full(), "name")]
            )
        if slot == "monsieur":
            return self.titled(["Monsieur", "Madame", "M.", "Mme", "Mlle"], 0.5)
        if slot == "poss":
            return [("Mr. ", None), (self.last(), "name"), ("'s", None)]
        plain = {
            "age": str(rng.randint(3, 88)), "n": str(rng.randint(2, 19)), "year": str(rng.randint(2001, 2026)),
            "pmid": self.digits("90000000"), "catalog": self.digits(rng.choice(["G09000", "A90000", "90-000"])),
            "brand": self.brand(), "author": self.last(), "eponym": self._field("eponyms"), "device": self._field("devices"), "term": self._field("words"),
            "eventdate": self.date(), "state": rng.choice(["OH", "TX", "CA", "NY", "WA", "FL", "MN", "IL"]),
            "dayname": rng.choice(["Monday", "Tuesday", "Friday"]), "plateword": rng.choice(["car, plate", "truck with plate"]),
        }  # fmt: skip
        return [(plain[slot], None)]

    def brand(self) -> str:
        """A word that no list has, as makers of drugs and devices invent them."""
        rng = self.rng
        word = "".join(
            rng.choice(
                [
                    "b",
                    "c",
                    "d",
                    "f",
                    "g",
                    "l",
                    "m",
                    "n",
                    "p",
                    "r",
                    "s",
                    "t",
                    "v",
                    "z",
                    "br",
                    "cl",
                    "fl",
                    "gr",
                    "pr",
                    "st",
                    "tr",
                ]
            )
            + rng.choice(["a", "e", "i", "o", "u", "y"])
            for _ in range(rng.choice([1, 2, 2]))
        )
        ends = [
            "l",
            "n",
            "r",
            "s",
            "x",
            "lex",
            "nol",
            "vance",
            "quin",
            "stat",
            "cor",
            "tane",
            "guard",
            "flow",
            "loc",
            "cath",
            "fix",
            "trex",
            "vant",
            "vix",
            "zil",
            "ra",
            "ta",
            "via",
        ]
        word += rng.choice(ends)
        if rng.random() < 0.15:
            word = f"{word}{rng.choice(['Flow', 'Lock', 'Guard', 'Cath', 'Pro', 'Seal', '-Tip', ' XT', ' Plus'])}"
        return word[0].upper() + word[1:]

    def _field(self, name: str) -> str:
        """A harmless word of the field: what is measured must not have been trained on."""
        if not self.harmless:
            path = HERE.parents[1] / "bot/identifiers/text/data/harmless.txt"
            for line in path.read_text(encoding="utf-8").splitlines():
                section, _, words = line.partition(": ")
                self.harmless[section] = [
                    w for w in words.split() if in_test(w) == (self.part == "test")
                ]
        return self.rng.choice(self.harmless[name])

    def fill(self, template: str) -> Post:
        """One post from one template."""
        post = Post("", language=self.language)
        text = template.replace("\\n", "\n")
        for piece in re.split(r"(\{\w+\})", text):
            filled = self.slot(piece[1:-1]) if piece.startswith("{") else [(piece, None)]
            for words, kind in filled:
                if kind:
                    post.spans.append((len(post.text), len(post.text) + len(words), kind))
                post.text += words
        return post


def fold_ascii(text: str) -> str:
    """Accents lost, as typed in a hurry."""
    lost = unicodedata.normalize("NFD", text.translate(str.maketrans("øØłŁđĐß", "oOlLdDs")))
    return "".join(c for c in lost if not unicodedata.combining(c))


def templates(part: str) -> list[tuple[str, str, bool]]:
    """Language, template, whether it holds identifiers."""
    found: list[tuple[str, str, bool]] = []
    for path in sorted((HERE / "templates").glob("*.txt")):
        language = re.match(r"(en|de|fr|es|it|nl|pt)", path.stem.removeprefix("neg_"))
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and in_test(line) == (part == "test"):
                found.append(
                    (language.group(1) if language else "en", line, not path.stem.startswith("neg"))
                )
    return found


def make(seed: int, part: str, count: int, share: float = 0.6) -> Iterator[Post]:
    """Posts of one to three sentences; about `share` of them hold identifiers."""
    maker = Maker(seed, part)
    rng = maker.rng
    pools: dict[tuple[str, bool], list[str]] = {}
    for language, template, positive in templates(part):
        pools.setdefault((language, positive), []).append(template)
    for _ in range(count):
        language = rng.choices(["en", "de", "fr", "es", "it", "nl", "pt"], [12, 5, 5, 5, 2, 2, 2])[
            0
        ]
        maker.language = language
        chosen = [rng.choice(pools[language, rng.random() < share])]
        while rng.random() < 0.4 and len(chosen) < 4:
            chosen.append(rng.choice(pools[language, rng.random() < 0.3]))
        rng.shuffle(chosen)
        post = Post("", language=language)
        for template in chosen:
            filled = maker.fill(template)
            if post.text:
                post.text += rng.choice([" ", " ", "\n"])
            shift = len(post.text)
            post.text += filled.text
            post.spans += [(s + shift, e + shift, k) for s, e, k in filled.spans]
        yield noisy(post, rng)


def noisy(post: Post, rng: random.Random) -> Post:
    """Sometimes all small, all capitals or without accents; offsets stay."""
    chance = rng.random()
    text = post.text
    if chance < 0.16:
        text = text.lower()
    elif chance < 0.24:
        text = text.upper()
    elif chance < 0.32:
        text = fold_ascii(text)
    return Post(text, post.spans, post.language) if len(text) == len(post.text) else post
