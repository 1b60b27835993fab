"""Towns that are tied to somebody, beside addresses and hospitals.

Towns inside the names of criteria, classifications and meetings are allowed, and so is a hospital that
is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.addresses import find_addresses
from bot.identifiers.text.countries import COUNTRIES
from bot.identifiers.text.facilities import find_facilities
from bot.identifiers.text.folding import fold
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.name_things import thing_of_two
from bot.identifiers.text.place_things import after_somebody, eponym, met, score, thing
from bot.identifiers.text.postcodes import BARE, STATE, WHY, find_postcodes

_CITY_CUE: Final = re.compile(
    r"(?:\b(?:li(?:ves|ved|ving)|resid(?:es|ed|ing|ent)|home|born|raised|grew up|house|farm|based|works?|working|stays|back|seen|retired|vacation(?:ing)?) (?:in|at|near|outside|around|of|to)|\b(?:from|resident of|native of|mayor of|(?:np|md|rn|pa|do|pcp|dr) of|home to|[a-z]+ hospital in|moved (?:to|from)|(?:parents|family|relatives|cousins|sister|brother|daughter|son) in|drives? (?:in )?(?:to|from)|drove (?:in )?(?:to|from)|transferred (?:to|from)|travel(?:l)?ed (?:to|from)|flown (?:in )?from|sent (?:over )?from|town of|city of|village of|(?:commutes?|travels?|shuttles?|drives?(?: a \w+)?|lives?) between|outside of|near|(?:n[äa]he|umgebung|umkreis|raum) (?:von|bei)|(?:pr[èe]s|[àa] c[ôo]t[ée]|aux alentours) de|cerca de|trips? to|li(?:ves|ved|ving) [^.,;\n]{2,24} in|(?:nursing|care) home (?:in|at)|(?:school|church|farm|bakery|factory|welder|nurse|teacher|driver|farmer|shop) in|up in|down in|over in)|"
    r"\b(?:lebt|wohnt|wohnhaft|wohnend|geboren|aufgewachsen|praxis [\w. ]{2,30}) in|\b(?:aus|nach|kommt aus|verlegt nach)|\b(?:vive|reside|residente|nacid[oa]|naci[óo]|ingresad[oa]|trabaj\w+|vivi[óo]|afincad[oa]|domiciliad[oa]|firmado|vivimos|vivo|estando|estaba|viv[íi]an?) en|\b(?:vino|vengo|viene|venimos|lleg[óo]) de(?:sde)?|\b(?:rentr[ée]e?s?|retourn[ée]e?s?|habitons|habitant|vivons|repartie?) (?:à|a|au)|\b(?:fait|signé) à|\b(?:vive|nat[oa]|residente|nascid[oa]|mora|reside) (?:a|em|in)|\b(?:wonende?|woont|geboren|afkomstig) (?:te|in|uit)|\b(?:natural|procedente|vecin[oa]|originari[oa]|trasladad[oa]|residencia|hospital|alcalde|pueblo|ciudad) (?:de|desde)|\bdesde|\b(?:pflegeheim|altenheim|altersheim|heim|reha|praxis|schule|hof|b[äa]ckerei|residencia de \w+|colegio|foyer|ehpad|maison de retraite|boulangerie|[ée]cole) (?:in|à|de|en)|\bn[ée]e? le [\w/. ]{4,18} à|\bgeb(?:oren)?\.? (?:am )?[\d.]{6,10} in|\b(?:habitante?|r[ée]sidante?|habite|vit|demeurant|domicili[ée]e?|n[ée]e?|r[ée]side|hospitalis[ée]e?|suivie?|travaill\w+|ehpad|ssr)(?: toujours)?(?: (?:à|a|au|de))?|\b(?:originaire|venant|transf[ée]r[ée]e?|arrive|adress[ée]e?) (?:de|du)|\b(?:taxi|ambulance|train|vsl|retour|repart\w*|bus|zug|tren|treno|avi[óo]n|flight|plane|ride) (?:pour|vers|[àa]|nach|to|para|per|de|from|in|di)|\b(?:hausarzt|haus[äa]rztin|(?:zu|ein|über)weiser(?:in)?|pcp|gp|m[ée]decin traitant|referr(?:er|ing(?: md| physician)?)|m[ée]dico de cabecera|medico curante|huisarts)[:,]? (?:(?:dr|prof)\.? (?:med\.? )?)?[^\W\d_][\w.' -]{2,30},|\b(?:localidad(?:/ ?provincia)?|provincia|ciudad|ville|ort|wohnort|city|town|hometown|residence|poblaci[óo]n)\s*[:=])\s*$",
    re.IGNORECASE,
)


def find_places(reading: Reading) -> Iterator[Hit]:
    """Addresses first, because they vouch for the postcodes and towns beside them."""
    found = [hit for hit in find_addresses(reading) if not reading.is_allowed(hit.start, hit.end)]
    yield from found
    named = list(find_facilities(reading))
    yield from named
    ends = {hit.end for hit in found}
    for hit in find_postcodes(reading, ends):
        yield hit
        ends.add(hit.end)
    cities = [*_towns(reading, ends, {hit.end for hit in named}), *_letter_towns(reading)]
    cities += _coupled(reading, cities)
    yield from cities
    for end in ends | {hit.end for hit in cities}:
        if match := BARE.match(reading.text, end):
            yield Hit(Kind.ZIP, match.start(1), match.end(1), WHY, 0.9, rank=7)


_CITY_WHY: Final = "A town tied to a patient narrows down who it is."


def _towns(reading: Reading, ends: set[int], named: set[int]) -> Iterator[Hit]:
    tokens = reading.tokens
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if not token.is_word or reading.seen.cues[place] == "title":
            place += 1
            continue
        beside = any(
            token.start - back in ends
            and _LINK.fullmatch(reading.text, token.start - back, token.start)
            for back in range(1, 7)
        ) or _before_zip(reading, place)
        field = _FIELD.search(reading.before(token.start, 30)) is not None
        cue = _CITY_CUE.search(reading.before(token.start, 50)) is not None or (
            token.start - 2 in named and reading.text[token.start - 2 : token.start] == ", "
        )
        last = _town_end(reading, place, free=beside or field or cue)
        if (
            tokens[last].end - token.start < 3
            or fold(reading.text[token.start : tokens[last].end]) in COUNTRIES
        ):
            place = last + 1
            continue
        sure = _is_town(reading, place, last, beside=beside, field=field, cue=cue)
        acronym = token.text.isupper() and len(token.text) < 6 and reading.seen.case == "mix"
        if acronym and not field and not (reading.seen.words[place].town and (cue or beside)):
            sure = 0
        if (thing(reading, place) or eponym(reading, place, last)) and not (field or beside):
            sure = 0
        if score(reading, place, last) and not (field or cue):
            sure = 0
        if reading.seen.medical and not (beside or field) and after_somebody(reading, place, last):
            sure = 0
        if thing_of_two(reading, place) and place == last:
            sure = 0
        if sure and not _excused(reading, token.start, tokens[last].end):
            yield Hit(Kind.CITY, token.start, tokens[last].end, _CITY_WHY, sure, rank=4)
            place = last
        place += 1


_AND: Final = re.compile(
    r",? (?:and|or|und|oder|et|ou|y|o|e) (?:in |to |from |nach |aus |à |en |de )?(?=[A-ZÀ-Þ])"
)


def _coupled(reading: Reading, cities: list[Hit]) -> Iterator[Hit]:
    """Gdynia and Rotterdam: the second town of two."""
    for city in cities:
        match = _AND.match(reading.text, city.end)
        if match is None:
            continue
        place = reading.token_at(match.end())
        word = reading.seen.words[place]
        if word.town >= 2 and word.listed in (0, 3) and reading.seen.harmless[place] == "":
            yield replace(city, start=reading.tokens[place].start, end=reading.tokens[place].end)


def _letter_towns(reading: Reading) -> Iterator[Hit]:
    """San Juan del Río, a 15 de marzo: the town where a letter was written, in front of its date."""
    for match in _WRITTEN.finditer(reading.text):
        start, end = match.span(1)
        places = range(reading.token_at(start), reading.token_at(end - 1) + 1)
        words = [reading.seen.words[at] for at in places if reading.tokens[at].is_word]
        plain = any(
            reading.seen.cues[at]
            or (reading.seen.frequency(at) >= 5 and not reading.seen.words[at].town)
            for at in places
            if reading.seen.folded[at] not in _INSIDE
        )
        if not plain and any(word.town for word in words) and not reading.is_event(start):
            yield Hit(Kind.CITY, start, end, _CITY_WHY, 0.75, rank=4)


_WRITTEN: Final = re.compile(
    r"(?:^|[.\n])\s{0,3}([^\W\d_][\w']{1,24}\.?(?:[ -][^\W\d_][\w']{1,24}){0,4}), (?:a|le|den|am) (?=\d{1,2}(?:[./-]|(?: de|er)? [^\W\d_]))",
    re.IGNORECASE,
)


def _is_town(
    reading: Reading, place: int, last: int, *, beside: bool, field: bool, cue: bool
) -> float:
    """How sure it is that the words from `place` to `last` are a town tied to somebody; 0 for no."""
    token, words, tag = reading.tokens[place], reading.seen.words, reading.tags[place]
    phrase = (
        look_up(reading.text[token.start : reading.tokens[last].end]).town if last > place else 0
    )
    town = max(phrase, *(words[number].town for number in range(place, last + 1)))
    common = min(reading.seen.frequency(number) for number in range(place, last + 1))
    if phrase and last > place:
        common = min(common, 4)
    low = reading.seen.case != "mix"
    if reading.seen.folded[place] in _UNITS or (
        not (token.has_capital or reading.seen.case == "low")
        or (reading.seen.harmless[place] == "abb" and not _with_article(reading, place, last))
    ):
        return 0
    behind = reading.text[reading.tokens[last].end : reading.tokens[last].end + 24]
    if (beside or field) and re.match(
        r" ?[:/]|\s(?:no|nr|number|of birth)\b", behind, re.IGNORECASE
    ):
        return 0
    front = reading.text[max(0, token.start - 2) : token.start]
    if beside and (
        (not town and front.endswith("\n"))
        or (front.startswith(".") and words[place].listed in (1, 2))
    ):
        beside = False
    if field and (town or token.has_capital) and common < 6:
        return 0.9
    if (
        beside
        and (town or token.has_capital or (low and not words[place].known))
        and common < (6 if town else 5)
        and reading.seen.cues[place] not in ("patient", "doctor", "label")
    ):
        return 0.85
    before = reading.before(token.start, 50)
    cue = cue or _LIVED.match(behind) is not None
    mark = "" if _with_article(reading, place, last) else reading.seen.harmless[place]
    if cue and common < 6 and mark in ("", "epo"):
        named = not words[place].known or _with_article(reading, place, last)
        unknown = named and token.has_capital and not low
        plain = (token.text.islower() and common > 4 and town < 4) or (
            town == 0 and words[place].listed in (1, 2) and not _with_article(reading, place, last)
        )
        if (town >= 1 or tag.label in "CF" or unknown) and not plain:
            return 0.85
    behind = reading.text[reading.tokens[last].end : reading.tokens[last].end + 24]
    if (
        re.match(rf",?\s+(?:{STATE})\b(?!\w)", behind)
        and token.has_capital
        and town >= 1
        and common < 6
    ):
        return 0.85
    if (
        town >= 2
        and not low
        and common < 5
        and _OFFICE.match(behind)
        and before.endswith(("the ", "our ", "at "))
    ):
        return 0.8
    thing = reading.seen.harmless[place] != "" and place == last
    if (
        town
        and not thing
        and common < 5
        and behind.startswith(")")
        and before.endswith(("(", "s, ", "m, ", "f, ", "j., "))
    ):
        return 0.75
    begin, _ = reading.sentence(token.start)
    if (
        town
        and not thing
        and common < 6
        and _LETTER_DATE.match(behind)
        and not reading.text[begin : token.start].strip(' \n"')
    ):
        return 0.75
    if town and not low and common < 6 and _of_somebody(reading, place):
        return 0.75
    if (
        not low and town >= 2 and common < (4 if reading.seen.language == "de" else 5) and words[place].listed == 0 and reading.seen.harmless[place] == ""
        and words[place].given + words[place].family <= town + (3 if last > place else 1)
        and _IN.search(before)
    ):  # fmt: skip
        return 0.75
    if (
        reading.seen.case == "low" and town >= 2 and common < 4 and words[place].listed in (0, 3)
        and reading.seen.harmless[place] == "" and words[place].given + words[place].family <= town + 1
        and _IN.search(before)
    ):  # fmt: skip
        return 0.65
    if (
        not low and (town >= 3 or (phrase and last > place)) and common < 6 and reading.seen.harmless[place] in ("", "epo" if phrase else "")
        and _LOCATIVE.search(before) and reading.of_patient(token.start)
    ):  # fmt: skip
        return 0.7
    if not reading.seen.medical and not low and common < 5 and _TO.search(before):
        if (town or not words[place].known) and not words[place].listed:
            return 0.65
    if tag.label == "C" and tag.margin > 2.0:
        if (town >= 1 or tag.margin > 8.0) and (token.has_capital or town >= 2):
            return 0.7
    return 0


def _with_article(reading: Reading, place: int, last: int) -> bool:
    """La Courneuve, Le Mans: not the abbreviation of an artery."""
    return (
        last > place
        and reading.seen.folded[place] in ("la", "le", "las", "los", "les", "el")
        and reading.tokens[place].text != reading.tokens[place].text.upper()
        and reading.tokens[place + 1].has_capital
    )


_UNITS: Final = frozenset(
    [
        "urgencias", "urgences", "notaufnahme", "ambulanz", "quirofano", "planta", "uci", "consultas", "reanimacion",
        "reanimation", "intensivstation", "station", "bloc", "emergency", "theatre", "recovery", "angio", "sala",
        "pronto", "soccorso", "reparto", "afdeling", "spoedeisende", "urgencia", "bloco", "hause", "home", "casa",
    ]
)  # fmt: skip
"""Where patients come from and go to within a house."""


_LINK: Final = re.compile(r"[,;.]? ?\n?(?:(?:de|in|en|à|a|te|at|to) )?")


_FIELD: Final = re.compile(
    r"\b(?:city|town|ort|wohnort|ville|commune|localidad(?:/ ?provincia)?|ciudad|poblaci[óo]n|municipio|provincia|citt[àa]|comune|plaats|woonplaats|localidade|cidade|hometown|residence|place of birth|geburtsort|lieu de naissance|lugar de nacimiento|geboorteplaats|luogo di nascita)\s*[:=]\s*$"
)


_TO: Final = re.compile(r"\b(?:in|at|from|to|near|aus|nach|en|à|a|em|te) $")


_LOCATIVE: Final = re.compile(r"\b(?:in|en|à|em|aus|te|nach|near) $")


_IN: Final = re.compile(
    r"\b(?:in|en|à|a|te|em|aus|nach|near|bei|around|outside|via|from|to|of|de|di|da|van|,) ?$"
)


_LETTER_DATE: Final = re.compile(
    r", (?:a |le |den |li |op |em )?\d{1,2}(?:[./-]\d|\.? (?:de )?[a-zà-ÿA-Z]{3,})"
)


def _of_somebody(reading: Reading, place: int) -> bool:
    """Katelynn Hebert of Reading: a name, a word of origin, and then the town."""
    return (
        place > 1
        and reading.seen.folded[place - 1] in ("of", "from", "aus", "uit")
        and reading.tags[place - 2].label == "N"
        and reading.tokens[place - 2].has_capital
    )


_LIVED: Final = re.compile(
    r"\s(?:gewohnt|gearbeitet|geboren|lebt|lebend|wohnt|wohnhaft|wohnend|aufgewachsen|beheimatet|geboortig|woonachtig|geboren)\b"
)


def _before_zip(reading: Reading, place: int) -> bool:
    """Whether a postcode stands right behind the word, or behind the next one or two."""
    tokens = reading.tokens
    if not tokens[place].has_capital or not reading.before(tokens[place].start, 3).endswith(", "):
        return False
    after = reading.text[tokens[place].end : tokens[place].end + 40]
    return _BEFORE_ZIP.match(after) is not None


_BEFORE_ZIP: Final = re.compile(
    r"(?: [A-ZÀ-Þ][\w'-]+){0,2},? (?:[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{2} \d{5})\b"
)


_OFFICE: Final = re.compile(
    r"\s(?:office|branch|store|plant|campus|garage|shop|hotel|market|airport|gym|restaurant|court|council|site|depot|warehouse|library|(?:high |middle |elementary |primary )?school|police|fire|EMS|area|suburbs?|side|team|crew|clinic|ED|ER)\b"
)


_INSIDE: Final = frozenset(
    [
        "on", "upon", "le", "la", "les", "de", "del", "di", "am", "an", "der", "in", "im",
        "bei", "sur", "sous", "en", "the", "of", "y", "and", "aan", "den",
    ]
)  # fmt: skip


def _town_end(reading: Reading, place: int, *, free: bool) -> int:
    """The last token of a town of several words: Bad Hersfeld, St. Cloud, Newport on Tay.

    `free`: something in front says that a town comes, so that unlisted words count too.
    """
    tokens = reading.tokens
    best = place
    for last in range(place + 1, min(place + 6, len(tokens))):
        if tokens[last].text == "\n" or tokens[last].start - tokens[last - 1].end > 1:
            break
        if look_up(reading.text[tokens[place].start : tokens[last].end]).town:
            best = last
    while best + 1 < len(tokens) and tokens[best + 1].start - tokens[best].end <= 1:
        token = tokens[best + 1]
        tagged = reading.tags[place].label == reading.tags[best + 1].label == "C"
        capital = (
            free
            and token.has_capital
            and token.text[-1].isalpha()
            and reading.seen.case == "mix"
            and not reading.seen.cues[best + 1]
        )
        if token.is_word and (tagged or capital) and token.start > tokens[best].end:
            best += 1
        elif free and best + 2 < len(tokens) and (
            (reading.seen.folded[best + 1] in _INSIDE and tokens[best + 2].has_capital)
            or (token.text in "./-'" and token.start == tokens[best].end and tokens[best + 2].has_capital
                and tokens[best + 2].start - token.end <= (token.text == "." and len(tokens[best].text) < 4))
        ) and reading.seen.case == "mix" and tokens[best + 2].is_word:  # fmt: skip
            best += 2
        else:
            break
    return best


_EXCUSE_AFTER: Final = re.compile(
    r"^[\s-]*(?:\d{4}\s)?(?:criteria|classification|consensus|guidelines?|protocol|system|score|staging|statement|group|method|technique|review|library|collaboration|trial|study|registry|angiography|kriterien|klassifikation|konsensus|criterios|clasificaci[óo]n|crit[èe]res|stent|catheter|and \w+ (?:criteria|guidelines?))\b",
    re.IGNORECASE,
)


_EXCUSE_BEFORE: Final = re.compile(
    r"(?:criteria|classification|clasificaci[óo]n|criterios|crit[èe]res|kriterien|guidelines?|einteilung|stadi(?:um|en)|grad|versus|vs\.?)(?: of| de| von| nach)?\s*$"
)


def _excused(reading: Reading, start: int, end: int) -> bool:
    return bool(
        _EXCUSE_AFTER.match(reading.text[end : end + 40])
        or _EXCUSE_BEFORE.search(reading.before(start, 30))
        or reading.is_event(start)
        or met(reading, start)
    )
