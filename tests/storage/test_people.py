"""Members, accounts and memberships, on every engine."""

from datetime import timedelta

from bot.domain.people import MemberId, Place
from bot.services.ports import Work
from storage import OpenStore
from tests.storage.sample import ANA, BEN, HALL, NOON, found


async def test_a_member_is_found_by_their_account(any_store: OpenStore) -> None:
    added = await any_store.write(lambda work: work.people.add(ANA, "Ana", NOON))

    assert await any_store.read(lambda work: work.people.find(ANA)) == added
    assert await any_store.read(lambda work: work.people.find(BEN)) is None
    assert await any_store.read(lambda work: work.people.profile(added.member)) == added
    assert await any_store.read(lambda work: work.people.profile(MemberId(999))) is None


async def test_the_same_account_twice_is_one_member(any_store: OpenStore) -> None:
    first = await any_store.write(lambda work: work.people.add(ANA, "Ana", NOON))
    second = await any_store.write(lambda work: work.people.add(ANA, "Ana again", NOON))

    assert second == first
    assert (await any_store.read(lambda work: work.people.someone(first.member))).name == "Ana"


async def test_a_zone_and_a_name_are_kept(any_store: OpenStore) -> None:
    ana = await any_store.write(lambda work: work.people.add(ANA, "Ana", NOON))

    def change(work: Work) -> None:
        work.people.set_zone(ana.member, "Europe/Lisbon")
        work.people.rename(ANA, "Ana R.")

    await any_store.write(change)

    profile = await any_store.read(lambda work: work.people.find(ANA))
    assert profile is not None
    assert profile.zone == "Europe/Lisbon"
    someone = await any_store.read(lambda work: work.people.someone(ana.member))
    assert (someone.name, someone.accounts) == ("Ana R.", (ANA,))
    assert await any_store.read(lambda work: work.people.accounts(ana.member)) == (ANA,)


async def test_several_at_once_and_somebody_who_is_gone(any_store: OpenStore) -> None:
    ana = await any_store.write(lambda work: work.people.add(ANA, "Ana", NOON))
    ben = await any_store.write(lambda work: work.people.add(BEN, "Ben", NOON))

    people = await any_store.read(
        lambda work: work.people.several([ben.member, MemberId(999), ana.member])
    )

    assert [someone.name for someone in people.values()] == ["Ben", "a former member", "Ana"]
    assert await any_store.read(lambda work: work.people.several([])) == {}


async def test_joining_leaving_and_coming_back(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    later = NOON + timedelta(days=1)

    async def where() -> tuple[int, ...]:
        return await any_store.read(lambda work: work.people.communities(village.member))

    assert await where() == (village.community,)
    await any_store.write(lambda work: work.people.leave(village.member, village.community, later))
    assert await where() == ()
    for _twice in range(2):
        await any_store.write(
            lambda work: work.people.join(village.member, village.community, later)
        )
        assert await where() == (village.community,)


async def test_communities_are_listed_in_order(any_store: OpenStore) -> None:
    def several(work: Work) -> tuple[list[int], tuple[int, ...]]:
        ana = work.people.add(ANA, "Ana", NOON).member
        first = work.communities.add(HALL, "First", NOON).id
        second = work.communities.add(Place("slack", "T1"), "Second", NOON).id
        work.people.join(ana, second, NOON)
        work.people.join(ana, first, NOON)
        return [first, second], work.people.communities(ana)

    made, listed = await any_store.write(several)
    assert list(listed) == made
