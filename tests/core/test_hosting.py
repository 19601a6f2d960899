"""A workspace in a process of its own behaves as one that is here, and outlives its troubles."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from core.domain.annotations import AnnotationFilter
from core.domain.search import SearchQuery
from core.errors import CancelledError, NotFoundError, WorkspaceError
from core.hosting.remote import HostLostError, RemoteWorkspace
from core.tasks import CancelToken

NORM = "norm:due-diligence"


@pytest.fixture
def remote(workspace_folder):
    workspace = RemoteWorkspace(workspace_folder, "Ada Analyst")
    yield workspace
    workspace.close()


def test_services_answer_with_plain_values(remote, workspace_folder):
    assert (remote.path, remote.analyst, remote.created) == (workspace_folder, "Ada Analyst", False)
    record = remote.reference.record(NORM)
    assert record.entry.title.startswith("Due diligence")
    changes = remote.annotations.annotate(NORM, 0, 13, tags=("Duty",), create_tags=True)
    assert changes
    (made,) = remote.annotations.find(AnnotationFilter(record=NORM))
    assert made == remote.annotations.get(made.id)
    assert (made.start, made.end, made.tags) == (0, 13, ("Duty",))
    assert remote.search.catch_up() > 0
    page = remote.search.search(SearchQuery("tag:duty"), CancelToken())
    assert [hit.record for hit in page.hits] == [NORM]
    remote.history.undo()
    assert remote.annotations.find(AnnotationFilter(record=NORM)) == ()


def test_errors_come_back_as_they_were_raised(remote):
    with pytest.raises(NotFoundError, match="no-such-norm"):
        remote.reference.record("norm:no-such-norm")
    with pytest.raises(TypeError) as bug:
        remote.reference.record()
    assert "host.py" in bug.value.__notes__[0]  # where it happened is kept for the report


def test_a_workspace_that_cannot_be_opened_says_why(tmp_path):
    (tmp_path / "normatlas.db").write_bytes(b"no database" * 100)
    with pytest.raises(WorkspaceError, match="damaged"):
        RemoteWorkspace(tmp_path)


def test_a_cancelled_call_is_cancelled_there(remote):
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        remote.search.search(SearchQuery("state"), token)


def test_first_use_reports_its_progress(tmp_path):
    seen = []
    workspace = RemoteWorkspace(tmp_path / "new", "Ada", lambda *report: seen.append(report))
    assert workspace.created
    workspace.close()
    assert len({what for _, _, what in seen}) > 2
    assert all(0 <= done <= total for done, total, _ in seen)


def test_calls_run_side_by_side(remote):
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(remote.reference.record(NORM)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8


@pytest.mark.skipif(os.name == "nt", reason="kills with a POSIX signal")
def test_a_killed_process_is_started_anew_with_all_that_was_acknowledged(remote):
    remote.annotations.annotate(NORM, 0, 13, note="Kept.")
    os.kill(remote._calls._process.pid, signal.SIGKILL)
    remote._calls._process.wait()
    found = remote.annotations.find(AnnotationFilter(record=NORM))
    assert [annotation.note for annotation in found] == ["Kept."]


@pytest.mark.skipif(os.name == "nt", reason="stops with a POSIX signal")
def test_a_call_that_loses_its_process_is_told_so(remote):
    process = remote._calls._process
    os.kill(process.pid, signal.SIGSTOP)
    failures = []

    def call():
        try:
            remote.reference.record(NORM)
        except HostLostError as error:
            failures.append(str(error))

    thread = threading.Thread(target=call)
    thread.start()
    while not remote._calls._waiting:
        pass
    os.kill(process.pid, signal.SIGKILL)
    thread.join(10)
    assert "Nothing that was stored is lost" in failures[0]
    process.wait()
    assert remote.reference.record(NORM)  # started anew


def test_the_process_ends_with_the_window(workspace_folder):
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from core.hosting.remote import RemoteWorkspace\n"
        "workspace = RemoteWorkspace(Path(sys.argv[1]))\n"
        "print(workspace._calls._process.pid, flush=True)\n"
        "os._exit(1)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(workspace_folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    process = int(ended.stdout)
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        threading.Event().wait(0.05)
    pytest.fail("the workspace's process is still there")
