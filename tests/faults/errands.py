"""One errand of each feature: the last step of something that must happen, once.

`ready` does everything that comes before; what it gives is the act itself, which a person repeats
if they are told to. `count` says how often it took effect, `heard` how many messages came of it.
Each round has people and titles of its own, so that rounds can follow each other in one place.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.domain.people import MemberId
from bot.services import pairs
from bot.services.follow_ups import own
from bot.services.ports import Work
from storage.work import Repositories
from tests.contract.stage import MODERATOR, Answer, Doc, Seen, Sheet, Value, Who, seen, sheet
from tests.contract.test_cases import HOW, grey
from tests.contract.test_commands import SESSION, code_in
from tests.contract.test_mentors import OFFER, TEXT
from tests.faults.ward import Ward

Act: TypeAlias = Callable[[], Awaitable[Answer]]
ABOUT = "Contracts and nights"
PEOPLE = (
    *("host", "joiner", "mentor", "trainee", "author", "witness", "asker", "old", "young"),
    *("poster", "settled"),
)
FEATURES = (*("check-in", "hours", "mentor", "case", "report", "setup", "ask", "guard", "my"),)
READER = "ben"
"""Only reads."""


@dataclass(frozen=True)
class Errand:
    """`says`: what is read when it is done; `known`: or when it had been done before."""

    who: str
    says: str
    known: str
    ready: Callable[[Ward], Awaitable[Act]]
    count: Callable[[Ward], Awaitable[int]]
    heard: Callable[[Ward], int] | None = None
    hears: str = ""
    """Who hears of it in a direct message."""
    twice: bool = True
    """Whether somebody does it again who was not answered."""


@dataclass(frozen=True)
class Round:
    """The errands of one round."""

    number: int

    def named(self, who: str) -> str:
        """Somebody of this round."""
        return f"{who}{self.number}"

    def errands(self) -> dict[str, Errand]:
        """By feature. The clock is moved for the first."""
        me, title = self.named, f"Round {self.number}"
        return {
            "check-in": Errand(me("young"), "Good to hear", "", self.check_in, self.tapped),
            "hours": Errand(me("joiner"), "You have a seat in", "already", self.join, self.seats),
            "mentor": Errand(
                me("trainee"),
                "is on its way",
                "",
                self.request,
                self.requests,
                direct(me("mentor"), "20 minutes about"),
                me("mentor"),
            ),
            "case": Errand(
                me("author"), "is posted in", "", self.case, in_channel(f"{title} case")
            ),
            "report": Errand(
                me("witness"),
                "Your name is shown to nobody",
                "",
                self.report,
                reports,
                direct(MODERATOR, "A report waits"),
                MODERATOR,
            ),
            "setup": Errand(MODERATOR, "From now on", "", self.setup, self.changed),
            "ask": Errand(
                me("asker"), "is being posted", "", self.ask, in_channel(f"{title} question")
            ),
            "guard": Errand(me("poster"), NOTED, "", self.post, noted(me("poster")), twice=False),
            "my": Errand(me("settled"), "I say nothing unasked", "", self.away, self.days),
        }

    async def check_in(self, ward: Ward) -> Act:
        stage, two = ward.stage, [self.named(who) for who in ("old", "young")]
        for who in two:
            await stage.command(who, "checkin status", {})

        def settle(work: Work) -> None:
            home = work.communities.of(ward.place)
            assert home is not None
            ids: list[MemberId] = []
            for who in two:
                person = work.people.find(ward.account(who))
                assert person is not None
                ids.append(person.member)
            pairs.open_pair(work, stage.clock.now(), home.id, *ids)

        await ward.app.store.write(settle)
        await self._a_week_on(ward)
        asked = await ward.dm(self.named("young"), "One tap is enough")
        return lambda: stage.press(self.named("young"), asked, "We met")

    async def _a_week_on(self, ward: Ward) -> None:
        """Noon of a day on which people are asked something."""
        clock = ward.stage.clock
        noon = clock.now().replace(hour=12, minute=0, second=0) + timedelta(days=8)
        while noon.weekday() > 3:  # nobody is asked on a day off
            noon += timedelta(days=1)
        clock.move(noon - clock.now())
        await ward.look()

    async def tapped(self, ward: Ward) -> int:
        def look(work: Work) -> int:
            person = work.people.find(ward.account(self.named("young")))
            assert person is not None
            found = work.pairs.of(person.member)
            return sum(one.trainee_said is not None for one in found)

        return await ward.app.store.read(look)

    async def join(self, ward: Ward) -> Act:
        stage = ward.stage
        starts = f"{stage.clock.now() + timedelta(days=6):%Y-%m-%d} 18:00"
        plan: Mapping[str, Value] = {
            **SESSION,
            "title": f"Round {self.number} session",
            "starts": starts,
            "seats": 3,
        }
        echo = seen(await stage.command(self.named("host"), "hours host", plan))
        code = code_in(seen(await stage.press(self.named("host"), echo, "Confirm")))
        held: Mapping[str, Value] = {"session": code, "about": ABOUT}
        return lambda: stage.command(self.named("joiner"), "hours join", held)

    async def seats(self, ward: Ward) -> int:
        of = {"session": f"Round {self.number} session"}
        roster = seen(await ward.stage.command(self.named("host"), "hours roster", of))
        return roster.text.count(ABOUT)

    async def request(self, ward: Ward) -> Act:
        stage, mentor, trainee = ward.stage, self.named("mentor"), self.named("trainee")
        form = await form_of(ward, mentor, await stage.command(mentor, "mentor offer", {}))
        shown = seen(await stage.send(mentor, form, OFFER))
        await stage.press(mentor, shown, "Publish")
        typed: Mapping[str, Value] = {**TEXT, "mentor": Who(mentor)}
        preview = seen(await stage.command(trainee, "mentor request", typed))
        return lambda: stage.press(trainee, preview, "Send")

    async def requests(self, ward: Ward) -> int:
        """How many the trainee ever made; the mentor may be gone and have no list."""

        def look(work: Work) -> int:
            assert isinstance(work, Repositories)
            person = work.people.find(ward.account(self.named("trainee")))
            made = "SELECT count(*) FROM mentor_requests WHERE trainee_id = ?"
            asked = (0 if person is None else int(person.member),)
            return work.connection.exec_driver_sql(made, asked).scalar_one()

        return await ward.app.store.read(look)

    async def case(self, ward: Ward) -> Act:
        stage, author = ward.stage, self.named("author")
        start = seen(await stage.command(author, "case post", {}))
        form = await form_of(ward, author, await stage.press(author, start, "Continue"))
        words: Mapping[str, Value] = {
            "title": f"Round {self.number} case",
            "teaching": "Measure twice.",
            "pictures": Doc("grey.png", grey().content),
        }
        found = seen(await stage.send(author, form, words))
        form = await form_of(ward, author, await stage.press(author, found, "Go on"))
        look = seen(await stage.send(author, form, HOW))
        return lambda: stage.press(author, look, "Post")

    async def report(self, ward: Ward) -> Act:
        typed = {"what": "https://example.org/1/2", "category": "pressure", "text": "Said twice."}
        return lambda: ward.stage.command(self.named("witness"), "report", typed)

    async def setup(self, ward: Ward) -> Act:
        seats = {"seats_a_week": 10 + self.number}
        change = seen(await ward.stage.command(MODERATOR, "setup hours", seats))
        return lambda: ward.stage.press(MODERATOR, change, "Confirm")

    async def changed(self, ward: Ward) -> int:
        audit = seen(await ward.stage.command(MODERATOR, "setup audit", {}))
        # What it was and what it is: one change names its new number once.
        return min(audit.text.count(f"{10 + self.number} seats"), 2)

    async def ask(self, ward: Ward) -> Act:
        question = f"Round {self.number} question: how many nights a month?"
        typed: Mapping[str, Value] = {"question": question, "topic": "Career and training"}
        return lambda: ward.stage.command(self.named("asker"), "ask", typed)

    async def post(self, ward: Ward) -> Act:
        return lambda: ward.says(self.named("poster"))

    async def away(self, ward: Ward) -> Act:
        first = ward.stage.clock.now().date() + timedelta(days=3)
        days: Mapping[str, Value] = {"from": f"{first}", "until": f"{first + timedelta(days=2)}"}
        return lambda: ward.stage.command(self.named("settled"), "my away", days)

    async def days(self, ward: Ward) -> int:
        """How many periods of days off are noted."""

        def look(work: Work) -> int:
            person = work.people.find(ward.account(self.named("settled")))
            if person is None:
                return 0
            return len(own.look(work, person.member, ward.stage.clock.now().date()).off)

        return await ward.app.store.read(look)


async def form_of(ward: Ward, who: str, answer: Answer) -> Sheet:
    """The form, which on a busy machine may be ready too late and wait behind a button."""
    if isinstance(answer, Seen) and "Continue" in answer.labels:
        answer = await ward.stage.press(who, answer, "Continue")
    return sheet(answer)


NOTED = "Something in it may tell who a patient is"


def noted(who: str) -> Callable[[Ward], Awaitable[int]]:
    """How often somebody was told of their message, directly or in the channel."""

    async def count(ward: Ward) -> int:
        told = (*ward.stage.direct(who), *ward.stage.in_channel(who))
        return sum(NOTED in text or "there is a private note" in text for text in told)

    return count


def direct(who: str, words: str) -> Callable[[Ward], int]:
    """How many direct messages with these words somebody has."""
    return lambda ward: sum(words in text for text in ward.stage.direct(who))


def in_channel(words: str) -> Callable[[Ward], Awaitable[int]]:
    """How many posts with these words stand in the channel."""

    async def count(ward: Ward) -> int:
        await ward.look()
        return sum(words in text for text in ward.stage.in_channel(READER))

    return count


async def reports(ward: Ward) -> int:
    """How many were made; the list shows ten of them at most."""

    def look(work: Work) -> int:
        assert isinstance(work, Repositories)
        return work.connection.exec_driver_sql("SELECT count(*) FROM reports").scalar_one()

    return await ward.app.store.read(look)
