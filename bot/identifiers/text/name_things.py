"""What only looks like a name: eponyms, devices, authors, terms of medicine, plain words with a capital.

A capital says nothing at the head of a sentence, and "the X sign" is named after somebody long dead."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.compounds import put_together
from bot.identifiers.text.countries import COUNTRIES
from bot.identifiers.text.eponyms import CITED, EPONYM_AFTER, named_after, pioneer
from bot.identifiers.text.folding import fold
from bot.identifiers.text.harmless import PIONEERS, section
from bot.identifiers.text.hits import Reading
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.name_around import compared, cued, handled, reads_like_a_thing
from bot.identifiers.text.name_slips import misspelt
from bot.identifiers.text.name_trade import of_the_trade
from bot.identifiers.text.name_words import PARTICLES, STOP

_TERM: Final = re.compile(
    r"(?:lyse|lysen|zele|zelen|verschluss|verschlusse|izar|izado|izada|itis|osis|oses|ose|emia|aemia|trophic|toxic|lytic|genic|manic|phobic|plegic|tropic|pathies|graphies|scopies|ectomies|ostomies|plegia|uria|algia|phagia|trophy|lysis|genesis|penia|rrh(?:o|oe)?ea|rrhage|cele|oid|oids|ular|eous|emie|oma|omas|ome|omes|ectomy|ektomie|otomy|otomie|ostomy|plasty|plastik|plastie|scopy|skopie|graphy|graphie|grafie|graf[íi]a|gram|logy|logie|log[íi]a|pathy|pathie|"
    r"aban|xaban|mab|mabs|nib|olol|pril|sartan|statin|cillin|mycin|micin|azole|azol|parin|grel|tide|gliptin|gliflozin|oxacin|cycline|prazole|setron|caine|"
    r"ung|ungen|heit|keit|schaft|ierung|t[äa]t|tion|tionen|ismus|ende|ender|endes|enden|ierend|ierte|ierter|haft|lich|liche|isch|ische|ischer|katheter|aneurysma|arterie|vene|karzinom|zentrum|"
    r"ment|ments|tions|sions?|ness|ated|able|ible|ically|cyte|cytes|genic|ci[óo]n|ciones|miento|idad|zione|zioni|mente|amento|[cç][aã]o|[cç][oõ]es|idade|[íiáaóo](?:l|t|g|st|n)ic[oa]s?|ique|iques|eux|euse|aire|aires|oire|oires)$"
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
    if reading.before(token.start, 16).endswith(
        ("language: ", "speaks ", "speaking ", "language is ", "sprache: ", "idioma: ", "langue : ")
    ):
        return True
    if word.given >= 2 or word.family >= 2 or cued(reading, place):
        return False
    if len(folded) > 5 and _TERM.search(folded):
        return True
    if (
        re.fullmatch(r"[A-Z]{2,}s|[^aeiouyAEIOUY\d\W]{3,6}", token.text)
        and reading.seen.case == "mix"
    ):
        return True
    return folded in COUNTRIES


_HEADING: Final = re.compile(
    r"\b(?:allerg\w+|(?:current |home |discharge )?medications?|meds|an(?:a)?esthesia|sedation|neck|heent|(?:review of )?systems|ros|abdomen|skin|chest|lungs?|heart|cardiac|cardiovascular|extremit(?:y|ies)|neuro(?:logic(?:al)?)?|musculoskeletal|back|pelvis|eyes|ears|throat|history|pmh|psh|examination|diagnos[ie]s|indications?|findings?|procedures?|technique|complications?|condition|disposition|diet|activity|access|contrast|drains?|specimens?|position|impression|assessment|plan|equipment|implants?|ventilator|vent|pumps?|bed|lens|stents?|balloons?|wires?|catheters?|grafts?|filters?|ports?|lines?|tubes?|drops|dressings?|wounds?|feeds?|nutrition|prophylaxis|ppx|antibiotics|abx|pressors|drips|infusions?|chemo(?:therapy)?|regimen|vaccines?|immunizations?|sutures?|mesh|closure|h(?:a)?emostasis|embolics?|coils?|particles|monitor(?:ing)?|devices?|software|scanner|sequences|brands?|model|manufacturer|"
    r"medikation|allergien|befund|diagnosen?|anamnese|therapie|auftrag|indikation|alergias|tratamiento|exploraci[óo]n|diagn[óo]stico|t[ée]cnica|antecedentes|traitement|ant[ée]c[ée]dents|examen|indication|conclusion|allergies)\s*:\s*$"
)


def _is_thing(reading: Reading, place: int) -> bool:
    """One word that its place in the sentence or the word lists show to be a thing: "an Esmarch",
    "NECK: Supple", in a text of capitals any word of the language that nobody is called by."""
    seen, word = reading.seen, reading.seen.words[place]
    if cued(reading, place) or seen.cue_before(place) in ("pat1", "patient1", "kin1"):
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


LETTERED: Final = re.compile(r"[A-Za-z]-\w+|\w+-[A-Z]\w?|[A-Z][A-Z]+[a-z]|[a-z]+[A-Z]+")
"""X-ray, Vit-B, TRAb."""


def _acronym(reading: Reading, place: int) -> bool:
    """GERD, ALARA: a few capitals in a text of medicine that is not all capitals."""
    seen, word, text = reading.seen, reading.seen.words[place], reading.tokens[place].text
    return (
        seen.medical
        and seen.case == "mix"
        and text.isupper()
        and len(text) < 6
        and max(word.given, word.family) < 4
        and not _ACTS.match(reading.text[reading.tokens[place].end :][:40])
    )


_ACTS: Final = re.compile(
    r"(?:'s|,? (?:is|was|has|had|will|would|says?|said|wants|asked|told|came|went|lives?|works?|denies|reports|tolerated|agreed|called|rang|needs|can|does|did|understands?|understood|signed|consented|agrees|states?|stated|refuse[ds]?|speaks|complain(?:s|ed)|wishes|prefers|vomited|slept|ambulate[ds]|ist|war|hat|wird|macht|kommt|kam|wurde|est|a|était|habite|es|est[áa]|fue|tiene|vive|ha|refiere|\w+ed (?:his|her|my|our|him|me|us))\b|,? \(?\d{1,3}(?! ?(?:mg|mm|cm|fr|ml|%)))"
)


def thing_of_two(reading: Reading, place: int) -> bool:
    """Magill-Tubus, Redon-Drainage: a name and, behind the hyphen, the thing that bears it."""
    left, hyphen, right = reading.tokens[place].text.rpartition("-")
    if not hyphen or len(left) < 3 or len(right) < 4:
        return False
    word = look_up(right)
    if max(word.given, word.family, word.town) > 1:
        return False
    return word.listed in (1, 2) or word.common >= 3 or put_together(fold(right)) is not None


def _at_the_head(reading: Reading, place: int) -> bool:
    """Whether a capital says nothing here: at the head of a sentence, of a line, behind a colon."""
    begin, _ = reading.sentence(reading.tokens[place].start)
    front = reading.text[begin : reading.tokens[place].start].rstrip(" \"'(-*•>–")
    return not front or front[-1] in ":.?!;)]→" or front[-1].isdigit()


def _plain_head(reading: Reading, place: int, stop: int) -> bool:
    """Faucal diphtheria. Curdy white. Gross spillage: a word of a dictionary, or one that no list has,
    at the head of a sentence of medicine, and it does not act as people do."""
    seen, word = reading.seen, reading.seen.words[place]
    if not seen.medical or seen.case != "mix" or not _at_the_head(reading, place):
        return False
    plain = word.listed in (1, 2) and max(word.given, word.family) < 6
    if seen.language == "de" and seen.frequency(place) >= 5 and max(word.given, word.family) < 5:
        plain = True  # Echo: Gute Pumpfunktion
    after = reading.text[reading.tokens[stop - 1].end :][:40]
    unlisted = not word.known and seen.language == "en"
    if unlisted and reading.tags[place].margin >= 15 and _SET_OFF.match(after):
        return False  # Oyelaran, child C
    return (plain or unlisted) and not _ACTS.match(after)


_SET_OFF: Final = re.compile(r", (?:\d|[a-z]+ [A-Z0-9]|[a-z]+, )| \(")
"""What goes on behind whoever a line speaks of."""


def _all_terms(reading: Reading, places: list[int]) -> bool:
    """Ankylosing Spondylitis, Sigmoid Colon, Theca Lutein Cysts: words of medicine with capitals."""
    seen = reading.seen
    if len(places) < 2 or not seen.medical or seen.case != "mix":
        return False

    def term(at: int) -> bool:
        word = seen.words[at]
        return (
            word.listed == 2
            or (word.listed == 1 and max(word.given, word.family) < 3)
            or seen.harmless[at] in ("wor", "abb", "dru", "deu", "fra", "esp")
            or (max(word.given, word.family) < 2 and _TERM.search(seen.folded[at]) is not None)
        )

    last = seen.words[places[-1]]
    ends = last.listed == 2 and max(last.given, last.family) < 3
    return all(term(at) for at in places) or (
        ends and not any(seen.words[at].given >= 3 for at in places)
    )


_TRUSTED: Final = 30.0
"""A margin of the tagger above which the sentence weighs more than the lists of things."""


def _called_so(reading: Reading, words: list[int], behind: int) -> bool:
    """CTA von Bergmann: people are often called so, and the sentence speaks of somebody. Not where the
    next word is a pioneer of the field: Melvin Judkins."""
    seen = reading.seen
    return any(
        max(seen.words[at].given, seen.words[at].family) >= 3
        and reading.tags[at].label == "N"
        and reading.tags[at].margin > _TRUSTED
        and (seen.shapes[at] == "Xx" or seen.case != "mix")
        for at in words
    ) and not any(
        seen.harmless[at] in ("dev", "tri", "dru")
        or any(part in PIONEERS for part in seen.folded[at].split("-"))
        for at in (*words, *range(behind, min(behind + 1, len(seen.folded))))
    )


def _spoken_of(reading: Reading, words: list[int]) -> bool:
    """Grace, Mark: words too, but where nothing speaks of medicine and the sentence speaks of somebody."""
    seen = reading.seen
    return (
        len(words) == 1
        and seen.case == "mix"
        and seen.words[words[0]].given >= 5
        and seen.shapes[words[0]] == "Xx"
        and reading.tags[words[0]].label == "N"
        and reading.tags[words[0]].margin > 12
        and not _at_the_head(reading, words[0])
    )


def _of_a_manual(reading: Reading, place: int) -> bool:
    """Consultez, CHROOT_DIR: where nothing speaks of medicine, a word of the language that nobody is
    called by, or part of something that programs read."""
    token, word = reading.tokens[place], reading.seen.words[place]
    if "_" in (reading.text[token.start - 1 : token.start], reading.text[token.end :][:1]):
        return True
    return max(word.given, word.family) < 2 and (word.common >= 3 or word.listed == 1)


def vetoed(reading: Reading, place: int, stop: int) -> bool:
    """Whether what reads like a name is an eponym, a device, an author or a plain word."""
    tokens, seen = reading.tokens, reading.seen
    after = reading.text[tokens[stop - 1].end : tokens[stop - 1].end + 60]
    if CITED.match(after):
        return True
    words = [at for at in range(place, stop) if tokens[at].is_word]
    if all(len(tokens[at].text) == 1 or seen.folded[at] in PARTICLES for at in words):
        return True
    if len(tokens[place].text) == 1 and reading.before(tokens[place].start, 3)[-2:-1].isdigit():
        return True  # 1.1 L. Drain off
    if reads_like_a_term(reading, place, stop):
        return True
    if compared(reading, place, stop):
        return True
    if len(words) == 1 and not seen.medical and _of_a_manual(reading, words[0]):
        return True
    if _called_so(reading, words, stop) and not EPONYM_AFTER.match(after):
        return (
            pioneer(reading, place, stop)
            or reads_like_a_thing(reading, place, stop)
            or (seen.language != "de" and handled(reading, place, stop))
        )
    cue = seen.cue_before(place)
    if not (cue[:3] in ("tit", "doc") and cue.endswith("1")):
        if seen.medical and named_after(reading, place, stop):
            return True
        if _all_terms(reading, words) or (seen.medical and handled(reading, place, stop)):
            return True
        if of_the_trade(reading, place, stop):
            return True
        if seen.case == "low" and seen.language == "de" and len(words) == 1:
            word = seen.words[words[0]]
            if seen.frequency(words[0]) >= 4 and word.given < 2 and word.family < 5:
                return True  # stent im bauch
        if (
            len(words) == 1
            and seen.medical
            and (misspelt(reading, words[0]) or thing_of_two(reading, words[0]))
        ):
            return True
        if len(words) == 1 and (
            LETTERED.fullmatch(tokens[words[0]].text)
            or (
                cue not in ("pat1", "kin1", "label1", "greet1")
                and (_plain_head(reading, words[0], stop) or _acronym(reading, words[0]))
            )
        ):
            return True
    if (
        reading.text[tokens[place].start - 1 : tokens[place].start] == "/"
        and len(tokens[place].text) == 1
    ):
        return True  # C/S. Splintage
    given = any(seen.words[at].given >= 2 and not section(seen.folded[at]) for at in words)
    alone = len(words) == 1 and seen.cue_before(place)[:3] not in (
        "tit", "doc", "pat", "kin", "lab", "gre",
    )  # fmt: skip
    if not seen.medical and _spoken_of(reading, words):
        return False  # Does Mark from book club know
    if EPONYM_AFTER.match(after) and (
        not given or alone or after[:1] == "-" or section(seen.folded[words[-1]])
    ):
        return True
    if reads_like_a_thing(reading, place, stop):
        return True
    if (
        len(words) > 1
        and seen.medical
        and not any(seen.words[at].given >= 2 for at in words)
        and _HEADING.search(reading.before(tokens[place].start, 40))
    ):
        return True  # Ventilator: Drager Evita
    if pioneer(reading, place, stop) or (len(words) == 1 and _is_thing(reading, words[0])):
        return True
    parts = [part for at in words for part in seen.folded[at].split("-")]
    if len(words) == 2 and len(seen.folded[words[1]]) == 1 and seen.harmless[words[0]] == "epo":
        parts = parts[:1]  # Barbeau C
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
