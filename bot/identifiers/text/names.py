"""People's names: by the words around them, by their form, and by the tagger.

Three finders, of which any may speak. A title, a label or a form like LAST^FIRST is stronger than the
list of eponyms; the tagger alone is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.harmless import PIONEERS, section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.tokens import LETTER

_WHY_TITLE: Final = "A name behind a title or role points to one person."
_WHY_LABEL: Final = "A name in a name field points to one person."
_WHY_FORM: Final = "Family and given name in the form that records and file names use."
_WHY_TAG: Final = "This reads like a person's name."
_WHY_AGAIN: Final = "The same name was found elsewhere in this text."

_W: Final = rf"[{LETTER}][{LETTER}'-]*"
_CARET: Final = re.compile(rf"(?<![\w^])(?:(?:van|von|de|der|den|la|del|dela|el|al|di|da|dos|das|le|st\.?|o'|mc)[ -]){{0,2}}[{LETTER}][{LETTER}'-]+\^[{LETTER}][{LETTER}'-]+(?:\^[{LETTER}'.]*){{0,3}}|(?<![\w^])[{LETTER}][{LETTER}'-]+ [{LETTER}][{LETTER}'-]+\^[{LETTER}][{LETTER}'-]+(?: [{LETTER}'-]+(?=\^))?(?:\^[{LETTER}'.]*){{0,3}}")
_COMMA: Final = re.compile(rf"(?<![\w,])((?:(?:van|von|de|der|la|del|dela|el|al|le|di|da|bin|ibn|st\.?)[ -]){{0,2}}{_W}(?: {_W})?), ?({_W}(?: (?:{_W}|[{LETTER}]\.?)(?![\w,])){{0,2}}|[{LETTER}]\.)(?![\w'])", re.IGNORECASE)
_TITLES: Final = (
    r"mr|mrs|ms|miss|mister|messrs|dr|drs|doctor|prof|professor|mx|dame|(?-i:Sir|Judge|Officer|Nurse|Sister|Rev|Father|Coach|Teacher|Captain)|"
    r"herr|herrn|frau|hr|fr|oberarzt|oberärztin|chefarzt|chefärztin|kollege|kollegin|kollegen|pd|oa|"
    r"monsieur|madame|mademoiselle|mme|mlle|m\.|docteur|pr|professeur|"
    r"sr|sra|srta|señor|señora|señorita|don|doña|d\.|dña|dra|doctora|profesor|profesora|enfermera|enfermero|"
    r"signor|signora|sig|sig\.ra|dott|dott\.ssa|mevrouw|meneer|dhr|mevr|senhor|senhora"
)
_TITLE: Final = re.compile(rf"(?<![\w'-])(?:{_TITLES})\.?(?:,? (?:dr|med|univ|prof|habil|dipl|phil|rer|nat|h\.?c|ing|colega|kollege|kollegin|et mme|and mrs|doctor|doctora)\.?)* +(?=[{LETTER}])", re.IGNORECASE)
_FIELD: Final = re.compile(
    r"(?<![\w-])(?:(?:patient(?:en)?|pat\.?|pt\.?|full|last|first|given|family|birth|maiden|middle|mother'?s|father'?s|contact|next of kin|nok|guarantor|subscriber|client|employee|customer|tenant|student|card ?holder|emergency contact)?[ -]?name|patientenname|nachname|vorname|familienname|geburtsname|nom(?: (?:de naissance|d'usage|du patient|de famille|marital))?|pr[ée]nom|nombre(?: y apellidos| del paciente)?|apellidos?|nome|cognome|naam|voornaam|achternaam|imi[ęe]|"
    r"patient|patientin|paciente|patiente|pat\.?|pt|surgeon|assistant|operator|attending|resident|fellow|referring(?: physician| md| provider)?|ordering(?: physician| provider)?|radiologist|technologist|physician|provider|author|dictated by|transcribed by|signed by|electronically signed by|signed|cosigned(?: by)?|read by|reported by|performed by|reviewed by|interpreter|"
    r"m[ée]dico(?: responsable)?|responsable(?: cl[íi]nico)?|firmado(?: por)?|remitido por|op[ée]rateur|interne|infirmi[èe]re|dict[ée] par|sign[ée] par|diktiert von|unterschrift|operateur|untersucher|hausarzt|zuweiser|anestesista|enfermera|cirujano|facultativo|witness|driver|landlord|mieter|inquilino|locataire)\s*[:=]\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(r"^[\s,;:(]{1,3}(?:dob|d\.o\.b|mrn|acc|geb|born|n[ée]e|age|\d{1,3}\s?(?:y|m\b|f\b|yo)|\d{6}|\d{1,2}[./-]\d{1,2}[./-]\d\d|#|\*)", re.IGNORECASE)
_BEHIND: Final = re.compile(rf"(?<![\w.])(?:\d{{1,2}}\s?(?:yo|y/o|y\.o\.|years?[- ]old|J\.?|ans|años|a\.?)?\s?(?:[MFmfWwHV]|male|female|woman|man|lady|gentleman)|\d{{5,12}}\s*/),?\s+(?=[{LETTER}])")
_ROMAN: Final = re.compile(r"^[ivx]{1,4}[a-d]?$")
_BED: Final = re.compile(rf"\b(?:bed|room|rm|bay|bett|zimmer|cama|lit|chambre|slot|case)\s?#?\s?\d{{1,4}}[a-d]?\s*[,:\-]?\s+(?={_W})", re.IGNORECASE)
_DEGREE: Final = re.compile(r"^,?\s+(?:m\.?d\.?|d\.?o\.?|ph\.?d\.?|r\.?n\.?|n\.?p\.?|p\.?a\.?(?:-c)?|frcr|facs|mbbs|mbchb|dnp|crna|facharzt|fachärztin|fsir|fcirse|ebir|dds|dvm|esq|lpn|rt\(r\))(?![\w])", re.IGNORECASE)
_CITED: Final = re.compile(r"^(?:'s)?(?:\s+(?:et al\b|and colleagues|and coworkers|u\.\s?a\.|y cols?\b|et coll\b)|,? (?:and|&) [A-Z][\w'-]+,? (?:et al|JVIR|CVIR|Radiology|Circulation|NEJM|N Engl|Lancet|AJR|J Vasc|Ann |Eur )|,? (?:JVIR|CVIR|NEJM|AJR|Radiology|Circulation|Lancet)\b|\s\(?(?:19|20)\d\d\b[);:])")
_EPONYM_AFTER: Final = re.compile(
    r"^(?:'s?|’s)?[\s-]+(?:\w+[\s-]+)?(?:syndrome?s?|disease|signs?|criteria|classification|class|scores?|stents?|catheters?|filters?|wires?|technique|procedure|operation|needles?|sheaths?|man(?:oeu|eu)ver|test|scale|grad(?:e|ing)|stage|staging|type|trial|registry|triad|forceps|clamp|balloons?|coils?|plugs?|grafts?|lesion|artery|vein|anastomosis|fistula|shunt|malformation|lines?|ports?|drain|bag|tube|pouch|cyst|tumou?r|lymphoma|sarcoma|contracture|fracture|hernia|nodes?|body|bodies|method|approach|curve|set|kit|device|phenomenon|reflex|law|equation|index|formula|angle|space|ring|triangle|loop|limb|procedur|syndrom|krankheit|zeichen|klassifikation|kriterien|technik|katheter|draht|schleuse|maladie|signe|manœuvre|technique|crit[èe]res|enfermedad|s[íi]ndrome|signo|t[ée]cnica|clasificaci[óo]n|criterios)\b|^-\w",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset("van von der den de del dela de-la la le el al bin ibn ben da dos das du di zu zur ter ten mac mc st san y e o' d' abu af av of".split())
_STOP: Final = frozenset(
    "the and or a an is was were has had have will would can could should may might i we he she they it in on at to for from "
    "with by of this that these those my your his her our their who whom which und oder der die das den dem ist war hat wird "
    "wurde im am zu mit von et ou le les un une est a eu sera dans avec par pour y el los las un una es fue ha con por para en "
    "se que qui not no yes please thanks today tomorrow yesterday said says md do np rn pa phd about as if but".split()
)
_LABEL_WORDS: Final = frozenset(
    "hosp no nr mrn dob acc id tel fax phone dos ssn nhs nhc ipp csn ref room bed age sex date name email pager ext number "
    "num nummer numero geb pat pt patient account encounter visit record chart study exam accession case plan dx hx".split()
)
_MARGIN: Final = 4.0


def find_names(reading: Reading) -> Iterator[Hit]:
    """All names, and every place where a name already found stands again."""
    found = [*_forms(reading), *_titled(reading), *_fields(reading), *_headed(reading), *_tagged(reading), *_pairs(reading)]
    yield from found
    yield from _again(reading, found)


def _forms(reading: Reading) -> Iterator[Hit]:
    text = reading.text
    for match in _CARET.finditer(text):
        yield Hit(Kind.NAME, match.start(), match.end(), _WHY_FORM, 0.97, rank=8)
    for match in _COMMA.finditer(text):
        left = [reading.token_at(match.start(1)), reading.token_at(match.end(1) - 1)]
        right = reading.token_at(match.start(2))
        words, tags = reading.seen.words, reading.tags
        marks = {section(reading.seen.folded[left[-1]]), section(reading.seen.folded[right])}
        if marks & {"epo", "dev", "tri", "abb", "dru", "deu", "fra", "esp"}:
            continue
        family = max(words[place].family for place in range(left[0], left[-1] + 1))
        given = words[right].given
        rare = reading.seen.frequency(left[-1]) < 5 and reading.seen.frequency(right) < 5
        shapes = {reading.seen.shapes[left[-1]], reading.seen.shapes[right]}
        capital = reading.tokens[left[0]].has_capital and reading.tokens[right].has_capital
        tagged = tags[left[-1]].label == "N" and tags[right].label == "N"
        headed = _HEADED.match(text[match.end() : match.end() + 24]) is not None
        unlisted = not words[right].known or words[right].given
        if capital and unlisted and (family >= 2 or not words[left[-1]].known) and (headed or shapes == {"XX"}) and reading.seen.case == "mix":
            yield Hit(Kind.NAME, match.start(), match.end(), _WHY_FORM, 0.85, rank=6)
            continue
        if (capital or reading.seen.case == "low") and rare and given and (family or tagged) and "9" not in shapes and not _of_meeting(reading, left[-1], right):
            if reading.seen.case == "low" and not (family >= 2 and given >= 2 or tagged):
                continue
            yield Hit(Kind.NAME, match.start(), match.end(), _WHY_FORM, 0.85, rank=6)


def _of_meeting(reading: Reading, left: int, right: int) -> bool:
    words = reading.seen.words
    tokens = reading.tokens
    phrase = reading.text[tokens[right].start : tokens[min(right + 1, len(tokens) - 1)].end]
    return max(words[right].town, look_up(phrase).town) >= 2 and words[left].town >= 2


def _titled(reading: Reading) -> Iterator[Hit]:
    text = reading.text
    for match in _TITLE.finditer(text):
        title = match.group().strip().lower()
        place = reading.token_at(match.end())
        weak = title in ("fr", "hr", "m.", "d.", "father", "sister", "nurse", "officer", "pr", "don", "sr", "ms", "mr", "pd", "pr.", "oa", "sir", "dr", "dr.", "judge", "rev", "miss")
        stop = _run(reading, place, titled=True)
        if stop <= place:
            continue
        first = reading.tokens[place]
        if weak and not match.group().strip().endswith(".") and not _believable(reading, place):
            continue
        if not first.has_capital and not _believable(reading, place):
            continue
        last_word = reading.seen.folded[stop - 1]
        if last_word in PIONEERS and not reading.text[first.start :].lower().startswith("patient"):
            continue
        if title in ("fr", "m.", "ms", "pr", "hr", "d.") and re.search(r"\d\s?$", text[max(0, match.start() - 3) : match.start()]):
            continue
        if _CITED.match(text[reading.tokens[stop - 1].end :]):
            continue
        yield Hit(Kind.NAME, match.start(), reading.tokens[stop - 1].end, _WHY_TITLE, 0.95, rank=8)


def _believable(reading: Reading, place: int) -> bool:
    """Whether a word behind a weak title can be a name at all."""
    word, folded = reading.seen.words[place], reading.seen.folded[place]
    if folded in _STOP or section(folded) in ("abb", "tri") or (section(folded) in ("wor", "dev") and word.family < 3):
        return reading.tags[place].label == "N" and folded not in _STOP
    if reading.tags[place].label == "N" or (word.family >= 3 and word.listed != 2 and not CUE_OF.get(folded)):
        return True
    if reading.tokens[place].has_capital and reading.seen.case == "mix":
        return word.listed not in (1, 2) or bool(word.given or word.family > 1)
    return (word.given + word.family > 0 and reading.seen.frequency(place) < 5 and word.listed == 0) or not word.known


def _fields(reading: Reading) -> Iterator[Hit]:
    for pattern, sure in ((_FIELD, 0.93), (_BED, 0.8)):
        for match in pattern.finditer(reading.text):
            place = reading.token_at(match.end())
            stop = _run(reading, place, titled=pattern is _FIELD)
            if stop <= place:
                continue
            folded = reading.seen.folded[place]
            word = reading.seen.words[place]
            if CUE_OF.get(folded) and not word.given or section(folded) or folded in _STOP:
                if reading.tags[place].label != "N":
                    continue
            named = bool(word.given or word.family or not word.known or reading.tags[place].label == "N")
            field = re.search(r"(?i)name|nom|apellid|imi|naam|cognome", match.group()) is not None
            if not field and not (named and (reading.seen.frequency(place) < 5 or reading.tags[place].label == "N") and word.listed not in (1, 2)) and reading.tags[place].label != "N":
                continue
            if field and reading.seen.frequency(place) >= 5 and not word.given and not word.family:
                continue
            yield Hit(Kind.NAME, reading.tokens[place].start, reading.tokens[stop - 1].end, _WHY_LABEL, sure, rank=7)


def _headed(reading: Reading) -> Iterator[Hit]:
    """Behind age and sex ("35F Bjorn") or behind a record number and a stroke."""
    for match in _BEHIND.finditer(reading.text):
        place = reading.token_at(match.end())
        stop = _run(reading, place, titled=False)
        if stop <= place:
            continue
        word, folded = reading.seen.words[place], reading.seen.folded[place]
        initial = len(folded) == 1 and stop > place + 1
        listed = word.given >= 2 or word.family >= 2 or not word.known or initial
        plain_word = word.listed in (1, 2) and word.given < 3 and stop == place + 1
        if listed and not plain_word and section(folded) in ("", "wor") and folded not in _STOP:
            if not _vetoed(reading, place, stop):
                yield Hit(Kind.NAME, reading.tokens[place].start, reading.tokens[stop - 1].end, _WHY_TAG, 0.75, rank=4)


def _run(reading: Reading, place: int, *, titled: bool) -> int:
    """One past the last token of the name that begins at a token: capitals, initials, particles."""
    tokens, folded = reading.tokens, reading.seen.folded
    low = reading.seen.case != "mix"
    stop = at = place
    while at < len(tokens) and at - place < 7:
        token = tokens[at]
        if at > place and token.start - tokens[at - 1].end > 1:
            break
        if token.text == "." and at > place and len(tokens[at - 1].text) == 1 and tokens[at - 1].has_capital | low:
            stop = at + 1
        elif token.text in ("-", "'") and at > place:
            pass
        elif not token.is_word:
            break
        elif folded[at] in _PARTICLES and at + 1 < len(tokens) and (tokens[at + 1].is_word or tokens[at + 1].text == "'"):
            if at > place and not (_namely(reading, at + 1, low) or folded[at + 1] in _PARTICLES):
                break
        elif _namely(reading, at, low) or (at == place and titled and token.has_capital and not low and folded[at] not in _STOP):
            stop = at + 1
        elif low and titled and at == place and _believable(reading, at):
            stop = at + 1
        else:
            break
        at += 1
    return stop


def _namely(reading: Reading, place: int, low: bool) -> bool:
    token, folded = reading.tokens[place], reading.seen.folded[place]
    if not token.is_word or folded in _STOP:
        return False
    word, tag = reading.seen.words[place], reading.tags[place]
    if len(token.text) == 1:
        return tag.label == "N" or (token.has_capital and not low and reading.text[token.end : token.end + 1] == ".")
    if section(folded) == "abb" or folded in _LABEL_WORDS:
        return False
    if tag.label == "N":
        return True
    if low:
        return word.listed == 0 and word.given + word.family > 0 and reading.seen.frequency(place) < 4
    if not token.has_capital or section(folded) in ("abb", "wor", "dev", "dru", "deu", "fra", "esp"):
        return False
    return (word.given + word.family > 0 or not word.known) and CUE_OF.get(folded) not in ("place", "doctor", "patient")


def _tagged(reading: Reading) -> Iterator[Hit]:
    tokens, tags = reading.tokens, reading.tags
    place = 0
    while place < len(tokens):
        if tags[place].label != "N":
            place += 1
            continue
        stop = place + 1
        while stop < len(tokens) and (tags[stop].label == "N" or (tokens[stop].text in ".-'" and stop + 1 < len(tokens) and tags[stop + 1].label == "N")):
            if tokens[stop].start - tokens[stop - 1].end > 1:
                break
            stop += 1
        while place < stop and _is_label(reading, stop - 1):
            stop -= 1
        if stop == place:
            place += 1
            continue
        margins = [tags[at].margin for at in range(place, stop) if tags[at].label == "N"]
        best = max(margins) + (1.5 if len(margins) > 1 else 0.0)
        if best > _MARGIN and not _vetoed(reading, place, stop):
            sure = min(0.95, 0.5 + best / 40)
            yield Hit(Kind.NAME, tokens[place].start, tokens[stop - 1].end, _WHY_TAG, sure, rank=5)
        place = stop


def _is_label(reading: Reading, place: int) -> bool:
    folded = reading.seen.folded[place]
    return folded in _LABEL_WORDS or _ROMAN.match(folded) is not None or not reading.tokens[place].is_word or section(folded) == "abb"


def _vetoed(reading: Reading, place: int, stop: int) -> bool:
    """Whether what reads like a name is an eponym, a device, an author or a plain word."""
    tokens, seen = reading.tokens, reading.seen
    after = reading.text[tokens[stop - 1].end : tokens[stop - 1].end + 60]
    if _CITED.match(after):
        return True
    words = [at for at in range(place, stop) if tokens[at].is_word]
    given = any(seen.words[at].given >= 2 and not section(seen.folded[at]) for at in words)
    if _EPONYM_AFTER.match(after) and (not given or after[:1] == "-" or section(seen.folded[words[-1]])):
        return True
    parts = [part for at in words for part in seen.folded[at].split("-")]
    if all(section(part) for part in parts) and not (given and len(words) > 1):
        margin = min(reading.tags[at].margin for at in words)
        cue = seen.cue_before(place)
        return not (margin > 12 and cue[:3] in ("tit", "doc", "pat", "kin", "lab", "gre"))
    if seen.folded[words[-1]] == "santos" and "dos" in seen.folded[max(0, place - 1) : stop] and not seen.cue_before(place):
        return True
    if any(part in PIONEERS for part in parts) and not any(seen.cue_before(at)[:3] == "pat" for at in words):
        return True
    if any(len(tokens[at].text) <= 3 and seen.shapes[at] in ("xX", "Xx") and not tokens[at].text.istitle() for at in words) and len(words) == 1:
        return True
    following = seen.folded[stop] if stop < len(tokens) else ""
    if following in PIONEERS and tokens[stop].start - tokens[stop - 1].end <= 1:
        return True
    if len(words) == 1:
        word, token = seen.words[words[0]], tokens[words[0]]
        if len(token.text) < 3 and reading.tags[words[0]].margin < 12:
            return True
        if word.listed == 2 and word.given + word.family < 3:
            return True
        if seen.folded[words[0]] in _STOP or (seen.frequency(words[0]) >= 5 and not word.given and not token.has_capital):
            return True
        if token.text.isupper() and seen.case == "mix" and len(token.text) <= 5 and not word.given and word.family < 3:
            return reading.tags[words[0]].margin < 14
    return False


def _pairs(reading: Reading) -> Iterator[Hit]:
    """A listed given name and a listed or unknown family name side by side, with capitals."""
    tokens, seen = reading.tokens, reading.seen
    for place in range(len(tokens) - 1):
        first = tokens[place]
        if first.has_capital and _reversed(reading, place):
            yield Hit(Kind.NAME, first.start, tokens[place + 1].end, _WHY_FORM, 0.75, rank=4)
        if not first.has_capital or len(first.text) < 3 or seen.words[place].given < 2 or seen.case == "low":
            continue
        second = place + 1
        if second + 2 < len(tokens) and len(tokens[second].text) == 1 and tokens[second].has_capital:
            second += 2 if tokens[second + 1].text == "." else 1
        last = tokens[second]
        if not last.is_word or not last.has_capital or len(last.text) < 3 or last.start - tokens[second - 1].end > 1 or first.end + 1 < tokens[place + 1].start:
            continue
        one, two = seen.words[place], seen.words[second]
        clear = one.given >= 3 and one.listed == 0 and one.english < 4 and not section(seen.folded[place])
        if not (clear and two.family >= 2 and section(seen.folded[second]) in ("", "wor", "epo")) and (
            section(seen.folded[place]) or section(seen.folded[second]) or one.listed in (1, 2) or two.listed in (1, 2)
        ):
            continue
        if seen.language == "de" and two.family < 2:
            continue
        if seen.frequency(place) >= 5 or CUE_OF.get(seen.folded[second]) or (two.family == 0 and two.known) or two.town > two.family + 2:
            continue
        if seen.case == "up" and not (one.given >= 3 and two.family >= 2):
            continue
        if not _vetoed(reading, place, second + 1):
            yield Hit(Kind.NAME, first.start, last.end, "A given name and a family name side by side.", 0.75, rank=4)


def _reversed(reading: Reading, place: int) -> bool:
    """Family name, given name and then a date or number, as lists of patients have it."""
    last, given = reading.tokens[place], reading.tokens[place + 1]
    one, two = reading.seen.words[place], reading.seen.words[place + 1]
    return (
        given.is_word
        and given.has_capital
        and given.start - last.end == 1
        and min(len(last.text), len(given.text)) > 2
        and two.given >= 2
        and two.listed == 0
        and (one.family >= 2 or not one.known)
        and reading.seen.frequency(place) < 5
        and not section(reading.seen.folded[place])
        and _HEADED.match(reading.text[given.end : given.end + 24]) is not None
    )


def _again(reading: Reading, found: list[Hit]) -> Iterator[Hit]:
    known: set[str] = set()
    for hit in found:
        if hit.sure >= 0.8:
            for at in range(reading.token_at(hit.start), reading.token_at(hit.end - 1) + 1):
                token, word = reading.tokens[at], reading.seen.words[at]
                if token.is_word and len(token.text) > 3 and word.listed == 0 and reading.seen.frequency(at) < 5 and not section(reading.seen.folded[at]) and not CUE_OF.get(reading.seen.folded[at]):
                    known.add(reading.seen.folded[at])
    if not known:
        return
    for at, token in enumerate(reading.tokens):
        if reading.seen.folded[at] in known and (token.has_capital or reading.seen.case == "low"):
            if not _EPONYM_AFTER.match(reading.text[token.end : token.end + 60]):
                yield Hit(Kind.NAME, token.start, token.end, _WHY_AGAIN, 0.75, rank=3)
