"""How many messages are begun together."""

from __future__ import annotations

from bot.runtime.groups import LEAST, MOST, QUICK, Group


def test_where_messages_take_no_time_a_group_grows() -> None:
    group = Group(LEAST, MOST)
    sizes: list[int] = []
    for _round in range(4):
        sizes.append(group.size)
        group.took(group.size, 0.001)
    assert sizes == [LEAST, 2 * LEAST, 4 * LEAST, MOST]


def test_over_a_network_it_does_not_and_falls_back_at_once() -> None:
    group = Group(LEAST, MOST)
    group.took(LEAST, 0.05)
    assert group.size == LEAST
    group.took(LEAST, 0.001)
    assert group.size == 2 * LEAST
    group.took(3, 0.05)
    assert group.size == LEAST, "also where only a few were there to be sent"


def test_no_group_is_expected_to_take_longer_than_a_moment() -> None:
    group = Group(LEAST, MOST)
    group.took(LEAST, QUICK / 1.5)
    assert group.size == int(LEAST * 1.5)


def test_a_few_quick_ones_say_nothing() -> None:
    group = Group(LEAST, MOST)
    group.took(LEAST, 0.001)
    group.took(2, 0.0001)
    assert group.size == 2 * LEAST
