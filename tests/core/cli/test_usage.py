"""How the program is called, and what it says when it is called wrongly."""

import os
import subprocess
import sys

import pytest

from core import __version__
from core.cli import run

COMMANDS = [
    "open",
    "list",
    "show",
    "search",
    "annotate",
    "annotations",
    "tags",
    "tags list",
    "tags add",
    "export",
    "check",
    "pack",
    "pack validate",
]


def test_version(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"normatlas {__version__}\n"


def test_help_names_every_command(capsys):
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert command.split()[0] in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert run([*command.split(), "--help"]) == 0
    assert f"Usage: normatlas {command}" in capsys.readouterr().out


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in {"open", "tags", "pack"}])
def test_every_command_that_prints_offers_json(command, capsys):
    run([*command.split(), "--help"])
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serach", "x"], ["serach", "search'? Try"]),
        (["search"], ["QUERY", "normatlas search --help"]),
        (["search", "x", "--limit", "0"], ["--limit"]),
        (["search", "x", "--from", "soon"], ["--from"]),
        (["search", "x", "--kind", "law"], ["law", "instrument"]),
        (["search", "x", "--in", "attic"], ["attic", "notes"]),
        (["list", "--where", "colour=red"], ["colour=red", "theme"]),
        (["list", "--where", "theme"], ["theme", "FIELD=VALUE"]),
        (["list", "--where", "year=soon"], ["soon", "2011..2015"]),
        (["list", "--where", "seed=perhaps"], ["perhaps", "yes"]),
        (["show"], ["KEY"]),
        (["show", "norm:x", "--text", "--json"], ["--text"]),
        (["annotate", "norm:x"], ["--quote", "--start"]),
        (["annotate", "norm:x", "--start", "1"], ["--end"]),
        (["annotate", "norm:x", "--quote", "a", "--start", "1", "--end", "2"], ["not by both"]),
        (["annotate", "norm:x", "--start", "1", "--end", "2", "--prefix", "a"], ["--prefix"]),
        (["annotate", "norm:x", "--start", "one", "--end", "2"], ["--start"]),
        (["annotations", "--state", "gone"], ["gone", "orphaned"]),
        (["export", "--output", "x"], ["--format"]),
        (["export", "--format", "markdown"], ["--output"]),
        (["export", "--format", "scroll", "--output", "x"], ["scroll", "jsonld"]),
        (["tags"], ["tags --help"]),
        (["tags", "polish"], ["polish"]),
        (["pack", "validate", "/no/such/folder"], ["/no/such/folder"]),
        (["--workspace", "postgresql://host/x", "list"], ["postgresql://host/x", "folder"]),
        (["list", "--nonsense"], ["--nonsense"]),
        (["search", "caf\udce9"], ["UTF-8"]),
    ],
)
def test_wrong_usage_is_one_sentence(arguments, words, capsys, tmp_path):
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    for word in words:
        assert word in said.err
    assert not list(tmp_path.iterdir()), "a wrong call must not make a workspace"


def test_no_command_opens_the_window(tmp_path):
    asked = []

    def open_window(*arguments):
        asked.append(arguments)
        return 7

    here = ["--workspace", str(tmp_path), "--analyst", "Ada"]
    assert run(here, open_window) == 7
    assert run([*here, "open"], open_window) == 7
    assert run([*here, "open", "norm:x"], open_window) == 7
    assert asked == [
        (tmp_path, "Ada", None),
        (tmp_path, "Ada", None),
        (tmp_path, "Ada", "norm:x"),
    ]


def test_without_a_window_the_commands_are_named(capsys):
    assert run([]) == 2
    assert "search" in capsys.readouterr().err


def test_interrupting_ends_quietly(capsys):
    def open_window(*_):
        raise KeyboardInterrupt

    assert run([], open_window) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_bug_is_one_line_and_a_traceback_only_on_request(capsys, monkeypatch):
    def open_window(*_):
        raise RuntimeError("first line\nsecond line")

    assert run([], open_window) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "first line second line" in said
    monkeypatch.setenv("NORMATLAS_DEBUG", "1")
    run([], open_window)
    assert "Traceback" in capsys.readouterr().err


def test_a_closed_pipe_is_no_error(workspace_folder):
    program = "import sys; from core.cli import run; sys.exit(run(['list', '--json']))"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"NORMATLAS_WORKSPACE": str(workspace_folder)},
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_output_is_utf8_whatever_the_locale(workspace_folder):
    done = subprocess.run(
        [sys.executable, "-m", "core.cli", "list", "--kind", "norm"],
        capture_output=True,
        check=False,
        env=os.environ
        | {"NORMATLAS_WORKSPACE": str(workspace_folder), "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode("utf-8").count("\n") == 147
