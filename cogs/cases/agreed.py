"""What an author reads around the yes: when it appears, who will see it, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Case, CaseState, Reading, Rules
from bot.identifiers.findings import Finding
from bot.runtime.doors import Reach, Readers
from bot.runtime.vault import Vault
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Code, InChannel, Listing, Msg, Slash, Typed, When, _, ngettext
from cogs.cases import words
from cogs.cases.actions import SayHow, Time, WithdrawCase


def read_before(rules: Rules, how: SayHow) -> bool:
    """Whether a second reader looks before it appears."""
    if rules.reading is Reading.ALWAYS:
        return True
    return rules.reading is Reading.ON_REQUEST and how.reader


def cannot_wait(vault: Vault, rules: Rules, how: SayHow) -> Msg | None:
    """Why a case cannot wait here, if it would have to."""
    waits = how.time is Time.LATER or read_before(rules, how)
    if not waits or vault.alone or (rules.durable and vault.can_seal):
        return None
    return _(
        "Several processes serve this community, so a case can only wait where moderators chose"
        " durable drafts ({command}). You can post it now, without a second reader.",
        command=Slash("setup review"),
    )


def posted(case: Case, passing: str | None) -> Reply:
    """It stands in its channel."""
    return Reply(
        (
            Text(
                _(
                    "Your case {code} is posted in {where}.",
                    code=Code(case.code),
                    where=InChannel(case.new.channel),
                )
            ),
            Text(_("You can withdraw it at any time, with one tap."), Style.QUIET),
            Button(_("Withdraw"), WithdrawCase(case.code)),
        ),
        replaces=True,
        passing=passing,
    )


def waits(case: Case, passing: str, *, told: bool, sealed: bool) -> Reply:
    """It does not stand in its channel yet. `sealed`: it outlives a restart."""
    parts: list[Part] = []
    if case.state is CaseState.REVIEW:
        says = _(
            "Your case {code} waits for a second reader. You hear from me when somebody looked.",
            code=Code(case.code),
        )
        parts.append(Text(says))
        if not told:
            parts.append(
                Text(
                    _(
                        "Nobody could be told yet: this community has neither a channel for"
                        " moderators nor a second reader who wants to be told."
                    )
                )
            )
    elif case.due is not None:
        says = _(
            "Your case {code} appears in {where} on {when}, unless you withdraw it.",
            code=Code(case.code),
            where=InChannel(case.new.channel),
            when=When(case.due),
        )
        parts.append(Text(says))
    kept = (
        _(
            "Until then it is kept encrypted; it is deleted when it is posted, declined or"
            " withdrawn, or too old."
        )
        if sealed
        else _("Until then only I hold it; a restart of mine may lose it.")
    )
    parts += [
        Text(kept, Style.QUIET),
        Button(_("Withdraw"), WithdrawCase(case.code)),
    ]
    return Reply(tuple(parts), replaces=True, passing=passing)


def when(how: SayHow, rules: Rules) -> Msg:
    """When it appears."""
    if read_before(rules, how):
        return _("A second reader looks at it first.")
    if how.time is Time.LATER:
        return _("It appears in 24 hours; until then you can think better of it.")
    return _("It appears at once.")


def alt_tells(found: Sequence[Finding]) -> Msg:
    """The description of the pictures has to be written again: everything in it at once."""
    kinds = tuple(dict.fromkeys(one.kind.value for one in found))
    return _(
        "What you wrote about the pictures holds something that looks like this: {kinds}. Please"
        " leave it out.",
        kinds=Listing(tuple(words.kind_name(kind) for kind in kinds)),
    )


def who_reads(where: InChannel, found: Readers) -> tuple[Text, ...]:
    """Who can see it, guests and patients in mind."""
    match found.reach:
        case Reach.PLACE:
            says = _(
                "It appears in {where}, which everybody here can see, also whoever joins later.",
                where=where,
            )
        case Reach.SOME:
            says = _("It appears in {where}, which only some people can see.", where=where)
        case Reach.BEYOND:
            says = _(
                "It appears in {where}, which people of other organisations can see too.",
                where=where,
            )
    parts = [Text(says)]
    if found.count is not None:
        parts.append(
            Text(
                ngettext(
                    "At present that is {count} person.",
                    "At present that is {count} people.",
                    found.count,
                ),
                Style.QUIET,
            )
        )
    if found.groups:
        names = Listing(tuple(Typed(name) for name in found.groups[:8]))
        parts.append(Text(_("Who was let in: {names}.", names=names), Style.QUIET))
    if found.guests:
        parts.append(Text(_("Guests are among them.")))
    elif found.guests is None:
        parts.append(Text(_("I cannot tell whether guests or patients are among them.")))
    else:
        parts.append(Text(_("Guests are not among them."), Style.QUIET))
    return tuple(parts)
