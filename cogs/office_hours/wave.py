"""Many reminders at once: people whom the bot never wrote to are named below the list in their
channel, or in the channel, and whoever asks for it there is written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery, DeliveryId
from bot.runtime.caller import Caller
from bot.runtime.feature import Below, Course, Handler, Moot, Notice
from bot.services.follow_ups.sending import admit_news
from bot.services.office_hours import wave
from bot.services.office_hours.results import Refused
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import Listing, Person, When, _
from cogs.office_hours.actions import MySessions
from cogs.office_hours.choices import SESSION_DAY, SESSION_HOUR
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of

_THREAD = Below("hours", _("Reminders of office hours"))


@dataclass(frozen=True)
class WriteToMe(Action, tag="oh.write.1"):
    """Reminders of this session, and later ones, as direct messages."""

    session: str


class Wave:
    """What stands in the channel instead of a flood, and its button."""

    def __init__(self, store: Store, clock: Clock, most: int) -> None:
        self._store = store
        self._clock = clock
        self._most = most
        self.course = Course(self._admit, _nothing, _nothing, admit_all=self._admit_all)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(WriteToMe, self.write),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        course = Course(admit_news, _nothing, _not_posted)
        return (
            Notice(
                *(Kind.WAVE_DAY, self.compose),
                stale_after=timedelta(hours=23),
                below=_THREAD,
                course=course,
            ),
            Notice(
                *(Kind.WAVE_HOUR, self.compose),
                stale_after=timedelta(hours=1),
                below=_THREAD,
                course=course,
            ),
        )

    async def compose(self, row: Delivery, late: bool) -> Reply | Moot:
        """One reminder for everybody who gets none by themselves."""
        found = await self._store.read(wave.named, self._clock.now(), row, _choice(row))
        if found is None or not found[1]:
            return Moot.MOOT
        card, people = found
        session = card.session
        if session.called_off or session.starts <= self._clock.now():
            return Moot.MOOT
        return Reply(
            (
                Text(
                    _(
                        "A reminder for those who come: {title} with {host} is on {when}.",
                        title=title_of(session),
                        host=Person(card.host),
                        when=When(session.starts),
                    )
                ),
                Text(
                    _(
                        "{people}",
                        people=Listing(tuple(Person(one, ping=True) for one in people)),
                    )
                ),
                Text(
                    _(
                        "Many of you never had a message from me, so I name you here once instead"
                        " of writing to everybody at once. My sessions says where it is. One tap,"
                        " and I write to you directly."
                    ),
                    Style.QUIET,
                ),
                Button(_("Write to me directly"), WriteToMe(session.code), Look.MAIN),
                Button(_("My sessions"), MySessions()),
            )
        )

    async def write(self, caller: Caller, ask: WriteToMe) -> Reply:
        """On its way, at the pace that the platform allows."""
        found = await self._store.write(
            wave.write_to, self._clock.now(), actor_of(caller), ask.session
        )
        if isinstance(found, Refused):
            return refusal(found)
        said = _(
            "The reminder of {title} comes to you directly within minutes, and so do later ones.",
            title=title_of(found.session),
        )
        return Reply((Text(said), Button(_("My sessions"), MySessions())))

    def _admit_all(
        self, work: Work, now: datetime, rows: Sequence[Delivery]
    ) -> frozenset[DeliveryId]:
        return wave.admit_all(work, now, rows, self._most)

    def _admit(self, work: Work, now: datetime, row: Delivery) -> bool:
        return wave.admit(work, now, row, self._most)


def _choice(row: Delivery) -> str:
    """What whoever does without these reminders does without."""
    return (SESSION_DAY if row.kind == Kind.WAVE_DAY else SESSION_HOUR).name


def _not_posted(work: Work, now: datetime, row: Delivery) -> None:
    wave.not_posted(work, now, row, _choice(row))


def _nothing(work: Work, now: datetime, row: Delivery) -> None:
    """Nothing hangs on it."""
