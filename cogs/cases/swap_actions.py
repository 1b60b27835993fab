"""What can be asked for about a file that cannot be posted. Tags stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.ui.action import Action, Ask, Upload
from bot.ui.words import _


@dataclass(frozen=True)
class OpenFile(Action, tag="ca.other.1"):
    """The form for another file in the place of one."""

    draft: str
    number: int


@dataclass(frozen=True)
class GiveFile(Action, tag="ca.swap.1", memory_only=True):
    """Another file in the place of one that cannot be posted; what was typed stays."""

    draft: str
    number: int
    file: Annotated[
        tuple[Upload, ...],
        Ask(_("File"), hint=_("A picture, clip, DICOM or PDF"), least=1, most=1),
    ]


@dataclass(frozen=True)
class LeaveOut(Action, tag="ca.leave.1"):
    """One file goes; the rest of the draft stays."""

    draft: str
    number: int
