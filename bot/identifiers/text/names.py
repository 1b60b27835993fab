"""People's names: by the words around them, by their form, and by the tagger.

Any of the finders may speak; the tagger alone gives way to the list of eponyms, devices and authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.eponyms import EPONYM_AFTER
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_acting import by_acting
from bot.identifiers.text.name_bare import by_given
from bot.identifiers.text.name_cues import (
    WHY_TAG,
    by_field,
    by_heading,
    by_title,
)
from bot.identifiers.text.name_everyday import by_everyday
from bot.identifiers.text.name_forms import HEADED, WHY_FORM, by_form
from bot.identifiers.text.name_letters import by_letter
from bot.identifiers.text.name_lists import by_row
from bot.identifiers.text.name_posts import by_post
from bot.identifiers.text.name_spoken import by_sentence
from bot.identifiers.text.name_things import reads_like_a_term, vetoed
from bot.identifiers.text.name_trade import speaks_in_public
from bot.identifiers.text.name_words import PARTICLES, STOP, is_label

_WHY_AGAIN: Final = "The same name was found elsewhere in this text."

_MARGIN: Final = 5.0
_LONGEST: Final = 12  # tokens of one name


def find_names(reading: Reading) -> Iterator[Hit]:
    """All names, and every place where a name already found stands again."""
    found = [
        *by_form(reading),
        *by_title(reading),
        *by_field(reading),
        *by_heading(reading),
        *by_letter(reading),
        *by_sentence(reading),
        *by_acting(reading),
        *by_post(reading),
        *by_row(reading),
        *_tagged(reading),
        *_pairs(reading),
        *(by_given(reading) if reading.seen.medical else by_everyday(reading)),
    ]
    yield from found
    yield from _again(reading, found)


def _tagged(reading: Reading) -> Iterator[Hit]:
    tokens, tags = reading.tokens, reading.tags
    place = 0
    while place < len(tokens):
        if tags[place].label != "N":
            place += 1
            continue
        stop = place + 1
        while stop < min(len(tokens), place + _LONGEST) and (
            tags[stop].label == "N"
            or (
                tokens[stop].text in ".-'"
                and stop + 1 < len(tokens)
                and (tags[stop + 1].label == "N" or _joins(reading, stop + 1))
            )
            or _joins(reading, stop)
        ):
            if tokens[stop].start - tokens[stop - 1].end > 1:
                break
            if tokens[stop].text == "." and len(tokens[stop - 1].text) > 3:
                break  # the end of a sentence
            stop += 1
        run = stop
        while reading.seen.case == "mix" and stop - place > 1 and tokens[stop - 1].text.islower():
            stop -= 1  # Phlebographie li
        while place < stop and (
            is_label(reading, stop - 1) or reading.seen.folded[stop - 1] in STOP
        ):
            stop -= 1
        while place < stop and reading.seen.folded[place] in STOP:
            place += 1
        if stop == place:
            place = run
            continue
        if (
            reading.seen.case == "mix"
            and stop == place + 1
            and tokens[place].text.islower()
            and reading.seen.frequency(place) >= 4
        ):
            place = stop  # rama, in a text that has capitals
            continue
        margins = [tags[at].margin for at in range(place, stop) if tags[at].label == "N"]
        best = max(margins) + (1.5 if len(margins) > 1 else 0.0)
        inside = reading.is_allowed(tokens[place].start, tokens[stop - 1].end)
        spoken = tokens[place - 1].text == "." if place else False
        titled = reading.seen.cues[place - 2 if spoken and place > 1 else place - 1] == "doctor"
        if titled and place and speaks_in_public(reading, tokens[place].start):
            place = stop
            continue
        if stop == place + 1 and reading.seen.words[place].town >= 4:
            inside = inside or reading.is_event(
                tokens[place].start
            )  # Valencia, where the congress is
        if best > _MARGIN and not inside and not vetoed(reading, place, stop):
            sure = min(0.95, 0.5 + best / 40)
            yield Hit(Kind.NAME, tokens[place].start, tokens[stop - 1].end, WHY_TAG, sure, rank=5)
        place = stop


def _joins(reading: Reading, place: int) -> bool:
    """The particles of a family name between two parts of it: Van der Berg behind an initial."""
    at = place
    while at < len(reading.tokens) and reading.seen.folded[at] in PARTICLES:
        at += 1
    return (
        place < at < len(reading.tokens)
        and reading.tags[at].label == "N"
        and reading.tokens[at].has_capital
        and reading.tokens[at].start - reading.tokens[at - 1].end == 1
    )


def _pairs(reading: Reading) -> Iterator[Hit]:
    """A listed given name and a listed or unknown family name side by side, with capitals."""
    tokens, seen = reading.tokens, reading.seen
    for place in range(len(tokens) - 1):
        first = tokens[place]
        if first.has_capital and (
            _reversed(reading, place)
            or _shouted(reading, place)
            or _halfknown(reading, place)
            or _after_at(reading, place)
        ):
            yield Hit(Kind.NAME, first.start, tokens[place + 1].end, WHY_FORM, 0.75, rank=4)
        if (
            not first.has_capital
            or len(first.text) < 3
            or seen.words[place].given < 2
            or seen.case == "low"
        ):
            continue
        second = place + 1
        if (
            second + 2 < len(tokens)
            and len(tokens[second].text) == 1
            and tokens[second].has_capital
        ):
            second += 2 if tokens[second + 1].text == "." else 1
        last = tokens[second]
        if (
            not last.is_word
            or not last.has_capital
            or len(last.text) < 3
            or last.start - tokens[second - 1].end > 1
            or first.end + 1 < tokens[place + 1].start
        ):
            continue
        one, two = seen.words[place], seen.words[second]
        clear = (
            (one.given >= 3 or (one.given == 2 and one.common == 0))
            and one.listed == 0
            and one.english < 4
            and not section(seen.folded[place])
        )
        if not (
            clear and two.family >= 2 and section(seen.folded[second]) in ("", "wor", "epo")
        ) and (
            section(seen.folded[place])
            or section(seen.folded[second])
            or one.listed in (1, 2)
            or two.listed in (1, 2)
        ):
            continue
        if seen.language == "de" and two.family < 2:
            continue
        if (
            seen.frequency(place) >= 5
            or CUE_OF.get(seen.folded[second])
            or (two.family == 0 and two.known)
            or two.town > two.family + 2
        ):
            continue
        headed = HEADED.match(reading.text[last.end : last.end + 24]) is not None
        if seen.case == "up" and not (one.given >= 3 and two.family >= 2) and not headed:
            continue
        if not vetoed(reading, place, second + 1):
            yield Hit(
                Kind.NAME,
                first.start,
                last.end,
                "A given name and a family name side by side.",
                0.75,
                rank=4,
            )


def _shouted(reading: Reading, place: int) -> bool:
    """NOVAK Mylan - 24.05.1983; in a text of capitals FRANK AHMED, 26F."""
    one, two = reading.tokens[place], reading.tokens[place + 1]
    if (
        two.start - one.end != 1
        or not two.is_word
        or not HEADED.match(reading.text[two.end : two.end + 24])
    ):
        return False
    if min(len(one.text), len(two.text)) < 3 or section(reading.seen.folded[place]) in (
        "abb",
        "dev",
        "dru",
    ):
        return False
    first, second = reading.seen.words[place], reading.seen.words[place + 1]
    if reading.seen.case == "up":
        return first.given >= 2 and (second.family >= 1 or not second.known)
    shapes = reading.seen.shapes[place], reading.seen.shapes[place + 1]
    return shapes == ("XX", "Xx") and (first.family > 0 or not first.known) and second.listed != 2


def _after_at(reading: Reading, place: int) -> bool:
    """I looked at Johnson Smith's CT: where hospitals often stand, and no word of a hospital behind."""
    seen, tokens = reading.seen, reading.tokens
    one, two = seen.words[place], seen.words[place + 1]
    return (
        reading.tags[place].label == reading.tags[place + 1].label == "F"
        and tokens[place + 1].start - tokens[place].end == 1
        and one.given >= 3
        and two.family >= 6
        and not _OF_A_PLACE.match(reading.text[tokens[place + 1].end :][:40])
        and not vetoed(reading, place, place + 2)
    )


_OF_A_PLACE: Final = re.compile(
    r"[ -](?:\w+ )?(?:hospitals?|clinics?|cent(?:er|re)|medical|medicine|universi\w+|health|foundation"
    r"|institut\w*|klinik\w*|krankenhaus|buildings?|wards?|units?|school|college|street|st|road|awards?)\b",
    re.IGNORECASE,
)


def _halfknown(reading: Reading, place: int) -> bool:
    """Two words with capitals, not of any dictionary, of which one is known as a name."""
    seen, tokens = reading.seen, reading.tokens
    if seen.case != "mix" or tokens[place + 1].start - tokens[place].end != 1:
        return False
    for at in (place, place + 1):
        word, token = seen.words[at], tokens[at]
        if (
            not token.is_word
            or seen.shapes[at] != "Xx"
            or len(token.text) < 4
            or word.listed
            or section(seen.folded[at])
        ):
            return False
        if (
            seen.frequency(at) >= 4
            or seen.cues[at]
            or (word.known and not (word.given or word.family))
        ):
            return False
    one, two = seen.words[place], seen.words[place + 1]
    return (
        (one.given >= 2 or two.family >= 2)
        and max(one.town, two.town) <= 2
        and not vetoed(reading, place, place + 2)
        and not any(reads_like_a_term(reading, at, at + 1) for at in (place, place + 1))
    )


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
        and HEADED.match(reading.text[given.end : given.end + 24]) is not None
    )


def _again(reading: Reading, found: list[Hit]) -> Iterator[Hit]:
    known: set[str] = set()
    for hit in found:
        if hit.sure >= 0.8:
            for at in range(reading.token_at(hit.start), reading.token_at(hit.end - 1) + 1):
                token, word = reading.tokens[at], reading.seen.words[at]
                if (
                    token.is_word
                    and len(token.text) > 3
                    and word.listed == 0
                    and reading.seen.frequency(at) < 5
                    and not section(reading.seen.folded[at])
                    and not CUE_OF.get(reading.seen.folded[at])
                ):
                    known.add(reading.seen.folded[at])
    if not known:
        return
    for at, token in enumerate(reading.tokens):
        if reading.seen.folded[at] in known and (token.has_capital or reading.seen.case == "low"):
            if not EPONYM_AFTER.match(reading.text[token.end : token.end + 60]):
                yield Hit(Kind.NAME, token.start, token.end, _WHY_AGAIN, 0.75, rank=3)
