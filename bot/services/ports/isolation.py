"""What a use case asks of the transactions beside it. Most ask for everything and say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_MARK = "_each_statement_is_right_alone"


def each_statement_alone(use_case: Callable[P, T]) -> Callable[P, T]:
    """Mark a use case whose every statement is right by itself, whatever is committed between two.

    A store may then let it run beside others without checking what they read. Without the mark
    every use case runs as if it were alone.
    """
    setattr(use_case, _MARK, True)
    return use_case


def is_each_statement_alone(use_case: Callable[..., object]) -> bool:
    """Whether the use case carries the mark."""
    return getattr(use_case, _MARK, False)
