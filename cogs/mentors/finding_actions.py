"""What can be asked for by somebody who looks for a mentor. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import MemberId
from bot.domain.seekers import AtHome
from bot.domain.taxonomy import Format
from bot.ui.action import Action, Ask, Option
from bot.ui.words import _
from cogs.mentors.formats import FORMATS

AT_HOME = (
    Option(AtHome.YES, _("Yes")),
    Option(AtHome.NO, _("No")),
    Option(AtHome.UNSAID, _("Other, or prefer not to say")),
)


@dataclass(frozen=True)
class FindMentors(Action, tag="mn.find.1"):
    """Mentors who have room."""

    topic: Annotated[str | None, Ask(_("Topic"), most=60, suggest="mentor_topic")] = None
    help_with: Annotated[str | None, Ask(_("Help with"), most=60, suggest="mentor_help")] = None
    format: Annotated[Format | None, Ask(_("Format"), options=FORMATS)] = None
    region: Annotated[str | None, Ask(_("Region"), most=60, suggest="mentor_region")] = None
    language: Annotated[str | None, Ask(_("Language"), most=60, suggest="mentor_language")] = None
    stage: Annotated[
        str | None,
        Ask(_("Stage"), hint=_("Or: near-peer"), most=60, suggest="mentor_stage_or_peer"),
    ] = None
    text: Annotated[
        str | None, Ask(_("Words"), hint=_("As they stand in the listing"), most=80)
    ] = None


@dataclass(frozen=True)
class OpenFind(Action, tag="mn.search.1"):
    """Opens the form of the filters."""


@dataclass(frozen=True)
class MoreMentors(Action, tag="mn.more.1"):
    """Another page of the same search."""

    draft: str
    page: int


@dataclass(frozen=True)
class ShowMentor(Action, tag="mn.show.1"):
    """One card."""

    member: Annotated[MemberId, Ask(_("Mentor"))]


@dataclass(frozen=True)
class SuggestMentors(Action, tag="mn.suggest.1"):
    """Up to three suggestions, with reasons."""


@dataclass(frozen=True)
class OpenProfile(Action, tag="mn.askme.1"):
    """Opens the questions of the first search."""


@dataclass(frozen=True)
class SaveProfile(Action, tag="mn.profile.1"):
    """What helps to find somebody who fits; all optional."""

    stage: Annotated[str | None, Ask(_("Stage"), most=60, suggest="mentor_stage")] = None
    home_programme: Annotated[
        AtHome | None,
        Ask(_("Is there an IR programme at home?"), options=AT_HOME, form_only=True),
    ] = None
    region: Annotated[str | None, Ask(_("Region"), most=60, suggest="mentor_region")] = None
    languages: Annotated[
        tuple[str, ...],
        Ask(_("Languages"), most=10, suggest="mentor_language", form_only=True),
    ] = ()
    topics: Annotated[
        tuple[str, ...], Ask(_("Topics"), most=20, suggest="mentor_topic", form_only=True)
    ] = ()
    programmes: Annotated[
        str | None,
        Ask(
            _("Programmes I apply to"),
            hint=_("With commas; never shown to anybody"),
            most=600,
            lines=2,
            form_only=True,
        ),
    ] = None
    backgrounds: Annotated[
        tuple[str, ...],
        Ask(
            _("Backgrounds, for matching only"),
            hint=_("Never shown; they count only where a mentor volunteered the same"),
            most=11,
            suggest="mentor_background",
            form_only=True,
        ),
    ] = ()
    use_backgrounds: Annotated[bool, Ask(_("Use my backgrounds for matching"), form_only=True)] = (
        False
    )
