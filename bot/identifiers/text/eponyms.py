"""Things and methods that are named after somebody, and authors who are cited: nobody of this case."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.harmless import PIONEERS
from bot.identifiers.text.hits import Reading
from bot.identifiers.text.name_words import PARTICLES

CITED: Final = re.compile(
    r"^(?:'s)?(?:\s+(?:et al\b|and colleagues|and coworkers|u\.\s?a\.|y cols?\b|et coll\b)|,? (?:and|&) [A-Z][\w'-]+,? (?:et al|JVIR|CVIR|Radiology|Circulation|NEJM|N Engl|Lancet|AJR|J Vasc|Ann |Eur )|,? (?:JVIR|CVIR|NEJM|AJR|Radiology|Circulation|Lancet)\b|\s\(?(?:19|20)\d\d\b[);:]|(?:(?:, and |, | and |; | & )[A-Z][\w'-]+){0,4},? (?:(?:first )?(?:published|coined|introduced|populari[sz]ed|proposed)|called it)\b)"
)
EPONYM_AFTER: Final = re.compile(
    r"^(?:'s?|’s)?[\s-]+(?:\w+[\s-]+)?(?:syndrome?s?|disease|signs?|criteria|classification|class|scores?|stents?|catheters?|filters?|wires?|technique|procedure|operation|needles?|sheaths?|man(?:oeu|eu)ver|test|scale|grad(?:e|ing)|stage|staging|type|software|app|algorithm|dataset|workstation|plugin|package|protocol|trial|registry|triad|forceps|clamp|blush|change|rods?|textbook|handbook|book|pattern|types?|grades?|classifications?|in situ|shock|modification|staging|balloons?|coils?|plugs?|grafts?|lesion|artery|vein|anastomosis|fistula|shunt|malformation|lines?|ports?|drain|bag|tube|pouch|cyst|tumou?r|lymphoma|sarcoma|contracture|fracture|hernia|nodes?|body|bodies|method|approach|curve|set|kit|device|phenomenon|reflex|pupils?|law|equation|index|formula|angle|space|ring|triangle|point|frames?|pins?|screws?|retractors?|scissors|dressings?|wraps?|sutures?|elevator|rongeur|speculum|cannulas?|introducers?|baskets?|dilators?|tourniquet|bandages?|cast|splint|tray|position|incision|flap|boots?|perforators?|clips?|mesh|pads?|drops|cream|ointment|powder|stockings?|drains|valves?|bodies|bars?|rule|zones?|hooks?|trocars?|stapler|blades?|laryngoscope|tape|gauze|airway|snare|nodules|lappen|klemme|haken|nadel|punkt|lagerung|verband|pinza|punto|colgajo|pince|point|lambeau|loop|limb|procedur|syndrom|krankheit|zeichen|klassifikation|kriterien|technik|katheter|draht|schleuse|maladie|signe|manœuvre|technique|crit[èe]res|enfermedad|s[íi]ndrome|signo|t[ée]cnica|clasificaci[óo]n|criterios)\b|^-\w",
    re.IGNORECASE,
)


def pioneer(reading: Reading, first: int, stop: int) -> bool:
    """Whether the words are somebody who stands for a technique, "dos Santos" with its particle."""
    folded = reading.seen.folded
    begin = first - 1 if first and folded[first - 1] in PARTICLES else first
    return "-".join(folded[begin:stop]) in PIONEERS or "-".join(folded[first:stop]) in PIONEERS - {
        "ring",
        "cope",
        "baum",
        "wallace",
        "abrams",
        "cobra",
    }


_HEAD: Final = (
    r"(?:syndrom[es]?|diseases?|signs?|criteria|classification|grading|scores?|scale|staging|triad|pupils?|sulcus|smears?|"
    r"reflex|phenomenon|man(?:oeu|eu)vres?|maneuvers?|procedure|operation|method|technique|repair|patch|anastomosis|fractures?|"
    r"deformity|tumou?rs?|lymphoma|charts?|formula|law|index|ligament|fascia|tubercle|sphincter|plexus|foramen|fossa|"
    r"canal|duct|membrane|glands?|sinus|fold|groove|papillae|diverticulum|nodes?|spots?|ulcer|tests?|forceps|retractors?|"
    r"aneurysms?|granulomas?|hernias?|cysts?|palsy|chorea|ataxia|dystrophy|an(?:a)?emia|thyroiditis|arthritis|encephalopathy|"
    r"cardiomyopathy|nephropathy|contracture|lobe|loop|knots?|traction|frames?|boards?|plates?|dressings?|models?|zones?|angle|"
    r"area|space|agar|stain|bodies|crystals|cells|corpuscles?|islets?|hepatitis|virus|fever|gangrene|melanosis|"
    r"zeichen|krankheit|syndroms?|test|klassifikation|s[íi]ndrome|enfermedad|signo|maladie|syndrome|morbo|segno|ziekte|syndroom|teken)\b"
)
_NAMED_AFTER: Final = re.compile(
    rf"^(?:(?:'s?|’s)? (?:(?:[A-E]|[IV]{{1,3}}|\d) )?|(?:'s|’s) \w+ ){_HEAD}|^ (?:(?:[A-C]|I{{1,3}}|IV) )?(?:ankle|fracture|tibia|hip|injury)",
    re.IGNORECASE,
)
"""What no patient lends a name to, so that even a given name in front does not make it one's own."""
_SEVERAL: Final = re.compile(
    r"^(?:'s?|’s)?(?:(?:, (?:and |or )?| (?:and|or|&|und|oder|et|ou|y|o|e|en) |[-/])[A-ZÀ-Þ][\w’'-]+){1,3}(?= )"
)
_NAMED_BEFORE: Final = re.compile(
    r"\b(?:classification|class|grade|stage|type|klassifikation|einteilung|stadi(?:um|en)|grad|typ|test|zeichen|technik|methode|operation|op|plastik|man[öo]ver|inzision|schnitt|lagerung|clasificaci[óo]n|estad[íi]o|grado|signos?|maniobra|t[ée]cnica|s[íi]ndrome|enfermedad|escala|criterios|[íi]ndice|clase|tipo|incisi[óo]n|pinzas?|signes?|man[œo]e?uvre|maladie|crit[èe]res|score|stade|échelle|incision|pince|segno|sindrome|morbo|malattia|scala|ziekte|teken) (?:nach|n\.|de|des?|di|von|van|del?|seg[úu]n|selon|of|secondo|volgens) $|\b(?:signe|test|maladie|man[œo]e?uvre|crit[èe]res|pince) d'$"
)


_BY_AUTHOR: Final = re.compile(
    r"\b(?:described|introduced|proposed|populari[sz]ed|published|coined|developed|invented|defined|validated|pioneered|pooled|modified|beschrieben|eingef[üu]hrt|entwickelt|descrit[oa]s?|propuest[oa]s?|publicad[oa]s?|d[ée]crite?s?|propos[ée]e?s?|publi[ée]e?s?) (?:first |originally )?(?:by|von|durch|por|par|according to) (?:[A-ZÀ-Þ][\w’'-]+(?:,| and| &| und| et| y) )*$",
    re.IGNORECASE,
)


def _beside_eponym(reading: Reading, place: int) -> bool:
    """McRoberts and Rubin; Truelove, Witts: what is joined to an eponym that nobody is called by."""
    seen, tokens = reading.seen, reading.tokens
    for at in (place - 2, place + 2):
        between = (place + at) // 2
        if not 0 <= at < len(tokens) or not 0 <= between < len(tokens):
            continue
        if tokens[between].text.lower() in ("and", "or", "&", "und", "oder", "y", "et", ",", "/"):
            if (
                seen.harmless[at] == "epo"
                and seen.words[at].given < 2
                and seen.words[at].family < 4
            ):
                return True
    return False


def named_after(reading: Reading, place: int, stop: int) -> bool:
    """Marcus Gunn pupil; Lund and Browder chart; clasificación de Fontaine: a thing named after somebody."""
    tokens = reading.tokens
    after = reading.text[tokens[stop - 1].end :][:90]
    if _NAMED_AFTER.match(after) or _NAMED_BEFORE.search(reading.before(tokens[place].start, 40)):
        return True
    begin = tokens[place].start
    if _BY_AUTHOR.search(reading.text[max(0, begin - 70) : begin]):
        return True
    if stop - place == 1 and _beside_eponym(reading, place):
        return True
    several = _SEVERAL.match(after)
    rest = "" if several is None else after[several.end() :]
    return EPONYM_AFTER.match(rest) is not None or _NAMED_AFTER.match(rest) is not None
