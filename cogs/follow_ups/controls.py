"""What can be tapped about a matter: while it is somebody's turn, and after it ended."""

from __future__ import annotations

from bot.domain.follow_ups import Step
from bot.domain.pairs import Said, StepState
from bot.domain.policies import Matter
from bot.domain.questions import Asked
from bot.services.follow_ups.views import Seen
from bot.ui.parts import Button, Link, Look, Part
from bot.ui.words import _
from cogs.follow_ups.actions import (
    Answer,
    AskModerators,
    ClosePair,
    IAnswered,
    ItHelped,
    MarkStep,
    OpenPostpone,
    OpenRest,
    OpenUpdate,
    ShowStatus,
    StillOpen,
    TakeBack,
)
from cogs.follow_ups.after import after_controls


def controls(seen: Seen) -> tuple[Part, ...]:
    """What can be tapped about a matter whose turn it is."""
    if seen.session is not None:
        return after_controls(seen)
    if seen.follow_up.matter is Matter.NEXT_STEP and seen.promised is not None:
        id = seen.promised.id
        return (
            Button(_("Done"), MarkStep(id, StepState.DONE), Look.MAIN),
            Button(_("New date"), OpenPostpone(id)),
            Button(_("Drop it"), MarkStep(id, StepState.DROPPED)),
        )
    if seen.asked is not None and seen.asked.link:
        return _there(seen.asked)
    if seen.asked is not None:
        return (Button(_("I answered"), IAnswered(seen.asked.id)),)
    if seen.pair is not None and seen.pair.open:
        code = seen.pair.code
        if seen.follow_up.matter is Matter.NOT_HEARD:
            return (
                Button(_("Send an update"), OpenUpdate(code), Look.MAIN),
                Button(_("We are in touch"), Answer(code, Said.MET)),
                Button(_("Close kindly"), ClosePair(code)),
            )
        if seen.follow_up.matter is Matter.FIRST_MEETING and seen.step is Step.LAST:
            return _keep_pause_close(code)
        more = (Button(_("Close kindly"), ClosePair(code)),) if seen.step is Step.LAST else ()
        return (*taps(code), *more)
    return ()


def _keep_pause_close(code: str) -> tuple[Button, ...]:
    """The answers to the question as it is asked, and one for whoever met meanwhile."""
    return (
        Button(_("Keep"), Answer(code, Said.KEEP), Look.MAIN),
        Button(_("Pause"), OpenRest(code)),
        Button(_("Close"), ClosePair(code)),
        Button(_("We met"), Answer(code, Said.MET)),
    )


def taps(code: str) -> tuple[Button, ...]:
    """One tap about a pair."""
    return (
        Button(_("We met"), Answer(code, Said.MET), Look.MAIN),
        Button(_("Not yet"), Answer(code, Said.NOT_YET)),
        Button(_("I have not heard back"), Answer(code, Said.NOT_HEARD)),
    )


def after_end(seen: Seen) -> tuple[Part, ...]:
    """What can be done when a matter is over."""
    match seen.follow_up.matter:
        case Matter.NEXT_STEP | Matter.SESSION_STEP:
            return controls(seen)
        case Matter.NOT_HEARD if not seen.owes and seen.pair is not None and seen.pair.open:
            code = seen.pair.code
            return (
                Button(_("Leave it"), ShowStatus()),
                Button(_("Send an update"), OpenUpdate(code)),
                Button(_("Close kindly"), ClosePair(code)),
                Button(_("Ask a moderator"), AskModerators(code)),
            )
        case Matter.HELP if seen.pair is not None:
            return (Button(_("Tell moderators again"), AskModerators(seen.pair.code)),)
        case Matter.QUESTION if seen.asked is not None:
            id = seen.asked.id
            rest = Button(_("Close it"), TakeBack(id))
            if seen.asked.heard:
                rest = Button(_("It helped"), ItHelped(id))
            return (*_there(seen.asked), Button(_("Ask again"), StillOpen(id)), rest)
        case _:
            return ()


def _there(asked: Asked) -> tuple[Link, ...]:
    """The way to a message; where a platform has no address for one, there is none."""
    on_the_web = asked.link.startswith(("https://", "http://"))
    return (Link(_("Go there"), asked.link),) if on_the_web else ()
