"""A request before it goes: the form, a last look with a gentle check, and `Send`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from bot.clock import Clock
from bot.domain.people import MemberId, Role
from bot.domain.request_text import hints
from bot.domain.requests import Introduction
from bot.domain.taxonomy import List
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.mentors import requesting
from bot.services.mentors.requesting import Ground, Refused
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Person, Typed, When, _
from cogs.mentors.about_me import AboutMe
from cogs.mentors.cards import SEASON, request_facts
from cogs.mentors.instead import Instead
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.listing_actions import Discard
from cogs.mentors.refusals import identifying, refusal, refusal_words
from cogs.mentors.request_actions import (
    ChangeRequest,
    OpenRequest,
    PreviewAgain,
    RequestMentor,
    SendRequest,
    ShowInbox,
    WithdrawRequest,
)
from cogs.mentors.request_words import (
    UNKNOWN,
    address_hint,
    closing,
    counter,
    hint_words,
    intro,
    lasting,
    left,
    old,
)

_ASKED = ("who", "why", "ask", "format", "times", "hard_date", "topic")


class Requesting:
    """Handlers of a request on its way."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf, about: AboutMe) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._about = about
        self._pending = Pending(store, clock, (RequestMentor,))
        self._instead = Instead(store, clock, shelf)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(RequestMentor, self.request, Role.DIRECTORY, conduct=True, sheet=self.sheet),
            Handler(OpenRequest, self.open, Role.DIRECTORY, opens=True, conduct=True),
            Handler(ChangeRequest, self.change, Role.DIRECTORY, opens=True),
            Handler(PreviewAgain, self.again, Role.DIRECTORY),
            Handler(SendRequest, self.send, Role.DIRECTORY),
        )

    async def open(self, caller: Caller, ask: OpenRequest) -> Answer:
        """The form, with how this mentor likes to work and when a request closes."""
        ground = await self._ground(caller, ask.mentor)
        return _form(ground, {"mentor": ask.mentor}) if isinstance(ground, Ground) else ground

    async def sheet(self, caller: Caller, known: Mapping[str, object]) -> Answer:
        """The form of a typed request: what this mentor offers, once it is known who it is."""
        mentor = known.get("mentor")
        if mentor is None:
            return Form(_("Ask a mentor"), RequestMentor, intro=UNKNOWN, send=_("Preview"))
        ground = await self._ground(caller, cast(MemberId, mentor))
        if isinstance(ground, Ground):
            return _form(ground, {"mentor": mentor})
        # Whatever was typed beside the name is kept.
        return replace(ground, correctable=ground.correctable or len(known) > 1)

    async def _ground(self, caller: Caller, mentor: MemberId) -> Ground | Reply:
        found = await self._store.read(
            requesting.may_ask, self._clock.now(), caller.community, caller.member, mentor
        )
        return refusal(found) if isinstance(found, Refused) else found

    async def request(self, caller: Caller, ask: RequestMentor) -> Reply:
        """A last look before it goes, with a gentle check."""
        labels = await self._shelf.of(caller.community)
        now = self._clock.now()
        text = _text(labels, ask)
        if isinstance(text, Msg):
            return Reply((Text(text),), correctable=True)
        who = await self._store.read(lambda work: work.people.someone(ask.mentor))
        written = (text.who, text.why, text.ask, text.times)
        # First of all: what is kept below is written down.
        named = await asyncio.to_thread(patients.identifiers, written, (caller.name, who.name))
        if named:
            return identifying(named)
        ground = await self._store.read(
            requesting.may_ask, now, caller.community, caller.member, ask.mentor, text
        )
        if isinstance(ground, Refused):
            if (mendable := refusal(ground)).correctable:
                return mendable
            draft = await self._pending.keep(caller, ask)
            return await self._instead.screen(caller, ground, ask.mentor, draft)
        draft = await self._pending.keep(caller, ask)
        parts: list[Part] = [
            Text(_("This goes to {who}", who=Person(ground.mentor)), Style.HEADING),
            request_facts(text, labels),
            Text(counter(text), Style.QUIET),
        ]
        if ground.about:
            likes = _("How they like to work: {about}", about=Typed(ground.about))
            parts.append(Text(likes, Style.QUIET))
        parts.append(Text(closing(ground), Style.QUIET))
        parts.append(Text(lasting(text), Style.QUIET))
        if ground.season:
            parts.append(Text(SEASON, Style.QUIET))
        found = [hint_words(hint) for hint in hints(text.who, text.why, text.ask)]
        if addresses := await asyncio.to_thread(patients.addresses, written):
            found.append(address_hint(addresses))
        if found:
            parts.append(Divider())
            parts.append(Text(_("Before it goes; you decide:")))
            parts.extend(Text(hint) for hint in found)
        parts.append(Button(_("Send"), SendRequest(draft), Look.MAIN))
        parts.append(Button(_("Change"), ChangeRequest(draft)))
        parts.append(Button(_("Cancel"), Discard(draft)))
        parts.extend(await self._about.once(caller, new=ground.new, first=False))
        return Reply(tuple(parts))

    async def again(self, caller: Caller, ask: PreviewAgain) -> Reply:
        """The last look once more, after something stood in the way."""
        found = await self._pending.find(caller, ask.draft)
        if found is None or not isinstance(found[0], RequestMentor):
            return old()
        await self._pending.drop(caller, ask.draft)
        return await self.request(caller, found[0])

    async def change(self, caller: Caller, ask: ChangeRequest) -> Answer:
        """The form again, filled in; for somebody else, if they were chosen instead."""
        found = await self._pending.find(caller, ask.draft)
        if found is None or not isinstance(found[0], RequestMentor):
            return old()
        kept = found[0]
        mentor = ask.mentor or kept.mentor
        ground = await self._store.read(
            requesting.may_ask, self._clock.now(), caller.community, caller.member, mentor
        )
        given: dict[str, object] = {
            "mentor": mentor,
            "who": kept.who,
            "why": kept.why,
            "ask": kept.ask,
            "format": kept.format,
            "times": kept.times,
            "hard_date": kept.hard_date,
            "topic": kept.topic,
        }
        if isinstance(ground, Refused):
            # What was written is there to be read and copied, or sent to somebody else.
            del given["mentor"]
            asks = ("mentor", *_ASKED)
            said = refusal_words(ground)
            return Form(_("Ask a mentor"), RequestMentor, asks, given, said, _("Preview"))
        if kept.format not in ground.forms:
            del given["format"]
        return _form(ground, given)

    async def send(self, caller: Caller, ask: SendRequest) -> Reply:
        """Off it goes, if everything allows it at this moment."""
        labels = await self._shelf.of(caller.community)
        found = await self._pending.find(caller, ask.draft)
        text = _text(labels, found[0]) if found and isinstance(found[0], RequestMentor) else None
        if found is None or text is None or isinstance(text, Msg):
            return old()
        sent = await self._store.write(
            requesting.send,
            self._clock.now(),
            caller.community,
            caller.member,
            found[0].mentor,  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
            text,
        )
        if isinstance(sent, Refused):
            return await self._instead.screen(
                caller, sent, cast(RequestMentor, found[0]).mentor, ask.draft
            )
        await self._pending.drop(caller, ask.draft)
        return Reply(
            (
                Text(
                    _(
                        "Your request to {who} is on its way ({code}). Without an answer it closes"
                        " by itself on {when}, and you get other names.",
                        who=Person(sent.mentor),
                        code=Code(sent.request.code),
                        when=When(sent.closes, with_time=False),
                    )
                ),
                Text(left(sent.left), Style.QUIET),
                Button(_("Take it back"), WithdrawRequest(sent.request.id)),
                Button(_("My requests"), ShowInbox()),
            ),
            replaces=True,
        )


def _form(ground: Ground, given: Mapping[str, object]) -> Form:
    return Form(
        _("Ask a mentor"),
        RequestMentor,
        _ASKED,
        given,
        intro=intro(ground),
        send=_("Preview"),
        only={"format": ground.forms},
    )


def _text(labels: Labels, ask: RequestMentor) -> Introduction | Msg:
    topic = labels.key(List.TOPICS, ask.topic)
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
