"""What somebody who looks for a mentor says about themself: asked once, all optional, kept."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.seekers import AtHome, Seeker
from bot.domain.taxonomy import List
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import finding, inbox
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Divider, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Typed, Words, _
from cogs.mentors.finding_actions import OpenProfile, SaveProfile, SuggestMentors
from cogs.mentors.labels import Labels, Shelf
from cogs.mentors.offering import listed
from cogs.mentors.request_actions import ShowInbox

_HOME = {AtHome.YES: True, AtHome.NO: False}


class AboutMe:
    """Handlers of what one says about oneself."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OpenProfile, self.open_profile, opens=True),
            Handler(SaveProfile, self.save_profile),
        )

    async def once(self, caller: Caller, *, new: bool, first: bool = True) -> tuple[Part, ...]:
        """The offer of the questions, if they were never put; above the answer, or below it."""
        if not new:
            return ()
        await self._store.write(
            finding.note_asked, self._clock.now(), caller.community, caller.member
        )
        said = Text(
            _(
                "A few questions help to find somebody who fits. All are optional, and I ask"
                " this once; later they are on your panel."
            )
        )
        if first:
            return (said, Button(_("A few questions"), OpenProfile(), Look.MAIN), Divider())
        return (Divider(), said, Button(_("A few questions"), OpenProfile()))

    async def open_profile(self, caller: Caller, ask: OpenProfile) -> Form:
        """The questions, with what was said before."""
        labels = await self._shelf.of(caller.community)
        said = await self._store.read(inbox.profile, caller.community, caller.member)
        given: dict[str, object] = {}
        if said is not None:
            lists = labels.lists
            given = {
                "stage": lists.label(List.STAGES, said.stage) if said.stage else None,
                "home_programme": _at_home(said),
                "region": lists.label(List.REGIONS, said.region) if said.region else None,
                "languages": said.languages,
                "topics": said.topics,
                "programmes": ", ".join(said.programmes) or None,
                "backgrounds": said.backgrounds,
                "use_backgrounds": said.background_consent is not None,
            }
        return Form(
            _("About me"),
            SaveProfile,
            given=given,
            intro=_("All of it is optional, and you can change it at any time."),
            send=_("Keep"),
        )

    async def save_profile(self, caller: Caller, ask: SaveProfile) -> Reply:
        """Keep it."""
        labels = await self._shelf.of(caller.community)
        keys: dict[str, str] = {}
        for name, of, typed in (
            ("stage", List.STAGES, ask.stage),
            ("region", List.REGIONS, ask.region),
        ):
            key = labels.key(of, typed)
            if key is None:
                said = _("{typed} is not in the list.", typed=Typed(typed or ""))
                return Reply((Text(said),), correctable=True)
            keys[name] = key
        now, lists = self._clock.now(), labels.lists
        before = await self._store.read(inbox.profile, caller.community, caller.member)
        before = before or Seeker(caller.member, caller.community, now)
        backgrounds = lists.known(List.BACKGROUNDS, ask.backgrounds)
        agreed = ask.use_backgrounds and bool(backgrounds)
        await self._store.write(
            inbox.save_profile,
            replace(
                before,
                stage=keys["stage"],
                home_programme=_HOME.get(ask.home_programme) if ask.home_programme else None,
                region=keys["region"],
                languages=lists.known(List.LANGUAGES, ask.languages),
                topics=lists.known(List.TOPICS, ask.topics),
                programmes=listed(ask.programmes),
                backgrounds=backgrounds,
                background_consent=(before.background_consent or now) if agreed else None,
            ),
        )
        return Reply(
            (
                Text(_("Kept. It is used to find somebody who fits, and for nothing else.")),
                Text(_("Programmes and backgrounds are shown to nobody."), Style.QUIET),
                Button(_("Suggestions"), SuggestMentors(), Look.MAIN),
                Button(_("My requests"), ShowInbox()),
            )
        )

    async def home(self, caller: Caller) -> tuple[Part, ...]:
        """What was said, on one's own panel, and the way to change it."""
        labels = await self._shelf.of(caller.community)
        said = await self._store.read(inbox.profile, caller.community, caller.member)
        rows = _told(said, labels) if said is not None else ()
        button = Button(_("About me"), OpenProfile())
        if not rows:
            nothing = _("You have told nothing about yourself yet; all of it is optional.")
            return (Text(nothing), button)
        return (Text(_("What you said about yourself; nobody else sees this list.")),
                Facts(rows), button)  # fmt: skip


def _told(said: Seeker, labels: Labels) -> tuple[tuple[Msg, Words], ...]:
    rows: list[tuple[Msg, Words]] = []
    if said.stage:
        rows.append((_("Stage"), labels.one(List.STAGES, said.stage)))
    if said.home_programme is not None:
        rows.append((_("IR programme at home"), _("Yes") if said.home_programme else _("No")))
    if said.region:
        rows.append((_("Region"), labels.one(List.REGIONS, said.region)))
    if said.languages:
        rows.append((_("Languages"), labels.several(List.LANGUAGES, said.languages)))
    if said.topics:
        rows.append((_("Topics"), labels.several(List.TOPICS, said.topics)))
    if said.programmes:
        count = Typed(str(len(said.programmes)))
        rows.append((_("Programmes I apply to"), _("{count}; never shown to anybody", count=count)))
    if said.backgrounds:
        them = labels.several(List.BACKGROUNDS, said.backgrounds)
        used = (
            _("{them}; used for matching", them=them)
            if said.background_consent
            else _("{them}; not used for anything", them=them)
        )
        rows.append((_("Backgrounds"), used))
    return tuple(rows)


def _at_home(said: Seeker) -> AtHome | None:
    if said.home_programme is None:
        return None
    return AtHome.YES if said.home_programme else AtHome.NO
