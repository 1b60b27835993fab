"""How the server says no: an HTTP status with Discord's JSON error code.

`FormErrors` gathers what is wrong with a body under the field it is wrong in, in the nested shape
that Discord gives with 50035.
"""

from typing import Any

Path = tuple[str | int, ...]


class Refusal(Exception):
    """An answer other than success."""

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors is not None:
            self.body["errors"] = errors

    @property
    def code(self) -> int:
        return int(self.body["code"])


def _refusal(status: int, code: int, message: str):
    return lambda: Refusal(status, code, message)


unauthorized = _refusal(401, 0, "401: Unauthorized")
not_found = _refusal(404, 0, "404: Not Found")
method_not_allowed = _refusal(405, 0, "405: Method Not Allowed")
bad_json = _refusal(400, 50109, "The request body contains invalid JSON.")
unknown_application = _refusal(404, 10002, "Unknown Application")
unknown_channel = _refusal(404, 10003, "Unknown Channel")
unknown_guild = _refusal(404, 10004, "Unknown Guild")
unknown_member = _refusal(404, 10007, "Unknown Member")
unknown_message = _refusal(404, 10008, "Unknown Message")
unknown_user = _refusal(404, 10013, "Unknown User")
unknown_webhook = _refusal(404, 10015, "Unknown Webhook")
unknown_interaction = _refusal(404, 10062, "Unknown interaction")
unknown_event = _refusal(404, 10070, "Unknown Guild Scheduled Event")
unknown_command = _refusal(404, 10063, "Unknown application command")
unknown_rule = _refusal(404, 10066, "Unknown auto moderation rule")
too_many_commands = _refusal(400, 30032, "Maximum number of application commands reached (100).")
too_many_events = _refusal(
    400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)"
)
event_is_over = _refusal(400, 180000, "Cannot update a finished event")
too_many_pins = _refusal(400, 30003, "Maximum number of pins reached (250)")
too_many_old_edits = _refusal(
    429,
    30046,
    "Maximum number of edits to messages older than 1 hour reached. Try again later.",
)
opening_dms_too_fast = _refusal(403, 40003, "You are opening direct messages too fast")
entity_too_large = _refusal(413, 40005, "Request entity too large")
already_acknowledged = _refusal(400, 40060, "Interaction has already been acknowledged.")
missing_access = _refusal(403, 50001, "Missing Access")
not_on_dm_channel = _refusal(403, 50003, "Cannot execute action on a DM channel")
not_the_author = _refusal(403, 50005, "Cannot edit a message authored by another user")
empty_message = _refusal(400, 50006, "Cannot send an empty message")
no_mutual_guilds = _refusal(
    403, 50278, "Cannot send messages to this user due to having no mutual guilds"
)
cannot_message_user = _refusal(403, 50007, "Cannot send messages to this user")
forum_channel = _refusal(400, 40058, "Cannot send a message in a forum channel")
non_text_channel = _refusal(400, 50008, "Cannot send messages in a non-text channel")
missing_permissions = _refusal(403, 50013, "Missing Permissions")
invalid_webhook_token = _refusal(401, 50027, "Invalid Webhook Token")
archived_thread = _refusal(400, 50083, "Thread is archived")
no_history_for_reply = _refusal(
    400, 160002, "Cannot reply without permission to read message history"
)
thread_exists = _refusal(400, 160004, "A thread has already been created for this message")


class FormErrors:
    """What is wrong with a form body, by field."""

    def __init__(self, root: Path = ()) -> None:
        self._root = root
        self._tree: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._tree)

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one fault at this field, for example `("components", 0, "custom_id")`."""
        node = self._tree
        for step in (*self._root, *path):
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def required(self, path: Path) -> None:
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def choices(self, path: Path, allowed: object) -> None:
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {allowed}.")

    def raise_if_any(self) -> None:
        """Refuse with 50035 if anything was noted."""
        if self._tree:
            raise Refusal(400, 50035, "Invalid Form Body", self._tree)

    # typed readers: each returns the value if it is right, else notes why not and returns None

    def text(
        self, path: Path, value: object, low: int, high: int, *, required: bool = False
    ) -> str | None:
        if value is None:
            if required:
                self.required(path)
            return None
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif low and not low <= len(value) <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        elif len(value) > high:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
        else:
            return value
        return None

    def number(
        self, path: Path, value: object, low: int, high: int, *, required: bool = False
    ) -> int | None:
        if value is None:
            if required:
                self.required(path)
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < low:
            self.add(
                path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}."
            )
        elif value > high:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")
        else:
            return value
        return None

    def items(
        self, path: Path, value: object, low: int, high: int, *, required: bool = False
    ) -> list[Any]:
        if value is None:
            if required:
                self.required(path)
            return []
        if not isinstance(value, list):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if low and not low <= len(value) <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        elif len(value) > high:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
        return value

    def model(self, path: Path, value: object) -> dict[str, Any] | None:
        if isinstance(value, dict):
            return value
        self.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return None
