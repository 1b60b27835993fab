"""How a case looks: in its channel, and before that in front of its author and second reader."""

from __future__ import annotations

from typing import Final

from bot.domain.people import Someone
from bot.services.cases.content import Content, Picture
from bot.ui.parts import File, Hidden, Image, Part, Style, Text
from bot.ui.words import Code, Person, Typed, _

EDUCATION: Final = _("For education, not advice about a patient.")
_SHOWN: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_TYPES: Final = {".mp4": "video/mp4", ".pdf": "application/pdf", ".tif": "image/tiff"}


def case_parts(content: Content, author: Someone | None, code: str = "") -> tuple[Part, ...]:
    """The fixed template. `author` None: without a name."""
    said = (
        _("By somebody who stays unnamed") if author is None else _("By {who}", who=Person(author))
    )
    parts: list[Part] = [Text(Typed(content.title), Style.HEADING), Text(said, Style.QUIET)]
    if content.history:
        parts += [Text(_("History: {text}", text=Typed(content.history)))]
    count = len(content.pictures)
    parts += [_picture(one, number, count) for number, one in enumerate(content.pictures, 1)]
    parts.append(Hidden(_("Findings and teaching point"), (Text(Typed(content.teaching)),)))
    if content.question:
        parts.append(Text(_("Question: {text}", text=Typed(content.question))))
    parts.append(Text(EDUCATION, Style.QUIET))
    if code:
        parts.append(
            Text(_("Case {code}. Discuss it in the thread.", code=Code(code)), Style.QUIET)
        )
    return tuple(parts)


def taken_down(code: str) -> tuple[Part, ...]:
    """What stands where a case stood."""
    return (Text(_("Case {code} was taken down.", code=Code(code))),)


def hidden_for_now(code: str) -> tuple[Part, ...]:
    """What stands where a case stands that somebody asked to be looked at."""
    says = _(
        "Case {code} is hidden until a moderator has taken a second look. That is a precaution, not"
        " a judgement.",
        code=Code(code),
    )
    return (Text(says),)


def _picture(picture: Picture, number: int, count: int) -> Image | File:
    suffix = picture.name[picture.name.rfind(".") :]
    about = _("{alt}", alt=Typed(picture.alt))
    if not picture.alt:
        about = _(
            "Picture {number} of {count}, described with the first.", number=number, count=count
        )
    if suffix in _SHOWN:
        return Image(picture.name, picture.content, about)
    return File(
        picture.name, picture.content, _TYPES.get(suffix, "application/octet-stream"), about
    )
