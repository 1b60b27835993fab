"""What can be asked for about one's own listing. Tags stay for ever; fields are options' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.domain.listings import Purpose
from bot.domain.taxonomy import Format
from bot.ui.action import Action, Ask
from bot.ui.words import _
from cogs.mentors.formats import FORMATS


@dataclass(frozen=True)
class OfferMentoring(Action, tag="mn.offer.1"):
    """Opt in, or change one's listing; nothing is shown before `Publish`."""

    help_with: Annotated[
        tuple[str, ...],
        Ask(_("What I help with"), least=1, most=12, suggest="mentor_help", form_only=True),
    ]
    topics: Annotated[
        tuple[str, ...],
        Ask(_("Topics"), least=1, most=20, suggest="mentor_topic", form_only=True),
    ]
    formats: Annotated[
        tuple[Format, ...],
        Ask(_("Formats"), hint=_("Short ones are easy to begin with"), options=FORMATS, most=6,
            form_only=True),
    ] = (Format.QUESTION, Format.TALK, Format.ONGOING)  # fmt: skip
    stage: Annotated[str | None, Ask(_("Stage"), most=60, suggest="mentor_stage")] = None
    practice: Annotated[str | None, Ask(_("Where I work"), most=60, suggest="mentor_practice")] = (
        None
    )
    region: Annotated[str | None, Ask(_("Region"), most=60, suggest="mentor_region")] = None
    languages: Annotated[
        tuple[str, ...],
        Ask(_("Languages"), most=10, suggest="mentor_language", form_only=True),
    ] = ()
    meeting: Annotated[
        str | None,
        Ask(
            _("How I like to meet"),
            hint=_("For example: a call on Thursdays; write two lines first"),
            most=500,
            lines=3,
        ),
    ] = None
    places: Annotated[
        int, Ask(_("Ongoing places"), hint=_("People at a time; 0 is fine"), least=0, most=50)
    ] = 2
    talks: Annotated[
        int, Ask(_("Talks a month"), hint=_("Questions and visits count, too"), least=0, most=60)
    ] = 4
    requests: Annotated[
        int, Ask(_("New requests a week"), hint=_("At most; 0 is fine"), least=0, most=60)
    ] = 3
    backgrounds: Annotated[
        tuple[str, ...],
        Ask(
            _("Backgrounds, for matching only"),
            hint=_("Never shown, never a filter; used only if you agree to it on the next screen"),
            most=11,
            suggest="mentor_background",
            form_only=True,
        ),
    ] = ()
    background_requests: Annotated[
        int,
        Ask(
            _("Of these because of a background"),
            hint=_("At most so many requests a week; 0 means none"),
            least=0,
            most=20,
            form_only=True,
        ),
    ] = 1
    interviews_for: Annotated[
        str | None,
        Ask(
            _("Programmes I interview for"),
            hint=_("With commas; never shown. A neutral note appears in a marked season"),
            most=400,
            form_only=True,
        ),
    ] = None


@dataclass(frozen=True)
class Publish(Action, tag="mn.publish.1"):
    """Shows the listing to others. `background`: backgrounds may be used for matching."""

    draft: str
    background: bool = False


@dataclass(frozen=True)
class Discard(Action, tag="mn.discard.1"):
    """Leaves everything as it is."""

    draft: str


@dataclass(frozen=True)
class EditListing(Action, tag="mn.edit.1"):
    """Opens the form with what is there."""


@dataclass(frozen=True)
class MyListing(Action, tag="mn.mine.1"):
    """My listing, my numbers, my consents."""


@dataclass(frozen=True)
class PauseMentoring(Action, tag="mn.pause.1"):
    """A pause with a date of return."""

    until: Annotated[
        date | None,
        Ask(_("Until"), hint=_("The day of return; empty means four weeks from now")),
    ] = None


@dataclass(frozen=True)
class OpenPause(Action, tag="mn.pause_ask.1"):
    """Opens the form of a pause."""


@dataclass(frozen=True)
class PauseNow(Action, tag="mn.pausenow.1"):
    """Pauses; what is open gets a kind answer."""

    until: date


@dataclass(frozen=True)
class ResumeMentoring(Action, tag="mn.resume.1"):
    """There again."""


@dataclass(frozen=True)
class WithdrawListing(Action, tag="mn.withdraw.1"):
    """Opt out: asks first."""


@dataclass(frozen=True)
class WithdrawNow(Action, tag="mn.gone.1"):
    """Opt out."""


@dataclass(frozen=True)
class GiveConsent(Action, tag="mn.consent.1"):
    """Gives one consent, or takes it back."""

    purpose: Purpose
    given: bool
