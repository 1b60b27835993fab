"""What the core itself says, for every feature alike."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.people import Community, Role
from bot.ui.action import Field
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Slash, Typed, _, ngettext


def form_title(command: str) -> Msg:
    """The title of a form that asks for what a typed command lacks: the command itself."""
    return Msg(f"/{command}")


NOT_HERE = Reply((Text(_("This belongs to a community where you are not a member at present.")),))

CONDUCT = _("Before your first request or post")
CONDUCT_ONCE = _("You are asked once. What you began goes on when you agree.")
AGREE = _("I agree")

MISSED = _("This did not reach you before:")
SENT_AGAIN = (
    Text(_("Not everything I had for you reached you. I send the rest again now.")),
    Text(
        _(
            "If direct messages from this place are closed, {status} shows what is open.",
            status=Slash("checkin status"),
        ),
        Style.QUIET,
    ),
)

TOO_OLD = Reply(
    (
        Text(_("This button or form is from an earlier version or has expired. Nothing changed.")),
        Text(
            _(
                "Type the command again to start afresh; {command} lists them.",
                command=Slash("help"),
            ),
            Style.QUIET,
        ),
    )
)

STORE_AWAY = Reply(
    (
        Text(
            _(
                "The database does not answer right now. It is not certain whether this was saved;"
                " please look in a minute, before you try again."
            )
        ),
    )
)

PLATFORM_AWAY = Reply(
    (
        Text(
            _(
                "The server that knows the members does not answer right now, so nothing was"
                " changed. Please try again in a minute."
            )
        ),
    )
)

SWITCHED_OFF = Reply(
    (
        Text(_("This is switched off in this community. What was agreed before goes on.")),
        Text(
            _("Moderators can switch it on with {start}.", start=Slash("setup start")), Style.QUIET
        ),
    )
)

EMPTY_HOME: tuple[Part, ...] = (Text(_("Nothing is planned for you at the moment.")),)


def not_set_up(may: bool) -> Reply:
    """Before a moderator has set the community up."""
    command = Slash("setup start")
    if may:
        return Reply(
            (Text(_("This place is not set up yet. {command} takes a minute.", command=command)),)
        )
    return Reply(
        (
            Text(
                _(
                    "This place is not set up yet. Whoever manages it can do so with {command}.",
                    command=command,
                )
            ),
        )
    )


def not_allowed(needs: Role) -> Reply:
    """The person lacks a role; says which, so that they know whom to ask."""
    match needs:
        case Role.MODERATOR:
            words = _("This is for moderators of this community. One of them can do it for you.")
        case Role.HOST:
            words = _("This is for hosts. If you would like to be one, ask a moderator.")
        case Role.REVIEWER:
            words = _(
                "This is for reviewers of this community. If you would like to be one, ask a"
                " moderator."
            )
        case Role.DIRECTORY:
            words = _(
                "In this community the list of mentors is open to some members only. A moderator"
                " can say who, and add you."
            )
        case Role.MEMBER | Role.GUEST:
            words = _(
                "Guests can look at the list of office hours and at {command}.",
                command=Slash("help"),
            )
    return Reply((Text(words),))


def went_wrong(reference: str) -> Reply:
    """Something failed that nobody foresaw."""
    return Reply(
        (
            Text(
                _(
                    "Something went wrong on our side, and it has been noted."
                    " If it happens again, give a moderator this reference: {reference}",
                    reference=Code(reference),
                )
            ),
        )
    )


def which_community(choices: Iterable[Button]) -> Reply:
    """A command typed in a direct message, when the person belongs to several communities."""
    return Reply((Text(_("Which community do you mean?")), *choices))


def in_community(community: Community) -> Msg:
    """A button that names a community."""
    return _("{community}", community=Typed(community.name[:60]))


def problems(found: Iterable[tuple[Field, Msg]], correct: Button) -> Reply:
    """What is wrong with the answers given, and the way to mend it."""
    lines: list[Part] = []
    for field, says in found:
        label = field.ask.label if field.ask else Typed(field.name)
        lines.append(Text(_("{label}: {problem}", label=label, problem=says)))
    return Reply((*lines, correct))


PERHAPS_AGAIN = _("You may have had this message already.")
CORRECT = _("Correct it")
CONTINUE = _("Continue")


def form_is_ready(go_on: Button) -> Reply:
    """A form that took too long to be opened by itself."""
    return Reply((Text(_("This took a moment. The form is ready now.")), go_on))


def next_page(page: int, left: int, go_on: Button) -> Reply:
    """Between two pages of a form, where a platform shows one at a time.

    After the first page it stands by itself: what the form was opened from is needed still.
    """
    words = ngettext(
        "Noted. {count} more page, then it is done.",
        "Noted. {count} more pages, then it is done.",
        left,
    )
    return Reply((Text(words), go_on), replaces=page > 1)
