"""A topic as somebody typed it: whether it is one, and which come near."""

from __future__ import annotations

from difflib import get_close_matches

from bot.domain.people import CommunityId
from bot.services import questions
from bot.services.ports import Store
from bot.ui.topics import OTHER, TOPICS, topic_options
from bot.ui.words import Listing


async def is_topic(store: Store, community: CommunityId, topic: str) -> bool:
    """Whether a topic is one: of the list, with a channel of its own, or "other"."""
    if topic in TOPICS or topic == OTHER:
        return True
    return await store.read(questions.has_channel, community, topic)


def near(typed: str) -> Listing:
    """Topics whose names come near; all of them if none does."""
    names = {label.text.casefold(): key for key, label in TOPICS.items()}
    found = [one.value for one in topic_options(typed)]
    word = typed.strip().casefold()
    found += [names.get(one, one) for one in get_close_matches(word, (*names, *TOPICS), 3, 0.5)]
    shown = tuple(dict.fromkeys(found))[:3] or tuple(TOPICS)
    return Listing(tuple(TOPICS[key] for key in shown))
