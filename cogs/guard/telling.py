"""What the guard says: to the author, privately; to moderators, in their channel. Sentences only;
what was written or read in a picture is in none of them, but for the author's own text, redacted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.people import Account, MemberId, Someone
from bot.identifiers.findings import Finding
from bot.identifiers.talk import Weight
from bot.identifiers.text import replacements
from bot.identifiers.text.roles import in_roles
from bot.runtime.caller import Message
from bot.runtime.finding_words import kinds_of
from bot.ui.parts import Button, Divider, Link, Look, Part, Reply, Style, Text
from bot.ui.words import InChannel, Msg, Person, Typed, _, ngettext
from cogs.guard.actions import ShowNote
from cogs.guard.looking import Looked
from cogs.guard.words import POST

_MOST_LETTERS: Final = 4_000
"""Of the author's text in one note: what a platform takes that lets messages be taken down."""
_MOST_PLACES: Final = 6


@dataclass(frozen=True)
class Case:
    """One message that was looked at, as far as it is told of: no text of it but the redacted."""

    channel: str
    link: str
    weight: Weight
    removed: bool
    places: tuple[Msg, ...]
    instead: str
    replaced: bool
    """Whether `instead` says anything else than the author's text."""
    files: int

    def __repr__(self) -> str:
        return f"Case({self.weight.name})"


def case_of(channel: str, message: Message, looked: Looked, *, removed: bool) -> Case:
    """What is told of a message."""
    places = [
        _("{where}: {kinds}", where=heap.where, kinds=kinds_of(heap.findings))
        for heap in looked.heaps
        if heap.weight >= min(looked.weight, Weight.TELLS) and heap.weight is not Weight.NOTHING
    ]
    text = "" if looked.text is None else _instead(message.text, looked.text)
    return Case(
        channel,
        message.link,
        looked.weight,
        removed,
        tuple(dict.fromkeys(places)),
        text,
        bool(looked.text) and text != message.text.strip(),
        len(message.files),
    )


def _instead(text: str, findings: Sequence[Finding]) -> str:
    redacted = replacements(text, in_roles(text, findings)).strip()
    return redacted if len(redacted) <= _MOST_LETTERS else f"{redacted[:_MOST_LETTERS]} ..."


# To the author ----------------------------------------------------------------------------------


def note(cases: Sequence[Case], more: int) -> Reply:
    """The private note to the author of these messages. What would read the same again is counted:
    of a burst of pictures that were taken down there is nothing to give back or to find."""
    told: list[Case] = []
    for case in cases:
        alike = replace(case, link="")
        if case.removed and not case.instead and alike in (replace(one, link="") for one in told):
            more += 1
        else:
            told.append(case)
    parts: list[Part] = []
    for case in told:
        parts += [Divider()] if parts else []
        parts += _about(case)
    if more:
        parts.append(
            Text(
                ngettext(
                    "It was the same with {count} message more.",
                    "It was the same with {count} messages more.",
                    more,
                ),
                Style.QUIET,
            )
        )
    parts.append(Text(_("I cannot read everything, and I can be wrong. Nothing of it is kept."),
                      Style.QUIET))  # fmt: skip
    return Reply(tuple(parts))


def _about(case: Case) -> list[Part]:
    where = InChannel(case.channel)
    parts: list[Part] = []
    if case.weight is Weight.DOUBT:
        parts += [
            Text(_("A second look at your message in {where}?", where=where), Style.HEADING),
            Text(_("There may be something in it that tells who somebody is.")),
        ]
    elif case.removed:
        parts += [
            Text(_("Your message in {where} was taken down", where=where), Style.HEADING),
            Text(_("Something in it may tell who a patient is. Only you are told why.")),
        ]
    else:
        parts += [
            Text(_("A private word about your message in {where}", where=where), Style.HEADING),
            Text(
                _(
                    "Something in it may tell who a patient is. It still stands there; moderators"
                    " were given a link to it."
                )
            ),
        ]
    parts += [Text(place) for place in case.places[:_MOST_PLACES]]
    if case.instead and case.weight is Weight.TELLS and (case.replaced or case.removed):
        says = _("Your text, with such places replaced:") if case.replaced else _("Your text:")
        parts += [Text(says, Style.QUIET), Text(Typed(case.instead))]
    parts.append(Text(_what_now(case)))
    if not case.removed and case.link.startswith("http"):
        parts.append(Link(_("Go to the message"), case.link))
    return parts


def _what_now(case: Case) -> Msg:
    if case.weight is Weight.DOUBT:
        return _("If it does, delete it. For a case, begin with {post}.", post=POST)
    if case.removed and case.files:
        return _(
            "Files are not sent back. For a case, begin with {post}: such places are hidden before"
            " anybody sees it.",
            post=POST,
        )
    if case.removed:
        return _("You can post it like this. For a case, begin with {post}.", post=POST)
    if case.files:
        return _(
            "Please delete the message. For a case, begin with {post}: such places are hidden"
            " before anybody sees it.",
            post=POST,
        )
    return _("Please change it, or delete it. For a case, begin with {post}.", post=POST)


def mention(author: Account, name: str, code: str, *, removed: bool) -> Reply:
    """Where direct messages are closed: says nothing of what it is about."""
    who = Person(Someone(MemberId(0), name, (author,)), ping=True)
    label = _("Show my text") if removed else _("Show the note")
    return Reply(
        (
            Text(_("{who}, there is a private note for you. It waits 15 minutes.", who=who)),
            Button(label, ShowNote(code), Look.MAIN),
        )
    )


# To moderators ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """What moderators are told of one message: whose and where, and what kind of thing."""

    author: Account
    name: str
    case: Case
    reached: bool
    """Whether its author was told."""


def alert(words: Sequence[Word], more: int) -> Reply:
    """The message in the moderators' channel."""
    parts: list[Part] = []
    for word in words:
        who = Person(Someone(MemberId(0), word.name, (word.author,)))
        where = InChannel(word.case.channel)
        said = (
            _("A message by {who} in {where} was taken down.", who=who, where=where)
            if word.case.removed
            else _("A message by {who} in {where} may tell who a patient is.", who=who, where=where)
        )
        parts.append(Text(said))
        parts += [Text(place, Style.QUIET) for place in word.case.places[:_MOST_PLACES]]
        parts.append(
            Text(
                _("Its author was told privately.")
                if word.reached
                else _("Its author could not be reached, so somebody should have a word."),
                Style.QUIET,
            )
        )
        if not word.case.removed and word.case.link.startswith("http"):
            parts.append(Link(_("Go to the message"), word.case.link))
    if more:
        parts.append(
            Text(
                ngettext(
                    "There was {count} message more of this kind.",
                    "There were {count} messages more of this kind.",
                    more,
                )
            )
        )
    return Reply(tuple(parts))


def unread(channel: str, count: int) -> Reply:
    """Files that could not be looked at."""
    return Reply(
        (
            Text(
                ngettext(
                    "In {where} there is {count} file that I could not look at: too large, broken,"
                    " or too many at once. Please have a look yourself.",
                    "In {where} there are {count} files that I could not look at: too large,"
                    " broken, or too many at once. Please have a look yourself.",
                    count,
                    where=InChannel(channel),
                )
            ),
        )
    )
