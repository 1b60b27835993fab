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
from bot.services.ports import Work
from storage.work import Repositories
from tests.contract.stage import MODERATOR, Answer, Doc, Value, Who, seen, sheet
from tests.contract.test_cases import HOW, grey
from tests.contract.test_commands import SESSION, code_in
from tests.contract.test_mentors import OFFER, TEXT
from tests.faults.ward import Ward

Act: TypeAlias = Callable[[], Awaitable[Answer]]
ABOUT = "Contracts and nights"
PEOPLE = ("host", "joiner", "mentor", "trainee", "author", "witness", "asker", "old", "young")
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
        stage.clock.move(timedelta(days=8))
        await ward.look()
        young = self.named("young")
        for _day in range(4):
            try:
                asked = await ward.dm(young, "One tap is enough", within=2)
                break
            except (AssertionError, TimeoutError):  # nobody is asked on a day off
                stage.clock.move(timedelta(days=1))
                await ward.look()
        else:
            asked = await ward.dm(young, "One tap is enough")
        return lambda: stage.press(self.named("young"), asked, "We met")

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
        form = sheet(await stage.command(mentor, "mentor offer", {}))
        shown = seen(await stage.send(mentor, form, OFFER))
        await stage.press(mentor, shown, "Publish")
        typed: Mapping[str, Value] = {**TEXT, "mentor": Who(mentor)}
        preview = seen(await stage.command(trainee, "mentor request", typed))
        return lambda: stage.press(trainee, preview, "Send")

    async def requests(self, ward: Ward) -> int:
        inbox = seen(await ward.stage.command(self.named("mentor"), "mentor inbox", {}))
        return sum(label.startswith("Open ") for label in inbox.labels)

    async def case(self, ward: Ward) -> Act:
        stage, author = ward.stage, self.named("author")
        start = seen(await stage.command(author, "case post", {}))
        form = sheet(await stage.press(author, start, "Continue"))
        words: Mapping[str, Value] = {
            "title": f"Round {self.number} case",
            "teaching": "Measure twice.",
            "pictures": Doc("grey.png", grey().content),
        }
        found = seen(await stage.send(author, form, words))
        form = sheet(await stage.press(author, found, "Go on"))
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
        def choose(work: Work) -> None:
            home = work.communities.of(ward.place)
            assert home is not None
            work.communities.set_channel(home.id, "questions", ward.place, ward.channel)

        await ward.app.store.write(choose)
        question = f"Round {self.number} question: how many nights a month?"
        typed: Mapping[str, Value] = {"question": question, "topic": "Career and training"}
        return lambda: ward.stage.command(self.named("asker"), "ask", typed)


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
