"""Ordinary messages as the core hears of them: who wrote, what is said, what came along.

Files are not fetched here: each knows how it would be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import discord

from adapters.discord.people import PLATFORM, account_of, role_ids, standing_of
from adapters.discord.uploads import Cdn, name_of
from bot.domain.people import Place
from bot.runtime.caller import Arrival, Enclosed, Message
from bot.ui.parts import Can

_Carrier = discord.Message | discord.MessageSnapshot


def wrote(message: discord.Message) -> Arrival:
    """Whoever wrote an ordinary message; in a thread, the channel is the one it belongs to."""
    user, guild, where = message.author, message.guild, message.channel
    channel = str(where.parent_id if isinstance(where, discord.Thread) else where.id)
    can = {Can.PLACE_ROLES}
    if guild is not None and may_remove(guild, where):
        can.add(Can.REMOVE_OTHERS_MESSAGES)
    return Arrival(
        account=account_of(user.id),
        name=user.display_name,
        place=None if guild is None else Place(PLATFORM, str(guild.id)),
        channel=None if guild is None else channel,
        standing=standing_of(user),
        role_refs=role_ids(user),
        can=frozenset(can),
        place_name="" if guild is None else guild.name or "",
    )


def as_heard(message: discord.Message, cdn: Cdn, *, again: bool = False) -> Message:
    """The message itself. A thread has the id of the message it was opened on."""
    answers: str | None = None
    snapshots = tuple(message.message_snapshots)
    if message.reference is not None and message.reference.message_id is not None:
        answers = str(message.reference.message_id)
    elif isinstance(message.channel, discord.Thread):
        answers = str(message.channel.id)
    person = not message.author.bot and message.webhook_id is None
    return Message(
        str(message.id),
        message.content,
        message.jump_url,
        None if snapshots else answers,  # a forwarded message answers nothing
        private=message.guild is None,
        where=str(message.channel.id),
        author=account_of(message.author.id) if person else None,
        author_name=message.author.display_name,
        ours=message.application_id is not None
        and message.application_id == getattr(message._state, "application_id", None),
        forwarded=tuple(_forwarded(message, snapshots)),
        linked=tuple(
            said
            for carrier in (message, *snapshots)
            for embed in carrier.embeds
            for said in _said_in(embed)
        ),
        files=tuple(file for carrier in (message, *snapshots) for file in _files(carrier, cdn)),
        again=again,
    )


def _forwarded(
    message: discord.Message, snapshots: Sequence[discord.MessageSnapshot]
) -> Iterator[str]:
    for snapshot in snapshots:
        if snapshot.content:
            yield snapshot.content
    if message.poll is not None:
        yield "\n".join((message.poll.question, *(one.text for one in message.poll.answers)))


def _said_in(embed: discord.Embed) -> Iterator[str]:
    said = [embed.author.name, embed.title, embed.description, embed.footer.text]
    said += [f"{one.name}: {one.value}" for one in embed.fields]
    text = "\n".join(one for one in said if one)
    if text:
        yield text


def _files(carrier: _Carrier, cdn: Cdn) -> Iterator[Enclosed]:
    for one in carrier.attachments:
        kind = one.content_type or "application/octet-stream"
        yield Enclosed(str(one.id), name_of(one), kind, one.size, cdn.reader(one.url))
    for embed in carrier.embeds:
        for picture in (embed.image, embed.thumbnail):
            # Only what Discord itself keeps a copy of: the bot calls on no stranger's server.
            if picture.proxy_url:
                known = hashlib.blake2b(picture.proxy_url.encode(), digest_size=12).hexdigest()
                fetch = cdn.reader(picture.proxy_url)
                yield Enclosed(known, "", "image/*", None, fetch, linked=True)


def may_remove(guild: discord.Guild, where: object) -> bool:
    """Whether the bot may take down what others wrote in a channel or thread."""
    own = guild.me
    if own is None or not isinstance(where, discord.abc.GuildChannel | discord.Thread):
        return False
    return where.permissions_for(own).manage_messages
