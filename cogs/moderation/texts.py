"""`setup texts`: a community's own wording, with the default beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import CommunityId, Role
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, test_of
from bot.runtime.feature import Command, Handler
from bot.runtime.registry import Registry
from bot.runtime.settable import MOST_TEXT, TEXT, CommunityText, Settable
from bot.services.kinds import choice
from bot.services.ports import Store, Work
from bot.ui.action import Action, Ask, Option
from bot.ui.form import Form
from bot.ui.parts import Button, Part, Reply, Select, Style, Text
from bot.ui.words import Msg, Typed, Words, _


@dataclass(frozen=True)
class ShowTexts(Action, tag="su.texts.1"):
    """Every text that a community may word itself."""


@dataclass(frozen=True)
class ShowText(Action, tag="su.text.1"):
    """One text: where it is read, what it says, and the default."""

    key: str = ""


@dataclass(frozen=True)
class OpenText(Action, tag="su.open_text.1"):
    """The form of a text, filled with what stands."""

    key: str


@dataclass(frozen=True)
class ProposeText(Action, tag="su.prop_text.1"):
    """A wording of one's own, to be looked at before it holds."""

    key: str
    text: Annotated[
        str,
        Ask(_("Text"), hint=_("As members read it"), least=1, most=MOST_TEXT, lines=8),
    ]


@dataclass(frozen=True)
class DefaultText(Action, tag="su.def_text.1"):
    """Back to the default."""

    key: str


class TextScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._store = store
        self._changing = Changing(store, clock)
        self._everything = everything
        self._settable = Settable(choice(TEXT), self._every, self._named, self._worded, ShowTexts())

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowTexts, self.texts, moderator),
            Handler(ShowText, self.text, moderator),
            Handler(OpenText, self.open_text, moderator, opens=True),
            Handler(ProposeText, self.propose, moderator),
            Handler(DefaultText, self.default, moderator),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup texts", _("Wordings of this community"), ShowTexts),)

    def settings(self) -> tuple[Settable, ...]:
        """What can be changed here."""
        return (self._settable,)

    async def texts(self, caller: Caller, ask: ShowTexts) -> Reply:
        """The panel."""
        own = await self._store.read(lambda work: work.chosen.all(caller.community, TEXT))
        known = self._everything().texts
        parts: list[Part] = [
            Text(_("Texts that this community may word itself"), Style.HEADING),
        ]
        for text in known.values():
            whose = _("your own") if text.key in own else _("the default")
            parts.append(Text(_("{label}: {whose}", label=text.label, whose=whose)))
        options = tuple(Option(text.key, text.label) for text in known.values())
        return Reply((*parts, Select(_("Look at"), ShowText(), "key", options), test_of(TEXT)))

    async def text(self, caller: Caller, ask: ShowText) -> Reply:
        """One of them."""
        text = self._known(ask.key)
        own = await self._store.read(lambda work: work.chosen.get(caller.community, TEXT, ask.key))
        parts: list[Part] = [
            Text(text.label, Style.HEADING),
            Text(text.shown, Style.QUIET),
            Text(Typed(own) if own else text.default),
        ]
        if own:
            parts += [Text(_("The default:"), Style.QUIET), Text(text.default)]
        parts.append(Button(_("Change"), OpenText(ask.key)))
        if own:
            parts.append(Button(_("Back to the default"), DefaultText(ask.key)))
        return Reply(tuple(parts))

    async def open_text(self, caller: Caller, ask: OpenText) -> Form:
        """The form."""
        text = self._known(ask.key)
        own = await self._store.read(lambda work: work.chosen.get(caller.community, TEXT, ask.key))
        given: dict[str, object] = {"key": ask.key}
        if own:
            given["text"] = own
        return Form(text.label, ProposeText, ("text",), given, intro=text.shown)

    async def propose(self, caller: Caller, ask: ProposeText) -> Reply:
        """Both wordings, before the new one holds."""
        text = self._known(ask.key)
        new = ask.text.strip()
        if not new or len(new) > text.most:
            said = _("This text has 1 to {most} characters.", most=text.most)
            return Reply((Text(said),), correctable=True)
        if text.refuses is not None and new != text.default.text:
            why = text.refuses(new)
            if why is not None:
                return Reply((Text(why),), correctable=True)
        return await self._changing.propose(
            caller, self._settable, Setting(TEXT, ask.key), "" if new == text.default.text else new
        )

    async def default(self, caller: Caller, ask: DefaultText) -> Reply:
        """The default again, after a look."""
        self._known(ask.key)
        return await self._changing.propose(caller, self._settable, Setting(TEXT, ask.key), "")

    def _known(self, key: str) -> CommunityText:
        found = self._everything().texts.get(key)
        if found is None:
            raise StaleControl("no such text")
        return found

    def _every(self, _work: Work, _community: CommunityId) -> tuple[Setting, ...]:
        return tuple(Setting(TEXT, key) for key in self._everything().texts)

    def _named(self, setting: Setting) -> Msg:
        found = self._everything().texts.get(setting.name)
        return _("Text") if found is None else found.label

    def _worded(self, setting: Setting, value: str) -> Words:
        found = self._everything().texts.get(setting.name)
        return Typed(value) if value or found is None else found.default
