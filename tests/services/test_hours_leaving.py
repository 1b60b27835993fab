"""Somebody leaves the community: what they held is free again, and nothing is sent to them."""

from __future__ import annotations

from bot.domain.office_hours import SeatState
from bot.services import people
from bot.services.office_hours.results import Joined, Waitlisted
from bot.services.office_hours.seats import leave_everything
from tests.services.village import Village


def test_seats_of_who_left_go_to_the_line(village: Village) -> None:
    full = village.host(seats=1)
    village.join("Ana", full)
    assert isinstance(village.join("Ben", full), Waitlisted)
    village.store.write_now(
        leave_everything, village.now, village.members["Ana"], village.community
    )
    assert village.session(full).taken == 1
    seats = village.store.read_now(lambda work: work.office_hours.seats(full.id))
    assert [(seat.member, seat.state) for seat in seats] == [
        (village.members["Ben"], SeatState.OFFERED)
    ]


def test_leaving_is_noted_once_and_coming_back_is_new(village: Village) -> None:
    session = village.host(seats=2)
    village.join("Ana", session)
    ana = village.members["Ana"]
    [account] = village.store.read_now(lambda work: work.people.accounts(ana))
    leave = (village.now, account, village.community, (leave_everything,))
    assert village.store.write_now(people.leave, *leave)
    assert not village.store.write_now(people.leave, *leave)
    assert village.session(session).taken == 0
    village.store.write_now(lambda work: work.people.join(ana, village.community, village.now))
    assert isinstance(village.join("Ana", session), Joined)


def test_who_is_picked_belongs_to_the_community(village: Village) -> None:
    """A co-host who never used the bot can be written to."""
    from bot.domain.people import Account

    fresh = Account("paper", "village", "fresh")
    found = village.store.write_now(
        people.members_of, village.now, village.community, [(fresh, "Fresh")]
    )
    mine = village.store.read_now(lambda work: work.people.communities(found[fresh]))
    assert mine == (village.community,)
