"""What Discord accepts as the components of a message; faults are noted under their field.

Classic messages: up to five rows of buttons or one select. Components V2: up to forty components,
nested ones counted, sections and containers among them.
"""

from collections.abc import Callable

from tests.discord_server.components import LINK, PREMIUM, SELECTS, Kind, walk
from tests.discord_server.limits import Limits
from tests.discord_server.refusal import FormErrors, Path
from tests.discord_server.world import Json

CLASSIC = frozenset({Kind.ROW})
INSIDE = frozenset({Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR})
TOP = INSIDE | {Kind.CONTAINER}


class MessageComponents:
    """Checks the component list of one message."""

    def __init__(self, form: FormErrors, limits: Limits, files: set[str]) -> None:
        self._form = form
        self._limits = limits
        self._files = files
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        self._count = 0
        self._by_kind: dict[int, Callable[[Path, Json], None]] = {
            Kind.ROW: self._row,
            Kind.SECTION: self._section,
            Kind.TEXT: self._text,
            Kind.GALLERY: self._gallery,
            Kind.FILE: self._file,
            Kind.SEPARATOR: self._separator,
            Kind.CONTAINER: self._container,
        }

    def check(self, components: object, *, v2: bool) -> None:
        path: Path = ("components",)
        high = self._limits.v2_components if v2 else self._limits.rows
        low = 0 if components == [] else 1
        listed = self._form.items(path, components, low, high)
        self._each(path, listed, TOP if v2 else CLASSIC)
        if v2 and self._count > self._limits.v2_components:
            self._form.add(
                path,
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                f"The total number of components cannot exceed {self._limits.v2_components}",
            )
        if v2 and not self._form:
            total = sum(len(c["content"]) for c in walk(listed) if c["type"] == Kind.TEXT)
            if total > self._limits.v2_text:
                self._form.add(
                    path,
                    "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                    "The total displayable text size of components cannot exceed "
                    f"{self._limits.v2_text}",
                )

    def _each(self, path: Path, listed: list[Json], allowed: frozenset[Kind]) -> None:
        for index, raw in enumerate(listed):
            here = (*path, index)
            component = self._form.model(here, raw)
            if component is None:
                continue
            kind = component.get("type")
            if not isinstance(kind, int) or kind not in allowed:
                self._form.add(
                    (*here, "type"),
                    "UNION_TYPE_CHOICES",
                    f'Value of field "type" must be one of {tuple(sorted(map(int, allowed)))}.',
                )
                continue
            self._counted(here, component)
            self._by_kind[kind](here, component)

    def _counted(self, path: Path, component: Json) -> None:
        self._count += 1
        identifier = component.get("id")
        if identifier:
            if identifier in self._ids:
                self._form.add(
                    (*path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"
                )
            self._ids.add(identifier)

    def _row(self, path: Path, row: Json) -> None:
        inside = (*path, "components")
        width = self._limits.row_width
        listed = self._form.items(inside, row.get("components"), 1, width, required=True)
        kinds = {c.get("type") for c in listed if isinstance(c, dict)}
        if kinds & SELECTS and len(listed) > 1:
            self._form.add(
                inside,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            )
        for index, raw in enumerate(listed):
            here = (*inside, index)
            component = self._form.model(here, raw)
            if component is None:
                continue
            if component.get("type") == Kind.BUTTON:
                self.button(here, component)
            elif component.get("type") in SELECTS:
                self._counted(here, component)
                check_select(self._form, self._limits, here, component)
                self._unique(here, component)
            else:
                allowed = tuple(sorted(map(int, SELECTS | {Kind.BUTTON})))
                message = f'Value of field "type" must be one of {allowed}.'
                self._form.add((*here, "type"), "UNION_TYPE_CHOICES", message)

    def button(self, path: Path, button: Json) -> None:
        self._counted(path, button)
        form, limits = self._form, self._limits
        style = form.number((*path, "style"), button.get("style"), 1, 6, required=True)
        form.text((*path, "label"), button.get("label"), 0, limits.button_label)
        if style == LINK:
            url = form.text((*path, "url"), button.get("url"), 1, 512, required=True)
            if url and not url.startswith(("http://", "https://", "discord://")):
                form.add(
                    (*path, "url"),
                    "URL_TYPE_INVALID_SCHEME",
                    f'Scheme "{url.split(":")[0]}" is not supported. Scheme must be one of '
                    "('http', 'https', 'discord').",
                )
            if button.get("custom_id"):
                form.add(
                    (*path, "custom_id"),
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                )
        elif style != PREMIUM:
            form.text(
                (*path, "custom_id"), button.get("custom_id"), 1, limits.custom_id, required=True
            )
            if button.get("url"):
                form.add(
                    (*path, "url"),
                    "BUTTON_COMPONENT_INVALID_URL",
                    "A url may only be specified on link buttons",
                )
            self._unique(path, button)
        if style != PREMIUM and not button.get("label") and not button.get("emoji"):
            form.required((*path, "label"))

    def _unique(self, path: Path, component: Json) -> None:
        custom_id = component.get("custom_id")
        if custom_id in self._custom_ids:
            self._form.add(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        if isinstance(custom_id, str):
            self._custom_ids.add(custom_id)

    def _section(self, path: Path, section: Json) -> None:
        inside = (*path, "components")
        listed = self._form.items(inside, section.get("components"), 1, 3, required=True)
        self._each(inside, listed, frozenset({Kind.TEXT}))
        here = (*path, "accessory")
        if section.get("accessory") is None:
            self._form.required(here)
            return
        accessory = self._form.model(here, section["accessory"])
        if accessory is None:
            return
        if accessory.get("type") == Kind.BUTTON:
            self.button(here, accessory)
        elif accessory.get("type") == Kind.THUMBNAIL:
            self._counted(here, accessory)
            self._media((*here, "media"), accessory.get("media"))
        else:
            message = 'Value of field "type" must be one of (2, 11).'
            self._form.add((*here, "type"), "UNION_TYPE_CHOICES", message)

    def _text(self, path: Path, text: Json) -> None:
        where = (*path, "content")
        self._form.text(where, text.get("content"), 1, self._limits.v2_text, required=True)

    def _gallery(self, path: Path, gallery: Json) -> None:
        inside = (*path, "items")
        for index, raw in enumerate(
            self._form.items(inside, gallery.get("items"), 1, 10, required=True)
        ):
            item = self._form.model((*inside, index), raw)
            if item is not None:
                self._media((*inside, index, "media"), item.get("media"))
                where = (*inside, index, "description")
                self._form.text(where, item.get("description"), 0, 1024)

    def _file(self, path: Path, component: Json) -> None:
        self._media((*path, "file"), component.get("file"), only_attachments=True)

    def _separator(self, path: Path, component: Json) -> None:
        self._form.number((*path, "spacing"), component.get("spacing"), 1, 2)

    def _container(self, path: Path, container: Json) -> None:
        inside = (*path, "components")
        high = self._limits.v2_components
        listed = self._form.items(inside, container.get("components"), 1, high, required=True)
        self._each(inside, listed, INSIDE)

    def _media(self, path: Path, raw: object, *, only_attachments: bool = False) -> None:
        if raw is None:
            self._form.required(path)
            return
        media = self._form.model(path, raw)
        if media is None:
            return
        url = self._form.text((*path, "url"), media.get("url"), 1, 2048, required=True)
        if url is None:
            return
        if url.startswith("attachment://"):
            if url.removeprefix("attachment://") not in self._files:
                self._form.add(
                    (*path, "url"),
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    f"The referenced attachment '{url}' was not found",
                )
        elif only_attachments or not url.startswith(("http://", "https://")):
            self._form.add((*path, "url"), "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def check_select(
    form: FormErrors, limits: Limits, path: Path, select: Json, *, modal: bool = False
) -> None:
    """One select menu, in a message or in a modal's label."""
    form.text((*path, "custom_id"), select.get("custom_id"), 1, limits.custom_id, required=True)
    form.text((*path, "placeholder"), select.get("placeholder"), 0, 150)
    low = form.number((*path, "min_values"), select.get("min_values"), 0, 25)
    high = form.number((*path, "max_values"), select.get("max_values"), 1, 25)
    if select.get("type") == Kind.STRING_SELECT:
        check_options(form, limits.select_options, path, select, high)
    if low is not None and high is not None and low > high:
        form.add(
            (*path, "min_values"),
            "SELECT_COMPONENT_MAX_VALUES_LESS_THAN_MIN",
            "min_values may not be greater than max_values",
        )
    if modal and select.get("disabled"):
        form.add((*path, "disabled"), "COMPONENT_INVALID_STATE", "Not allowed in a modal")


def check_options(
    form: FormErrors, most: int, path: Path, component: Json, high: int | None
) -> None:
    """The options of a select, radio group or checkbox group."""
    where = (*path, "options")
    options = form.items(where, component.get("options"), 1, most, required=True)
    values: set[object] = set()
    for index, raw in enumerate(options):
        here = (*where, index)
        option = form.model(here, raw)
        if option is None:
            continue
        form.text((*here, "label"), option.get("label"), 1, 100, required=True)
        form.text((*here, "description"), option.get("description"), 0, 100)
        value = form.text((*here, "value"), option.get("value"), 1, 100, required=True)
        if value is not None and value in values:
            form.add(
                here,
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(value)
    if high is not None and options and high > len(options):
        form.add(
            (*path, "max_values"),
            "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS",
            "max_values may not be greater than the number of options",
        )
