"""Names by what somebody is to somebody or does: "my landlord Gintaras", "a colleague (Precious)",
"Malte hat den Dienstarzt gerufen", "Selamawit understood and signed".

Things are used, placed and measured; only people say, want and cry. A verb of people makes a word with a
capital a name where a list knows it as one and no list as anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_things import reads_like_a_term
from bot.identifiers.text.name_trade import of_the_trade, speaks_in_public
from bot.identifiers.text.name_words import STOP, is_label, name_end
from bot.identifiers.text.tokens import LETTER

_WHY: Final = "The sentence speaks of this as of a person."

_ROLE: Final = re.compile(
    r"\b(?:(?:my|our|his|her|their|the|your|a|co-)[ -]?)?(?:landlord|landlady|tenant|lodger|boss|manager|supervisor|coach|teacher|tutor|classmate|flatmate|housemate|room-?mate|co-?borrower|borrower|guarantor|babysitter|nanny|plumber|electrician|gardener|doc|intern|resident|fellow|registrar|reg|consultant|med(?:ical)? student|student|nurse|tech|sonographer|radiographer|scrub|porter|receptionist|secretary|reviewer|colleague|co-?resident|co-?fellow|attending|surgeon|anesthesiologist|anaesthetist|interpreter|translator|social worker|chaplain|pastor|priest|imam|rabbi|officer|lawyer|witness|patient named|"
    r"vermieter(?:in)?|mieter(?:in)?|mitbewohner(?:in)?|chef(?:in)?|lehrer(?:in)?|trainer(?:in)?|sch[üu]ler(?:in)?|student(?:in)?|pj-?ler(?:in)?|assistent(?:in)?|pfleger(?:in)?|schwester|pfleger|kollege|kollegin|dolmetscher(?:in)?|anwalt|anw[äa]ltin|betreuer(?:in)?|"
    r"propri[ée]taire|locataire|colocataire|coloc|patron(?:ne)?|professeur|ma[îi]tresse|externe|interne|infirmi[èe]re?|aide-soignante?|manip(?:ulatrice|ulateur)?|secr[ée]taire|coll[èe]gue|chef|avocate?|interpr[èe]te|copine?|amie?|"
    r"casero|casera|inquilin[oa]|jef[ea]|profesora?|maestr[oa]|compa[ñn]er[oa](?: de piso)?|alumn[oa]|residente|r[1-5]|enfermer[oa]|auxiliar|t[ée]cnic[oa]|secretari[oa]|abogad[oa]|adjunt[oa]|amig[oa]|novi[oa])"
    r"(?: ist| is| es| est| heißt| se llama| s'appelle)?,? ?\(?(?=[^\W\d_])",
    re.IGNORECASE,
)
_DOES: Final = (
    r"(?:says?|said|wants?|wanted|asks?|asked|told|tells|thinks|lives|lived|denies|denied|agree[ds]|rang|called(?! (?:it|this|them|these|the)\b)|phoned|texted|emailed|understood|understands|signed|cried|cries|laughed|smiled|complain(?:s|ed)|refuse[ds]|insists?|insisted|prefers|preferred|hates?|hated|loves|loved|vomited|slept|woke|ate|walked|married|promised|drove|drives|keeps (?:asking|pulling|saying|calling|texting)|is (?:covering|crying|asking|worried|scared|anxious|upset|coming|waiting|filming|aware|happy|angry)|was (?:crying|asking|worried|scared|anxious|upset|waiting|happy|angry)|is [1-8]\d(?=,| and | with | years|\.(?!\d))|wouldn't|doesn't want|didn't want|"
    r"sagt|sagte|meint|meinte|will|m[öo]chte|fragt|fragte|ruft|wohnt|weint|lehnt|lebt|glaubt|hat (?:den|die|das|mich|uns|ihn|sie|mir|gesagt|gefragt|angerufen|gerufen)|macht (?:die|den|das|heute|morgen|sich)|kommt (?:heute|morgen|gleich|nicht|um|erst)|geht (?:nach|heute|morgen)|[üu]bernimmt|weiß|"
    r"to (?:call|phone|text|email|send|book|order|cover|sign|consent|discuss|repeat|chase|arrange|present|bring|organi[sz]e|contact|ring|page|f/u|follow up|check with)|is (?:on the (?:table|list|schedule|floor|unit|way|ward|phone|line)|next|back|upset|in (?:the )?(?:holding|recovery|pacu|room|bay|ct|clinic))|(?:from|in) (?:scheduling|billing|pharmacy|an(?:a)?esthesia|transport|surgery|the (?:ward|unit|lab|office|clinic|desk|front desk))|"
    r"dit|disait|veut|voulait|pense|demande|demandait|appelle|refuse|habite|vit|pr[ée]f[èe]re|a (?:dit|appel[ée]|demand[ée]|refus[ée]|sign[ée]|pleur[ée]|dormi|fait|vu|pos[ée])|s'est|m'a|nous a|va (?:bien|mieux|mal)|arrive [àa]|"
    r"dice|dijo|quiere|piensa|pide|pregunt[aóo]|llama|llam[óo]|vive|prefiere|rechaza|cree|llora|me (?:dijo|dice|manda|pide)|nos (?:dijo|dice)|est[áa] (?:preocupad|content|asustad|llorando|esperando)\w*|ha (?:dicho|llamado|pedido|firmado|dormido))"
)
_ACTING: Final = re.compile(
    rf"(?<![\w'-])([{LETTER}][{LETTER}'-]{{2,30}})(?: [{LETTER}][{LETTER}'-]{{2,30}})? (?:just |also |now |still |again |then |only |never |always |ne |n'|me |te |se |no )?{_DOES}(?![\w-])"
)


_ASKED: Final = re.compile(
    r"\b(?:thoughts on|opinions? (?:on|about)|(?:quick |kurze )?(?:question|frage|help|advice|update|news|follow-?up)s? (?:on|about|for|with|regarding|zu|zum fall)|looking at|case of|(?:second|2nd) opinion (?:on|for)|(?:petit )?avis (?:pour|sur|concernant)|(?:question|des nouvelles|point) (?:sur|de)|cas de|consulta (?:por|sobre|de)|caso de|novedades de|fall von|update zu|meinung(?:en)? zu)"
    rf"(?: (?:mr|mrs|ms|mme|hr|fr|sra?)\.?)? ([{LETTER}][{LETTER}'-]{{2,30}})(?: [{LETTER}][{LETTER}'-]{{2,30}}){{0,2}}[,?:;]? \(?\d{{1,2}}(?: ?[mfwhv]\b| ?yo\b| ?y/o| j\.| jahre| ans\b| años| ?a\b|[,)])",
    re.IGNORECASE,
)
"""Thoughts on Narin? 29F: what a post asks about and gives an age to."""


def by_acting(reading: Reading) -> Iterator[Hit]:
    """Behind a role a name in apposition; in front of a verb of people its subject."""
    if reading.seen.case == "up":
        return
    for match in _ROLE.finditer(reading.text):
        place = reading.token_at(match.end())
        if reading.tokens[place].start == match.end() and _called(reading, place, role=True):
            stop = max(place + 1, name_end(reading, place, titled=False))
            yield _hit(reading, place, stop, 0.75)
    for match in _ACTING.finditer(reading.text):
        place = reading.token_at(match.start(1))
        if _called(reading, place, role=False) and not speaks_in_public(reading, match.start()):
            stop = place + 1
            nxt = reading.tokens[stop] if stop < len(reading.tokens) else None
            if nxt and nxt.has_capital and nxt.is_word and nxt.end <= match.end():
                stop = max(stop, name_end(reading, place, titled=False))
            yield _hit(reading, place, stop, 0.7)

    for match in _ASKED.finditer(reading.text):
        place = reading.token_at(match.start(1))
        low = reading.seen.case == "low"
        stop = place
        while stop < place + 3 and _called(reading, stop, role=True, small=low):
            stop += 1
            if not reading.tokens[stop].is_word:
                break
        if stop > place:
            yield _hit(reading, place, stop, 0.75)


def _called(reading: Reading, place: int, *, role: bool, small: bool = False) -> bool:
    """Whether people are called by the word and no list knows it as anything else."""
    token, word, folded = (
        reading.tokens[place],
        reading.seen.words[place],
        reading.seen.folded[place],
    )
    if not token.is_word or len(token.text) < 3 or token.text.isupper():
        return False
    if folded in STOP or CUE_OF.get(folded) or section(folded) or is_label(reading, place):
        return False
    called = token.has_capital and word.given >= 5 and word.listed == 1  # Hector to call
    if (word.listed in (1, 2) and not called) or reading.seen.frequency(place) >= (
        5 if word.given >= 4 else 4
    ):
        return False
    if word.town > max(word.given, word.family) or of_the_trade(reading, place, place + 1):
        return False
    if reads_like_a_term(reading, place, place + 1):
        return False
    if token.has_capital:
        if role:
            return word.given >= 2 or word.family >= 3 or not word.known
        if word.given >= 3 or not word.known:
            return True
        return max(word.given, word.family) >= 2 and word.common < 3
    if small and not word.known:
        return True
    return role and max(word.given, word.family if small else 0) >= 2 and word.common < 3


def _hit(reading: Reading, first: int, stop: int, sure: float) -> Hit:
    return Hit(
        Kind.NAME, reading.tokens[first].start, reading.tokens[stop - 1].end, _WHY, sure, rank=4
    )
