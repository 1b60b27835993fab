"""`my away` and `my notify`: when the bot may write."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.clock import Clock
from bot.domain.hours import WEEKDAYS, Span, is_region
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.follow_ups import own
from bot.services.ports import Store
from bot.services.ports.follow_ups import Wishes
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Part, Reply, Style, Text
from bot.ui.topics import topic_key, topic_words
from bot.ui.words import Listing, Msg, Strong, Typed, When, Words, _
from cogs.follow_ups.days import LONGEST, fits, not_a_period, spans, today
from cogs.follow_ups.manner_actions import (
    ComeBack,
    GoAway,
    OpenHours,
    OpenPause,
    PauseMe,
    PauseUntil,
    SetHours,
    ShowMySeasons,
    ShowWishes,
)
from cogs.follow_ups.message_kinds import ShowKinds
from cogs.follow_ups.topics import is_topic, near

_PAUSE = 14
_LASTS = _("I say nothing unasked until that day is over. Booked sessions are still announced.")


class MannersScreens:
    """Handlers of personal hours."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(GoAway, self.go_away),
            Handler(ComeBack, self.come_back),
            Handler(ShowWishes, self.wishes),
            Handler(OpenHours, self.open_hours, opens=True),
            Handler(SetHours, self.set_hours),
            Handler(PauseMe, self.pause),
            Handler(OpenPause, self.open_pause, opens=True),
            Handler(PauseUntil, self.pause_until),
        )

    async def go_away(self, caller: Caller, ask: GoAway) -> Reply:
        """Days off."""
        last, day = ask.until or ask.from_, today(self._clock, caller.zone)
        if not fits(day, ask.from_, last):
            return not_a_period()
        kept = await self._store.write(
            own.go_away, self._clock.now(), caller.member, Span(ask.from_, last), day
        )
        return Reply(
            (
                Text(_("On these days I say nothing unasked: {days}.", days=spans(kept.off))),
                Text(
                    _(
                        "What is open until then gets a later date, unless it has one that cannot"
                        " move. Booked sessions are still announced."
                    ),
                    Style.QUIET,
                ),
                Button(_("Take back"), ComeBack(ask.from_, last)),
            )
        )

    async def come_back(self, caller: Caller, ask: ComeBack) -> Reply:
        """Some days off less, or none."""
        now, day = self._clock.now(), today(self._clock, caller.zone)
        if ask.first is None or ask.last is None:
            await self._store.write(own.come_back, now, caller.member, day)
            return Reply((Text(_("Welcome back. No days off are noted.")),))
        span = Span(ask.first, ask.last)
        kept = await self._store.write(own.not_away, now, caller.member, span, day)
        if not kept.off:
            return Reply((Text(_("Taken back. No days off are noted.")),))
        return Reply((Text(_("Taken back. These days stay: {days}.", days=spans(kept.off))),))

    async def wishes(self, caller: Caller, ask: ShowWishes) -> Reply:
        """The panel."""
        kept = await self._store.read(own.look, caller.member, today(self._clock, caller.zone))
        wishes = kept.wishes
        rows: list[tuple[Msg, Words]] = [
            (_("Hours"), Strong(f"{wishes.opens:%H:%M} - {wishes.closes:%H:%M}")),
            (_("Days"), _("every day") if len(wishes.days) == 7 else _("Monday to Friday")),
            (_("Holidays of"), Typed(wishes.region) if wishes.region else _("nowhere")),
            (_("Away"), _("{days}", days=spans(kept.off)) if kept.off else _("no days noted")),
        ]
        if wishes.topics:
            topics = Listing(tuple(topic_words(one) for one in wishes.topics))
            rows.append((_("Questions about"), _("{topics}", topics=topics)))
        now = self._clock.now()
        paused = wishes.paused_until is not None and wishes.paused_until > now
        if paused and wishes.paused_until is not None:
            rows.append((_("Paused until"), When(wishes.paused_until)))
        pauses = Button(_("Pause for two weeks"), PauseMe(_PAUSE))
        change: list[Part] = [
            Button(_("Change"), OpenHours()),
            Button(_("End the pause"), PauseMe(0)) if paused else pauses,
            Button(_("Pause until a day"), OpenPause()),
            Button(_("Busy periods"), ShowMySeasons()),
            Button(_("Kinds of messages"), ShowKinds()),
        ]
        return Reply(
            (
                Text(_("When I write to you unasked"), Style.HEADING),
                Text(_("At most one message a day and three a week; the rest comes as one note.")),
                Facts(tuple(rows)),
                *change,
            )
        )

    async def open_hours(self, caller: Caller, ask: OpenHours) -> Form:
        """The form, filled with what is kept."""
        kept = await self._store.read(own.look, caller.member, today(self._clock, caller.zone))
        wishes = kept.wishes
        given = {
            "opens": f"{wishes.opens:%H:%M}",
            "closes": f"{wishes.closes:%H:%M}",
            "weekends": len(wishes.days) == 7,
            "holidays": wishes.region or None,
            "topics": ", ".join(wishes.topics) or None,
        }
        return Form(_("Your hours"), SetHours, given={k: v for k, v in given.items() if v})

    async def set_hours(self, caller: Caller, ask: SetHours) -> Reply:
        """New hours."""
        opens, closes = _clock_time(ask.opens), _clock_time(ask.closes)
        if opens is None or closes is None or opens == closes:
            return Reply(
                (Text(_("I read times such as 08:00. From and to cannot be the same.")),),
                correctable=True,
            )
        region = (ask.holidays or "").strip().upper()
        if region and not is_region(region):
            return Reply(
                (
                    Text(
                        _(
                            "I know no holidays of {region}. Try {example}.",
                            region=Typed(region),
                            example=Strong("US-MA"),
                        )
                    ),
                ),
                correctable=True,
            )
        topics = tuple(topic_key(one) for one in (ask.topics or "").split(",") if one.strip())
        kept = await self._store.read(own.look, caller.member, today(self._clock, caller.zone))
        for topic in (one for one in topics if one not in kept.wishes.topics):
            if not await is_topic(self._store, caller.community, topic):
                said = _(
                    "I do not know the topic {typed}. These are topics: {topics}.",
                    typed=Typed(topic),
                    topics=near(topic),
                )
                return Reply((Text(said),), correctable=True)
        days = frozenset(range(7)) if ask.weekends else WEEKDAYS
        wishes = Wishes(opens, closes, days, region, None, topics[:10])
        await self._store.write(own.set_hours, self._clock.now(), caller.member, wishes)
        return await self.wishes(caller, ShowWishes())

    async def pause(self, caller: Caller, ask: PauseMe) -> Reply:
        """Nothing unasked for a while."""
        days = min(max(ask.days, 0), LONGEST.days)
        if days:
            return await self._paused(caller, self._clock.now() + timedelta(days=days))
        await self._store.write(own.pause, self._clock.now(), caller.member, None)
        return Reply((Text(_("The pause is over.")),))

    async def open_pause(self, caller: Caller, ask: OpenPause) -> Form:
        """How long?"""
        return Form(_("A pause"), PauseUntil, intro=_LASTS)

    async def pause_until(self, caller: Caller, ask: PauseUntil) -> Reply:
        """As long as one likes, within a year."""
        day = today(self._clock, caller.zone)
        if not fits(day, day, ask.until):
            return Reply((Text(_("Which day within a year from now?")),), correctable=True)
        over = datetime.combine(ask.until + timedelta(days=1), time(0), caller.zone)
        return await self._paused(caller, over.astimezone(UTC))

    async def _paused(self, caller: Caller, until: datetime) -> Reply:
        await self._store.write(own.pause, self._clock.now(), caller.member, until)
        return Reply(
            (
                Text(_("I say nothing unasked until {when}.", when=When(until))),
                Button(_("End the pause"), PauseMe(0)),
            )
        )


def _clock_time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip().zfill(5)).replace(tzinfo=None)
    except ValueError:
        return None
