"""Topics that people are offered when they name one; anything else they type is fine as well."""

from __future__ import annotations

from collections.abc import Mapping

from bot.ui.action import Option
from bot.ui.language import catalogue, languages
from bot.ui.words import Msg, Typed, _

TOPICS: Mapping[str, Msg] = {
    "oncology": _("Interventional oncology"),
    "arterial": _("Peripheral arterial disease"),
    "venous": _("Venous disease and pulmonary embolism"),
    "portal": _("Portal hypertension and TIPS"),
    "embolisation": _("Embolisation (UFE, PAE, GAE)"),
    "trauma": _("Trauma and bleeding"),
    "dialysis": _("Dialysis access"),
    "paediatric": _("Paediatric IR"),
    "neuro": _("Neurointervention"),
    "biliary": _("Biliary and genitourinary"),
    "msk": _("Musculoskeletal and pain"),
    "lymphatics": _("Lymphatics"),
    "practice": _("Practice building and clinic"),
    "research": _("Research"),
    "match": _("The Match and applications"),
    "career": _("Career and training"),
}
OTHER = "other"
"""None of them."""


def topic_words(topic: str) -> Msg | Typed:
    """A topic as people read it."""
    return _("something else") if topic == OTHER else TOPICS.get(topic) or Typed(topic)


def topic_key(text: str) -> str:
    """What is kept of a topic that was chosen or typed, in whatever language it was read."""
    wanted = " ".join(text.split())
    if wanted.casefold() == OTHER:
        return OTHER
    known = [catalogue(language) for language in languages()]
    for key, label in TOPICS.items():
        if wanted.casefold() in (key, *(each.gettext(label.text).casefold() for each in known)):
            return key
    return wanted


def topic_options(text: str) -> tuple[Option, ...]:
    """Topics that fit what was typed so far."""
    wanted = text.strip().casefold()
    return tuple(
        Option(key, label)
        for key, label in TOPICS.items()
        if wanted in label.text.casefold() or key.startswith(wanted)
    )
