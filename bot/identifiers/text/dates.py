"""Dates that tell more than a year, and ages over 89.

A year alone, a month alone, relative times and dates of meetings, papers and approvals are allowed
(45 CFR 164.514(b)(2)(i)(C) and the advice for case posts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.hits import Hit, Reading

_MONTH: Final = (
    r"(?:jan(?:uary|uar|vier|eiro|v|ner|\.)?|jänner|ene(?:ro|\.)?|genn?(?:aio|\.)?|feb(?:ruary|ruar|rero|braio|r|\.)?|fev(?:ereiro|\.)?|f[ée]v(?:rier|r|\.)?|mar(?:ch|s|zo|ço|t|\.)?|m[äa]rz|mrz|mrt|m[äa]r|"
    r"maart|apr(?:il|ile|\.)?|avr(?:il|\.)?|abr(?:il|\.)?|may|mai|mayo|maggio|maio|mei|jun(?:e|i|io|ho|\.)?|juin|giugno|jul(?:y|i|io|ho|\.)?|juil(?:let|l|\.)?|"
    r"luglio|aug(?:ust|ustus|\.)?|ao[uû]t|agosto|ago|sept?(?:ember|embre|iembre|embro|\.)?|set(?:iembre|embro|tembre|\.)?|oct(?:ober|obre|ubre|\.)?|okt(?:ober|\.)?|"
    r"ott(?:obre|\.)?|out(?:ubro|\.)?|nov(?:ember|embre|iembre|embro|\.)?|dec(?:ember|\.)?|d[ée]c(?:embre|\.)?|dez(?:ember|embro|\.)?|dic(?:iembre|embre|\.)?)"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MON: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:19|20)\d\d"
_SHORT: Final = rf"(?:{_YEAR}|'?\d\d)"
_TIME: Final = r"(?:[ T,]+\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?)?"
_OF: Final = r"(?:\s+(?:de|of|del|di|van|von)\s+|\s*[\s.\-/,]\s*)"

_SURE: Final = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"{_YEAR}([-/.]){_MON}\1{_DAY}{_TIME}(?![\d/-])"
    rf"|{_DAY}([-/.])\s?{_MON}\2\s?{_SHORT}{_TIME}(?![\d/-])"
    rf"|{_MON}([-/.]){_DAY}\3{_SHORT}{_TIME}(?![\d/-])"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_YEAR}(?!\d)"
    rf"|{_DAY}\s?[-./]?\s?{_MONTH}\s?[-./,]?\s?{_YEAR}(?!\d)"
    rf"|(?:{_DAY}\.?\s?[-–]\s?)?{_DAY}(?:st|nd|rd|th|er|\.|º|ª)?{_OF}{_MONTH}(?:{_OF}'?(?:\d{{4}}|\d\d)(?!\d|\s*(?:mm|cm|mg|ml|fr|f)\b))?(?![\w])"
    rf"|{_MONTH}\s*\.?\s*{_DAY}(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}(?!\d)"
    rf"|{_MONTH}\s*\.?\s*{_DAY}(?:st|nd|rd|th)?\s*,\s*'?\d\d(?![\d.]|\s*(?:mm|cm|mg|ml|fr|f)\b)"
    rf"|{_MONTH}(?:\s+(?:de|of|del|di)\s+|\s*[\s.\-/,']\s*){_YEAR}(?!\d)"
    rf"|{_MONTH}[-/ ]?'\d\d(?!\d)"
    rf"|{_MON}/{_YEAR}(?![\d/])"
    rf")",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"(?<![\w.,/-])(?:the\s+)?{_MONTH}\s*\.?[\s-]{{1,3}}{_DAY}(?:st|nd|rd|th)?(?![\w/]|[.,]\d|\s*(?:mm|cm|mg|ml|fr|f|mcg|x|%|-|gy|units?|patients|cases|weeks|months|days|hours|years)\b)",
    re.IGNORECASE,
)
_SLASH: Final = re.compile(
    rf"(?<![\w.,/:+-]){_DAY}/{_DAY}(?![\w/%]|[.,]\d|\s*(?:mm|cm|months?|weeks?|patients|cases|mg|mmhg|of)\b)",
    re.IGNORECASE,
)
_DOTTED: Final = re.compile(rf"(?<![\w.,/-]){_DAY}\.\s?{_MON}\.(?![\d])")
_DASH_DAY: Final = re.compile(rf"(?<![\w.,/-]){_MONTH}-(?:\d\d)(?!\d|-)", re.IGNORECASE)
_DAY_CUE: Final = re.compile(
    r"(?:\b(?:on|today|yesterday|yest|yday|tomorrow|tmrw|tmr|demain|lendemain|amanhã|ontem|ieri|domani|gisteren|vandaag|heute|gestern|morgen|hoy|ayer|aujourd'hui|hier|since|from|until|till|by|date[d:]?|seen|done|dos|due|born|dob|before|after|between|le|du|au|am|vom|bis|den|seit|zum|ab|el|al|del|desde|hasta|d[ií]a|"
    r"admitted|admit|discharged|implanted|placed|inserted|removed|service|eintritt|austritt|aufnahme|entlassung|verlegung|entlassen|aufgenommen|implantiert|angelegt|gewechselt|gezogen|entfernt|hospitalis[ée]e?|sorti[e]?|entr[ée]e?|pos[ée]e?|chang[ée]e?|retir[ée]e?|ingreso|ingresad[oa]|alta|colocad[oa]|retirad[oa]|cambiad[oa]|operiert|termin:?|performed|sampled|taken|collected|drawn|booked|scheduled|planned|signed|repeated|started|stopped|cita:?|rdv:?|rendez-vous|specimens sent|biopsy|(?:scan|ct|cta|mri?|us|x-?ray|film|angio\w*|study|exam|echo|doppler|labs?|bloods|path|biopsy) (?:of|from|on|dated)|[dt]:|scan|ct|mri|cta|us|exam|study|film|images?|run|dsa|visit|surgery|procedure|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mi[ée]|jue|vie|s[áa]b|dom)\.?,?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|(?:heute |gestern |morgen )?(?:fr[üu]h|nacht|abend|vormittag|nachmittag)|geplant|kontrolle|(?:ce |hier )?(?:matin|soir)|cette nuit|pr[ée]vue?|programm[ée]e?|prevista?|programad[oa]|ma[ñn]ana|noche|esta ma[ñn]ana|follow-?up|appointment|clinic|comparison|compared to|prior|geb\.?)[\s,:]*(?:the\s+)?|\*\s?|[(^]\s?)$"
)
_EVENT: Final = re.compile(
    r"\b(?:clotted|thrombosed|exchanged|upsized|coiled|emboli[sz]ed|plugged|stented|bled|rebled|died|passed|deceased|expired|extubated|intubated|tapped|drained|biopsied|ablated|treated|mapped|injured|fell|crashed|arrived|transferred|readmitted|left|pulled|internali[sz]ed|capped|replaced|retrieved|accessed|created|revised|declotted|angioplastied|presented|returned|received|reported|resulted|finali[sz]ed|cleared|booked|extended|home|d/?c|discharge|spiked|relined|reopened|occluded|fistula|day|christmas|thanksgiving|easter|puest[oa]|sangra(?:ndo)?|operad[oa]|enlev[ée]e?|retir[ée]e?|chang[ée]e?|pos[ée]e?|mis(?:e)? en place|da|dal|drenaje|drainage|drain|biopsia|biopsie|(?:drain|tube|pcn|line|port|stent|filter|sheath|pigtail|catheter|foley|chest tube) (?:in|out|placed|pulled|changed|removed)|"
    r"tips|tace|tare|y-?90|sirt|pae|ufe|uae|brto|evar|tevar|ptbd|pcn|ivcf?|picc|para|thora|egd|ercp|mrcp|colonoscopy|lysis|mapping|angio(?:gram)?|venogram|fistulogram|declot|bx|seen in (?:clinic|ed)|tb|tumou?r board|mdt|op|or|surgery|c-?section|delivery|last (?:hd|dialysis|dose|period)|lmp|expires|exp)[\s,:]*$"
)
"""What happened to somebody: a day may stand behind it, or a share ("coiled 2/3 aneurysms")."""
_VALUE: Final = re.compile(
    r"\b(?:cr|crea|creat\w*|krea\w*|inr|bili\w*|hb|hgb|hct|k|na|mg|ca|lac\w*|lakt\w*|crp|pct|plt|wbc|leukos?|leuco\w*|bun|alb\w*|ph|abi|ti|ri|trop\w*|tsh|psa|afp|ammonia|glucose|gluc|bz|dose|kontrast|ratio|gradient|hvpg|velocity|meld|quick)\b(?:(?![^.]*\b(?:seit|am|vom|ab|since|on|from|le|el|desde|depuis|dal?) $)[a-zà-ÿ ,:=]{0,14}|[^;!?\n]{0,24}\b(?:heute|gestern|jetzt|today|yesterday|now|hoy|ayer|hier|aujourd'hui|oggi|ieri|vandaag|gisteren)[ ,:=]*)$"
)
"""A laboratory value behind "today" or "heute" is no day: Cr today 1.4."""
_DAYS: Final = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica"
)
_ORDINAL: Final = r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
_FULL_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_SPOKEN_YEAR: Final = r"(?:,? (?:(?:19|20)\d\d|(?:nineteen|twenty)(?: hundred)?[ -](?:(?:oh|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -]?)(?:one|two|three|four|five|six|seven|eight|nine)?|two thousand(?: and)?(?: \w+){1,2}))?"
_SAID: Final = re.compile(
    rf"\b(?:the )?(?:{_FULL_MONTH} (?:the )?(?:{_ORDINAL})|(?:{_ORDINAL}) (?:of |day of )?{_FULL_MONTH}){_SPOKEN_YEAR}\b"
    rf"|\b(?:last |next |this )?(?:{_DAYS}),? (?:(?:the |le |el |den )?(?:[12]\d|3[01]|0?[1-9])(?:(?:st|nd|rd|th)\b|\.(?= ?[a-z,])|(?=[,;.)]?(?:\s|$))(?! ?(?:[ap]\.?m|uhr|[:.]\d|h\b|o'clock|to|-|bis|x|patient|case|fr|mm|mg|ml|cm|seat|place|people|of|min|hours?|stunden|horas|heures)))|the (?:{_ORDINAL}))"
    r"|\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?,? the (?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b"
    r"|\b(?:on|until|till|since|by|evening of|morning of|night of|afternoon of|before|after) the (?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?=[.,;!?)]|$|\s(?:he|she|we|i|they|and|at|for|with|to|when|because|but|if)\b)(?!,? (?:\d|and \d|to (?:the )?\d))",
    re.IGNORECASE,
)
_DAY_ALONE: Final = re.compile(
    r"\b(?:am|vom|bis(?: zum)?|seit dem|ab dem|zum) ([12]\d|3[01]|0?[1-9])\.(?=\s*$|[,;)\n]|\s+(?:und|wieder|mit|wurde|ist|war|kommt|noch|aber|dann|um|in|im|auf)\b)"
    r"|\b(?:depuis le|d[èe]s le|revue? le|revient le|pr[ée]vue? le|op[ée]r[ée]e? le|rdv le|jusqu'au|desde el|hasta el|el d[íi]a|cita el) ([12]\d|3[01]|0?[1-9])(?=\s*$|[,;.)\n]|\s+(?:et|à|pour|avec|y|a las|con|para|por)\b)",
    re.IGNORECASE,
)
"""Am 17.: a day whose month is the one in which the post is read."""
_DAY_MONTH: Final = re.compile(
    rf"\b(?:[Aa]m|[Vv]om|[Ss]eit dem|[Aa]b dem|[Zz]um|[Bb]is zum|OP|[Aa]ufnahme) ({_DAY})\.(0[1-9]|1[0-2])(?=\s*$|[,;)\n]|\s\(|\s(?![\d<>]|mm|cm|mg|ml|%|l\b|g\b|fach))"
)
"""Am 24.11: the dot behind the month is left out."""
_SMALL_WORD: Final = re.compile(
    r"^(?:may|mar|march|mai|dec|sep|set|out|jan|jun|ago|mars|mei|mayo|abr|feb|nov|ott|dic|jul|aug|apr|oct)\b",
    re.IGNORECASE,
)
_TIMEWORD: Final = re.compile(
    r"\b(?:score|grade|stage|ratio|stations?|levels?|power|strength|pain|sets?|vessel|lesions?|nodes?|segments?|mallampati|murmur)\b"
)

_OLD: Final = r"(?:9\d|1[0-2]\d)"
_YEARS: Final = (
    r"(?:\s*-?\s*(?:years?|yrs?|yo|y/o|y\.o\.?|y\.?\s?o\b|year-old|j[äa]hrig\w*|jahre?\b|ans\b|años|anos|anni|jaar|anys)"
    r"(?:[\s-]*(?:of age|old|alt|d'âge|de edad))?)"
)
_AGE: Final = re.compile(
    rf"(?<![\d.,/$€-])(?:"
    rf"{_OLD}{_YEARS}(?![\w])(?:[\s-]*old\b)?"
    rf"|{_OLD}\s?(?:y|a|j)\.?(?=[\s,;)]|$)(?=[\s,;.)]*(?:[mfwhv]\b|o\b|male|female|woman|man|alt|con|mit|with|lady|gentleman|weiblich|m[äa]nnlich|\)|,|$))"
    rf"|{_OLD}[MFWHmf](?![\w])"
    rf"|{_OLD}\s[MF](?=[\s,;)](?!\s*\d))(?!\s*(?:degrees|temp))"
    rf"|(?<=[MF]){_OLD}(?![\w.])"
    rf")",
    re.IGNORECASE,
)
_AGE_CUE: Final = re.compile(
    rf"\b(?:(?:aged?|alter|edad|[âa]ge|anni|leeftijd|idade)\s*(?:is|of|was|von|de|:|=)?\s*|(?:he|she|who|patient|pt|mother|father|grandmother|grandfather|and)(?:\s+is|\s+was|'s)\s+(?:now\s+|already\s+|almost\s+)?|"
    rf"(?:turn(?:s|ed|ing)?|wurde|wird|cumpli[óo]|cumple|f[êe]te|a eu)\s+|(?:wo)?(?:man|lady|gentleman|male|female|patient|pt|person|resident|veteran|widow(?:er)?|oldest|youngest|record)\s*(?:of|is|was|:|,|\(|at|aged)\s*)({_OLD})(?![\d.,%/]\d|\w|\s*(?:%|-\d|kg|cm|mm|lb|ml|mg|bpm|mmhg|on|degrees|patients|percent|out|of|over))",
    re.IGNORECASE,
)
_AGE_KIN: Final = re.compile(
    rf"\b(?:lady|gentleman|man|woman|grand(?:ma|pa|mother|father|dad)|gran|nan|aunt|uncle|neighbou?r|mother|father|mum|mom|dad|opa|oma|gro(?:ß|ss)(?:mutter|vater)|mutter|vater|tante|onkel|nachbar(?:in)?|frau|mann|abuel[oa]|suegr[oa]|madre|padre|vecin[oa]|t[íi][oa]|m[èe]re|p[èe]re|mamie|papi|voisine?|dame|monsieur|nonn[oa]|av[óô]|m[ãa]e|pai)\b"
    rf"(?: (?!and\b|und\b|y\b|et\b)[^\W\d]+| \d{{1,2}}){{0,4}} (?:is|was|ist|war|tiene|a|ha|tem|has) (?:already |schon |ya |déjà |now |jetzt )?({_OLD})(?![\w./%:]|,\d|\s*(?:%|mm|cm|kg|mg|ml|bpm|patients|percent|degrees|grad|punkte|euros?|€))",
    re.IGNORECASE,
)
"""The lady in bed 14 is 96; mi suegra tiene 90."""
_AGE_WORDS: Final = re.compile(
    r"\b(?:ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one hundred(?: and)? ?(?:one|two|three|four|five)?|a hundred(?: and \w+)?)[- ]years?(?:[- ](?:old|of age))?\b"
    r"|\bin (?:his|her|their) (?:early |mid |late |mid-)?(?:nineties|90'?s)\b|\b(?:early|mid|late)[- ](?:nineties|90'?s)\b|\b(?:nonagenarian|centenarian)\b"
    r"|\b(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)undneunzigjährige?[rns]?\b|\bneunzigjährige?[rns]?\b|\bquatre-vingt-(?:dix|onze|douze|treize|quatorze|quinze|seize)(?:-\w+)? ans\b|\bnoventa(?: y \w+)? años\b",
    re.IGNORECASE,
)
_AGE_TITLED: Final = re.compile(
    rf"\b(?:Mrs?|Ms|Miss|Herr|Frau|Hr|Fr|Mme|M|Monsieur|Madame|Sra?|Don|Do[ñn]a)\.? [A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)?, ({_OLD})(?=, )"
)
"""Mrs. Okoro, 92, with an abscess."""
_AGE_NAMED: Final = re.compile(
    rf"(?:\(|(?i:patient(?:in|e)?|paciente|pat\.?|pt\.?) (?:[A-ZÀ-Þ][\w'-]+ )?)([A-ZÀ-Þ][\w'-]+),? ({_OLD})(?=[,)])"
    rf"|\b(?i:don|do[ñn]a|d[ñn]a\.?|sra?\.?|se[ñn]ora?|mme|madame|monsieur|frau|herr) ([^\W\d_]+) (?:de|von) ({_OLD})(?=[ ,.)]|$)(?!\s*(?:mm|cm|kg|%))"
)
"""(Rivka, 98); doña Chole de 93."""
_AGE_BEHIND: Final = re.compile(
    rf"(?:\b[A-ZÀ-Þ][\w'-]+|\b(?:patient(?:in|e)?|pt|lady|man|woman|gentleman|mother|father|grandma|grandpa|oma|opa|mamie|papi|abuel[oa]|paciente|dame|se[ñn]or[a]?|frau|herr)\b) \((?:[a-zà-ÿ]+,? ){{0,3}}({_OLD}|ninety(?:[- ]\w+)?)(?=\)|, [a-zà-ÿ])"
)
"""Mrs. Okoro (lovely, 93); behind a name a number of this size in brackets is an age."""
_COHORT: Final = re.compile(
    r"(?:\b(?:over|above|under|below|older than|younger than|up to|until|at least|excluded?|median|mean|average|aged? \d+\s?(?:-|to|and)|ages? \d+\s?(?:-|to|and)|über|unter|bis|más de|menos de|hasta|mayores de|plus de|moins de)\s*|[<>≤≥±-]\s?)$",
    re.IGNORECASE,
)
_WHY: Final = (
    "A date with day or month can be matched with a patient's records; a year alone is fine."
)
_WHY_BIRTH: Final = "A date of birth points to one person; an age band is enough for teaching."
_WHY_AGE: Final = "So few people are older than 89 that the exact age points to one person."
_BIRTH: Final = re.compile(
    r"(?:dob|d\.o\.b\.?|birth\w*|born|geb\.?(?:oren)?(?:\.?-?dat(?:um|\.))?|geburtsdatum|n[ée]e?\(?e?\)? le|naissance|nacid[oa]|nacimiento|f\.?\s?nac\.?|\*)\W*(?:on|am|le|el|:)?\W*$"
)


_LABELLED: Final = re.compile(
    r"\b(?:date|dos|datum|fecha|exam|study|untersuchungsdatum|aufnahme|entlassung|ingreso|alta|admitted|discharged|admission|discharge)\b[\w ]{0,20}[:=]\s*$"
)


def find_dates(reading: Reading) -> Iterator[Hit]:
    """Dates of birth, of visits, of studies; ages over 89."""
    text = reading.text
    for match in _SURE.finditer(text):
        yield from _date(reading, match.start(), match.end(), 0.95)
    for match in _MONTH_DAY.finditer(text):
        word = match.group()
        small = _SMALL_WORD.match(word) is not None and word[0].islower()
        cue = _DAY_CUE.search(reading.before(match.start())) is not None
        if reading.seen.language == "en" and re.match(
            r"(?i)(?:mayo|mai|mei|set|out|ago|abr|ott)\b", word
        ):
            continue
        if (
            small
            and not cue
            and re.match(r"(?i)(?:may|mar|march|mars|out|set|sep|ago|mei)\b", word)
            and not word.endswith(("th", "st", "nd", "rd"))
        ):
            continue
        yield from _date(reading, match.start(), match.end(), 0.9 if cue else 0.85)
    for match in _SAID.finditer(text):
        if match.group().lower().endswith("fourth of july"):
            continue
        if not reading.is_allowed(*match.span()):
            yield from _date(reading, match.start(), match.end(), 0.85)
    for match in _DAY_ALONE.finditer(text):
        start, end = match.span(1 if match[1] else 2)
        yield from _date(reading, start, end, 0.75)
    for match in _DASH_DAY.finditer(text):
        yield from _date(reading, match.start(), match.end(), 0.8)
    yield from _short(reading)
    for match in _DAY_MONTH.finditer(text):
        if 1 <= int(match[2]) <= 12 and not reading.is_allowed(*match.span()):
            yield from _date(reading, match.start(1), match.end(), 0.75)
    yield from _ages(reading)


def _short(reading: Reading) -> Iterator[Hit]:
    """3/14 and 14.3. beside a word that leads to a day; where one stands, others in the same row are days too."""
    for pattern in (_SLASH, _DOTTED):
        sure: list[re.Match[str]] = []
        open_: list[re.Match[str]] = []
        for match in pattern.finditer(reading.text):
            near = reading.before(match.start(), 24)
            first, second = (int(part) for part in re.findall(r"\d+", match.group()))
            if (
                min(first, second) > 12
                or _TIMEWORD.search(near)
                or (pattern is _DOTTED and _VALUE.search(reading.before(match.start())))
                or reading.is_allowed(*match.span())
            ):
                continue
            cued = (
                _DAY_CUE.search(near)
                or _plain_day(match, near, reading.after(match.end(), 8))
                or _BIRTH.search(near)
                or _happened(reading, match, near)
                or (pattern is _DOTTED and _two_dots(reading, match))
            )
            (sure if cued else open_).append(match)
        if sure or sum(_in_row(reading, match) for match in open_) >= 3:
            sure += [match for match in open_ if _in_row(reading, match)]
        for match in sure:
            yield from _date(reading, match.start(), match.end(), 0.8)


def _two_dots(reading: Reading, match: re.Match[str]) -> bool:
    """Filterbergung 19.9., Haken in der Wand: no number of a chapter, and nothing else has two dots."""
    before, after = reading.before(match.start(), 24), reading.after(match.end(), 3)
    return (
        reading.seen.language == "de"
        and re.search(r"[^\W\d_]{3,}\)? $", before) is not None
        and re.search(
            r"\b(?:kap\w*|abschnitt|version|punkt|abb\w*|tab\w*|nr|chapter|section|kapitel|cap\w*|fig\w*|level|stufe|klasse|grad|typ|stadium)\b[\w. ]*$",
            before,
        )
        is None
        and re.match(r"[,;)]", after) is not None
    )


def _in_row(reading: Reading, match: re.Match[str]) -> bool:
    """bled 8/9, embolized 8/10, home 8/13: one word in front, and the end of a part of the sentence behind."""
    before, after = reading.before(match.start(), 40), reading.after(match.end(), 2)
    return (
        re.search(r"(?:^|[,;.:] |\) |\d )(?:[^\W\d_]+ ){1,3}$", before) is not None
        and (not after.strip() or after[0] in ",;.)?!" or after.startswith(("->", " -")))
        and not _VALUE.search(before)
        and re.search(
            r"\b(?:fit|strength|gcs|apgar|motor|sensory|pulse|nihss|vas|nrs|mrs|schmerz|dolor|douleur)\b[\w ]*$",
            before,
        )
        is None
    )


def _happened(reading: Reading, match: re.Match[str], before: str) -> bool:
    """clotted 3/9; drain out 20.11.: behind what happened, where it cannot be a share of something."""
    if not _EVENT.search(before):
        return False
    first, second = (int(part) for part in re.findall(r"\d+", match.group()))
    if "." in match.group() or first > second or second > 12:
        return True
    after = reading.after(match.end(), 12)
    return (
        re.match(
            r"\s*(?:$|[,;.)!?]|please|pls|and\b|by\b|por\b|par\b|von\b|durch\b|at\b|@|w/|with\b)",
            after,
        )
        is not None
    )


def _plain_day(match: re.Match[str], before: str, after: str) -> bool:
    """Month/day that cannot be a score: 6/26 between commas or at the end of a sentence."""
    first, _, second = match.group().partition("/")
    if (
        re.match(r"\s\d{1,2}:\d\d\b", after)
        or (re.match(r"\s?(?:\||:\s[a-z])", after) and not before.strip(" |*-"))
        or (before.endswith("| ") and after.startswith(" |"))
    ):
        return True
    if not second.isdigit() or not (int(first) <= 12 < int(second)):
        return False
    return before.endswith((", ", "; ", "- ", "@ ")) and (not after or after[0] in ":,;.)")


def _date(reading: Reading, start: int, end: int, sure: float) -> Iterator[Hit]:
    text = reading.text
    while end > start and text[end - 1] in " ,-/'":
        end -= 1
    birth = _BIRTH.search(reading.before(start)) is not None
    labelled = _LABELLED.search(reading.before(start)) is not None
    if not birth and not labelled:
        if reading.is_event(start) or (reading.is_allowed(start, end) and sure < 0.95):
            return
    yield Hit(Kind.DATE, start, end, _WHY_BIRTH if birth else _WHY, sure, rank=6)


def _ages(reading: Reading) -> Iterator[Hit]:
    for match in _AGE.finditer(reading.text):
        if not _COHORT.search(reading.before(match.start(), 24)) and not _since(
            reading, match.start()
        ):
            yield Hit(Kind.AGE, match.start(), match.end(), _WHY_AGE, 0.92, rank=6)
    for match in _AGE_CUE.finditer(reading.text):
        if not _COHORT.search(reading.before(match.start(1), 24)):
            yield Hit(Kind.AGE, match.start(1), match.end(1), _WHY_AGE, 0.85, rank=6)
    for match in _AGE_BEHIND.finditer(reading.text):
        place = reading.token_at(match.start())
        person = reading.seen.cues[place] in ("patient", "title", "kin") or (
            reading.tags[place].label == "N" or reading.seen.words[place].given >= 3
        )
        if person and not reading.is_allowed(*match.span(1)):
            yield Hit(Kind.AGE, *match.span(1), _WHY_AGE, 0.8, rank=6)
    for pattern in (_AGE_TITLED, _AGE_KIN):
        for match in pattern.finditer(reading.text):
            yield Hit(Kind.AGE, *match.span(1), _WHY_AGE, 0.85, rank=6)
    for match in _AGE_NAMED.finditer(reading.text):
        group = 2 if match[2] else 4
        at = reading.token_at(match.start(group - 1))
        word = reading.seen.words[at]
        if group == 4 or word.given or word.family or not word.known:
            yield Hit(Kind.AGE, *match.span(group), _WHY_AGE, 0.8, rank=6)
    for match in _AGE_WORDS.finditer(reading.text):
        yield Hit(Kind.AGE, match.start(), match.end(), _WHY_AGE, 0.9, rank=6)


def _since(reading: Reading, at: int) -> bool:
    near = reading.before(at, 20)
    return (
        re.search(
            r"\b(?:for|after|past|last|within|temp(?:erature)?|seit|nach|pendant|depuis|hace|durante)\s*(?:of\s*)?$",
            near,
        )
        is not None
    )
