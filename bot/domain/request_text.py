"""A gentle look at a request before it goes: what a mentor would rather not read first.

Everything here is a hint that the writer may ignore. Patient identifiers are another matter and are
looked for elsewhere. Knows English phrases only; what it does not find proves nothing.
"""

from __future__ import annotations

import enum
import re

SENTENCES = (2, 6)
"""How many sentences in all read well; three to four is what is asked for."""


class Hint(enum.Enum):
    """What might be said differently."""

    LETTER = enum.auto()
    """A letter or a position is the first thing asked for."""
    RANKING = enum.auto()
    """Talk of rank lists, which the rules of the Match do not allow."""
    FLATTERY = enum.auto()
    """Praise that could be sent to anybody."""
    LONG = enum.auto()
    SHORT = enum.auto()


_PLAIN = (
    r"(?:(?!\b(?:advice|how|about|what|whether|which|why|questions?|choos\w+|prepar\w+|mistakes?|"
    r"differences?|between)\b)[^.?!\n]){0,50}?"
)
"""Words of one sentence that do not turn it into a question about the thing."""
_POST = (
    r"(?:positions?|openings?|vacanc(?:y|ies)|observerships?|externships?|assistantships?|jobs?|"
    r"(?:research|fellowship|residency|lab|faculty|training|elective|rotation) (?:spots?|slots?)|"
    r"(?:research|job|observership|training|unpaid|elective)\b[^.?!\n]{0,20} opportunit(?:y|ies))"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE)


_LETTER = _any(
    r"letters? of (?:recommendation|reference|support)",
    r"(?:recommendation|reference|rec) letters?",
    r"(?-i:LO[Rr]s?)",
    rf"you\b{_PLAIN}\b(?:write|provide|give|support|send|submit)\b{_PLAIN}"
    r"(?<!cover )\bletters?\b(?! to\b)",
    r"i (?:need|want|would like|am hoping for|was hoping for)(?: to (?:get|have))?"
    r" (?:an? |one |my |\w+ )?(?:strong )?(?:letters?|recommendations?)",
    r"letters? from you",
    r"(?:my|of my) letter writers?",
    r"recommendations? from you|your recommendation (?:for|letter)",
    r"recommend me(?: (?:to|for)\b|(?=\s*[.?!]|\s*$))",
    r"vouch for me|(?:put|say) (?:in )?a (?:good |kind )?word",
    r"(?:be|serve|act)(?: as)? (?:an? |my |one of my )?(?:reference|referee)s?",
    rf"(?:looking|hoping|searching|asking|apply|applying|want|need|seek|seeking|would like)\b"
    rf"{_PLAIN}\b{_POST}",
    rf"(?:do you|does your|would you|could you|can you|is there|are there|if there (?:is|are)|"
    rf"if you)\b{_PLAIN}\b{_POST}",
    rf"{_POST} (?:in|at|with|on) your",
    r"(?:are|is) (?:you|your \w+) (?:currently )?(?:hiring|recruiting)|hire me|job for me",
    r"(?:get|give|offer|find) me an? (?:job|interview|position|spot)",
    r"help me (?:to )?(?:get|find|land|secure|obtain) (?:an? )?(?:\w+ )?"
    r"(?:job|interview|position|spot|observership)",
    r"join (?:your|the) (?:research )?(?:lab|team|group|practice|department|section|program\w*)",
    r"consider(?:ed)?(?: me)? for (?:an? |your |the )?(?:\w+ ){0,2}(?:fellowship|residency|"
    r"position|program\w*|postdoc\w*|job)",
    r"(?:work|research|train) under (?:you|your (?:\w+ )?(?:supervision|guidance)) as",
    r"(?:strong|good|excellent) letters?(?! to\b)|get an? (?:strong )?letter(?! to\b)",
    r"interested in (?:the|an?|any|your) (?:\w+ ){0,2}(?:position|job|opening|vacancy)",
    r"(?:find|attach(?:ed|ing)?|send(?:ing)?|sent|forward|enclosed?)(?: you)?(?: is)? my "
    r"(?:cv|resume|résumé)",
    r"(?:email|tell|call|talk to|speak to|mention me to) (?:your|the) (?:program\w* )?"
    r"(?:director|chair|committee)\b[^.?!\n]{0,20}\b(?:about|of|for) me",
    r"empfehlungsschreiben|(?:stelle|platz) (?:bei ihnen|in ihrer)",
)
_SAID_RANK = r"rank(?:ed|ing)?"
_RANKING = _any(
    r"rank(?:ed|ing|s)?[- ](?:order[- ]?)?lists?|rank[- ]order",
    r"(?-i:ROLs?)",
    rf"{_SAID_RANK} (?:me|you|us)",
    rf"{_SAID_RANK} (?:your|my|our|this) (?:\w+ )?(?:program\w*|hospital|institution|residency)",
    rf"{_SAID_RANK} (?:to match|# ?1|(?:number|no\.?) ?(?:one|1))",
    rf"(?:i|me|am i|i'm|to be|will be) (?:[^.?!\n]{{0,40}} )?{_SAID_RANK} (?:[^.?!\n]{{0,30}} )?"
    r"(?:first|highly|high|at the top|number one)",
    r"(?:where|how high(?:ly)?) (?:will|would|did|do|am|are) (?:you|i|we)\b[^.?!\n]{0,20}\brank\w*",
    r"will you rank|commit(?:ment|ted|ting)? to (?:rank\b(?!-)|your program)",
    rf"{_SAID_RANK} (?:\w+ ){{1,4}}(?:# ?1|number one|no\.? ?1)",
    r"(?:are|will|would) you (?:be )?(?:going to )?rank(?:ing)? (?:me|us|any|applicants)",
    r"(?:applicants?|candidates?|whom?|students?)\b[^.?!\n]{0,30}\byou (?:rank|ranking)",
    r"(?:applicants?|candidates?|whom?|students?)\b[^.?!\n]{0,30}\bare you ranking",
    r"(?:i am|i stand|am i|i'm) on (?:your|the) (?:rank )?list\b(?! of)|"
    r"(?:first|top|high|number one|#1) on (?:my|your) list(?! of)",
    r"your program\w* (?:as )?(?:my )?(?:number one|first\b(?! year)|# ?1)|top candidate",
    r"i (?:am |stand |would be |rank )?(?:on|at the top of|high on) your list(?! of)",
    r"my (?:number|no\.?|#)\s*(?:one|1)\b(?!\s+(?:question|reason|concern|goal|problem|topic|"
    r"interest|wish|priority|aim|worry))",
    r"you(?:r|rs)?\b[^.?!\n]{0,40}\bmy (?:first|top|favou?rite) (?:choice|pick)",
    r"my (?:first|top) (?:choice|pick)[^.?!\n]{0,20}\byou(?:r|rs)?",
    r"(?:will|would|can|could|do) i (?:get to )?match (?:at|with|into|there)",
    r"chances?\b[^.?!\n]{0,40}\b(?:at|with|of matching (?:at|with)) (?:you|your program\w*)",
    r"letters? of (?:intent|interest)",
)
_GRAND = (
    r"(?:brilliant|incredible|extraordinary|outstanding|remarkable|exceptional|amazing|phenomenal|"
    r"unparalleled|unmatched|stellar|illustrious|exemplary|impressive|renowned|legendary)"
)
_FLATTERY = _any(
    r"world[- ](?:class|renowned|famous|leading)|esteemed|illustrious|eminent",
    r"(?:such an?|so|as|most|highly|internationally|nationally) renowned",
    r"renowned (?:professor|doctor|expert|specialist|leader|physician|radiologist|interven\w*)",
    r"(?<!figure )legend(?:ary)?\b(?! (?:of|to|in|for) (?:the )?(?:fig|table|map))",
    r"(?:huge|big|biggest|great|greatest|massive) (?:fan|admirer) of (?:you|yours|your)",
    r"your (?:huge|big|biggest|great|greatest|massive) (?:fan|admirer)|greatest admirer|"
    r"(?:huge|big) fan\b(?! of)",
    r"in awe of|deep(?:est)? admiration|beyond words|words cannot",
    r"admired? (?:you|your work|your career) (?:so|very|deeply|greatly|immensely)",
    r"(?:deeply|greatly|truly|extremely|incredibly|so) (?:honou?red|humbled) (?:to|by|if)",
    r"(?:greatest|utmost|absolute|immense) (?:honou?r|privilege|respect|admiration)",
    r"honou?r of (?:my|a) life(?:time)?",
    rf"your (?:\w+ )?{_GRAND} (?:and \w+ )?(?:career|achievements?|accomplishments?|contributions?|"
    r"work|expertise|reputation|journey|research|legacy|mind|name|profile)",
    rf"{_GRAND} (?:doctor|physician|mentor|radiologist|person|human|leader)",
    r"(?:amazing|incredible) (?:work|career)",
    r"(?:one of )?the (?:very )?(?:best|greatest|finest) (?:interventional|radiologists?|doctors?|"
    r"physicians?|minds?|mentors?|IRs?|in the (?:world|field|country))",
    r"(?:such an?|an?) (?:\w+ )?inspiration (?:to|for)|truly inspir\w+|inspir\w+ millions",
    r"(?:true|real|absolute) (?:pioneer|visionary|giant|icon)|giant (?:in|of) (?:the|our) field|"
    r"an icon",
    r"(?:nobody|no one|none)\b[^.?!\n]{0,30}\bcompares? to you|my (?:idol|hero|role model since)",
    r"(?:groundbreaking|visionary|pioneering)\b[^.?!\n]{0,20}\bhas changed|changed the world",
    r"honou?r and (?:an? )?(?:\w+ )?privilege|privilege and (?:an? )?(?:\w+ )?honou?r",
    r"(?:so|truly|very|deeply) inspiring|your good self|most respected",
    rf"you are (?:truly |so |simply |just )?{_GRAND}(?= and|[.!?,])",
    r"greetings of the day|your excellency",
    r"(?:respected|honou?rable) (?:sir|madam|ma'am|professor|prof|doctor|dr|mentor)",
    r"koryphäe|(?:hoch|sehr )verehrte\w*|weltbekannt\w*|weltberühmt\w*",
)
_END = re.compile(r"[.!?]+(?:\s+|$)|\n+")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|approx|st|dr|mr|mrs|ms|prof|no|dept|univ)\.\s", re.I)


def sentences(text: str) -> int:
    """About how many sentences a text has."""
    even = _ABBREVIATED.sub("x ", f"{text} ")
    return sum(1 for piece in _END.split(even) if piece and any(c.isalnum() for c in piece))


def hints(who: str, why: str, ask: str) -> tuple[Hint, ...]:
    """What the writer might look at again, most important first."""
    whole = f"{who}\n{why}\n{ask}"
    found: list[Hint] = []
    if _RANKING.search(whole):
        found.append(Hint.RANKING)
    if _LETTER.search(ask):
        found.append(Hint.LETTER)
    if _FLATTERY.search(whole):
        found.append(Hint.FLATTERY)
    count = sentences(who) + sentences(why) + sentences(ask)
    if count > SENTENCES[1]:
        found.append(Hint.LONG)
    elif count < SENTENCES[0] or len(whole) < 60:
        found.append(Hint.SHORT)
    return tuple(found)
