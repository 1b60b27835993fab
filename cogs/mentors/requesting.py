"""A request from the first word to its end, as the trainee sees it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.clock import Clock
from bot.domain.people import Someone
from bot.domain.policies import POLICIES, Matter
from bot.domain.request_text import Hint, hints, sentences
from bot.domain.requests import Introduction, Request, RequestId
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.mentors import answering, requesting
from bot.services.mentors.requesting import Ground, Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Listing, Msg, Person, Typed, When, _, ngettext
from cogs.mentors import checking
from cogs.mentors.about_me import AboutMe
from cogs.mentors.cards import SEASON, request_facts
from cogs.mentors.finding_actions import SuggestMentors
from cogs.mentors.labels import Labels
from cogs.mentors.listing_actions import Discard
from cogs.mentors.refusals import refusal
from cogs.mentors.request_actions import (
    AnswerMentor,
    ChangeRequest,
    OpenAnswer,
    OpenRequest,
    ReleaseOthers,
    RequestMentor,
    SendRequest,
    ShowInbox,
    WithdrawRequest,
)

_HINTS = {
    Hint.RANKING: _(
        "It speaks of ranking. The rules of the Match leave rank lists out of such talks, and"
        " mentors have to, too."
    ),
    Hint.LETTER: _(
        "It asks for a letter or a position at once. Mentors say yes more easily to a first talk;"
        " the rest may follow."
    ),
    Hint.FLATTERY: _(
        "A concrete thing of theirs that helped you says more than praise that fits anybody."
    ),
    Hint.LONG: _("Three to four sentences in all are read to the end most often."),
    Hint.SHORT: _("A little more about you and the ask makes an answer easier."),
}


class Requesting:
    """Handlers of a trainee's requests."""

    def __init__(self, store: Store, clock: Clock, labels: Labels, about: AboutMe) -> None:
        self._about = about
        self._store = store
        self._clock = clock
        self._labels = labels
        self._pending = Pending(store, clock, (RequestMentor,))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(RequestMentor, self.request),
            Handler(OpenRequest, self.open, opens=True),
            Handler(ChangeRequest, self.change, opens=True),
            Handler(SendRequest, self.send),
            Handler(WithdrawRequest, self.withdraw),
            Handler(ReleaseOthers, self.release),
            Handler(OpenAnswer, self.open_answer, opens=True),
            Handler(AnswerMentor, self.answer),
        )

    async def open(self, caller: Caller, ask: OpenRequest) -> Answer:
        """The form, with how this mentor likes to work and when a request closes."""
        ground = await self._store.read(
            requesting.may_ask, self._clock.now(), caller.community, caller.member, ask.mentor
        )
        if isinstance(ground, Refused):
            return refusal(ground)
        return Form(
            _("Ask a mentor"),
            RequestMentor,
            ("who", "why", "ask", "format", "times", "hard_date", "topic"),
            {"mentor": ask.mentor},
            intro=_intro(ground),
            send=_("Preview"),
        )

    async def request(self, caller: Caller, ask: RequestMentor) -> Reply:
        """A last look before it goes, with a gentle check."""
        now = self._clock.now()
        text = self._text(ask)
        if isinstance(text, Msg):
            return Reply((Text(text),), correctable=True)
        ground = await self._store.read(
            requesting.may_ask, now, caller.community, caller.member, ask.mentor, text
        )
        if isinstance(ground, Refused):
            return refusal(ground)
        named = await asyncio.to_thread(
            checking.identifiers,
            (text.who, text.why, text.ask, text.times),
            (caller.name, ground.mentor.name),
        )
        if named:
            return _identifying(named)
        draft = await self._pending.keep(caller, ask)
        parts: list[Part] = [
            Text(_("This goes to {who}", who=Person(ground.mentor)), Style.HEADING),
            request_facts(text, self._labels),
            Text(_counter(text), Style.QUIET),
        ]
        if ground.about:
            likes = _("How they like to work: {about}", about=Typed(ground.about))
            parts.append(Text(likes, Style.QUIET))
        parts.append(Text(_closing(text), Style.QUIET))
        if ground.season:
            parts.append(Text(SEASON, Style.QUIET))
        found = hints(text.who, text.why, text.ask)
        if found:
            parts.append(Divider())
            parts.append(Text(_("Before it goes; you decide:")))
            parts.extend(Text(_HINTS[hint]) for hint in found)
        parts.append(Button(_("Send"), SendRequest(draft), Look.MAIN))
        parts.append(Button(_("Change"), ChangeRequest(draft)))
        parts.append(Button(_("Cancel"), Discard(draft)))
        parts.extend(await self._about.once(caller, new=ground.new, first=False))
        return Reply(tuple(parts))

    async def change(self, caller: Caller, ask: ChangeRequest) -> Answer:
        """The form again, filled in."""
        found = await self._pending.find(caller, ask.draft)
        if found is None or not isinstance(found[0], RequestMentor):
            return _old()
        kept = found[0]
        given = {
            "mentor": kept.mentor,
            "who": kept.who,
            "why": kept.why,
            "ask": kept.ask,
            "format": kept.format,
            "times": kept.times,
            "hard_date": kept.hard_date,
            "topic": kept.topic,
        }
        return Form(
            _("Ask a mentor"),
            RequestMentor,
            ("who", "why", "ask", "format", "times", "hard_date", "topic"),
            given,
            send=_("Preview"),
        )

    async def send(self, caller: Caller, ask: SendRequest) -> Reply:
        """Off it goes, if everything allows it at this moment."""
        found = await self._pending.find(caller, ask.draft)
        text = self._text(found[0]) if found and isinstance(found[0], RequestMentor) else None
        if found is None or text is None or isinstance(text, Msg):
            return _old()
        sent = await self._store.write(
            requesting.send,
            self._clock.now(),
            caller.community,
            caller.member,
            found[0].mentor,  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
            text,
        )
        if isinstance(sent, Refused):
            return refusal(sent)
        await self._pending.drop(caller, ask.draft)
        return Reply(
            (
                Text(
                    _(
                        "Your request to {who} is on its way ({code}). It is open until {when}; if"
                        " there is no answer by then, it closes by itself and you get other names.",
                        who=Person(sent.mentor),
                        code=Code(sent.request.code),
                        when=When(sent.closes),
                    )
                ),
                Text(_left(sent.left), Style.QUIET),
                Button(_("Take it back"), WithdrawRequest(sent.request.id)),
                Button(_("My requests"), ShowInbox()),
            ),
            replaces=True,
        )

    async def withdraw(self, caller: Caller, ask: WithdrawRequest) -> Reply:
        """Taken back."""
        found = await self._store.write(
            requesting.withdraw, self._clock.now(), caller.member, RequestId(ask.request)
        )
        if isinstance(found, Refused):
            return refusal(found)
        return Reply(
            (
                Text(_("Taken back. It counts no more, and nothing is taken amiss.")),
                Button(_("My requests"), ShowInbox()),
            )
        )

    async def release(self, caller: Caller, ask: ReleaseOthers) -> Reply:
        """The other requests are let go, with thanks."""
        count = await self._store.write(
            requesting.release_others, self._clock.now(), caller.member, RequestId(ask.request)
        )
        return Reply(
            (
                Text(
                    ngettext(
                        "{count} other request is let go; that mentor reads your thanks.",
                        "{count} other requests are let go; those mentors read your thanks.",
                        count,
                    )
                ),
            ),
            replaces=True,
        )

    async def open_answer(self, caller: Caller, ask: OpenAnswer) -> Answer:
        """The form of an answer."""
        shown = await self._store.read(answering.look, self._clock.now(), RequestId(ask.request))
        if shown is None or shown.request.trainee != caller.member:
            return refusal(Refused(Why.UNKNOWN))
        intro = _(
            "{who} asks: {question}",
            who=Person(shown.mentor),
            question=Typed(shown.request.question),
        )
        return Form(
            _("Your answer"), AnswerMentor, ("answer",), {"request": ask.request}, intro=intro
        )

    async def answer(self, caller: Caller, ask: AnswerMentor) -> Reply:
        """Passed on, without any address."""
        named = await asyncio.to_thread(checking.identifiers, (ask.answer,), (caller.name,))
        if named:
            return _identifying(named)
        found = await self._store.write(
            answering.answer,
            self._clock.now(),
            caller.member,
            RequestId(ask.request),
            ask.answer,
        )
        if isinstance(found, Refused):
            return refusal(found)
        return Reply(
            (
                Text(_("Your answer is on its way. The turn is theirs now.")),
                Button(_("My requests"), ShowInbox()),
            )
        )

    def _text(self, ask: RequestMentor) -> Introduction | Msg:
        topic = self._labels.key(List.TOPICS, ask.topic)
        if topic is None:
            return _("{typed} is not in the list of topics.", typed=Typed(ask.topic or ""))
        return Introduction(
            ask.who.strip(),
            ask.why.strip(),
            ask.ask.strip(),
            ask.format,
            (ask.times or "").strip(),
            ask.hard_date,
            topic,
        )


def released(others: list[tuple[Request, Someone]], request: int) -> tuple[Part, ...]:
    """After a yes: the others may be let go."""
    who = Listing(tuple(Person(one) for _request, one in others))
    return (
        Text(_("You have asked {who} as well. Letting them go frees their week.", who=who)),
        Button(_("Let them go, with thanks"), ReleaseOthers(request), Look.MAIN),
        Button(_("Keep them open"), ShowInbox()),
    )


def _intro(ground: Ground) -> Msg:
    about = _("How they like to work: {about}", about=Typed(ground.about))
    closes = _("It stays open for two weeks; with a date that cannot move, for six days.")
    if not ground.about:
        return _("{closes} Three to four sentences in all are plenty.", closes=closes)
    return _(
        "{about}\n{closes} Three to four sentences in all are plenty.", about=about, closes=closes
    )


def _counter(text: Introduction) -> Msg:
    written = (text.who, text.why, text.ask)
    return ngettext(
        "{count} sentence, {signs} characters; three to four sentences are plenty.",
        "{count} sentences, {signs} characters; three to four sentences are plenty.",
        sum(sentences(one) for one in written),
        signs=sum(len(one) for one in written),
    )


def _closing(text: Introduction) -> Msg:
    matter = Matter.REQUEST if text.hard_date is None else Matter.DATED_REQUEST
    days = POLICIES[matter].close // timedelta(days=1)
    return ngettext(
        "It closes after {count} day without an answer; in their own busy weeks later.",
        "It closes after {count} days without an answer; in their own busy weeks later.",
        days,
    )


def _left(left: int) -> Msg:
    return ngettext(
        "{count} more request may be open at the same time.",
        "{count} more requests may be open at the same time.",
        left,
    )


def _identifying(named: tuple[str, ...]) -> Reply:
    """A patient may be recognised: this one point is not the writer's to decide."""
    return Reply(
        (
            Text(
                _(
                    "This may say who a patient is: {what}. Please leave it out; a mentor needs no"
                    " name, number or date of a patient. If it is a colleague's name, a title such"
                    " as Dr in front of it helps.",
                    what=Listing(tuple(Typed(one) for one in named[:5])),
                )
            ),
            Text(_("Nothing was sent."), Style.QUIET),
        ),
        correctable=True,
    )


def _old() -> Reply:
    return Reply(
        (
            Text(_("This was sent already, or it is from a while ago. Your requests show which.")),
            Button(_("My requests"), ShowInbox(), Look.MAIN),
            Button(_("Suggestions"), SuggestMentors()),
        )
    )
