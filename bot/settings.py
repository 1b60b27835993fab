"""Settings: `config.toml` and the environment (prefix `INTRODUCER_`, nested with `__`).

The environment wins over the file. Every key stands in `config.example.toml` with its default, and
a test keeps that true. Nothing here is read at import; `load` is called once, by the command line.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import SettingsError

PREFIX = "INTRODUCER_"
_SCHEMES = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgresql+asyncpg")


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http:// or https:// address")
    return value


def _database_address(value: str) -> str:
    if urlsplit(value).scheme not in _SCHEMES:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Port = Annotated[int, Field(ge=0, le=65535)]
Secret = SecretStr | None


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _AboutKey(ValueError):
    """What is wrong with one key, found by a rule about several."""

    def __init__(self, key: str, says: str) -> None:
        super().__init__(says)
        self.key = key


class _WithSecrets(_Section):
    """A section whose secrets may also be given as files: `token_file = "/run/secrets/..."`.

    A blank secret is none: an unset variable of a compose file arrives as an empty one.
    """

    @model_validator(mode="before")
    @classmethod
    def _read_files(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        values: dict[str, Any] = {str(key): value for key, value in given.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        for name, declared in cls.model_fields.items():
            if SecretStr not in get_args(declared.annotation):
                continue
            path, value = values.get(f"{name}_file"), values.get(name)
            if isinstance(path, str) and path.strip():
                value = _secret_in(path, f"{name}_file") or value
            values[name] = None if isinstance(value, str) and not value.strip() else value
        return values


def _secret_in(path: str, key: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise _AboutKey(key, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _AboutKey(key, "is not UTF-8 text") from error


class DiscordSettings(_WithSecrets):
    """The Discord door; open when there is a token."""

    token: Secret = None
    token_file: str | None = None
    api_base: WebAddress = "https://discord.com/api/v10"
    intents: tuple[Literal["members", "message_content"], ...] = ()
    messages_per_second: Annotated[float, Field(gt=0, le=50)] = 40.0
    first_contacts_per_minute: Annotated[int, Field(ge=1, le=600)] = 20
    shards: Annotated[int, Field(ge=1, le=1024)] = 1
    shard_ids: tuple[int, ...] = ()


class SlackSettings(_WithSecrets):
    """The Slack door; open when there is a bot token."""

    bot_token: Secret = None
    bot_token_file: str | None = None
    app_token: Secret = None
    app_token_file: str | None = None
    signing_secret: Secret = None
    signing_secret_file: str | None = None
    api_base: WebAddress = "https://slack.com/api/"
    prefix: Annotated[str, Field(pattern=r"^[a-z0-9_-]{0,12}$")] = "ir-"
    mode: Literal["socket", "http"] = "socket"
    http_host: str = "127.0.0.1"
    http_port: Port = 3000
    public_url: WebAddress | None = None
    help_channels: bool = False
    messages_per_second: Annotated[float, Field(gt=0, le=50)] = 10.0

    @model_validator(mode="after")
    def _complete(self) -> SlackSettings:
        if self.bot_token is not None:
            if self.mode == "socket" and self.app_token is None:
                raise _AboutKey("app_token", "needed for Socket Mode")
            if self.mode == "http" and self.signing_secret is None:
                raise _AboutKey("signing_secret", "needed for HTTP mode")
        return self


class HttpSettings(_Section):
    """The small HTTP endpoint: health, metrics, pages of features. Off without a port."""

    port: Port | None = None
    host: str = "127.0.0.1"
    public_url: WebAddress | None = None


class CheckerSettings(_Section):
    """The checker page: served at `/checker/` where its folder was built (`make page`)."""

    folder: Path = Path("artifacts/page")


class ClockSettings(_Section):
    """A rehearsal clock: seconds added to real time, read from a file."""

    offset_file: Path | None = None


class SetupSettings(_Section):
    """Whether new places start with the defaults instead of waiting for `setup start`; whether
    people agree to the professional conduct (`setup texts`) before their first request or post.
    """

    defaults: bool = False
    conduct: bool = True


class HoursSettings(_Section):
    """What office hours show beyond conversations, and so which permissions are asked for."""

    pinned_list: bool = False
    events: bool = False
    first_messages: Annotated[int, Field(ge=0, le=500)] = 30


class GuardSettings(_Section):
    """What the guard may do on Discord, and so which permissions are asked for."""

    take_down: bool = False
    rules: bool = False


class MentorSettings(_Section):
    """The lists that mentors and trainees choose from."""

    taxonomy: Path | None = None


class ScanSettings(_Section):
    """The processes that look for patient identifiers in pictures."""

    processes: Annotated[int, Field(ge=1, le=16)] = 1
    seconds: Annotated[float, Field(ge=5, le=600)] = 90.0


_Days = Annotated[int, Field(ge=30, le=3650)]


class RetentionSettings(_Section):
    """How many days what is settled is kept, by table; see docs/privacy.md."""

    deliveries: _Days = 90
    nudges: _Days = 30
    follow_ups: _Days = 365
    sessions: _Days = 730
    reveals: _Days = 365
    questions: _Days = 365
    cases: _Days = 730
    pairs: _Days = 1095
    requests: _Days = 730
    rounds: _Days = 730
    changes: _Days = 730
    reports: _Days = 365
    looks: _Days = 30
    absences: _Days = 30
    left: _Days = 90
    backups: _Days = 30


class CaseSettings(_Section):
    """Keys for drafts of cases that moderators let outlive a restart; the first one encrypts."""

    keys: tuple[SecretStr, ...] = ()


class LogSettings(_Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """Everything that can be configured from outside."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    database_url: Annotated[str, AfterValidator(_database_address)] = "sqlite:///introducer.sqlite3"
    discord: DiscordSettings = DiscordSettings()
    slack: SlackSettings = SlackSettings()
    http: HttpSettings = HttpSettings()
    checker: CheckerSettings = CheckerSettings()
    clock: ClockSettings = ClockSettings()
    setup: SetupSettings = SetupSettings()
    hours: HoursSettings = HoursSettings()
    guard: GuardSettings = GuardSettings()
    mentors: MentorSettings = MentorSettings()
    scan: ScanSettings = ScanSettings()
    retention: RetentionSettings = RetentionSettings()
    cases: CaseSettings = CaseSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _rehearsals_stay_home(self) -> Settings:
        if self.clock.offset_file is not None:
            for base in (self.discord.api_base, self.slack.api_base):
                if not _on_loopback(base):
                    raise _AboutKey(
                        "clock.offset_file",
                        "this is for rehearsals; set discord.api_base and slack.api_base to"
                        " loopback addresses first",
                    )
        return self


def load(file: Path | None) -> Settings:
    """Settings from `file` (default `config.toml`, if there is one) and the environment.

    Raises SettingsError with one line per problem.
    """
    chosen = file or Path("config.toml")
    _refuse_unknown_environment()
    kept = _in_file(chosen, needed=file is not None)

    class Loaded(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (env_settings, InitSettingsSource(settings_cls, init_kwargs=kept))

    try:
        return Loaded()
    except ValidationError as error:
        raise SettingsError("\n".join(_line(each) for each in error.errors())) from None
    except ValueError as error:
        # pydantic-settings words a broken JSON list in the environment this way.
        name = re.search(r'field "(\w+)"', str(error))
        where = f"{PREFIX}{name[1].upper()}..." if name else "environment"
        raise SettingsError(
            f"{where}: a list is written as JSON in the environment, such as '[\"one\"]'"
        ) from None


def _in_file(file: Path, *, needed: bool) -> dict[str, Any]:
    try:
        # Some editors begin a file with a byte order mark, which says nothing.
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        if needed:
            raise SettingsError(f"{file}: no such file") from None
        return {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not valid TOML: {error}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: is not UTF-8; save it again with that encoding") from None
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from None


def _line(error: ErrorDetails) -> str:
    # The value itself is left out on purpose: it may be a token.
    found = error.get("ctx", {}).get("error")
    key = (found.key,) if isinstance(found, _AboutKey) else ()
    where = ".".join(str(part) for part in (*error["loc"], *key))
    says = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        says = "there is no such setting"
    return f"{where}: {says}"


def _refuse_unknown_environment() -> None:
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    for name in os.environ:
        upper = name.upper()
        if not upper.startswith(PREFIX):
            continue
        if upper.split("__", 1)[0] not in known:
            raise SettingsError(f"{name}: there is no such setting")


def _on_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
