"""What can be asked for about requests, answers and pairs. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.domain.people import MemberId
from bot.domain.taxonomy import Format
from bot.ui.action import Action, Ask
from bot.ui.words import _
from cogs.mentors.formats import FORMATS


@dataclass(frozen=True)
class RequestMentor(Action, tag="mn.request.1"):
    """The structured introduction; shown once more before it goes."""

    mentor: Annotated[MemberId, Ask(_("Mentor"))]
    who: Annotated[
        str,
        Ask(_("Who I am"), hint=_("One sentence: stage, place, what matters"), least=10, most=300,
            lines=2),
    ]  # fmt: skip
    why: Annotated[
        str,
        Ask(_("Why you"), hint=_("One sentence, about something of theirs"), least=10, most=300,
            lines=2),
    ]  # fmt: skip
    ask: Annotated[
        str,
        Ask(_("The ask"), hint=_("One or two sentences: what a first talk would be about"),
            least=10, most=400, lines=3),
    ]  # fmt: skip
    format: Annotated[Format, Ask(_("Format"), options=FORMATS)]
    times: Annotated[
        str | None, Ask(_("Times that suit me"), hint=_("For example: evenings"), most=150)
    ] = None
    hard_date: Annotated[
        date | None,
        Ask(_("A date that cannot move"), hint=_("An abstract or an application; else leave it")),
    ] = None
    topic: Annotated[str | None, Ask(_("Topic"), most=60, suggest="mentor_topic")] = None


@dataclass(frozen=True)
class OpenRequest(Action, tag="mn.ask.1"):
    """Opens the form of a request, with how this mentor likes to work."""

    mentor: MemberId


@dataclass(frozen=True)
class SendRequest(Action, tag="mn.send.1"):
    """Off it goes."""

    draft: str


@dataclass(frozen=True)
class ChangeRequest(Action, tag="mn.change.1"):
    """The form again, filled in. `mentor`: for somebody else instead."""

    draft: str
    mentor: MemberId | None = None


@dataclass(frozen=True)
class PreviewAgain(Action, tag="mn.again.1"):
    """The last look once more."""

    draft: str


@dataclass(frozen=True)
class WithdrawRequest(Action, tag="mn.takeback.1"):
    """Takes a request back. `draft`: what waits for the room that this makes."""

    request: int
    draft: str = ""


@dataclass(frozen=True)
class ReleaseOthers(Action, tag="mn.release.1"):
    """After one yes, the other requests are let go."""

    pair: int


@dataclass(frozen=True)
class AcceptRequest(Action, tag="mn.accept.1"):
    """Yes. `pausing`: from the screen of a pause until that day."""

    request: int
    pausing: date | None = None


@dataclass(frozen=True)
class DeclineRequest(Action, tag="mn.decline.1"):
    """Not now."""

    request: int
    pausing: date | None = None


@dataclass(frozen=True)
class DeclineAndPause(Action, tag="mn.notnow.1"):
    """Not now, and a pause: shows what else is open."""

    request: int


@dataclass(frozen=True)
class SpokeElsewhere(Action, tag="mn.spoke.1"):
    """The two spoke elsewhere; for either side."""

    request: int


@dataclass(frozen=True)
class OpenQuestion(Action, tag="mn.question.1"):
    """Opens the form of a question to a trainee."""

    request: int


@dataclass(frozen=True)
class AskTrainee(Action, tag="mn.back.1"):
    """A question before an answer."""

    request: int
    question: Annotated[
        str,
        Ask(_("Your question"), hint=_("I pass it on as you write it"),
            least=3, most=500, lines=3),
    ]  # fmt: skip


@dataclass(frozen=True)
class OpenAnswer(Action, tag="mn.reply.1"):
    """Opens the form of an answer."""

    request: int


@dataclass(frozen=True)
class AnswerMentor(Action, tag="mn.answer.1"):
    """The answer to a mentor's question."""

    request: int
    answer: Annotated[str, Ask(_("Your answer"), least=2, most=800, lines=4)]


@dataclass(frozen=True)
class SendWords(Action, tag="mn.words_go.1"):
    """A question or an answer goes, address and all."""

    draft: str


@dataclass(frozen=True)
class ChangeWords(Action, tag="mn.words.1"):
    """The form again, filled in."""

    draft: str


@dataclass(frozen=True)
class ShowRequest(Action, tag="mn.look.1"):
    """One request in full."""

    request: int


@dataclass(frozen=True)
class ShowInbox(Action, tag="mn.inbox.1"):
    """Requests sent and received, and whose turn it is."""

    page: int = 0


@dataclass(frozen=True)
class ShowRecord(Action, tag="mn.record.1"):
    """A year as a mentor, as a text for a file."""

    year: Annotated[int | None, Ask(_("Year"), least=2000, most=2200)] = None


@dataclass(frozen=True)
class Renew(Action, tag="mn.renew.1"):
    """Whether a pair goes on after its time box."""

    pair: int
    yes: bool
