"""Names by the words and forms around them: titles, field labels, age and sex.

A title or a label is stronger than the list of eponyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.eponyms import CITED
from bot.identifiers.text.harmless import PIONEERS, section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_things import reads_like_a_term, vetoed
from bot.identifiers.text.name_trade import speaks_in_public
from bot.identifiers.text.name_words import PARTICLES, STOP, believable, is_label, name_end
from bot.identifiers.text.tokens import LETTER

_WHY_TITLE: Final = "A name behind a title or role points to one person."
_WHY_LABEL: Final = "A name in a name field points to one person."
WHY_TAG: Final = "This reads like a person's name."
_W: Final = rf"[{LETTER}][{LETTER}'-]*"
_TITLES: Final = (
    r"mr|mrs|ms|miss|mister|messrs|dr|drs|doctor|prof|professor|mx|dame|(?-i:RN|NP|NOK|CRNA|Sir|Judge|Officer|Nurse|Sister|Rev|Father|Coach|Teacher|Captain|Capt|Sergeant|Sgt|Corporal|Colonel|Detective|Deputy|Trooper|Pastor|Rabbi|Imam|Grandad|Granddad|Grandpa|Grandma|Granny|Nana|Auntie|Aunt|Uncle)|"
    r"herr|herrn|frau|hr|fr|ehepaar|eheleute|fam\.|oberarzt|oberärztin|chefarzt|chefärztin|kollege|kollegin|kollegen|pd|oa|oä|prim(?:ar|aria)?|freifrau|freiherr|familie|famille|"
    r"monsieur|madame|mademoiselle|mme|mlle|m\.|docteur|pr|professeur|"
    r"sr|sra|srta|señor|señora|señorita|don|doña|d\.|dña|dra|doctora|profesor|profesora|enfermera|enfermero|"
    r"signor|signora|sig|sig\.ra|dott|dott\.ssa|mevrouw|meneer|dhr|mevr|senhor|senhora"
)
_TITLE: Final = re.compile(
    rf"(?<![\w'-])(?:{_TITLES})\.?(?:,? (?:dr|med|univ|prof|habil|dipl|phil|rer|nat|h\.?c|ing|colega|kollege|kollegin|v\.|vd|et mme|and mrs|doctor|doctora)\.?)* +(?=[{LETTER}])",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"(?:(?<![\w-])(?:(?:patient(?:'s)?|pt|last|first|family|given|maiden) name|name of (?:the )?patient|patientenname|nachname|nombre del paciente|nom du patient)(?: is| ist| es| est)? (?=[^\W\d_])|(?<![\w-])(?:betreff|asunto|objet|concerne|regarding|re|subject|pazient[ei]|(?:patient(?:en)?|pat\.?|pt\.?|full|last|first|given|family|birth|maiden|middle|mother'?s|father'?s|contact|next of kin|nok|guarantor|subscriber|client|employee|customer|tenant|student|card ?holder|emergency contact)?[ -]?name|patientenname|nachname|vorname|familienname|geburtsname|nom(?: (?:de naissance|d'usage|du patient|de famille|marital))?|pr[ée]nom|nombre(?: y apellidos| del paciente)?|apellidos?|nome|cognome|naam|voornaam|achternaam|imi[ęe]|"
    r"patient|patientin|paciente|patiente|pat\.?|pt|surgeon|assistant|operator|attending|resident|fellow|referring(?: physician| md| provider)?|ordering(?: physician| provider)?|radiologist|technologist|physician|provider|author|dictated by|transcribed by|signed by|electronically signed by|signed|cosigned(?: by)?|read by|reported by|performed by|reviewed by|interpreter|"
    r"m[ée]dico(?: responsable)?|responsable(?: cl[íi]nico)?|firmado(?: por)?|remitido por|op[ée]rateur|interne|infirmi[èe]re|dict[ée] par|sign[ée] par|diktiert von|unterschrift|operateur|untersucher|hausarzt|zuweiser|anestesista|enfermera|cirujano|facultativo|witness|driver|landlord|mieter|inquilino|locataire|tenant|from|to|cc|bcc|attn|attention|bill to|sold to|ship to|signed for by|present|apologies|attendees?|guest|holder|beneficiary|applicant|claimant|nurse|rn|lead|aide|mtr|mtra|pflege|instrumentist(?:in)?|untersucher(?:in)?|operatore|infermier[ea]|tecnico|medico referente|zeuge|zeugin|betreuer(?:in)?|kontoinhaber(?:in)?|titular|remitente|destinatario)\s*(?:[:=]|(?:\. ?){2,})\s*(?=[^\W\d_]))",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"(?<![\w.])(?:(?:mujer|var[óo]n|hombre|paciente|patiente?|patient(?:in)?|frau|mann|homme|femme|wom[ae]n|m[ae]n|boy|girl|ni[ñn][oa]|enfant|kind|doente|vrouw)\s(?:(?:de|von|of|aged|âgée? de|van|di)\s)?\d{{1,3}}\s(?:años|ans|jahren?|years?(?: old)?|anni|jaar|anos)|\d{{1,2}}\s?(?:yo|y/o|y\.o\.|years?[- ]old|J\.?|ans|años|a\.?)?\s?(?:[MFmfWwHV]|male|female|woman|man|lady|gentleman)|\d{{5,12}}\s*/),?\s+(?=[{LETTER}])"
)
_SLOT: Final = re.compile(
    rf"(?:^|\n)[ \t*-]*(?:(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?: ?h\b| ?Uhr)?|add-?on|next case|(?:first|second|third|last) case|case \d)[ :,-]{{1,3}}(?:(?:mr|mrs|ms|hr|fr|sr|sra|m|mme)\.? )?(?={_W})",
    re.IGNORECASE,
)
"""The head of a line in a list of the day: 0930 Singh."""
_BED: Final = re.compile(
    rf"\b(?:bed|room|rm|bay|bett|zimmer|cama|lit|chambre|ch\.?|hab\.?|zi\.?|slot|case)\s?#?\s?\d{{1,4}}[a-d]?\s*[,:\-]?\s+(?:(?:mr|mme|fr|hr|sr|sra)\.? )?(?={_W})",
    re.IGNORECASE,
)


def by_title(reading: Reading) -> Iterator[Hit]:
    """Behind Mr, Herr, Madame, Sra., Dr and their kin."""
    text = reading.text
    for match in _TITLE.finditer(text):
        title = match.group().strip().lower()
        place = reading.token_at(match.end())
        weak = title in (
            "fr",
            "hr",
            "m.",
            "d.",
            "father",
            "sister",
            "nurse",
            "officer",
            "pr",
            "don",
            "sr",
            "ms",
            "mr",
            "pd",
            "pr.",
            "oa",
            "sir",
            "dr",
            "dr.",
            "judge",
            "rev",
            "miss",
            "prim",
            "familie",
            "famille",
        )
        stop = name_end(reading, place, titled=True)
        if stop <= place and _in_small(reading, place, title):
            stop = place + 1
        if stop <= place:
            continue
        first = reading.tokens[place]
        foreign = reading.seen.language == "en" and title in (
            "m.",
            "d.",
            "pr.",
            "fr.",
            "hr.",
            "sr.",
        )
        dotted = match.group().strip().endswith(".") and not foreign
        if (
            weak
            and not dotted
            and not believable(reading, place)
            and not (
                reading.seen.folded[place] in PARTICLES and reading.tokens[stop - 1].has_capital
            )
        ):
            continue
        if is_label(reading, place):
            continue
        noble = stop > place + 1 and reading.seen.folded[place] in PARTICLES
        head = stop - 1 if noble else place  # Dr. von Trotha
        if not reading.tokens[head].has_capital and not (
            believable(reading, head) or _in_small(reading, head, title)
        ):
            continue
        last_word = reading.seen.folded[stop - 1]
        if last_word in PIONEERS and not reading.text[first.start :].lower().startswith("patient"):
            continue
        if title in (
            "fr",
            "m.",
            "ms",
            "pr",
            "hr",
            "d.",
            *(("hr.", "hrs.") if foreign else ()),
        ) and re.search(r"\d\s?$", text[max(0, match.start() - 3) : match.start()]):
            continue
        if CITED.match(text[reading.tokens[stop - 1].end :]) or (
            title.startswith(("dr", "prof", "pr", "pd", "docteur"))
            and speaks_in_public(reading, match.start())
        ):
            continue
        yield Hit(Kind.NAME, match.start(), reading.tokens[stop - 1].end, _WHY_TITLE, 0.95, rank=8)


def _in_small(reading: Reading, place: int, title: str) -> bool:
    """mrs vantongeren, in a text that has capitals elsewhere."""
    word, token = reading.seen.words[place], reading.tokens[place]
    return (
        title.rstrip(".") in _SMALL
        and token.text.islower()
        and len(token.text) > 3
        and (max(word.given, word.family) >= 2 or not word.known)
        and word.listed == 0
        and word.common < 4
        and not section(reading.seen.folded[place])
        and not reads_like_a_term(reading, place, place + 1)
    )


_SMALL: Final = frozenset(
    ["mr", "mrs", "miss", "dr", "frau", "herr", "herrn", "mme", "madame", "monsieur", "señora", "señor", "sra"]
)  # fmt: skip


def by_field(reading: Reading) -> Iterator[Hit]:
    """Behind a field label, or a bed or room number."""
    for pattern, sure in ((_FIELD, 0.93), (_BED, 0.8), (_SLOT, 0.7)):
        for match in pattern.finditer(reading.text):
            place = reading.token_at(match.end())
            stop = name_end(reading, place, titled=pattern is _FIELD)
            if stop <= place:
                continue
            folded = reading.seen.folded[place]
            word = reading.seen.words[place]
            noble = stop > place + 1 and folded in PARTICLES and reading.tokens[place].has_capital
            if not noble and (
                (CUE_OF.get(folded) and not word.given)
                or (section(folded) and not (section(folded) == "epo" and word.family >= 3))
                or folded in STOP
            ):
                if reading.tags[place].label != "N":
                    continue
            named = bool(
                word.given or word.family or not word.known or reading.tags[place].label == "N"
            )
            follow = reading.seen.words[min(place + 1, len(reading.tokens) - 1)]
            if stop > place + 1 and follow.given >= 2 and not section(folded):
                named = True  # GUILLEMOT Yannick
            field = re.search(r"(?i)name|nom|apellid|imi|naam|cognome", match.group()) is not None
            if (
                not field
                and not (follow.given >= 2 and reading.tokens[place].text.isupper())
                and not (
                    named
                    and (reading.seen.frequency(place) < 5 or reading.tags[place].label == "N")
                    and word.listed not in (1, 2)
                )
                and reading.tags[place].label != "N"
            ):
                continue
            short = reading.tokens[place].text
            if (
                stop == place + 1
                and len(short) <= 2
                and short.isupper()
                and reading.seen.case == "mix"
            ):
                continue
            if pattern is _BED and vetoed(reading, place, stop) and not _clear(reading, place):
                continue
            if pattern is _SLOT and (len(short) < 4 or reads_like_a_term(reading, place, stop)):
                continue
            if field and not word.given and not word.family:
                common = reading.seen.frequency(place) >= 5 or word.listed in (1, 2)
                if common and follow.given + follow.family < 3:
                    continue  # Operation name: Incision and drainage
            yield Hit(
                Kind.NAME,
                reading.tokens[place].start,
                reading.tokens[stop - 1].end,
                _WHY_LABEL,
                sure,
                rank=7,
            )


def _clear(reading: Reading, place: int) -> bool:
    """Bed 9 Bouazza drain: a word with a capital that no list has as anything but a name, whatever comes behind."""
    word, token = reading.seen.words[place], reading.tokens[place]
    return (
        token.text.istitle()
        and len(token.text) > 3
        and (max(word.given, word.family) >= 2 or not word.known)
        and word.listed == 0
        and word.common < 4
        and not section(reading.seen.folded[place])
        and not reads_like_a_term(reading, place, place + 1)
    )


def by_heading(reading: Reading) -> Iterator[Hit]:
    """Behind age and sex ("35F Bjorn") or behind a record number and a stroke."""
    for match in _BEHIND.finditer(reading.text):
        place = reading.token_at(match.end())
        stop = name_end(reading, place, titled=False)
        if stop <= place:
            continue
        word, folded = reading.seen.words[place], reading.seen.folded[place]
        initial = len(folded) == 1 and stop > place + 1
        listed = word.given >= 2 or word.family >= 2 or not word.known or initial
        plain_word = word.listed in (1, 2) and word.given < 3 and stop == place + 1
        if listed and not plain_word and section(folded) in ("", "wor") and folded not in STOP:
            if not vetoed(reading, place, stop):
                yield Hit(
                    Kind.NAME,
                    reading.tokens[place].start,
                    reading.tokens[stop - 1].end,
                    WHY_TAG,
                    0.75,
                    rank=4,
                )
