"""What can be asked for about mentors. Tags stay for ever; fields are the options' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.domain.listings import Purpose
from bot.domain.people import MemberId
from bot.domain.taxonomy import Format
from bot.ui.action import Action, Ask, Option
from bot.ui.words import _

FORMATS = (
    Option(Format.QUESTION, _("One question")),
    Option(Format.TALK, _("One talk of 15-20 min")),
    Option(Format.PROJECT, _("A short project")),
    Option(Format.VISIT, _("Shadowing or a visit")),
    Option(Format.ONGOING, _("Ongoing")),
)
_MENTOR = _("Mentor")


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
        Ask(_("Formats"), hint=_("Short ones are easy to begin with"), options=FORMATS, most=5,
            form_only=True),
    ] = (Format.QUESTION, Format.TALK)  # fmt: skip
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

    member: Annotated[MemberId, Ask(_MENTOR)]


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
        bool | None, Ask(_("Is there an IR programme at home?"), form_only=True)
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


@dataclass(frozen=True)
class RequestMentor(Action, tag="mn.request.1"):
    """The structured introduction; shown once more before it goes."""

    mentor: Annotated[MemberId, Ask(_MENTOR)]
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
    """The form again, filled in."""

    draft: str


@dataclass(frozen=True)
class WithdrawRequest(Action, tag="mn.takeback.1"):
    """Takes a request back."""

    request: int


@dataclass(frozen=True)
class ReleaseOthers(Action, tag="mn.release.1"):
    """After one yes, the other requests are let go."""

    request: int


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
class OpenQuestion(Action, tag="mn.question.1"):
    """Opens the form of a question to a trainee."""

    request: int


@dataclass(frozen=True)
class AskTrainee(Action, tag="mn.back.1"):
    """A question before an answer."""

    request: int
    question: Annotated[
        str,
        Ask(_("Your question"), hint=_("I pass it on, without any address"), least=3, most=500,
            lines=3),
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


@dataclass(frozen=True)
class BlockMember(Action, tag="mn.block.1"):
    """Nothing to do with each other from now on; silent."""

    member: Annotated[MemberId, Ask(_("Member"))]


@dataclass(frozen=True)
class UnblockMember(Action, tag="mn.unblock.1"):
    """The block ends."""

    member: MemberId


@dataclass(frozen=True)
class VerifyMentor(Action, tag="mn.verify.1"):
    """A moderator vouches for a mentor."""

    member: Annotated[MemberId, Ask(_MENTOR)]
    how: Annotated[
        str | None,
        Ask(_("How"), hint=_("Shown on the card; empty takes it back"), most=100),
    ] = None


@dataclass(frozen=True)
class RequireVerified(Action, tag="mn.rule.1"):
    """Whether only verified mentors are shown."""

    on: bool
