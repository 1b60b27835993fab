"""The last step before the yes: how, when, by whose leave, and who can see it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.cases import Rules
from bot.errors import PlatformUnavailable
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.scanning import Unread
from bot.runtime.vault import Vault
from bot.services.cases import posting
from bot.services.cases.content import Content
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import InChannel, Listing, _, ngettext
from cogs.cases import words
from cogs.cases.actions import (
    OpenDetails,
    PostIt,
    SayHow,
    ShowSheet,
    ShowWords,
    ThrowAway,
)
from cogs.cases.agreed import alt_tells, cannot_wait, read_before, when, who_reads
from cogs.cases.covering import gone
from cogs.cases.drafts import Draft, Drafts
from cogs.cases.looking import Looking
from cogs.cases.poster import Outside
from cogs.cases.reasons import in_words
from cogs.cases.template import case_parts


class Agreeing:
    """Handlers of the last step."""

    def __init__(
        self,
        store: Store,
        drafts: Drafts,
        looking: Looking,
        vault: Vault,
        doors: Outside,
    ) -> None:
        self._store = store
        self._drafts = drafts
        self._looking = looking
        self._vault = vault
        self._doors = doors

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OpenDetails, self.open, opens=True),
            Handler(SayHow, self.say_how),
        )

    async def open(self, caller: Caller, ask: OpenDetails) -> Form | Reply:
        """The form of the last questions."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        given: dict[str, object] = {"draft": draft.id}
        if draft.how is not None:
            given |= {
                name: getattr(draft.how, name)
                for name in ("permission", "time", "reader", "anonymous")
            }
        asks = ("alt", "permission", "time", "reader", "anonymous")
        if not draft.ready:
            given["alt"] = ""  # there is no picture to be described
            asks = asks[1:]
        return Form(_("Before it is posted"), SayHow, asks, given)

    async def say_how(self, caller: Caller, ask: SayHow) -> Reply:
        """Exactly what will appear, and who will see it."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        found = await self._looking.texts({"alt": ask.alt})
        if isinstance(found, Unread):
            return Reply((Text(in_words(found.why)),), correctable=True)
        if found["alt"]:
            return Reply((Text(alt_tells(found["alt"])),), correctable=True)
        rules = await self._store.read(posting.rules, draft.community, draft.channel)
        refused = cannot_wait(self._vault, rules, ask)
        if refused is not None:
            return Reply((Text(refused),), correctable=True)
        draft = replace(draft, how=ask)
        content = draft.made()
        draft = self._drafts.keep(replace(draft, content=content))
        return await self._last_look(caller, draft, content, rules)

    async def _last_look(
        self, caller: Caller, draft: Draft, content: Content, rules: Rules
    ) -> Reply:
        how = draft.how
        if how is None:
            return gone()
        author = None
        if not how.anonymous:
            author = await self._store.read(lambda work: work.people.someone(draft.member))
        parts: list[Part] = [
            Text(_("This is what will appear"), Style.HEADING),
            Divider(),
            *case_parts(content, author),
            Divider(),
            *await self._who_sees(draft),
            Text(when(how, rules)),
            *([Text(words.FOUR_CORNERS)] if content.pictures else []),
        ]
        left = len(draft.looked) + len(draft.pictures) - len(content.pictures)
        if left:
            parts.append(
                Text(
                    ngettext(
                        "{count} file without a covered copy is left out.",
                        "{count} files without a covered copy are left out.",
                        left,
                    )
                )
            )
        _found, kept = draft.kinds
        if kept:
            kinds = Listing(tuple(words.kind_name(kind) for kind in kept))
            parts.append(Text(_("You keep what I would have covered: {kinds}.", kinds=kinds)))
        label = _("Post") if not read_before(rules, how) else _("Send to a second reader")
        parts += [
            Button(label, PostIt(draft.id, draft.mark), Look.MAIN),
            Button(_("Change"), OpenDetails(draft.id)),
            Button(_("Back to the words"), ShowWords(draft.id)),
        ]
        if draft.looked:
            parts.append(Button(_("Back to the pictures"), ShowSheet(draft.id, 1)))
        parts.append(Button(_("Throw away"), ThrowAway(draft.id), Look.GRAVE))
        return Reply(tuple(parts), replaces=True, passing=draft.passing)

    async def _who_sees(self, draft: Draft) -> tuple[Text, ...]:
        where = InChannel(draft.channel)
        try:
            found = await self._doors.readers(draft.place, draft.channel)
        except PlatformUnavailable:
            found = None
        if found is None:
            says = _(
                "It appears in {where}. I cannot tell who can see that channel; please look"
                " yourself, also for guests and patients.",
                where=where,
            )
            return (Text(says),)
        return who_reads(where, found)
