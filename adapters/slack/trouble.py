"""What Slack says no with, sorted: for good, for now, or not at all.

Only Slack's own short codes are kept; the text of an exception may hold what a person typed.
"""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.runtime.doors import Again, Undeliverable

LIBRARY_LOG = logging.getLogger("slack.library")
"""For Slack's libraries, which at the debug level write down everything they carry."""

TROUBLE = (SlackClientError, aiohttp.ClientError, TimeoutError)
"""Everything that asking Slack for something can raise."""

_PASSING = frozenset(
    ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited")
)
_OURS = frozenset(
    (
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
    )
)
"""Something an administrator can mend: what waits should not be thrown away meanwhile."""


def code_of(failure: BaseException) -> str:
    """A short code for the log: Slack's own word, or the kind of failure."""
    if isinstance(failure, SlackApiError):
        return str(failure.response.get("error") or f"http_{failure.response.status_code}")
    return type(failure).__name__


def outcome_of(failure: BaseException) -> Undeliverable | Again:
    """Whether a message that was refused is worth another try."""
    if not isinstance(failure, SlackApiError):
        return Again(5.0)
    code = code_of(failure)
    status = failure.response.status_code
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Again(_retry_after(failure))
    if status >= 500 or code in _PASSING:
        return Again(10.0)
    return Again(300.0) if code in _OURS else Undeliverable(code)


def _retry_after(failure: SlackApiError) -> float:
    given = failure.response.headers.get("Retry-After", "1")
    try:
        return max(float(given), 1.0)
    except ValueError:
        return 1.0
