"""What lives as long as the program is not looked through for garbage again and again.

Everything a start makes (modules, commands, sentences) is some hundred thousand objects. To walk
them takes the collector a tenth of a second, in which nobody is answered.
"""

from __future__ import annotations

import gc

_YOUNG = 5_000
"""Objects made before the collector looks at the youngest; Python's own 700 are less than one
command."""


def settle() -> None:
    """The start is over: what is there stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
