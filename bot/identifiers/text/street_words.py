"""Words that make an address: kinds of street in many languages, and what stands inside their names.

Folded (small, without accents).
"""

from __future__ import annotations

import re
from typing import Final

# Kinds of street that are hardly anything else beside a number (United States Postal Service, Publication 28,
# and British ones); those below are also ordinary words, and need capitals and something more.
STRONG: Final = frozenset(
    [
        "street", "st", "avenue", "ave", "av", "road", "rd", "lane", "ln", "drive", "dr",
        "boulevard", "blvd", "court", "ct", "place", "pl", "way", "terrace", "ter", "close",
        "crescent", "cres", "square", "sq", "highway", "hwy", "parkway", "pkwy", "circle",
        "cir", "trail", "trl", "row", "grove", "gardens", "gdns", "mews", "alley", "pike",
        "turnpike", "tpke", "plaza", "esplanade", "parade", "causeway", "expressway", "expy",
        "freeway", "fwy", "throughway", "trafficway",
    ]
)  # fmt: skip
WEAK: Final = frozenset(
    [
        "annex", "arcade", "bayou", "beach", "bend", "bluff", "bluffs", "bottom", "branch",
        "bridge", "brook", "brooks", "burg", "burgs", "bypass", "camp", "canyon", "cape",
        "center", "centers", "centre", "circles", "cliff", "cliffs", "club", "common",
        "commons", "corner", "corners", "course", "courts", "cove", "coves", "creek", "crest",
        "crossing", "crossroad", "curve", "dale", "dam", "divide", "drives", "estate",
        "estates", "extension", "extensions", "fall", "falls", "ferry", "field", "fields",
        "flat", "flats", "ford", "fords", "forest", "forge", "forges", "fork", "forks", "fort",
        "garden", "gateway", "glen", "glens", "green", "greens", "groves", "harbor", "harbors",
        "harbour", "haven", "heights", "hill", "hills", "hollow", "inlet", "island", "islands",
        "isle", "junction", "junctions", "key", "keys", "knoll", "knolls", "lake", "lakes",
        "land", "landing", "light", "lights", "loaf", "lock", "locks", "lodge", "loop", "mall",
        "manor", "manors", "meadow", "meadows", "mill", "mills", "mission", "motorway", "mount",
        "mountain", "mountains", "neck", "orchard", "oval", "overpass", "park", "parks",
        "parkways", "pass", "passage", "path", "pine", "pines", "plain", "plains", "point",
        "points", "port", "ports", "prairie", "quay", "radial", "ramp", "ranch", "rapid",
        "rapids", "rest", "ridge", "ridges", "rise", "river", "road", "roads", "route", "rue",
        "run", "shoal", "shoals", "shore", "shores", "skyway", "spring", "springs", "spur",
        "spurs", "squares", "station", "stravenue", "stream", "streets", "summit", "trace",
        "track", "trails", "tunnel", "underpass", "union", "unions", "valley", "valleys", "via",
        "viaduct", "view", "views", "village", "villages", "ville", "vista", "walk", "walks",
        "wall", "ways", "well", "wells", "wynd", "drove", "wharf", "yard", "gate", "end",
        "vale", "mead", "croft", "chase", "copse", "dene", "fold", "drift",
    ]
)  # fmt: skip
BEFORE: Final = frozenset(
    [
        "rue", "avenue", "av", "boulevard", "bd", "bld", "place", "pl", "chemin", "ch", "allee",
        "allees", "impasse", "imp", "quai", "route", "rte", "cours", "cour", "square",
        "passage", "faubourg", "fbg", "residence", "res", "venelle", "voie", "villa", "sentier",
        "hameau", "lotissement", "lot", "promenade", "prom", "esplanade", "ruelle", "mail",
        "rond-point", "domaine", "cite", "traverse", "montee", "calle", "cl", "avda", "avd",
        "avenida", "plaza", "pza", "plza", "paseo", "po", "ctra", "carretera", "camino",
        "ronda", "travesia", "trva", "calzada", "rambla", "carrera", "cra", "urbanizacion",
        "urb", "callejon", "glorieta", "pasaje", "privada", "prolongacion", "cerrada",
        "circuito", "bulevar", "via", "viale", "piazza", "piazzale", "corso", "vicolo", "largo",
        "strada", "borgo", "lungomare", "contrada", "localita", "rua", "travessa", "praca",
        "alameda", "estrada", "carrer", "placa", "passeig", "ulica", "ul", "aleja", "al",
        "plac", "os", "osiedle", "ulice", "namesti", "trida", "bulevardul", "str",
    ]
)  # fmt: skip
BEHIND: Final = (
    "strasse", "str", "gasse", "allee", "platz", "chaussee", "damm", "ufer", "steig", "ring", "weg", "markt",
    "graben", "promenade", "stieg", "pfad", "wall", "hof", "berg", "garten", "kamp", "straat", "laan", "plein",
    "gracht", "kade", "dijk", "singel", "dreef", "steeg", "vagen", "vag", "gatan", "grand", "gade", "vej",
    "veien", "vei", "gata", "gate", "stien", "svingen", "plassen", "torget", "alleen", "katu", "tie", "kuja",
    "zeile", "siedlung", "kolonie", "utca", "ut", "ter", "korut", "straede", "strede", "backen", "stigen", "hoj", "bakken", "toften", "vanget",
)  # fmt: skip
BEHIND_SHORT: Final = frozenset(
    [
        "vag", "grand", "hof", "berg", "garten", "kamp", "wall", "markt", "tie", "ut", "ter",
        "gate", "gade", "vei", "gata",
    ]
)  # fmt: skip
PARTICLES: Final = frozenset(
    [
        "de", "del", "della", "delle", "dei", "degli", "di", "da", "do", "dos", "das", "la",
        "las", "los", "le", "les", "el", "l", "d", "du", "des", "y", "e", "et", "the", "of",
        "den", "der", "dem", "van", "von", "zum", "zur", "am", "an", "auf", "im", "in", "ten",
        "op", "'t",
    ]
)  # fmt: skip


STOP: Final = re.compile(
    r"(?i)^(?:french|fr|mm|cm|ml|mg|patients?|years?|yrs?|yo|months?|weeks?|days?|hours?|h|min|minutes?|cases?|percent|vessels?|segments?|"
    r"gauge|grade|type|zone|stents?|wires?|coils?|sheaths?|and|this|that|is|was|were|are|has|had|in|to|for|with|on|at|from|we|i|he|"
    r"she|x|m|f|jours?|mois|ans|a[ñn]os|d[ií]as|meses|horas|jahre|tage|wochen|monate|stunden|uhr|or|und|y|et|de|il|out|such|same|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|enero|febrero|marzo|mayo|junio|julio|agosto|januar|m[äa]rz|juni|juli|oktober|dezember|am|pm)$"
)


CUE: Final = re.compile(
    r"(?:\b(?:address|street|straße|strasse|adresse|anschrift|domicilio|direcci[óo]n|adres|indirizzo|morada|endere[çc]o|residence)\s*(?:is|ist|es|est|was|on file is|on file)?\s*[:=]?|"
    r"\b(?:lives?|lived|living|resid(?:es?|ing|ed)|stays?|staying|located|delivered|ship(?:ped)?|sent|mail(?:ed)?|post|office|flat|house|apartment|home|party|meet(?: me)?|visit us|found|come|moved?|theft|neighbou?r|clinic is|parcel|delivery|near|rent|lease) "
    r"(?:at|to|on|near|of|for|from)|\b(?:wohnhaft|wohnt|wohnend|domicili[ée]e?|demeurant|habit(?:e|ant)|wonende|residente|vive)(?: (?:in|en|à|au|te|a|at|im))?|[,;:(/]|\b(?:at|near|from|of|to|in|en|au|à|an|via|the))\s*$",
    re.IGNORECASE,
)


LABEL: Final = re.compile(
    r"(?<![\w-])(?:(?:home |street |postal |mailing |billing |delivery |shipping )?address|addr|street|adresse|anschrift|stra(?:ß|ss)e|domicilio|direcci[óo]n|adres|indirizzo|residenza|morada|endere[çc]o|wohnhaft|wohnadresse|demeurant|calle)\s*"
    r"(?::|=|\bis\b)\s*(?=[^\n]{0,60}\d)((?:\d{1,4}, ?)?[^\W_][^\n,;|]{2,60})",
    re.IGNORECASE,
)


DWELLING: Final = re.compile(
    r"[,\s]{1,3}(?:(?:apt\.?|apartment|unit|suite|ste\.?|flat|room|floor|bldg\.?|appt\.?|bât\.?|piso|planta|portal|esc\.?|stock|etage|whg\.?|wohnung|bus|app\.?)(?![a-z])\s?#?\s?[\w-]{1,5}|#\s?\w{1,5})(?!\w)",
    re.IGNORECASE,
)

# With a capital they open a German address: Am Anger 5, An der Alten Mühle 3.
OPENING: Final = frozenset(
    [
        "am",
        "an",
        "auf",
        "im",
        "in",
        "unter",
        "zum",
        "zur",
        "hinter",
        "vor",
        "beim",
        "bei",
        "kolonie",
    ]
)

SPECIAL: Final = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w.,/-])\d{1,6}\s+(?:county road|state route|highway|route|cr|us-?\s?hwy|avenue|farm road|rural route|fm)\s+\w{1,6}\b",
        r"(?<!\w)p\.?\s?o\.?\s?box\s?\d+|(?<!\w)(?:postfach|apartado(?: de correos)?|bo[îi]te postale|bp|casella postale|postbus)\s?\d{2,6}\b",
    )
]  # fmt: skip
