"""Links to passages and the desktop."""

import configparser
import json
import shlex
import sys
from pathlib import Path

import pytest

from core.cli import run

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="registers with Linux desktops only"
)


def test_the_scheme_is_registered_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert run(["links", "register", "--json"]) == 0
    file = Path(json.loads(capsys.readouterr().out)["file"])
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(file.read_text())
    said = entry["Desktop Entry"]
    assert said["MimeType"] == "x-scheme-handler/normatlas;"
    program, *arguments = shlex.split(said["Exec"])
    assert Path(program).is_file()
    assert arguments[-2:] == ["open", "%u"]
    assert run(["links", "remove"]) == 0
    assert not file.exists()


def test_a_place_that_can_not_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("a file")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run(["links", "register"]) == 2
    assert "could not be written" in capsys.readouterr().err
