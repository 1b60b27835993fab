"""Carrying things to the app: what one delivery is, and the two ways it can travel."""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from tests.slack_server.world import Json, World

Kind = Literal["slash_commands", "interactive", "events_api"]
ACK_SECONDS = 3.0


@dataclass
class Delivery:
    """One thing sent to the app and what came back."""

    kind: Kind
    payload: Json
    accepts_response: bool
    retry_attempt: int = 0
    retry_reason: str = ""
    envelope_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent_at: float = 0.0
    seconds: float | None = None
    """How long the acknowledgement took; None while there is none."""
    answer: Json = field(default_factory=dict)
    """What the acknowledgement carried."""
    error: str | None = None
    """`operation_timeout`, `dispatch_failed` or `http_<status>`."""
    limit: float = ACK_SECONDS
    """Seconds within which the acknowledgement counts."""
    late: bool = False
    """Acknowledged, but after Slack had given up."""
    acknowledgements: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acknowledged(self) -> bool:
        """Whether the app answered in time."""
        return self.seconds is not None and not self.late and self.error is None

    def acknowledge(self, answer: Json) -> None:
        """The app answered."""
        self.acknowledgements += 1
        if self.seconds is None:
            self.seconds = time.monotonic() - self.sent_at
            if self.error is None and self.seconds > self.limit:
                self.error = "operation_timeout"
            self.late = self.error is not None
            if not self.late:
                self.answer = answer
        self.done.set()

    def fail(self, error: str) -> None:
        """The app did not answer as it should."""
        if self.seconds is None and self.error is None:
            self.error = error
        self.done.set()


@dataclass
class Forgery:
    """How a request in HTTP mode is spoilt: a foreign secret, an old timestamp, no signature."""

    secret: str | None = None
    age: float = 0.0
    unsigned: bool = False


class HttpSender:
    """HTTP mode: posts to the app's request URL, signed as Slack signs (v0)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None
        self.forge: Forgery | None = None
        """Applied to everything sent while set."""

    def signed(self, body: str) -> dict[str, str]:
        """The two headers that prove where a body comes from."""
        forgery = self.forge or Forgery()
        if forgery.unsigned:
            return {}
        # Receivers compare with the real clock, however far Slack's own was moved.
        stamp = str(int(time.time() - forgery.age))
        secret = forgery.secret or self._world.app.signing_secret
        base = f"v0:{stamp}:{body}".encode()
        digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def send(self, delivery: Delivery) -> None:
        """Post and wait for the answer, as long as it counts."""
        url = self._world.app.request_url
        assert url is not None
        headers, body = encoded(delivery)
        delivery.sent_at = time.monotonic()
        limit = aiohttp.ClientTimeout(total=delivery.limit)
        try:
            async with self.session.post(
                url, data=body, headers=headers | self.signed(body), timeout=limit
            ) as response:
                text = await response.text()
                if 200 <= response.status < 300:
                    delivery.acknowledge(_answer(text))
                else:
                    delivery.fail(f"http_{response.status}")
        except TimeoutError:
            delivery.fail("operation_timeout")
        except aiohttp.ClientError:
            delivery.fail("dispatch_failed")

    async def challenge(self) -> bool:
        """The handshake when a request URL is entered: whether the app repeats the challenge."""
        url = self._world.app.request_url
        assert url is not None
        challenge = uuid.uuid4().hex
        payload = {"type": "url_verification", "challenge": challenge}
        body = json.dumps(payload | {"token": self._world.app.verification_token})
        headers = {"Content-Type": "application/json"} | self.signed(body)
        async with self.session.post(url, data=body, headers=headers) as response:
            return response.status == 200 and challenge in await response.text()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one client session, made when first needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()


def encoded(delivery: Delivery) -> tuple[dict[str, str], str]:
    """Headers and body of one delivery in HTTP mode."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    if delivery.kind == "slash_commands":
        return form, urlencode(delivery.payload)
    if delivery.kind == "interactive":
        return form, urlencode({"payload": json.dumps(delivery.payload)})
    headers = {"Content-Type": "application/json"}
    if delivery.retry_attempt:
        headers["X-Slack-Retry-Num"] = str(delivery.retry_attempt)
        headers["X-Slack-Retry-Reason"] = delivery.retry_reason
    return headers, json.dumps(delivery.payload)


def _answer(text: str) -> Json:
    if not text:
        return {}
    try:
        value: Any = json.loads(text)
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"text": text}
