"""When news of the directory may go out: answers at once, endings in their reader's own hours."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.taxonomy import taxonomy
from bot.services.follow_ups.engine import hours_of
from bot.services.mentors.telling import Kind
from bot.services.ports import Work
from cogs.mentors.labels import Shelf
from cogs.mentors.notices import Notices
from storage import memory_store
from tests.services.village import Village

SUNDAY = datetime(2027, 3, 7, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "at_once"),
    [
        (Kind.VERIFIED, True),
        (Kind.DECLINED, True),
        (Kind.RELEASED, False),
        (Kind.WITHDRAWN, False),
        (Kind.RESTS, False),
        (Kind.CAP, False),
    ],
)
def test_on_a_sunday(kind: Kind, at_once: bool) -> None:
    memory = memory_store()
    village = Village(memory)
    village.clock.move(SUNDAY - village.now)
    ana = village.members["Ana"]
    news = Notices(memory, village.clock, Shelf(memory, taxonomy())).notices()
    [course] = [each.course for each in news if each.kind == kind]
    assert course is not None

    def waiting(work: Work) -> tuple[Delivery, ...]:
        return work.deliveries.claim("t", village.now, timedelta(minutes=5), 10)

    row = NewDelivery(kind, village.community, "request.news:1", "one", village.now, ana, ref=1)
    village.do(lambda work: work.deliveries.schedule([row]))
    [found] = village.do(waiting)
    assert village.do(course.admit, village.now, found) is at_once
    if not at_once:
        hours = village.see(lambda work: hours_of(work, ana, village.community))
        village.clock.move(hours.next_awake(village.now) - village.now)
        [again] = [one for one in village.do(waiting) if one.id != found.id]
        assert again.ref == 1
        assert village.do(course.admit, village.now, again)
    memory.close_now()
