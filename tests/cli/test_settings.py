"""Settings from file and environment, and one readable line for what is wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, load

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_everything_has_a_default() -> None:
    settings = load(None)
    assert settings.database_url == "sqlite:///introducer.sqlite3"
    assert settings.slack.prefix == "ir-"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, '[slack]\nprefix = "file-"\nhttp_port = 4000\n')
    monkeypatch.setenv("INTRODUCER_SLACK__PREFIX", "env-")
    settings = load(file)
    assert settings.slack.prefix == "env-"
    assert settings.slack.http_port == 4000


def test_config_toml_of_the_working_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[setup]\ndefaults = true\n", encoding="utf-8")
    assert load(None).setup.defaults


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush\n", encoding="utf-8")
    file = write(tmp_path, f'[discord]\ntoken_file = "{tmp_path / "token"}"\n')
    token = load(file).discord.token
    assert token is not None
    assert token.get_secret_value() == "hush"


def test_an_empty_secret_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("\n", encoding="utf-8")
    file = write(
        tmp_path, f'[discord]\ntoken_file = "{tmp_path / "token"}"\n[slack]\nbot_token = ""\n'
    )
    monkeypatch.setenv("INTRODUCER_SLACK__SIGNING_SECRET", "")
    settings = load(file)
    assert settings.discord.token is None
    assert settings.slack.bot_token is None
    assert settings.slack.signing_secret is None


def test_a_byte_order_mark_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes("\ufeff[setup]\ndefaults = true\n".encode())
    assert load(file).setup.defaults
    file.write_bytes("[setup]\n".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"^[^\n]*: is not UTF-8[^\n]*$"):
        load(file)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(SettingsError, match=r"^config\.toml: cannot be read: Is a directory$"):
        load(None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('colour = "red"', "colour: there is no such setting"),
        ('[discord]\ntokn = "x"', "discord.tokn: there is no such setting"),
        ('[slack]\nmode = "carrier pigeon"', "slack.mode: "),
        ("[slack]\nhttp_port = 70000", "slack.http_port: "),
        ('database_url = "mysql://x"', "database_url: must begin with sqlite"),
        ('[discord]\napi_base = "discord.com"', "discord.api_base: must be an http"),
        ('[slack]\nbot_token = "xoxb-1"', "slack.app_token: needed for Socket"),
        ('[slack]\nmode = "http"\nbot_token = "xoxb-1"', "slack.signing_secret: needed for HTTP"),
        ('[slack]\nbot_token = "xoxb-1"\napp_token = ""', "slack.app_token: needed for Socket"),
        (
            '[slack]\nmode = "http"\nbot_token = "xoxb-1"\nsigning_secret = " "',
            "slack.signing_secret: needed for HTTP",
        ),
        ('[discord]\ntoken_file = "nowhere"', "discord.token_file: cannot be read"),
        ('[clock]\noffset_file = "o"', "clock.offset_file: this is for rehearsals"),
        ("a = [", "not valid TOML"),
    ],
)
def test_what_is_wrong_gets_one_readable_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(write(tmp_path, text))
    message = str(refused.value)
    assert says in message
    assert not message.startswith("settings")
    assert "\n" not in message.strip()


def test_a_wrong_secret_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load(write(tmp_path, '[discord]\ntoken = ["very-secret"]'))
    assert "very-secret" not in str(refused.value)


@pytest.mark.parametrize("name", ["INTRODUCER_COLOUR", "INTRODUCER_DISCORD__TOKN"])
def test_an_unknown_variable_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError, match="there is no such setting"):
        load(None)


def test_a_file_that_was_named_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load(tmp_path / "nowhere.toml")


def test_rehearsals_are_possible_on_loopback(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        '[clock]\noffset_file = "o"\n[discord]\napi_base = "http://127.0.0.1:1/api/v10"\n'
        '[slack]\napi_base = "http://localhost:1/api/"\n',
    )
    assert load(file).clock.offset_file == Path("o")


def keys(model: type[BaseModel], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, declared in model.model_fields.items():
        inner = declared.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found |= keys(inner, f"{name}.")
        else:
            found[prefix + name] = declared.default
    return found


def test_the_example_documents_every_key_with_its_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    uncommented = re.sub(r"^# ([a-z_]+ = )", r"\1", text, flags=re.MULTILINE)
    section = ""
    documented: set[str] = set()
    for line in uncommented.splitlines():
        if found := re.fullmatch(r"\[([a-z]+)\]", line):
            section = f"{found[1]}."
        elif found := re.match(r"([a-z_]+) = ", line):
            documented.add(section + found[1])
    assert documented == set(keys(Settings))
    assert tomllib.loads(text)
    shown = Settings.model_validate(tomllib.loads(text))
    assert shown == Settings.model_construct(**{})  # what is not commented out is the default
