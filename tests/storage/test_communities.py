"""Communities, grants, channels and short codes, on every engine."""

from bot.domain.codes import code_of
from bot.domain.people import CommunityId, Place, Role, RoleGrant
from storage import OpenStore
from tests.storage.sample import HALL, NOON, found, settle


async def test_a_place_is_found_and_added_once(any_store: OpenStore) -> None:
    made = await any_store.write(lambda work: work.communities.add(HALL, "Radiology", NOON))
    again = await any_store.write(lambda work: work.communities.add(HALL, "Other", NOON))

    assert again == made
    assert (made.name, made.zone, made.language, made.set_up_at) == ("Radiology", "UTC", "en", None)
    assert await any_store.read(lambda work: work.communities.of(HALL)) == made
    assert await any_store.read(lambda work: work.communities.get(made.id)) == made
    assert await any_store.read(lambda work: work.communities.places(made.id)) == (HALL,)
    assert await any_store.read(lambda work: work.communities.of(Place("slack", "T9"))) is None
    assert await any_store.read(lambda work: work.communities.get(CommunityId(999))) is None


async def test_a_community_is_set_up(any_store: OpenStore) -> None:
    village = await any_store.write(found)

    await any_store.write(
        lambda work: work.communities.mark_set_up(village.community, "Europe/Rome", NOON)
    )

    home = await any_store.read(lambda work: work.communities.get(village.community))
    assert home is not None
    assert (home.zone, home.set_up_at) == ("Europe/Rome", NOON)

    await any_store.write(lambda work: work.communities.set_zone(village.community, "Asia/Tokyo"))

    home = await any_store.read(lambda work: work.communities.get(village.community))
    assert home is not None
    assert (home.zone, home.set_up_at) == ("Asia/Tokyo", NOON)


async def test_grants_of_one_role_are_replaced(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    host = RoleGrant(Role.HOST, "discord", "9", "77")
    person = RoleGrant(Role.REVIEWER, "slack", "T1", "U2", is_person=True)
    other = RoleGrant(Role.HOST, "slack", "T1", "S5")

    async def grant(grants: tuple[RoleGrant, ...], role: Role) -> tuple[RoleGrant, ...]:
        await any_store.write(lambda work: work.communities.grant(village.community, grants, role))
        return await any_store.read(lambda work: work.communities.grants(village.community))

    assert await grant((host, host, person), Role.HOST) == (host,)
    assert await grant((person,), Role.REVIEWER) == (host, person)
    assert await grant((other,), Role.HOST) == (person, other)
    assert await grant((), Role.REVIEWER) == (other,)


async def test_a_channel_is_chosen_changed_and_dropped(any_store: OpenStore) -> None:
    village = await any_store.write(found)

    for chosen in ("c1", "c2", None, None):
        await any_store.write(
            lambda work, chosen=chosen: work.communities.set_channel(
                village.community, "hours", HALL, chosen
            )
        )
        assert (
            await any_store.read(
                lambda work: work.communities.channel(village.community, "hours", HALL)
            )
            == chosen
        )


async def test_codes_are_counted_for_each_community(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    (other,) = await any_store.write(settle, 1)

    mine = [
        await any_store.write(lambda work: work.codes.next(village.community)) for _ in range(3)
    ]
    theirs = await any_store.write(lambda work: work.codes.next(other))

    assert mine == [code_of(0), code_of(1), code_of(2)]
    assert theirs == code_of(0)
