"""What a person can do with what stands on their screen: commands, buttons, fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.slack_server import block_kit, forms, mrkdwn, payloads
from tests.slack_server.forms import ClientRefusal, Upload
from tests.slack_server.reading import Reader
from tests.slack_server.tickets import Address
from tests.slack_server.transport import Delivery
from tests.slack_server.wire import Refusal
from tests.slack_server.world import Channel, Json, Message, StoredFile, View

_MENTION = re.compile(r"(?<![\w<])@([a-z0-9][\w.-]*)")
_CHANNEL = re.compile(r"(?<![\w<&])#([a-z0-9][\w-]*)")
_LINK = re.compile(r"https?://\S+")
Where = Message | View


@dataclass
class Outcome:
    """What came of one act: how fast the app answered, and what their client showed."""

    delivery: Delivery
    errors: dict[str, str] = field(default_factory=dict)
    """Sentences beside fields, after a form was sent back."""
    options: list[Json] = field(default_factory=list)
    """The choices that the app suggested."""

    @property
    def acknowledged(self) -> bool:
        """Whether the app answered within three seconds."""
        return self.delivery.acknowledged

    @property
    def seconds(self) -> float:
        """How long the acknowledgement took."""
        assert self.delivery.seconds is not None, self.delivery.error
        return self.delivery.seconds

    @property
    def error(self) -> str | None:
        """`operation_timeout`, `dispatch_failed`, `http_401`..., or None."""
        return self.delivery.error


class Actor(Reader):
    """The hands of a person. Every act waits for the app's acknowledgement."""

    @property
    def mention(self) -> str:
        """How others type this person's name."""
        return f"@{self.user.name}"

    # -- commands -----------------------------------------------------------------------------

    async def command(
        self,
        name: str,
        text: str = "",
        channel: "str | Channel" = "general",
        *,
        thread: Message | None = None,
    ) -> Outcome:
        """Type a slash command. `@name` and `#channel` in the text become ids if the app asks."""
        place = self._enter(channel)
        if thread is not None:
            raise ClientRefusal(f"{name} is not supported in threads")
        known = self.server.app.commands
        if known is not None and name not in known:
            raise ClientRefusal(f"{name} is not a valid command")
        escapes = True if known is None else known[name]
        address = self._address("commands", place)
        payload = payloads.command(
            self.server.world,
            self.workspace,
            self.user,
            place,
            name=name,
            text=self._typed(text, ids=escapes),
            response_url=self._url(address),
            trigger_id=self.server.triggers.new(self.workspace.id, self.id),
        )
        delivery = await self._deliver(Delivery("slash_commands", payload, True))
        self._reply(delivery, address)
        return Outcome(delivery)

    def _typed(self, text: str, *, ids: bool) -> str:
        """What leaves the client: control characters escaped, mentions as ids where asked."""
        escaped = mrkdwn.escape(text)
        if not ids:
            return escaped
        people = {user.name: user.id for user in self.workspace.users.values()}
        places = {each.name: each.id for each in self.workspace.channels.values()}

        def person(match: re.Match[str]) -> str:
            user = people.get(match.group(1))
            return f"<@{user}|{match.group(1)}>" if user else match.group(0)

        def place(match: re.Match[str]) -> str:
            channel = places.get(match.group(1))
            return f"<#{channel}|{match.group(1)}>" if channel else match.group(0)

        escaped = _LINK.sub(lambda match: f"<{match.group(0)}>", escaped)
        return _CHANNEL.sub(place, _MENTION.sub(person, escaped))

    # -- buttons and fields ---------------------------------------------------------------------

    async def press(
        self,
        where: Where,
        label: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: str | None = None,
        confirm: bool = True,
    ) -> Outcome:
        """Press a button, found by its words, its id or its value."""
        self._must_see(where)
        block, element = forms.find(
            where.blocks, label=label, action_id=action_id, block_id=block_id, value=value
        )
        if element["type"] != "button":
            raise ClientRefusal(f"that is a {element['type']}, not a button")
        if "confirm" in element and not confirm:
            raise ClientRefusal("they changed their mind in the confirmation")
        return await self._act(where, block, element, {})

    async def choose(
        self,
        where: Where,
        wanted: Any,
        *,
        label: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
    ) -> Outcome | None:
        """Pick in a select, overflow, checkboxes, radio or date field, or type into one.

        Returns None where Slack tells the app nothing until the form is sent.
        """
        self._must_see(where)
        block, element = forms.find(
            where.blocks, label=label, action_id=action_id, block_id=block_id
        )
        if element["type"] == "overflow":
            option = forms.filled(element | {"type": "static_select"}, wanted)
            return await self._act(
                where, block, element, {"selected_option": option["selected_option"]}
            )
        held = await self._fill(where, block, element, wanted)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return await self._act(where, block, element, held)

    async def _fill(self, where: Where, block: Json, element: Json, wanted: Any) -> Json:
        offered: Sequence[Json] = ()
        if "external" in element["type"] and wanted is not None:
            items = wanted if isinstance(wanted, (list, tuple)) else [wanted]
            found = [await self.suggest(where, block["block_id"], str(item)) for item in items]
            offered = [option for outcome in found for option in outcome.options]
        if element["type"] == "file_input":
            held = self._upload(element, wanted)
        else:
            held = forms.filled(element, wanted, offered)
        values = self._values(where)
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
        return held

    def _upload(self, element: Json, wanted: Any) -> Json:
        uploads = [wanted] if isinstance(wanted, Upload) else list(wanted or [])
        forms.check_uploads(element, uploads)
        files: list[Json] = []
        for upload in uploads:
            file = self._store(upload)
            file.given_to_app = True
            files.append(self.server.files.as_json(file))
        return {"type": "file_input", "files": files}

    def _store(self, upload: Upload) -> StoredFile:
        file = self.server.files.new(self.workspace, self.id, upload.name, upload.content)
        file.mimetype = upload.mimetype or file.mimetype
        return file

    def _values(self, where: Where) -> dict[str, dict[str, Json]]:
        if isinstance(where, View):
            return where.values
        return self._message_values.setdefault(where.ts, forms.initial_values(where.blocks))

    @property
    def _message_values(self) -> dict[str, dict[str, dict[str, Json]]]:
        return self.__dict__.setdefault("_held_in_messages", {})

    async def suggest(self, where: Where, block_id: str, typed: str) -> Outcome:
        """Type into an external select; the choices are in `options`."""
        self._must_see(where)
        block, element = forms.find(where.blocks, block_id=block_id)
        if len(typed) < element.get("min_query_length", 3):
            raise ClientRefusal("the client asks for more characters first")
        payload = payloads.suggestion(
            self.server.world,
            self.workspace,
            self.user,
            where,
            block=block,
            element=element,
            typed=typed,
        )
        delivery = await self._deliver(Delivery("interactive", payload, True))
        answer = delivery.answer
        choices = answer.get("options")
        if choices is None:
            groups = answer.get("option_groups") or []
            choices = [option for group in groups for option in group["options"]]
        problems: list[str] = []
        block_kit.many(block_kit.OPTION, 100, 0)(choices, "/options", problems)
        if problems:
            self.notices.append("options not shown: " + "; ".join(problems))
            choices = []
        return Outcome(delivery, options=choices)

    async def _act(self, where: Where, block: Json, element: Json, held: Json) -> Outcome:
        world, shown = self.server.world, {k: v for k, v in held.items() if k != "type"}
        action = payloads.action_of(world, block, element, shown)
        in_view = isinstance(where, View)
        trigger = self.server.triggers.new(self.workspace.id, self.id, from_view=in_view)
        if isinstance(where, View):
            payload = payloads.view_actions(
                world, self.workspace, self.user, where, action=action, trigger_id=trigger
            )
        else:
            address = self._address("actions", self.workspace.channels[where.channel], where)
            payload = payloads.message_actions(
                world,
                self.workspace,
                self.user,
                where,
                action=action,
                values=self._values(where),
                response_url=self._url(address),
                trigger_id=trigger,
            )
        return Outcome(await self._deliver(Delivery("interactive", payload, True)))

    # -- what every act has in common -----------------------------------------------------------

    def _enter(self, channel: "str | Channel") -> Channel:
        place = self.place(channel)
        if self.id not in place.members:
            raise ClientRefusal(f"{self.user.name} is not in #{place.name}")
        return place

    def _must_see(self, where: Where) -> None:
        if isinstance(where, View):
            there = where is self.view or where is self.home
        else:
            there = where in self.messages(self.workspace.channels[where.channel])
        if not there:
            raise ClientRefusal("that is no longer on their screen")

    def _address(self, kind: Any, place: Channel, source: Message | None = None) -> Address:
        return self.server.addresses.new(kind, self.workspace.id, place.id, self.id, source)

    def _url(self, address: Address) -> str:
        return f"{self.server.origin}/{address.kind}/{address.team}/{address.key}"

    async def _deliver(self, delivery: Delivery) -> Delivery:
        if delivery.kind == "interactive" and not self.server.app.interactive:
            raise ClientRefusal("this app is not set up to handle interactive responses")
        await self.server.deliver(delivery)
        if delivery.error:
            self._warn(delivery.error)
        return delivery

    def _reply(self, delivery: Delivery, address: Address) -> None:
        if delivery.acknowledged and delivery.answer:
            try:
                self.server.answers.from_acknowledgement(self.workspace, address, delivery.answer)
            except Refusal as refusal:
                self._warn(f"reply refused: {refusal.error}")

    def _warn(self, what: str) -> None:
        self.notices.append(what)
        self.server.world.bell.ring()
