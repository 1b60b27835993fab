"""Half-filled forms, on every engine."""

from datetime import timedelta

from bot.services.ports.drafts import Draft
from storage import OpenStore
from tests.storage.sample import NOON, found

HOUR = timedelta(hours=1)
STATE = {"tag": "oh.new.1", "typed": {"title": "Über «quotes»", "who": [["a", "b"]]}, "n": None}


async def test_a_draft_is_kept_changed_and_gone(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    draft = Draft("d1", village.member, village.community, STATE, NOON + HOUR)
    await any_store.write(lambda work: work.drafts.save(draft))

    assert await any_store.read(lambda work: work.drafts.get("d1", NOON)) == draft
    assert await any_store.read(lambda work: work.drafts.get("d1", NOON + HOUR)) is None
    assert await any_store.read(lambda work: work.drafts.get("d2", NOON)) is None

    changed = Draft("d1", village.member, village.community, {}, NOON + 2 * HOUR)
    await any_store.write(lambda work: work.drafts.save(changed))
    assert await any_store.read(lambda work: work.drafts.get("d1", NOON + HOUR)) == changed

    await any_store.write(lambda work: work.drafts.discard("d1"))
    assert await any_store.read(lambda work: work.drafts.get("d1", NOON)) is None


async def test_only_expired_drafts_are_swept(any_store: OpenStore) -> None:
    village = await any_store.write(found)
    for name, expires in (("old", NOON), ("new", NOON + HOUR)):
        draft = Draft(name, village.member, village.community, {}, expires)
        await any_store.write(lambda work, draft=draft: work.drafts.save(draft))

    assert await any_store.write(lambda work: work.drafts.sweep(NOON)) == 1
    assert await any_store.write(lambda work: work.drafts.sweep(NOON)) == 0
    assert await any_store.read(lambda work: work.drafts.get("new", NOON)) is not None
