"""A person at their Slack client: everything they can do, and what the client makes of answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.slack_server import forms, payloads, posting, screens
from tests.slack_server.acting import Actor, Outcome
from tests.slack_server.forms import ClientRefusal, Upload
from tests.slack_server.methods import users
from tests.slack_server.transport import Delivery
from tests.slack_server.wire import Refusal
from tests.slack_server.world import Channel, Json, Message, View

__all__ = ["ClientRefusal", "Outcome", "Person"]


class Person(Actor):
    """Acts as one member of a workspace and reads what that member sees."""

    # -- forms ----------------------------------------------------------------------------------

    async def submit(
        self, view: View | None = None, values: Mapping[str, Any] | None = None
    ) -> Outcome:
        """Fill in fields by block id and send the form; the client checks what it checks."""
        form = self._top(view)
        for block_id, wanted in (values or {}).items():
            block, element = forms.find(form.blocks, block_id=block_id)
            await self._fill(form, block, element, wanted)
        if "submit" not in form.body:
            raise ClientRefusal("this form has no button to send it")
        missing = forms.missing_fields(form.blocks, form.values)
        if missing:
            raise ClientRefusal(f"required and empty: {', '.join(missing)}")
        form.errors = {}
        trigger = self.server.triggers.new(self.workspace.id, self.id, from_view=True)
        payload = payloads.submission(
            self.server.world, self.workspace, self.user, form, trigger_id=trigger
        )
        delivery = await self._deliver(Delivery("interactive", payload, True))
        if delivery.acknowledged:
            try:
                self._after_submit(form, delivery.answer)
            except Refusal as refusal:
                self._warn(f"form answer refused: {refusal.error} {refusal.extra}")
        return Outcome(delivery, errors=form.errors)

    def _after_submit(self, form: View, answer: Json) -> None:
        shown = self.server.screens
        match answer.get("response_action"):
            case None:
                shown.close(self.workspace, form)
            case "clear":
                shown.clear(self.workspace, self.id)
            case "errors":
                form.errors = self._checked_errors(form, answer.get("errors") or {})
            case "update":
                body = screens.checked_view(
                    self.workspace, answer.get("view"), "modal", replacing=form
                )
                shown.replace(form, body)
            case "push" if len(self.views) < screens.MOST_VIEWS:
                body = screens.checked_view(self.workspace, answer.get("view"), "modal")
                shown.push(self.workspace, self.id, body)
            case other:
                self._warn(f"form answer not understood: {other}")
        self.server.world.bell.ring()

    def _checked_errors(self, form: View, errors: dict[str, str]) -> dict[str, str]:
        inputs = {block["block_id"] for block in form.blocks if block["type"] == "input"}
        foreign = sorted(set(errors) - inputs)
        if foreign or not errors:
            self._warn(f"errors for fields that are not there: {', '.join(foreign)}")
            return {}
        return errors

    async def close(self, view: View | None = None) -> Outcome | None:
        """Put the top form away; the app hears of it only where it asked to."""
        form = self._top(view)
        self.server.screens.close(self.workspace, form)
        if not form.body.get("notify_on_close"):
            return None
        payload = payloads.closed(self.server.world, self.workspace, self.user, form, cleared=False)
        return Outcome(await self._deliver(Delivery("interactive", payload, False)))

    def _top(self, view: View | None) -> View:
        top = self.view
        if top is None or (view is not None and view is not top):
            raise ClientRefusal("that form is not on top of the screen")
        return top

    # -- shortcuts, App Home, talking -------------------------------------------------------------

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Outcome:
        """Use a global shortcut, or one from the menu of a message."""
        kind = "global" if message is None else "message"
        known = self.server.app.shortcuts
        if known is not None and known.get(callback_id) != kind:
            raise ClientRefusal(f"no {kind} shortcut {callback_id}")
        trigger = self.server.triggers.new(self.workspace.id, self.id)
        if message is None:
            payload = payloads.shortcut(
                self.server.world,
                self.workspace,
                self.user,
                callback_id=callback_id,
                trigger_id=trigger,
            )
        else:
            self._must_see(message)
            place = self.workspace.channels[message.channel]
            payload = payloads.message_shortcut(
                self.server.world,
                self.workspace,
                self.user,
                message,
                callback_id=callback_id,
                response_url=self._url(self._address("commands", place)),
                trigger_id=trigger,
                files=[
                    self.server.files.as_json(self.workspace.files[each]) for each in message.files
                ],
            )
        return Outcome(await self._deliver(Delivery("interactive", payload, True)))

    async def open_home(self, tab: str = "home") -> None:
        """Look at the app's Home tab (or its Messages tab): the app is told in the background."""
        app = self.server.app
        if not (app.home_tab if tab == "home" else app.messages_tab):
            raise ClientRefusal(f"the app has no {tab} tab")
        world = self.server.world
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": world.open_im(self.workspace, self.user).id,
            "tab": tab,
            "event_ts": world.new_ts(),
        }
        if tab == "home" and self.home is not None:
            from_screens = screens.as_json(world, self.workspace, self.home)
            event["view"] = from_screens
        self.server.events.soon(self.workspace, "app_home_opened", event)

    async def says(
        self,
        channel: "str | Channel",
        text: str,
        *,
        files: Sequence[Upload] = (),
        thread: Message | None = None,
    ) -> Message:
        """Write a message; the app is told in the background, where it listens."""
        place = self._enter(channel)
        app = self.server.app
        if place.kind == "im" and (not app.messages_tab or app.messages_tab_read_only):
            raise ClientRefusal("sending messages to this app has been turned off")
        stored = [self._store(upload) for upload in files]
        for file in stored:
            file.visible_in.add(place.id)
        message = Message(
            ts=self.server.world.new_ts(),
            channel=place.id,
            user=self.id,
            text=self._typed(text, ids=True),
            thread_ts=thread.ts if thread else None,
            files=[file.id for file in stored],
        )
        posting.post(self.server, self.workspace, place, message)
        return message

    async def shares(self, message: Message, channel: "str | Channel", text: str = "") -> Message:
        """Pass a message on, with words of one's own or without."""
        self._must_see(message)
        place = self._enter(channel)
        files = posting.with_files(self.server, message)
        shared: Json = {
            "is_share": True,
            "is_msg_unfurl": True,
            "author_id": message.user,
            "channel_id": message.channel,
            "ts": message.ts,
            "text": message.text,
            "fallback": message.text,
            **({"files": files["files"]} if files else {}),
        }
        made = Message(
            ts=self.server.world.new_ts(),
            channel=place.id,
            user=self.id,
            text=self._typed(text, ids=True),
            attachments=[shared],
        )
        for file_id in message.files:
            self.workspace.files[file_id].visible_in.add(place.id)
        posting.post(self.server, self.workspace, place, made)
        return made

    async def edits(self, message: Message, text: str) -> None:
        """Change an own message; the app is told in the background."""
        self._own(message)
        posting.change(self.server, message, self._typed(text, ids=True), [])

    async def deletes(self, message: Message) -> None:
        """Delete an own message; the app is told in the background."""
        self._own(message)
        posting.remove(self.server, message)

    def _own(self, message: Message) -> None:
        if message.user != self.id:
            raise ClientRefusal("that is somebody else's message")

    async def joins(self, channel: "str | Channel") -> None:
        """Enter a channel."""
        place = self.place(channel)
        place.members.add(self.id)
        self.server.events.membership(self.workspace, place, self.id, "member_joined_channel")

    async def leaves_workspace(self) -> None:
        """Be deactivated: the account stays, marked as deleted."""
        self.user.deleted = True
        world = self.server.world
        event: Json = {
            "type": "user_change",
            "user": users.as_json(self.workspace, self.user),
            "cache_ts": int(world.now()),
            "event_ts": world.new_ts(),
        }
        self.server.events.soon(self.workspace, "user_change", event)

    async def leaves(self, channel: "str | Channel") -> None:
        """Leave a channel."""
        place = self.place(channel)
        place.members.discard(self.id)
        self.server.events.membership(self.workspace, place, self.id, "member_left_channel")
