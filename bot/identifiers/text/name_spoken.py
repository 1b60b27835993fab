"""Names by the sentence they stand in: "Kelly is a 68-year-old", "under the care of", "Ito's scan".

Each pattern ends, or begins, where the name does; what stands there must still be able to be a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_things import reads_like_a_term, vetoed
from bot.identifiers.text.name_words import STOP, is_label, name_end
from bot.identifiers.text.tokens import LETTER

_WHY: Final = "The sentence speaks of this as of a person."
_WHY_INITIALS: Final = "Initials of whoever wrote or did this point to one person."

_SAID: Final = r"(?:(?:uh|um|er|erm|eh|ehm|äh|ähm|euh|like|also|pues|alors)[, ]{1,2}){0,3}"
_BEFORE: Final = re.compile(
    r"\b(?:under the care of|in the (?:presence|care|office|clinic) of|reporting to|on behalf of|by the name of|"
    r"(?:man|woman|guy|girl|boy|lady|gentleman|patient|colleague|friend|son|daughter|brother|sister|someone|somebody) (?:named|called)|"
    rf"this is {_SAID}(?=[^\W\d_]+ (?:from|calling|again|speaking|in|at|on)\b)|"
    rf"(?:c'est|soy|hier ist|hier spricht) {_SAID}(?=[^\W\d_]+(?:,| (?:vom|von|aus|du|de la|del|le|la|el)\b))|"
    r"familiar(?:es)? de|herman[oa] de|personne de confiance ?:|angeh[öo]rige[rn]? ?:|bezugsperson ?:|persona de contacto ?:|"
    r"(?:verstorbene|l'[ée]pouse de|la fille de|le fils de|la mère de|la esposa de|la hija de|el hijo de|wife of|husband of|daughter of|son of|mother of|father of|widow of|parents of)|"
    r"(?:den|der|dem|zum) fall|n[ée]e(?! le)|mari[ée]e(?! [àa] )|veuve|geborene|de soltera|as per|"
    r"(?:handover|übergabe|transmissions?|relevo)\s?:|"
    r"(?:tell|remind|done by|performed by|cheers to|thanks to|dile a|avisad? a|sag)|spoke (?:with|to)|discussed with|paged|seen by|reviewed by|staffed with|assisted by|accompanied by|referred by|instrumented by|covered by|signed out to)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"(?<![{LETTER}'-])([{LETTER}][{LETTER}'-]{{2,30}})(?: [{LETTER}][{LETTER}'-]{{2,30}})?(?="
    r",? (?:is|was) (?:a|an|our|the|my) (?:\w+ ){0,2}\d{1,3}[- ](?:years?|yo\b|y/o|month|week)"
    r"|,? \(?(?:zimmer|zi\.?|chambre|ch\.?|cama|hab\.?|habitaci[óo]n|bett|bed|room|rm|bay) (?:no\.? )?\d{1,3}[a-d]?\b)",
    re.IGNORECASE,
)
_OWNED: Final = re.compile(
    rf"(?<![{LETTER}'-])([{LETTER}][{LETTER}-]{{2,30}}(?='s )|[{LETTER}][{LETTER}-]{{2,30}}s(?=' ))'s? (?:(?:\w+ )?(?:"
    r"stent|graft|fistula|fistulogram|tips|brto|tace|pcn|port|picc|wound|aneurysm|endoleak|lesion|tumou?r|path(?:ology)?|results?|pcp|oncologist|nephrologist|visit|follow-?up|numbers|story|angio(?:gram)?|venogram|ultrasound|cast|shift|stuff|"
    r"husband|wife|mother|father|mum|mom|dad|son|daughter|sister|brother|parents|family|partner|chart|labs?|bloods|scans?|mri|cta?|films?|images|biopsy|bleed|consent|drain|discharge|admission|surgery|heparin|warfarin|insulin|antibiotics|"
    r"(?:hemo|haemo)globin|creatinine|bilirubin|potassium|platelets|inr|blood pressure|fever|pain|appointment|insurance|phone|house|car|place|room|bed|birthday|desk|office)\b|(?P<drug>\w+))",
    re.IGNORECASE,
)
_SLASHED: Final = re.compile(
    r"\b[Bb]y ([A-ZÀ-Þ][\w'-]{2,30})\s?/\s?([A-ZÀ-Þ][\w'-]{2,30})(?![\w/])"
)
_DOERS: Final = re.compile(
    r"\b(?:transcribed|dictated|typed|drawn|scanned|performed|checked|witnessed|entered|recorded|read) by:? |\b(?:tech(?:nologist)?|sonographer|typist|scribe|secretary|sekret[äa]r\w*|diktat|mtra?|secr[ée]taire)[: ] ?",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[A-Z]\. ?[A-Z]\.|[A-Z]{2,3}(?=,? ?(?:[/;\n]|[DT]:|on \d|$))")
_DOES: Final = re.compile(
    r" (?:to be|is|was|has|will|can|says|said|who|aware|rang|called|tiene|est[áa]|vive|ist|hat|wird|wurde|vor|est|a)\b|[,()]",
    re.IGNORECASE,
)
_AGED: Final = re.compile(
    rf"\b(?:pt|pat|patient|paciente|patientin)\.?:? ([{LETTER}][{LETTER}'-]{{2,30}})(?: [{LETTER}][{LETTER}'-]{{2,30}})?,? \(?(?=\d{{1,3}} ?(?:yo\b|y/o|[MFWH]\b|J\.|ans\b|años))",
    re.IGNORECASE,
)
_KIN: Final = re.compile(
    r"(?<!& )\b(?:wife|husband|son|daughter|mother|father|mum|mom|mommy|dad|daddy|brother|sister|niece|nephew|aunt|auntie|uncle|grandson|granddaughter|grandma|grandpa|grandmother|grandfather|granny|nan|partner|fianc[ée]e?|cousin|neighbou?r|roommate|boyfriend|girlfriend|stepson|stepdaughter|godmother|caregiver|carer|"
    r"ehefrau|ehemann(?:es)?|sohn(?:es)?|tochter|mutter|vater|bruder|schwester|mama|papa|oma|opa|tante|onkel|enkel(?:in)?|schwiegermutter|nachbarin?|freundin?|lebensgef[äa]hrt(?:in|e)|"
    r"[ée]pouse|[ée]poux|fils|fille|m[èe]re|p[èe]re|fr[èe]re|s(?:œ|oe)ur|maman|mamie|papi|conjointe?|compagne|voisine?|compagnon|"
    r"espos[oa]|marido|mujer|hij[oa]|madre|padre|herman[oa]|suegr[oa]|vecin[oa]|abuel[oa]|t[íi][oa]|mam[áa]|pap[áa]|sobrin[oa]|nuera|yerno|cu[ñn]ad[oa])(?: (?:named|called|heißt|hieß|namens|se llama|llamad[oa]|s'appelle|appel[ée]e?|pr[ée]nomm[ée]e?|si chiama|chama-se|heet))?\,? \(?(?=[^\W\d_])",
    re.IGNORECASE,
)
_THEIRS: Final = re.compile(
    rf"\b[Tt]he ([A-ZÀ-Þ][{LETTER}'-]{{2,30}}) (?:girl|boy|kid|kids|family|baby|twins?|lady|brothers|sisters|boys|girls)\b"
)
_CASE_OF: Final = re.compile(
    r"\b(?:pull|do|take|redo|finish|reading|read|check|present|presenting|discuss|see|saw|on|for|about|in|after) [Tt]he ([A-ZÀ-Þ][a-zà-ÿ]+(?:[A-Z][a-zà-ÿ]+)?) (?:case|drain|tips|TIPS|patient|biopsy|consult|leak|bleed|family|PCN|PTBD|TACE|fistula|graft|scan|films)\b"
)
"""Take the DiNapoli case."""
_PER: Final = re.compile(
    r"(?:^|[.;\n(] ?)[Pp]er ([^\W\d_]{3,20})(?=[,:]? (?:ok|okay|it|we|no|can|this|that|please|hold|pull|keep|give|do|don't|she|he|pt|patient|plan|stop|start)\b)"
)
"""Per radhika ok to pull."""
_MANY: Final = re.compile(
    r"\b(?:(?:merci|bravo) (?:à|a)|(?:danke?|dank|gr[üu](?:ß|ss)e) an|gracias a|(?:big |many |huge )?(?:thanks|kudos|props|shout-?outs?|hats off|thank you) to|(?:on call|on shift|working|paired|scrubbed(?: in)?|on) with|(?:de garde|d'astreinte|op[ée]r[ée]) avec|(?:dienst|im dienst|saal) mit|de guardia con|(?:die|den|der|unsere|unseren) kollegen|kolleg(?:inn)?en|drs\.?|dres\.?|doctors|messrs\.?|herren|les docteurs|los doctores|mm\.) (?=[^\W\d_])",
    re.IGNORECASE,
)


def by_sentence(reading: Reading) -> Iterator[Hit]:
    """Names that the words in front or behind show to be people."""
    text = reading.text
    for match in _BEFORE.finditer(text):
        yield from _from(reading, match.end())
    for pattern, sure in ((_BEHIND, 0.75), (_AGED, 0.85), (_OWNED, 0.7)):
        for match in pattern.finditer(text):
            if pattern is _OWNED and match["drug"] and not _drug(match["drug"]):
                continue
            first = reading.token_at(match.start(1))
            last = reading.token_at(match.end(1) if pattern is _OWNED else match.end()) - 1
            last = max(first, min(last, first + 1))
            while last > first and not reading.tokens[last].is_word:
                last -= 1
            strong = pattern is _AGED and reading.seen.words[first].family >= 3
            if pattern is _OWNED and first == last:
                word, folded = reading.seen.words[first], reading.seen.folded[first]
                strong = (
                    reading.tokens[first].text.istitle()
                    and max(word.given, word.family) >= 3
                    and word.listed == 0
                    and not section(folded)
                    and not CUE_OF.get(folded)
                    and reading.seen.frequency(first) < 5
                )  # Castellanos' stent
            if strong or can_be_somebody(reading, first, last + 1):
                yield _hit(reading, first, last + 1, sure)
    for match in _SLASHED.finditer(text):
        ends = [reading.token_at(match.start(group)) for group in (1, 2)]
        if all(can_be_somebody(reading, at, at + 1) for at in ends):
            for at in ends:
                yield _hit(reading, at, at + 1, 0.75)
    for match in _THEIRS.finditer(text):
        at = reading.token_at(match.start(1))
        if can_be_somebody(reading, at, at + 1) and not reading.seen.words[at].listed:
            yield _hit(reading, at, at + 1, 0.75)
    for match in _CASE_OF.finditer(text):
        at = reading.token_at(match.start(1))
        word, folded = reading.seen.words[at], reading.seen.folded[at]
        known = max(word.given, word.family) >= 2 and word.town <= 2 and not word.listed
        if known and not section(folded) and not CUE_OF.get(folded) and folded not in STOP:
            if reading.seen.frequency(at) < 4 and not reads_like_a_term(reading, at, at + 1):
                yield _hit(reading, at, at + 1, 0.7)
    for match in _PER.finditer(text):
        at = reading.token_at(match.start(1))
        word = reading.seen.words[at]
        if word.given >= 3 and not word.listed and reading.seen.frequency(at) < 4:
            yield _hit(reading, at, at + 1, 0.7)
    for match in _KIN.finditer(text):
        yield from _kin(reading, reading.token_at(match.end()))
    for match in _DOERS.finditer(text):
        if letters := _LETTERS.match(text, match.end()):
            if not section(letters.group().lower()):
                yield Hit(Kind.NAME, *letters.span(), _WHY_INITIALS, 0.75, rank=5)
    for match in _MANY.finditer(text):
        yield from _several(reading, reading.token_at(match.end()))


def _from(reading: Reading, start: int) -> Iterator[Hit]:
    place = reading.token_at(start)
    if reading.tokens[place].start != start:
        return
    stop = name_end(reading, place, titled=False)
    if stop > place and can_be_somebody(reading, place, stop):
        yield _hit(reading, place, stop, 0.75)


def _kin(reading: Reading, place: int) -> Iterator[Hit]:
    """Behind "husband" or "suegra": a given name, or in capitals a family name that goes on to do something."""
    token, word, folded = (
        reading.tokens[place],
        reading.seen.words[place],
        reading.seen.folded[place],
    )
    if not token.is_word or len(token.text) < 3 or folded in STOP or CUE_OF.get(folded):
        return
    low = reading.seen.case != "mix"
    if not (token.has_capital or low) or reading.seen.frequency(place) >= (
        5 if word.given >= 3 or word.family >= 5 else 4
    ):
        return
    called = word.given >= 3 and word.listed != 2
    follows = _DOES.match(reading.text, token.end) is not None
    if (
        called
        or (follows and word.family >= 4)
        or (token.has_capital and not low and not word.known)
    ):
        stop = max(place + 1, name_end(reading, place, titled=False))
        yield _hit(reading, place, stop, 0.75)


def _several(reading: Reading, place: int) -> Iterator[Hit]:
    """Ritosek, Vey und Liebach: all that a title in the plural stands for."""
    tokens, folded = reading.tokens, reading.seen.folded
    while place < len(tokens):
        stop = name_end(reading, place, titled=False)
        if stop == place or not can_be_somebody(reading, place, stop):
            return
        yield _hit(reading, place, stop, 0.8)
        if stop < len(tokens) and (
            tokens[stop].text in (",", "&") or folded[stop] in ("und", "and", "et", "y", "e", "en")
        ):
            place = stop + 1
        else:
            return


def _drug(word: str) -> bool:
    return section(word.lower()) == "dru" or word.lower().endswith(
        ("parin", "xaban", "mycin", "cillin", "olol", "pril", "sartan", "statin")
    )


def can_be_somebody(reading: Reading, first: int, stop: int) -> bool:
    """Whether the words can be somebody: written like a name, and no plain or technical word."""
    seen, low = reading.seen, reading.seen.case != "mix"
    for at in range(first, stop):
        token, word, folded = reading.tokens[at], seen.words[at], seen.folded[at]
        if not token.is_word or len(token.text) == 1:
            continue
        if folded in STOP or CUE_OF.get(folded) or is_label(reading, at):
            return False
        if not (token.has_capital or low) or seen.frequency(at) >= (
            4 if low and max(word.given, word.family) < 4 else 5
        ):
            return False
        if section(folded) and not (
            section(folded) in ("epo", "wor") and (word.given >= 3 or word.family >= 4)
        ):
            return False
        if word.listed in (1, 2) and word.given < 3 and word.family < 3:
            return False
        if low and not (word.given >= 2 or word.family >= 3 or not word.known):
            return False
        if not (word.given or word.family or not word.known):
            return False
    return not vetoed(reading, first, stop)


def _hit(reading: Reading, first: int, stop: int, sure: float) -> Hit:
    return Hit(
        Kind.NAME, reading.tokens[first].start, reading.tokens[stop - 1].end, _WHY, sure, rank=4
    )
