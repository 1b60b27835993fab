"""Numbers and dates of the trade that identify nobody: doses, sizes, codes, papers, meetings.

What is found here silences the number and date finders at that place. A label of an identifier right
in front ("MRN") is stronger and is looked at elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.citations import cited_spans

_UNITS: Final = (
    r"(?:mm|cm|m|µm|um|μm|micron|microns|mcm|nm|fr|f|french|g|gauge|kg|mg|mcg|µg|ug|ng|gr|lb|lbs|ml|l|dl|cc|"
    r"mmhg|kpa|atm|psi|bar|hz|mhz|khz|kv|kvp|ma|mas|gy|mgy|cgy|gbq|mbq|bq|mci|ci|sv|msv|units?|u|iu|ui|"
    r"mmol|µmol|umol|meq|bpm|fps|sec|secs|seconds?|s|min|mins|minutes?|minuten|minutos|h|hr|hrs|hours?|"
    r"stunden|heures|horas|d|days?|tage|tagen|jours|días|weeks?|wochen|semaines|semanas|mo|months?|monate|monaten|"
    r"mois|meses|years?|yrs?|jahre|jahren|ans|años|patients?|patienten|pacientes|cases|fälle|cas|casos|"
    r"particles|frames?|slices?|images|cells|platelets|copies|usd|eur|dollars|euros|%|°|x\b|×|€|\$|gycm2?|cgycm2?|"
    r"tsd|mio|million|k\b)"
)
_ALLOWED: Final = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bdoi\b\s*(?:\.org/|:)?\s*\S+|\b10\.\d{4,9}/[^\s\"<>]+|https?://(?:dx\.)?doi\.org/\S+",
        r"\b(?:pmid|pmcid|pmc|pubmed(?: id)?|isbn|issn|orcid|arxiv|rid|radiopaedia(?: id)?|isrctn|prospero|eudract|nct|drks|umin|chictr|ctri)\s*[:#=-]?\s*(?:id\s*)?[a-z]{0,4}\d[\dxX.\-/]*",
        r"\bnct\s?\d{6,8}\b|\bisrctn\d+\b|\bcrd4\d{10}\b",
        r"\b(?:icd(?:-?(?:9|10|11))?(?:-?(?:cm|pcs|gm))?|cpt|hcpcs|drg|ops|ccam|ebm|goä|snomed(?: ct)?|loinc|rxnorm|mesh|cdt|rvus?)\b[\s:#-]*(?:codes?\s*)?[a-z]?\d[\w.]*(?:(?:\s*(?:,|/|\+|and|or|with|und|et|y)\s*)+[a-z]?\d[\w.]*)*",
        r"\b(?:ref|cat(?:alog(?:ue)?)?|(?<!your )(?<!my )(?<!our )order(?! ?(?:no\.?|number|nr|#)? ?:? ?[a-z]{0,3}\d{7})|reorder|item|part|product|model|modell|article|artikel|art|sku|gtin|lot|batch|charge|rpn|upc|ean|bestell(?:nummer)?)\.?\s*(?:no|number|nr|num|n[°º])?\.?\s*[:#]?\s*(?=[\w-]*\d)[a-z]{0,5}-?\d[\w-]*",
        rf"(?<![\w.])(?!\d{{7}})\d{{1,6}}(?:[.,]\d{{1,4}}){{0,3}}(?:\s?(?:[-x×/]|to|bis|à|a)\s?\d{{1,6}}(?:[.,]\d{{1,4}}){{0,2}}){{0,3}}\s?{_UNITS}(?!\w)",
        r"(?<![\w.])\d+(?:[.,]\d+)?\s*[x×]\s*\d+(?:[.,]\d+)?(?:\s*[x×]\s*\d+(?:[.,]\d+)?)?",
        r"[$€£]\s?\d[\d,.]*",
        r"\b(?:19|20)\d\d\s*[;,]?\s*\d{1,4}\s*(?:\(\s*\d{1,3}(?:\s*suppl\.?)?\s*\d*\s*\))?\s*:\s*[a-z]?\d+(?:\s?-\s?\d+)?",
        r"\b(?:p|hr|or|rr|ci|auc|r2|n|kappa)\s*[=<>≤≥]\s*\d[\d.,/-]*",
        r"\b\d+(?:\.\d+)?\s?%\s?(?:ci)?[:,]?\s*\d+\.\d+\s?[-–]\s?\d+\.\d+",
        r"\b(?:version|firmware|software|build|release|v)\s?\d+(?:\.\d+)+",
        r"\b(?:code|coupon|promo|discount|password|zoom|meeting id|webinar id|room code|grant)\b\s*(?:code|no\.?|number|id)?\s*[:#]?\s*(?=[a-z]*\d)[a-z0-9-]{4,}(?:\s\d{3,4}){0,2}",
        r"\b(?:n|total|enrol(?:l)?ed|population|cohort|volume)\s*(?:of|=|:)\s*\d[\d,. ]*\b",
        r"\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b",
        r"\b\d{1,2}\s*/\s*(?:12|24|36|48|52|60)\s*(?=mo|wk|/(?!\d))|\b\d{1,2}/\d{1,2}/\d{1,2}(?=\s*(?:mo|month|week|wk|monat|mois|mes|tag|day|jour|d[ií]a|%))",
        r"\b(?:rutherford|tasc|fontaine|wifi|child|meld|gcs|nihss|aspects|mrs|asa|ecog|gleason|bosniak|todani|bismuth|stanford|spetzler|clavien|forrest|hinchey|garden|salter|abi|tbi)\b[\w\s:=-]{0,12}\d[\d./-]*",
        r"\b\d{1,3}\s*/\s*\d{1,3}(?=\s*(?:mm\s?hg|%|patients|cases|pts|pat\b|patienten|pacientes))",
        r"\b(?:bp|blood pressure|rr|ta|pa|hr|pulse|puls)\s*(?:of|was|is|von|de|:)?\s*\d{2,3}(?:\s*/\s*\d{2,3})?",
    )
]

MEETING: Final = re.compile(
    r"\b(?:SIR|CIRSE|BSIR|RSNA|ECR|ECIO|GEST|LINC|VEITH|ISET|ESIR|ARRS|AJR|JFR|SERVEI|SERAM|DeGIR|RöKo|ROEKO|IROS|SFICV|SIDI|ICIO|WCIO|ESMINT|UKIO|NCVH|VIVA|TCTMD|ESVS|ESMO|ASCO|EASL|AASLD|APSCVIR|SIO|CAIR|FDA|EMA)\b"
    r"|(?i:\b(?:congress|conference(?! room)|(?<!family )(?<!care )meeting|webinar|symposium|workshop|course|summit|deadline|abstracts?|registration|"
    r"submissions?|kongress|tagung|kurs|fortbildung|congreso|congr[èe]s|journ[ée]es|curso|jornadas|taller|atelier|formation|"
    r"ce[- ]mark(?:ed)?|approv(?:ed|al)|published|publication|epub|zugelassen|zulassung|aprobad[oa]|publicad[oa]|"
    r"guidelines?|leitlinie|anmeld\w+|einreich\w+|inscri\w+|comunicaciones|res[úu]menes|soumission\w*|iscrizion\w+|aanmeld\w+|inscriç\w+|cirse|rsna|jfr|servei|bsir|degir|congresso|congres|\w*kongress\w*|\w*tagung|boards? exams?|study (?:buddy|group|partner)|ebir|iros|gcr|room ?mates?|car ?pool|ride ?share|hostel|(?:my|our|a|your) (?:poster|talk|lecture)|presenting|keynote|lectures?|vortrag|vortr[äa]ge|poster|p[óo]ster|ponencia|mitfahr\w*|covoiturage|coche compartido|colocation|hospitation\w*|pr[üu]fung|office hours?|journal club|save the date|early bird|match day|holiday|"
    r"interviews?|fellowship application|screening of|premiere|release(?:d)?|hackathon|annual|sobrice|live[- ]cases?|lehrvideos?|[ée]quipe d[eu]|article de|ensayos?|frist\w*|publicou|publicaram|publi[ée]e?s?)\b)"
)
PATIENT: Final = re.compile(
    r"(?i)\b(?:patient\w*|pts?|pat|pac|paciente|dob|geb|born|n[ée]e?|nacid[oa]|admitted|discharged|seen|scan(?:ned)?|ct|cta|mri?|surgery|"
    r"operated|operiert|underwent|bleed(?:ing)?|procedure|exam(?! (?:is|prep|fee|season|dates?)\b)(?:ination)?|study(?! (?:buddy|group|partner|leave|guide))|accession|mrn|dos|died|aufnahme|"
    r"entlassung|untersuchung|befund|ingreso|alta|intervenid[oa]|hospitalis[ée]e?|op[ée]r[ée]e?|scanner|visit|clinic|"
    r"transferred|referred|he|she|his|her|er|sie|il(?! (?:para[iî]t|faut|y a|semble|s.agit))|elle)\b"
)


def allowed_spans(text: str) -> list[tuple[int, int]]:
    """Every piece that is a dose, a size, a code, a reference or the like."""
    found = [match.span() for pattern in _ALLOWED for match in pattern.finditer(text)]
    return found + cited_spans(text)
