"""Names as posts of a ward write them: heads of a handover's lines, "pt x, 70a", a given name and an
initial, who did or supervised what is logged.

Knows the form of a line and leaves to `name_spoken` whether a word can be somebody at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.eponyms import CITED
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.name_slips import misspelt
from bot.identifiers.text.name_spoken import can_be_somebody
from bot.identifiers.text.name_things import reads_like_a_term
from bot.identifiers.text.name_words import STOP, is_label, name_end
from bot.identifiers.text.tokens import LETTER

_WHY_LINE: Final = "The lines of a handover begin with the names of patients."
_WHY_SHORT: Final = "A name with an initial or an age points to one person."
_WHY_DONE: Final = "Who did or supervised a case points to that case."

_HANDOVER: Final = re.compile(
    r"\b(?:hand-?(?:over|off)|hand (?:over|off)|sign-?out|sign out|to-?do(?: list)?|ward (?:round|list)|list (?:for )?(?:today|tomorrow|tonight)|(?:today|tomorrow|tonight)'?s (?:list|cases|patients)|patients? (?:list|today|tonight|tomorrow)|rounding|overnight|night team|my (?:patients|list)|pts (?:today|tonight)|"
    r"(?:dienst)?übergabe|liste (?:heute|morgen|de demain|du jour|pour demain)|lista de (?:ma[ñn]ana|hoy)|programm (?:heute|morgen)|programme (?:du jour|de demain)|board (?:today|tomorrow)|(?:who|anyone) wants (?:what|which)|visite|stationsliste|patientenliste|relevo|pase de (?:guardia|visita)|cambio de guardia|pacientes (?:de hoy|ingresados)|transmissions?|relève|passation|tour de salle|consegne|overdracht|passagem de (?:turno|plantão))\b",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    rf"(?:(?:^|\n)[ \t>|]*(?:[-*•–·]|\(?\d{{1,2}}(?:[.):/°]|(?= ))|\(?[a-h]\))?|[.!?:](?= )|(?<=[ ,;])\(?\d{{1,2}}\)(?= ))[ \t]*\**(?:(?:pt|pat|mr|mrs|ms|fr|hr|m|mme|sr|sra)\.? )?(?=[{LETTER}])",
    re.IGNORECASE,
)
"""Where a line or a sentence begins."""
_HEAD_ENDS: Final = re.compile(
    r"(?: [A-Z]\.?)?\**(?: ?\([^()\n]{1,40}\))?\**(?: ?[:=](?=\s)|,(?= )| [-–—](?= )|\t|  )|(?= \d{1,3} ?[mfwhyj]\b)|(?= (?:PTBD|PTCD|PTC|DBE|PCN|PCNL|TACE|TIPS|TARE|SIRT|CT|MRI?|US|UFE|UAE|PAE|EVAR|IVC|HD|PICC|PAC|PEG|GJ?|Y-?90|LP|BX|biopsy|port|para|thora|drain|line|tunneled|chest|nephrostomy|fistulogram|reservorio|ascitis|nefro|biopsia|biopsie|ascite|ponction|n[ée]phro|Port|Aszites|Drainage|Punktion|Biopsie|Shunt)\b)|(?= (?:bed|room|zimmer|zi\.|ch\.|cama|auf|pod|post|s/p|w/|still|again|encore|noch|sigue|todav[íi]a|immer)\b)"
    r"|(?= (?:rm|ward|icu|micu|sicu|ed|\d{1,2} ?[NSEW]|\d?[NSEW]\d{1,2}|[LR]) ?)|(?= (?:needs?|wants?|refuse[ds]?|is|was|has|had|got|can|went|goes|says|slept|vomited|denies|restless|ok|fine|stable|hat|ist|war|wird|braucht|will|darf|kann|bekommt|liegt|est|a|va|doit|descend|sort|veut|attend|mange|dort|tiene|est[áa]|ha|va|quiere|necesita|puede|come|duerme|sangra)\b)|[ \t]*(?=\n|$)"
)
_COUNTED: Final = re.compile(
    rf"(?:^|\n)[ \t]*(?:\d{{1,2}}[.):]? |[-*•] )(?:\d{{1,2}}(?:[:.h]\d\d|h|am|pm)? )?(?=[{LETTER}])"
)
_PROCEDURE: Final = re.compile(
    r",?(?= (?:\d{1,3} ?[mfwhyj]\b|PTBD|PTCD|PTC|DBE|PCN|TACE|TIPS|TARE|SIRT|UFE|UAE|PAE|EVAR|IVC|HD|PICC|PAC|PEG|Y-?90|biopsy|port|para|thora|drain|nephrostomy|fistulogram|chest port|reservorio|ascitis|biopsia|biopsie|ascite|Port|Aszites|Drainage|Punktion|Biopsie|Shunt|(?:bed|room|rm|zimmer|zi|ch|cama|hab)\b))"
)
"""What follows the name in a counted list of cases where no word says that it is one."""
_AGED: Final = re.compile(
    rf"(?<![\w-])(?:pts?|pte|pat|pac|patient(?:in)?|paciente|patiente?|case|fall|caso|cas)\.?:? ([{LETTER}][{LETTER}'-]{{2,30}})(?: [{LETTER}][{LETTER}'-]{{2,30}})?,? \(?(?=\d{{1,3}} ?(?:[mfwhjay]\b|yo\b|y/o|y\.o|yrs?\b|years|j\.|jahre|jährig|ans\b|años|anni))",
    re.IGNORECASE,
)
_LETTERED: Final = re.compile(
    rf"(?<![\w'-])([{LETTER}][{LETTER}'-]{{2,20}}) ([{LETTER}])(?:\.(?=[\s,;:)?!]|$)|(?=\s?[,;:)?!\n]|$|\s\d{{1,3}} ?(?:[MFmf]\b|yo\b|y/o)))"
)
_LOGGED: Final = re.compile(
    rf"(?:^|[,;|\n(]\s{{0,2}})(?:sup(?:ervisor|ervised by|v)?|op(?:erator)?|asst|assist(?:ed by|ant)?|staff|attg|cons(?:ultant)?|1st|first op|second op|scrub(?:bed)?|adj(?:unto)?|tutor|ass)\.?:? (?=[A-ZÀ-Þ])(?=([{LETTER}][{LETTER}'-]{{2,}}(?: [{LETTER}][{LETTER}'-]{{2,}})?)\s{{0,2}}(?:[.,;|\n)]|$))",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"(?:fait|réalis\w+|posée?s?|effectuée?s?|relue?s?|vue?s? |opérée?|ponctionn\w+|emboli[sz]\w+|angioplast\w+|drain\w+|plac(?:ed|ement)|done|stent\w*|tips|evar|hecho|hecha|puest[oa]|colocad[oa]|realizad[oa]|operad[oa]|intervenid[oa]|durchgeführt|gelegt|gemacht|operiert|punktiert)"
    r"[^.!?\n]{0,40}? (?:par|por|by|durch|von)(?: (?:le|la|el))? (?=[A-ZÀ-Þ][a-zà-ÿ])",
    re.IGNORECASE,
)


_GOES_ON: Final = re.compile(
    r" (?:and|&|et|y|und|e|on|at|in|last|today|yesterday|heute|gestern|hier|ayer|hoy|le|el|am|without|with|ohne|sans|sin) "
)
"""What may stand behind whoever did it: embolized by Levin and Abara."""


def by_post(reading: Reading) -> Iterator[Hit]:
    """Names in the lines, labels and abbreviations of posts."""
    yield from _heads(reading)
    yield from _aged(reading)
    if reading.seen.medical:
        yield from _lettered(reading)
        yield from _done(reading)


def _heads(reading: Reading) -> Iterator[Hit]:
    """Behind the word handover the heads of lines and sentences that go on as those of patients do."""
    handover = _HANDOVER.search(reading.text)
    counted = len(_COUNTED.findall(reading.text)) > 1
    found: list[tuple[int, int]] = []
    for match in _HEAD.finditer(reading.text):
        if match.end() >= len(reading.text):
            continue
        behind = handover is not None and match.start() >= handover.end()
        if not behind and not (counted and _COUNTED.match(reading.text, match.start())):
            continue
        place = reading.token_at(match.end())
        if reading.tokens[place].start != match.end():
            continue
        stop = name_end(reading, place, titled=False)
        cut = next(
            (
                at
                for at in range(place, stop)
                if (
                    reading.tokens[at].text == "-"
                    and reading.text[reading.tokens[at].start - 1] == " "
                )
                or (  # Corbel PAC
                    at > place
                    and reading.seen.shapes[at] == "XX"
                    and reading.seen.shapes[place] == "Xx"
                )
            ),
            stop,
        )
        stop = cut if cut > place or reading.seen.words[place].known else place + 1
        if stop == place or stop - place > 4:
            continue
        inside = match.group().lstrip()[:1] in (".", "!", "?", ":")
        if reading.text[reading.tokens[stop - 1].end :].startswith(("\n", ",")) and inside:
            continue
        ending = _HEAD_ENDS if behind else _PROCEDURE
        while stop > place + 1 and not ending.match(reading.text, reading.tokens[stop - 1].end):
            stop -= 1  # Valderama Port
        ends = ending.match(reading.text, reading.tokens[stop - 1].end)
        if ends is None or not _somebody(reading, place, stop):
            continue
        found.append((place, stop))
    for place, stop in found:
        end = reading.tokens[stop - 1].end
        letter = re.match(r" [A-Z]\b\.?", reading.text[end : end + 4])
        yield Hit(
            Kind.NAME, reading.tokens[place].start, end + (letter.end() if letter else 0),
            _WHY_LINE, 0.75, rank=5,
        )  # fmt: skip


def _aged(reading: Reading) -> Iterator[Hit]:
    """pt lefebre, 70a: small letters too, where no list knows the word as anything else."""
    for match in _AGED.finditer(reading.text):
        place = reading.token_at(match.start(1))
        last = reading.token_at(
            reading.text.rindex(match.group().rstrip(" ,(")[-1], 0, match.end())
        )
        stop = max(place + 1, min(last + 1, place + 2))
        while stop > place + 1 and not reading.tokens[stop - 1].is_word:
            stop -= 1
        if _somebody(reading, place, stop):
            yield Hit(
                Kind.NAME, reading.tokens[place].start, reading.tokens[stop - 1].end, _WHY_SHORT,
                0.8, rank=5,
            )  # fmt: skip


def _somebody(reading: Reading, place: int, stop: int) -> bool:
    """Words that no list has as anything but a name. Where the form of the line says that a name comes,
    a word that no list has at all is one; elsewhere it is a plain word at the head of a sentence."""
    seen = reading.seen
    for at in range(place, stop):
        if not reading.tokens[at].is_word or len(reading.tokens[at].text) == 1:
            continue
        word, folded = look_up(reading.tokens[at].text), seen.folded[at]
        called = word.given >= 2 or word.family >= 2
        if folded in STOP or seen.cues[at] or is_label(reading, at):
            return False
        if (section(folded) and word.family < 4) or (word.listed in (1, 2) and word.family < 4):
            return False
        if seen.frequency(at) >= (5 if called else 3) or not (called or word.common < 3):
            return False
    slip = reading.tokens[place].text.islower() and misspelt(reading, place)
    return not reads_like_a_term(reading, place, stop) and not slip


def _lettered(reading: Reading) -> Iterator[Hit]:
    """Jasmin T., not Hepatitis B, and not an author with the letters of the given names."""
    low = reading.seen.case == "low"
    for match in _LETTERED.finditer(reading.text):
        place = reading.token_at(match.start(1))
        word, folded = reading.seen.words[place], reading.seen.folded[place]
        dotted = match.group().endswith(".")
        capitals = reading.tokens[place].has_capital, match[2].isupper()
        follows = reading.text[match.end() : match.end() + 2].strip()[:1] in (
            ",",
            "?",
            ":",
            ";",
            ")",
        )
        unknown = dotted and follows and not word.known and all(capitals) and not low
        aged = reading.text[match.end() : match.end() + 2].strip()[:1].isdigit()
        headed = aged and all(capitals) and word.family >= 2  # Patel R 61M
        if not headed and word.given < (2 if dotted and follows else 4) and not unknown:
            continue
        if (
            word.listed
            or section(folded)
            or folded in STOP
            or reads_like_a_term(reading, place, place + 1)
        ):
            continue
        if reading.seen.cues[place] or reading.seen.frequency(place) >= (5 if all(capitals) else 4):
            continue
        if not all(capitals) and (any(capitals) or not dotted):
            continue
        after = reading.text[match.end() : match.end() + 60]
        if CITED.match(after) or _AUTHORS.match(after) or reading.is_allowed(*match.span()):
            continue
        yield Hit(Kind.NAME, *match.span(), _WHY_SHORT, 0.75, rank=5)


_AUTHORS: Final = re.compile(
    r"\.?,? (?:et al|J |JVIR|CVIR|N Engl|Lancet|Radiology|Ann |Eur |Am |[A-ZÀ-Þ][\w'-]+ [A-Z]{1,3}\b)"
)
"""What follows the author of a paper: a journal, or the next author."""


def _done(reading: Reading) -> Iterator[Hit]:
    """sup Okoro; angioplastie 6 mm par Okoro."""
    for pattern in (_LOGGED, _DONE):
        for match in pattern.finditer(reading.text):
            place = reading.token_at(match.end())
            if reading.tokens[place].start != match.end() or not reading.tokens[place].has_capital:
                continue
            stop = name_end(reading, place, titled=False)
            behind = reading.text[reading.tokens[stop - 1].end :][:1] if stop > place else "x"
            rest = reading.text[reading.tokens[stop - 1].end :][:12] if stop > place else "x"
            if behind not in ("", ".", ",", ";", ")", "\n", "|") and not _GOES_ON.match(rest):
                continue
            words = [reading.seen.words[at] for at in range(place, stop)]
            known = any(max(word.given, word.family) >= 2 for word in words)
            if (known or pattern is _LOGGED) and can_be_somebody(reading, place, stop):
                yield Hit(
                    Kind.NAME, reading.tokens[place].start, reading.tokens[stop - 1].end, _WHY_DONE,
                    0.75, rank=4,
                )  # fmt: skip
