"""Short codes: every one different, none like its neighbour."""

import pytest

from bot.domain.codes import ALPHABET, code_of, tidy


def test_no_code_is_ever_given_twice() -> None:
    four = len(ALPHABET) ** 4
    given = {code_of(number) for number in range(four + 1000)}

    assert len(given) == four + 1000
    assert {len(code) for code in given} == {4, 5}
    assert set("".join(given)) == set(ALPHABET)


@pytest.mark.parametrize("apart", [1, 2, 3, 10])
def test_neighbours_do_not_look_alike(apart: int) -> None:
    for number in range(5000):
        pair = zip(code_of(number), code_of(number + apart), strict=True)
        assert sum(one == other for one, other in pair) <= 1


def test_codes_stay_what_they_are() -> None:
    assert [code_of(number) for number in range(4)] == ["4ybz", "z2dt", "cqsp", "8c97"]


def test_a_typed_code_is_tidied() -> None:
    assert tidy("  #K3F9 ") == "k3f9"


def test_there_is_no_code_before_the_first() -> None:
    with pytest.raises(ValueError, match="from 0"):
        code_of(-1)
