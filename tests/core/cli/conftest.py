"""Running a command as a user would, in this process."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.cli import run


@dataclass(frozen=True)
class Outcome:
    """What a command said and ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    def assert_refused(self, code, *words):
        """One sentence on standard error that has these words, and nothing else anywhere."""
        assert self.code == code, self
        assert self.out == ""
        assert self.err.startswith("normatlas: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err


@dataclass
class Commands:
    """The program on one workspace."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments):
        code = run(["--workspace", str(self.folder), *arguments])
        said = self.capture.readouterr()
        return Outcome(code, said.out, said.err)

    def done(self, *arguments):
        """Run a command that must work; return its JSON."""
        outcome = self(*arguments, "--json")
        assert outcome.code == 0, outcome
        return outcome.json


@pytest.fixture
def normatlas(workspace_folder, capsys):
    """The program on a filled workspace of this test's own."""
    return Commands(workspace_folder, capsys)


@pytest.fixture(scope="session")
def norm():
    """A norm that many records are tied to."""
    return "norm:gge-13f-no-ci-damage"
