"""What Discord accepts as a modal: up to five items, each a row with one text input or a label."""

from tests.discord_server.checks.components import check_options, check_select
from tests.discord_server.components import SELECTS, Kind
from tests.discord_server.limits import Limits
from tests.discord_server.refusal import FormErrors, Path
from tests.discord_server.world import Json

TOP = (Kind.ROW, Kind.TEXT, Kind.LABEL)
LABELLED = SELECTS | {
    Kind.TEXT_INPUT,
    Kind.FILE_UPLOAD,
    Kind.RADIO,
    Kind.CHECKBOXES,
    Kind.CHECKBOX,
}


class ModalForm:
    """Checks the data of a modal callback."""

    def __init__(self, form: FormErrors, limits: Limits) -> None:
        self._form = form
        self._limits = limits
        self._custom_ids: set[object] = set()

    def check(self, data: Json) -> None:
        form, limits = self._form, self._limits
        form.text(("custom_id",), data.get("custom_id"), 1, limits.custom_id, required=True)
        form.text(("title",), data.get("title"), 1, limits.modal_title, required=True)
        path: Path = ("components",)
        listed = form.items(path, data.get("components"), 1, limits.modal_items, required=True)
        for index, raw in enumerate(listed):
            here = (*path, index)
            item = form.model(here, raw)
            if item is None:
                continue
            if item.get("type") == Kind.ROW:
                self._row(here, item)
            elif item.get("type") == Kind.LABEL:
                self._label(here, item)
            elif item.get("type") == Kind.TEXT:
                form.text((*here, "content"), item.get("content"), 1, 4000, required=True)
            else:
                message = f'Value of field "type" must be one of {tuple(map(int, TOP))}.'
                form.add((*here, "type"), "UNION_TYPE_CHOICES", message)

    def _row(self, path: Path, row: Json) -> None:
        inside = (*path, "components")
        for index, raw in enumerate(
            self._form.items(inside, row.get("components"), 1, 1, required=True)
        ):
            here = (*inside, index)
            component = self._form.model(here, raw)
            if component is None:
                continue
            if component.get("type") != Kind.TEXT_INPUT:
                message = 'Value of field "type" must be one of (4,).'
                self._form.add((*here, "type"), "UNION_TYPE_CHOICES", message)
                continue
            self._form.text((*here, "label"), component.get("label"), 1, 45, required=True)
            self._text_input(here, component)
            self._unique(here, component)

    def _label(self, path: Path, label: Json) -> None:
        form = self._form
        form.text((*path, "label"), label.get("label"), 1, 45, required=True)
        form.text((*path, "description"), label.get("description"), 0, 100)
        here = (*path, "component")
        if label.get("component") is None:
            form.required(here)
            return
        component = form.model(here, label["component"])
        if component is None:
            return
        kind = component.get("type")
        if kind not in LABELLED:
            allowed = tuple(sorted(map(int, LABELLED)))
            message = f'Value of field "type" must be one of {allowed}.'
            form.add((*here, "type"), "UNION_TYPE_CHOICES", message)
            return
        if component.get("min_values") == 0 and component.get("required", True):
            form.add(
                (*here, "min_values"),
                "COMPONENT_REQUIRED_MIN_VALUES",
                "min_values must be at least 1 unless required is false",
            )
        if kind in SELECTS:
            check_select(form, self._limits, here, component, modal=True)
        elif kind == Kind.TEXT_INPUT:
            self._text_input(here, component)
        else:
            self._simple(here, component)
        self._unique(here, component)

    def _simple(self, path: Path, component: Json) -> None:
        form = self._form
        high = self._limits.custom_id
        form.text((*path, "custom_id"), component.get("custom_id"), 1, high, required=True)
        kind = component["type"]
        if kind == Kind.FILE_UPLOAD:
            form.number((*path, "min_values"), component.get("min_values"), 0, 10)
            form.number((*path, "max_values"), component.get("max_values"), 1, 10)
        elif kind == Kind.RADIO:
            check_options(form, 10, path, component, None)
            if len(component.get("options") or []) == 1:
                where = (*path, "options")
                form.add(where, "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 10 in length.")
        elif kind == Kind.CHECKBOXES:
            most = form.number((*path, "max_values"), component.get("max_values"), 1, 10)
            check_options(form, 10, path, component, most)
            form.number((*path, "min_values"), component.get("min_values"), 0, 10)

    def _text_input(self, path: Path, component: Json) -> None:
        form, limits = self._form, self._limits
        high = limits.custom_id
        form.text((*path, "custom_id"), component.get("custom_id"), 1, high, required=True)
        form.number((*path, "style"), component.get("style"), 1, 2, required=True)
        form.text((*path, "placeholder"), component.get("placeholder"), 0, 100)
        value = form.text((*path, "value"), component.get("value"), 0, limits.text_input)
        low = form.number((*path, "min_length"), component.get("min_length"), 0, limits.text_input)
        most = form.number((*path, "max_length"), component.get("max_length"), 1, limits.text_input)
        if low is not None and most is not None and low > most:
            form.add(
                (*path, "min_length"),
                "TEXT_INPUT_MIN_LENGTH_EXCEEDS_MAX_LENGTH",
                "min_length may not be greater than max_length",
            )
        if value and most is not None and len(value) > most:
            message = f"Must be {most} or fewer in length."
            form.add((*path, "value"), "BASE_TYPE_MAX_LENGTH", message)

    def _unique(self, path: Path, component: Json) -> None:
        custom_id = component.get("custom_id")
        if custom_id in self._custom_ids:
            self._form.add(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        self._custom_ids.add(custom_id)
