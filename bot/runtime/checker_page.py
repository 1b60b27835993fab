"""Where this community's checker page is, on which pictures are looked at before any upload.

A moderator names its address like any wording; it knows nothing of the page itself.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from bot.domain.people import CommunityId
from bot.runtime.settable import TEXT, CommunityText
from bot.services.ports import Store
from bot.ui.parts import Link, Part
from bot.ui.words import Msg, _


def _refused(typed: str) -> Msg | None:
    """An address that anybody's browser opens encrypted, without a name or password in it."""
    says = _("This has to be the address of a page, and it begins with https://")
    try:
        parts = urlsplit(typed)
        named = parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        return says
    plain = typed.isascii() and typed.isprintable() and not any(one.isspace() for one in typed)
    return None if named and plain and parts.scheme == "https" else says


CHECKER_PAGE: Final = CommunityText(
    "checker_page",
    _("Address of the checker page"),
    _("Linked where members read what they can do, and in the checklist before a case."),
    _("No page is linked."),
    most=300,
    refuses=_refused,
)


async def look_before_upload(store: Store, community: CommunityId) -> tuple[Part, ...]:
    """The link; nothing where no page is named."""
    url = await store.read(lambda work: work.chosen.get(community, TEXT, CHECKER_PAGE.key))
    if not url or _refused(url) is not None:
        return ()
    return (Link(_("Check pictures on your own device"), url),)
