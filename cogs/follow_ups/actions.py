"""What can be asked for about follow-ups. Tags stay for ever; fields are the options' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.domain.pairs import Said, StepState
from bot.ui.action import Action, Ask
from bot.ui.words import _

_PAIR = _("Pair")
_PAIR_HINT = _("Its code, as in your check-in list")
_UNTIL = _("Until")


@dataclass(frozen=True)
class ShowStatus(Action, tag="fu.status.1"):
    """My pairs, my steps, and whose turn it is."""

    page: int = 0


@dataclass(frozen=True)
class SendUpdate(Action, tag="fu.update.1", memory_only=True):
    """A progress note to the other side of a pair."""

    pair: Annotated[str, Ask(_PAIR, hint=_PAIR_HINT, most=20, suggest="my_pair")]
    text: Annotated[
        str,
        Ask(
            _("What you did since"),
            hint=_("A line or two; it asks for nothing"),
            most=1000,
            lines=4,
        ),
    ]
    question: Annotated[
        str | None,
        Ask(_("One question"), hint=_("Optional; one that can be answered shortly"), most=300),
    ] = None


@dataclass(frozen=True)
class WriteFirst(Action, tag="fu.first.1", memory_only=True):
    """The first lines of a trainee to their mentor."""

    pair: Annotated[str, Ask(_PAIR, hint=_PAIR_HINT, most=20, suggest="my_pair")]
    text: Annotated[
        str,
        Ask(
            _("Who you are, in two lines"),
            hint=_("Where you are, and where you would like to be"),
            most=1000,
            lines=4,
        ),
    ]
    question: Annotated[
        str | None,
        Ask(_("One question"), hint=_("Optional; one that can be answered shortly"), most=300),
    ] = None


@dataclass(frozen=True)
class PromiseStep(Action, tag="fu.step.1", memory_only=True):
    """A next step with a date."""

    pair: Annotated[str, Ask(_PAIR, hint=_PAIR_HINT, most=20, suggest="my_pair")]
    text: Annotated[str, Ask(_("What you will do"), most=300, lines=2)]
    due: Annotated[date, Ask(_("By when"), hint=_("For example: Fri, in 2 weeks, 2027-03-11"))]


@dataclass(frozen=True)
class RestPair(Action, tag="fu.quiet.1"):
    """No check-ins for a while."""

    pair: Annotated[str, Ask(_PAIR, hint=_PAIR_HINT, most=20, suggest="my_pair")]
    until: Annotated[date, Ask(_UNTIL, hint=_("For example: in 3 weeks, 2027-03-11"))]


@dataclass(frozen=True)
class OpenRest(Action, tag="fu.open_rest.1"):
    """Opens the form of a pause."""

    pair: str


@dataclass(frozen=True)
class ClosePair(Action, tag="fu.close.1", memory_only=True):
    """Ends a pair kindly."""

    pair: Annotated[str, Ask(_PAIR, hint=_PAIR_HINT, most=20, suggest="my_pair")]
    note: Annotated[
        str | None,
        Ask(_("A word of farewell"), hint=_("Sent to them; optional"), most=500, lines=3),
    ] = None


@dataclass(frozen=True)
class CloseNow(Action, tag="fu.close_now.1"):
    """Confirms the end of a pair."""

    draft: str


@dataclass(frozen=True)
class KeepOpen(Action, tag="fu.keep_open.1"):
    """Leaves a pair as it is."""

    draft: str


@dataclass(frozen=True)
class ShowRhythm(Action, tag="fu.rhythm.1"):
    """How often both of a pair are asked."""

    pair: str


@dataclass(frozen=True)
class SetRhythm(Action, tag="fu.set_rhythm.1"):
    """How many weeks one would like between two check-ins."""

    pair: str
    weeks: int


@dataclass(frozen=True)
class GetHelp(Action, tag="fu.help.1"):
    """Not heard back, or a moderator's help."""

    pair: Annotated[str, Ask(_PAIR, hint=_PAIR_HINT, most=20, suggest="my_pair")]


@dataclass(frozen=True)
class ReopenPair(Action, tag="fu.reopen.1"):
    """Goes on with a closed pair."""

    pair: str


@dataclass(frozen=True)
class AskModerators(Action, tag="fu.mods.1"):
    """A moderator's help with a pair."""

    pair: str


@dataclass(frozen=True)
class TakeUpHelp(Action, tag="fu.help_up.1"):
    """A moderator says that they write to whoever called for help."""

    call: int


@dataclass(frozen=True)
class TakeHelpBack(Action, tag="fu.help_back.1"):
    """Whoever called for a moderator's help needs it no more."""

    call: int


@dataclass(frozen=True)
class Answer(Action, tag="fu.answer.1"):
    """One tap about a pair."""

    pair: str
    said: Said


@dataclass(frozen=True)
class OpenUpdate(Action, tag="fu.open_upd.1"):
    """The form of an update."""

    pair: str


@dataclass(frozen=True)
class OpenStep(Action, tag="fu.open_step.1"):
    """The form of a next step."""

    pair: str


@dataclass(frozen=True)
class MarkStep(Action, tag="fu.mark.1"):
    """A step is done, or dropped."""

    step: int
    state: StepState


@dataclass(frozen=True)
class OpenPostpone(Action, tag="fu.open_post.1"):
    """The form of a new date."""

    step: int


@dataclass(frozen=True)
class PostponeStep(Action, tag="fu.postpone.1"):
    """A step gets a new date."""

    step: int
    due: Annotated[date, Ask(_("New date"), hint=_("For example: Fri, in 2 weeks, 2027-03-11"))]


@dataclass(frozen=True)
class AskCommunity(Action, tag="ask.ask.1", memory_only=True):
    """A question to the community."""

    question: Annotated[str, Ask(_("Your question"), most=1000, lines=4)]
    topic: Annotated[str, Ask(_("Topic"), suggest="topic", most=60)]
    anonymous: Annotated[bool, Ask(_("Without my name"))] = False


@dataclass(frozen=True)
class IAnswered(Action, tag="ask.answered.1"):
    """Somebody answered a question."""

    asked: int


@dataclass(frozen=True)
class ItHelped(Action, tag="ask.helped.1"):
    """The asker has an answer."""

    asked: int


@dataclass(frozen=True)
class StillOpen(Action, tag="ask.open.1"):
    """The asker would like to hear more."""

    asked: int


@dataclass(frozen=True)
class TakeBack(Action, tag="ask.back.1"):
    """The asker needs no answer any more."""

    asked: int
