"""Which words can be part of a name, where a name ends, and what only looks like one."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.countries import COUNTRIES
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.harmless import PIONEERS, section
from bot.identifiers.text.hits import Reading

_ROMAN: Final = re.compile(r"^[ivx]{1,4}[a-d]?$")
CITED: Final = re.compile(
    r"^(?:'s)?(?:\s+(?:et al\b|and colleagues|and coworkers|u\.\s?a\.|y cols?\b|et coll\b)|,? (?:and|&) [A-Z][\w'-]+,? (?:et al|JVIR|CVIR|Radiology|Circulation|NEJM|N Engl|Lancet|AJR|J Vasc|Ann |Eur )|,? (?:JVIR|CVIR|NEJM|AJR|Radiology|Circulation|Lancet)\b|\s\(?(?:19|20)\d\d\b[);:]|(?:(?:, and |, | and |; | & )[A-Z][\w'-]+){0,4},? (?:(?:first )?(?:published|coined|introduced|populari[sz]ed|proposed)|called it)\b)"
)
EPONYM_AFTER: Final = re.compile(
    r"^(?:'s?|’s)?[\s-]+(?:\w+[\s-]+)?(?:syndrome?s?|disease|signs?|criteria|classification|class|scores?|stents?|catheters?|filters?|wires?|technique|procedure|operation|needles?|sheaths?|man(?:oeu|eu)ver|test|scale|grad(?:e|ing)|stage|staging|type|trial|registry|triad|forceps|clamp|blush|change|rods?|textbook|handbook|book|pattern|types?|grades?|classifications?|in situ|shock|modification|staging|balloons?|coils?|plugs?|grafts?|lesion|artery|vein|anastomosis|fistula|shunt|malformation|lines?|ports?|drain|bag|tube|pouch|cyst|tumou?r|lymphoma|sarcoma|contracture|fracture|hernia|nodes?|body|bodies|method|approach|curve|set|kit|device|phenomenon|reflex|law|equation|index|formula|angle|space|ring|triangle|point|frames?|pins?|screws?|retractors?|scissors|dressings?|wraps?|sutures?|elevator|rongeur|speculum|cannulas?|introducers?|baskets?|dilators?|tourniquet|bandages?|cast|splint|tray|position|incision|flap|boots?|perforators?|clips?|mesh|pads?|drops|cream|ointment|powder|stockings?|drains|valves?|bodies|bars?|rule|zones?|hooks?|trocars?|stapler|blades?|laryngoscope|tape|gauze|airway|snare|nodules|lappen|klemme|haken|nadel|punkt|lagerung|verband|pinza|punto|colgajo|pince|point|lambeau|loop|limb|procedur|syndrom|krankheit|zeichen|klassifikation|kriterien|technik|katheter|draht|schleuse|maladie|signe|manœuvre|technique|crit[èe]res|enfermedad|s[íi]ndrome|signo|t[ée]cnica|clasificaci[óo]n|criterios)\b|^-\w",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset(
    [
        "van", "von", "der", "den", "de", "del", "dela", "de-la", "la", "le", "el", "al", "bin", "ibn", "ben",
        "da", "dos", "das", "du", "di", "zu", "zur", "ter", "ten", "mac", "mc", "st", "san", "y", "e", "o'",
        "d'", "abu", "af", "av", "of",
    ]
)  # fmt: skip
STOP: Final = frozenset(
    [
        "the", "and", "or", "a", "an", "is", "was", "were", "has", "had", "have", "will", "would", "can",
        "could", "should", "may", "might", "i", "we", "he", "she", "they", "it", "in", "on", "at", "to",
        "for", "from", "with", "by", "of", "this", "that", "these", "those", "my", "your", "his", "her",
        "our", "their", "who", "whom", "which", "und", "oder", "der", "die", "das", "den", "dem", "ist",
        "war", "hat", "wird", "wurde", "im", "am", "zu", "mit", "von", "et", "ou", "le", "les", "un", "une",
        "est", "a", "eu", "sera", "dans", "avec", "par", "pour", "y", "el", "los", "las", "un", "una", "es",
        "fue", "ha", "con", "por", "para", "en", "se", "que", "qui", "not", "no", "yes", "please", "thanks",
        "today", "tomorrow", "yesterday", "said", "says", "md", "do", "np", "rn", "pa", "phd", "about", "as",
        "if", "but", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "kollege", "kollegin", "kollegen", "colleague", "colleagues", "confrere", "consoeur", "collega",
        "colega", "collegue", "iban", "buongiorno", "bonjour", "hola", "hallo", "hello", "dear",
    ]
)  # fmt: skip
_LABEL_WORDS: Final = frozenset(
    [
        "hosp", "no", "nr", "mrn", "dob", "acc", "id", "tel", "fax", "phone", "dos", "ssn", "nhs", "nhc",
        "ipp", "csn", "ref", "room", "bed", "age", "sex", "date", "name", "email", "pager", "ext", "number",
        "num", "nummer", "numero", "geb", "pat", "pt", "patient", "account", "encounter", "visit", "record",
        "vers", "versicherung", "provincia", "localidad", "krankenkasse", "kasse", "poa", "hcpoa", "chart", "study", "exam", "accession", "case", "plan", "dx", "hx",
    ]
)  # fmt: skip


def believable(reading: Reading, place: int) -> bool:
    """Whether a word behind a weak title can be a name at all."""
    word, folded = reading.seen.words[place], reading.seen.folded[place]
    if section(folded) == "abb" and word.family >= 2 and reading.tokens[place].text.istitle():
        return True  # Dr Rao, not the projection
    if (
        folded in STOP
        or section(folded) in ("abb", "tri")
        or (section(folded) in ("wor", "dev") and word.family < 3)
    ):
        return reading.tags[place].label == "N" and folded not in STOP
    if reading.tags[place].label == "N" or (
        word.family >= 3 and word.listed != 2 and not CUE_OF.get(folded)
    ):
        return True
    if reading.tokens[place].has_capital and reading.seen.case == "mix":
        return word.listed not in (1, 2) or bool(word.given or word.family > 1)
    return (
        word.given + word.family > 0 and reading.seen.frequency(place) < 5 and word.listed == 0
    ) or not word.known


def name_end(reading: Reading, place: int, *, titled: bool) -> int:
    """One past the last token of the name that begins at a token: capitals, initials, particles."""
    tokens, folded = reading.tokens, reading.seen.folded
    low = reading.seen.case != "mix"
    stop = at = place
    while at < len(tokens) and at - place < 7:
        token = tokens[at]
        if at > place and token.start - tokens[at - 1].end > 1:
            break
        if (
            token.text == "."
            and at > place
            and len(tokens[at - 1].text) == 1
            and tokens[at - 1].has_capital | low
        ):
            stop = at + 1
        elif token.text in ("-", "'") and at > place:
            pass
        elif not token.is_word:
            break
        elif (
            folded[at] in _PARTICLES
            and at + 1 < len(tokens)
            and (tokens[at + 1].is_word or tokens[at + 1].text == "'")
        ):
            if at > place and not (_namely(reading, at + 1, low) or folded[at + 1] in _PARTICLES):
                break
        elif (
            _namely(reading, at, low)
            or (
                at == place
                and titled
                and token.has_capital
                and not low
                and (
                    folded[at] not in STOP
                    or (token.text.istitle() and reading.seen.words[at].family >= 2)
                )
            )
            or (low and titled and at == place and believable(reading, at))
        ):
            stop = at + 1
        else:
            break
        at += 1
    return stop


def _namely(reading: Reading, place: int, low: bool) -> bool:
    token, folded = reading.tokens[place], reading.seen.folded[place]
    if not token.is_word or folded in STOP:
        return False
    word, tag = reading.seen.words[place], reading.tags[place]
    if len(token.text) == 1:
        return tag.label == "N" or (
            token.has_capital and not low and reading.text[token.end : token.end + 1] == "."
        )
    if section(folded) == "abb" or folded in _LABEL_WORDS:
        return False
    if tag.label == "N":
        return True
    if low:
        return (
            word.listed == 0 and word.given + word.family > 0 and reading.seen.frequency(place) < 4
        )
    if not token.has_capital or section(folded) in (
        "abb",
        "wor",
        "dev",
        "dru",
        "deu",
        "fra",
        "esp",
    ):
        return False
    return (word.given + word.family > 0 or not word.known) and CUE_OF.get(folded) not in (
        "place",
        "doctor",
        "patient",
    )


def is_label(reading: Reading, place: int) -> bool:
    """Whether a token is a label, a sign or a numeral rather than a name."""
    folded = reading.seen.folded[place]
    abbreviation = section(folded) == "abb" and not (
        reading.tokens[place].text.istitle() and reading.seen.words[place].family >= 2
    )
    return (
        folded in _LABEL_WORDS
        or _ROMAN.match(folded) is not None
        or not reading.tokens[place].is_word
        or abbreviation
    )


_TERM: Final = re.compile(
    r"(?:itis|osis|oses|ose|emia|emie|oma|omas|ome|omes|ectomy|ektomie|otomy|otomie|ostomy|plasty|plastik|plastie|scopy|skopie|graphy|graphie|grafie|graf[íi]a|gram|logy|logie|log[íi]a|pathy|pathie|"
    r"aban|xaban|mab|mabs|nib|olol|pril|sartan|statin|cillin|mycin|micin|azole|azol|parin|grel|tide|gliptin|gliflozin|oxacin|cycline|prazole|setron|caine|"
    r"ung|ungen|heit|keit|schaft|ierung|t[äa]t|tion|tionen|ismus|ende|ender|endes|enden|ierend|ierte|ierter|haft|lich|liche|isch|ische|ischer|katheter|aneurysma|arterie|vene|karzinom|zentrum|"
    r"ment|ments|tions|sions?|ness|ated|able|ible|ically|cyte|cytes|genic|ci[óo]n|ciones|miento|idad|zione|zioni|mente|amento|ção|ções|idade|[íiáaóo](?:l|t|g|st|n)ic[oa]s?|ique|iques|eux|euse|aire|aires|oire|oires)$"
)


def reads_like_a_term(reading: Reading, first: int, stop: int) -> bool:
    """One word that is no name: an unlisted word with an ending of medicine or of abstract nouns, an acronym, a language, a country."""
    places = [at for at in range(first, stop) if reading.tokens[at].is_word]
    if len(places) != 1:
        return False
    place = places[0]
    word, token, folded = (
        reading.seen.words[place],
        reading.tokens[place],
        reading.seen.folded[place],
    )
    if word.given >= 2 or word.family >= 2 or _cued(reading, place):
        return False
    if len(folded) > 5 and _TERM.search(folded):
        return True
    if (
        re.fullmatch(r"[A-Z]{2,}s|[^aeiouyAEIOUY\d\W]{3,6}", token.text)
        and reading.seen.case == "mix"
    ):
        return True
    before = reading.before(token.start, 16)
    return folded in COUNTRIES or before.endswith(
        ("language: ", "speaks ", "speaking ", "language is ")
    )


def _cued(reading: Reading, place: int) -> bool:
    cue = reading.seen.cue_before(place)
    return cue[:3] in ("tit", "doc", "lab", "gre") and cue.endswith("1")


def pioneer(reading: Reading, first: int, stop: int) -> bool:
    """Whether the words are somebody who stands for a technique, "dos Santos" with its particle."""
    folded = reading.seen.folded
    begin = first - 1 if first and folded[first - 1] in _PARTICLES else first
    return "-".join(folded[begin:stop]) in PIONEERS or "-".join(folded[first:stop]) in PIONEERS - {
        "ring",
        "cope",
        "baum",
        "wallace",
        "abrams",
        "cobra",
    }


_HEADING: Final = re.compile(
    r"\b(?:allerg\w+|(?:current |home |discharge )?medications?|meds|an(?:a)?esthesia|sedation|neck|heent|(?:review of )?systems|ros|abdomen|skin|chest|lungs?|heart|cardiac|cardiovascular|extremit(?:y|ies)|neuro(?:logic(?:al)?)?|musculoskeletal|back|pelvis|eyes|ears|throat|history|pmh|psh|examination|diagnos[ie]s|indications?|findings?|procedures?|technique|complications?|condition|disposition|diet|activity|access|contrast|drains?|specimens?|position|impression|assessment|plan|equipment|implants?|"
    r"medikation|allergien|befund|diagnosen?|anamnese|therapie|auftrag|indikation|alergias|tratamiento|exploraci[óo]n|diagn[óo]stico|t[ée]cnica|antecedentes|traitement|ant[ée]c[ée]dents|examen|indication|conclusion|allergies)\s*:\s*$"
)


_ARTICLES: Final = {"en": ("a", "an"), "de": ("ein", "eine", "einen", "einem"), "es": ("un", "una"), "fr": ("un", "une")}  # fmt: skip
_CALENDAR: Final = frozenset(
    [
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
        "spring",
        "winter",
        "autumn",
        "lundis",
        "mardis",
        "mercredis",
        "jeudis",
        "vendredis",
        "montags",
        "dienstags",
        "mittwochs",
        "donnerstags",
        "freitags",
    ]
)
_THING_BEFORE: Final = re.compile(
    r"(?:\b(?:no|without|negative|positive|denies|sin|sans|pas de|ohne|keine?[nr]?)|#\s?\d{1,2}|\b\d{1,2}-0|\b\d{1,2}\s?(?:fr|french|gauge|mm|mg|ml|cc)|\ban? \d{1,3})\s+$"
)
_THING_AFTER: Final = re.compile(
    r"^(?:\s(?:I{2,3}|IV|VI{1,3})\b|\s\d+(?:[.,]\d+)?\s?(?:mg|mcg|ml|g|cc|units?|%|mm|cm|fr|F|French|tablets?|atm)\b)"
)
_CAMEL: Final = re.compile(r"(?!Mc|Mac|De|Di|Da|Du|La|Le|Fitz|Van|O')[A-Z][a-z]+-?[A-Z][A-Za-z]+")


def _reads_like_a_thing(reading: Reading, place: int, stop: int) -> bool:
    """What stands around it in a text of medicine is what stands around things: "no X", "4-0 X", "an X",
    "X 80 mg", "X II"; or it is written as only makers write: StentLock."""
    seen, tokens = reading.seen, reading.tokens
    if seen.case != "mix" or _cued(reading, place) or seen.cue_before(place)[:3] in ("pat", "kin"):
        return False
    before = reading.before(tokens[place].start, 24)
    if stop - place == 1:
        if _CAMEL.fullmatch(tokens[place].text) or seen.folded[place] in _CALENDAR:
            return True
        if re.search(r"\d $", before) and seen.folded[place] in ("west", "east", "north", "south"):
            return True
        if (
            tokens[place].text.isupper()
            and reading.text[tokens[place].end :][:1] == ":"
            and seen.frequency(place) >= 3
        ):
            return True
        if seen.medical and _THING_AFTER.match(reading.text[tokens[place].end :][:24]):
            return True
    if seen.medical and _THING_BEFORE.search(before):
        return True
    articles = _ARTICLES.get(seen.language, ())
    words = before.split()
    return seen.medical and before.endswith(" ") and bool(words) and (
        words[-1] in articles or ((words[-1] in ("old", "new", "second") and words[-2:-1] == ["an"]) or (words[-2:-1] == ["a"] and words[-1] in ("new", "second")))
    )  # fmt: skip


def _is_thing(reading: Reading, place: int) -> bool:
    """One word that its place in the sentence or the word lists show to be a thing: "an Esmarch",
    "NECK: Supple", in a text of capitals any word of the language that nobody is called by."""
    seen, word = reading.seen, reading.seen.words[place]
    if _cued(reading, place) or seen.cue_before(place) in ("pat1", "patient1", "kin1"):
        return False
    nobody = word.given + word.family == 0
    if nobody and word.listed in (1, 2):
        return True
    if nobody and seen.case != "mix" and seen.frequency(place) >= 2:
        return True
    text = reading.tokens[place].text
    if (
        seen.case == "mix"
        and text.isupper()
        and len(text) <= 4
        and (word.given < 3 or seen.medical)
    ):
        return reading.tags[place].margin < 14 or len(text) <= 3
    heading = _HEADING.search(reading.before(reading.tokens[place].start, 40))
    return heading is not None and word.given < 3 and word.family < 4


def vetoed(reading: Reading, place: int, stop: int) -> bool:
    """Whether what reads like a name is an eponym, a device, an author or a plain word."""
    tokens, seen = reading.tokens, reading.seen
    after = reading.text[tokens[stop - 1].end : tokens[stop - 1].end + 60]
    if CITED.match(after):
        return True
    words = [at for at in range(place, stop) if tokens[at].is_word]
    if all(len(tokens[at].text) == 1 or seen.folded[at] in _PARTICLES for at in words):
        return True
    if len(tokens[place].text) == 1 and reading.before(tokens[place].start, 3)[-2:-1].isdigit():
        return True  # 1.1 L. Drain off
    if reads_like_a_term(reading, place, stop):
        return True
    given = any(seen.words[at].given >= 2 and not section(seen.folded[at]) for at in words)
    alone = len(words) == 1 and seen.cue_before(place)[:3] not in (
        "tit", "doc", "pat", "kin", "lab", "gre",
    )  # fmt: skip
    if EPONYM_AFTER.match(after) and (
        not given or alone or after[:1] == "-" or section(seen.folded[words[-1]])
    ):
        return True
    if _reads_like_a_thing(reading, place, stop):
        return True
    if pioneer(reading, place, stop) or (len(words) == 1 and _is_thing(reading, words[0])):
        return True
    parts = [part for at in words for part in seen.folded[at].split("-")]
    if any(part in PIONEERS for part in parts) and not any(
        seen.cue_before(at)[:3] == "pat" for at in words
    ):
        return True
    if all(section(part) for part in parts) and not (given and len(words) > 1):
        margin = min(reading.tags[at].margin for at in words)
        cue = seen.cue_before(place)
        return not (margin > 12 and cue[:3] in ("tit", "doc", "pat", "kin", "lab", "gre"))
    if (
        any(
            len(tokens[at].text) <= 3
            and seen.shapes[at] in ("xX", "Xx")
            and not tokens[at].text.istitle()
            for at in words
        )
        and len(words) == 1
    ):
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
        if seen.folded[words[0]] in STOP or (
            seen.frequency(words[0]) >= 5 and not word.given and not token.has_capital
        ):
            return True
        if (
            token.text.isupper()
            and seen.case == "mix"
            and len(token.text) <= 5
            and not word.given
            and word.family < 3
        ):
            return reading.tags[words[0]].margin < 14
    return False
