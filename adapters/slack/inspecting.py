"""What the app is allowed in a Slack team: which channels it is in, and who can read them."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.manifest import granted
from adapters.slack.trouble import TROUBLE, code_of
from bot.errors import PlatformUnavailable
from bot.runtime.inspecting import Lack, Right, Wanted
from bot.ui.words import Code, InChannel, _

_NEW_MANIFEST = _(
    "Update the app with the manifest that slack-manifest prints, and install it again."
)
_UNSEEN = frozenset({"channel_not_found", "method_not_supported_for_channel_type"})


async def inspect(
    api: AsyncWebClient, wanted: tuple[Wanted, ...], *, hears_channels: bool
) -> tuple[Lack, ...]:
    """What is missing. Raises PlatformUnavailable."""
    found: list[Lack] = []
    for each in wanted:
        if not each.channel:
            continue  # nothing here is granted to the team as a whole
        try:
            answer = await api.conversations_info(channel=each.channel)
        except SlackApiError as refusal:
            if code_of(refusal) == "missing_scope":
                found.append(_scopes())
                break
            if code_of(refusal) not in _UNSEEN:
                raise PlatformUnavailable(code_of(refusal)) from None
            found.append(_unseen(each.channel))
            continue
        except TROUBLE as failure:
            raise PlatformUnavailable(code_of(failure)) from None
        channel: dict[str, Any] = answer.get("channel") or {}
        if channel.get("is_archived"):
            said = _("The channel {channel} is archived.", channel=InChannel(each.channel))
            found.append(Lack(each.channel, said, _("Choose another one, or bring it back.")))
            continue
        if not channel.get("is_member"):
            found.append(_unseen(each.channel))
        if each.private and not channel.get("is_private"):
            found.append(_readable(each.channel))
        scopes = granted(answer)
        if Right.PIN in each.rights and scopes and "pins:write" not in scopes:
            found.append(_unpinned(each.channel))
        if Right.HISTORY in each.rights and not hears_channels:
            found.append(_deaf(each.channel))
    return tuple(dict.fromkeys(found))


def _unseen(channel: str) -> Lack:
    said = _("The app is not in {channel}, so it cannot write there.", channel=InChannel(channel))
    invite = _("Type {command} in that channel.", command=Code("/invite @Introducer"))
    return Lack(channel, said, invite)


def _readable(channel: str) -> Lack:
    what = _(
        "Members can read {channel}, and what is said there is for moderators.",
        channel=InChannel(channel),
    )
    grant = _("Channel details, Settings, Change to a private channel; or choose another one.")
    return Lack(channel, what, grant, readable=True)


def _unpinned(channel: str) -> Lack:
    what = _("The app may not pin its list in {channel}.", channel=InChannel(channel))
    return Lack(channel, what, _NEW_MANIFEST)


def _deaf(channel: str) -> Lack:
    what = _("Messages in {channel} cannot be read.", channel=InChannel(channel))
    grant = _(
        "Set slack.help_channels, update the app with the manifest that slack-manifest prints, and"
        " install it again."
    )
    return Lack(channel, what, grant)


def _scopes() -> Lack:
    what = _("The app lacks a scope that reading about channels needs.")
    return Lack("", what, _NEW_MANIFEST)
