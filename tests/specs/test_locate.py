"""Missing descriptions of the platforms: skipped by name, but not where everything counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.specs.locate import load_spec

RUN = Path(__file__).parents[2] / ".ci/run"


def test_what_main_has_to_pass_skips_no_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPECS_DIR", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"nowhere\.json not found"):
        load_spec("nowhere.json")
    assert 'export CI="${CI:-true}"' in RUN.read_text(encoding="utf-8")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(FileNotFoundError, match=r"nowhere\.json not found"):
        load_spec("nowhere.json")
