"""The index follows the database: through kills, damage, other writers; and says how it stands."""

import json
import shutil
import threading
from pathlib import Path

import pytest

from core.domain.search import IndexState, SearchQuery
from core.errors import CancelledError
from core.search.whoosh_index import create_index
from core.services.indexing import IndexKeeper
from core.storage.repositories.index_feed import IndexFeed
from core.tasks import CancelToken
from core.workspace import Workspace, open_workspace
from tests.bench.crash_index import differences, round_trip

NORM = "norm:gge-13f-no-ci-damage"


def found(workspace: Workspace, text: str) -> int:
    return workspace.search.search(SearchQuery(f"{text} ")).total


def annotate(workspace: Workspace, note: str, at: int = 0) -> None:
    workspace.annotations.annotate(NORM, at, at + 5, tags=["CBM"], create_tags=True, note=note)


@pytest.mark.slow
def test_index_and_database_agree_after_every_kill(workspace_folder: Path) -> None:
    reader = open_workspace(workspace_folder)
    try:
        for seed in range(6):
            assert round_trip(workspace_folder, 1000 + seed, reader, 0.5) == []
    finally:
        reader.close()


def test_the_state_is_told(workspace: Workspace) -> None:
    assert workspace.search.state() == IndexState("current")
    annotate(workspace, "compare")
    state = workspace.search.state()
    assert (state.what, state.percent) == ("waiting", None)
    assert state.waiting > 0
    workspace.search.catch_up()
    assert workspace.search.state() == IndexState("current")


def test_a_build_tells_how_far_it_is(workspace: Workspace) -> None:
    seen: list[IndexState] = []
    workspace.search.rebuild(lambda *_: seen.append(workspace.search.state()))
    assert {state.what for state in seen} == {"repairing"}
    percents = [state.percent for state in seen]
    assert percents == sorted(percents)
    assert percents[0] == 0
    assert percents[-1] == 100


def test_some_records_are_fed_as_they_are_among_all(workspace: Workspace) -> None:
    with workspace._database.read() as session:
        feed = IndexFeed(session)
        everything = {record.key: record for record in feed.records()}
        some = sorted(everything)[::40]
        assert {record.key: record for record in feed.records(some)} == {
            key: everything[key] for key in some
        }


def _broken_segment(folder: Path) -> Path:
    return min((folder / "index").glob("index-*/*.arrays"), key=lambda f: f.stat().st_size)


def test_with_a_damaged_segment_the_others_answer_while_it_is_mended(
    workspace_folder: Path,
) -> None:
    opened = open_workspace(workspace_folder)
    annotate(opened, "zanzibar")
    opened.search.catch_up()
    opened.close()
    _broken_segment(workspace_folder).write_bytes(b"torn")
    again = open_workspace(workspace_folder)
    try:
        assert found(again, "sovereignty") > 10  # at once
        again.search.catch_up()
        assert found(again, "zanzibar") == 1
        assert again.search.state() == IndexState("current")
        held, wanted = again.search.counts()
        assert (held.records, held.notes) == wanted
    finally:
        again.close()


def test_flipped_bytes_are_found_when_idle_and_mended(workspace: Workspace) -> None:
    workspace.search.catch_up()
    assert not workspace.search.tidy()
    workspace.search.close()
    file = _broken_segment(workspace.path)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    again = open_workspace(workspace.path)
    assert again.search.tidy()
    again.close()
    assert differences(workspace.path) == []


def test_a_build_that_was_never_finished_is_not_taken_for_an_index(
    workspace_folder: Path,
) -> None:
    """Even while something waits, which was once enough to pass for whole."""
    opened = open_workspace(workspace_folder)
    annotate(opened, "zanzibar")
    opened.close()
    shutil.rmtree(workspace_folder / "index")
    create_index(workspace_folder / "index").close()
    again = open_workspace(workspace_folder)
    try:
        assert found(again, "sovereignty") > 10
    finally:
        again.close()
    pointer = json.loads((workspace_folder / "index" / "current.json").read_text())
    assert pointer["complete"]
    assert differences(workspace_folder) == []


def test_two_processes_that_catch_up_leave_the_newest_text(workspace_folder: Path) -> None:
    one, other = open_workspace(workspace_folder), open_workspace(workspace_folder)
    threads = [
        threading.Thread(target=lambda w=w: [w.search.catch_up() for _ in range(15)])
        for w in (one, other)
    ]
    try:
        for thread in threads:
            thread.start()
        for n in range(10):
            annotate(one, f"version{n}", n)
        for thread in threads:
            thread.join()
        one.search.catch_up()
    finally:
        one.close()
        other.close()
    assert differences(workspace_folder) == []


def test_small_segments_are_merged_when_idle_and_what_is_deleted_meanwhile_stays_so(
    workspace: Workspace,
) -> None:
    for n in range(6):
        annotate(workspace, f"zanzibar{n}", n)
        workspace.search.catch_up()
    assert workspace.search.tidy()
    assert not workspace.search.tidy()
    workspace.history.undo()
    workspace.search.catch_up()
    assert found(workspace, "zanzibar5") == 0
    assert found(workspace, "zanzibar4") == 1
    workspace.close()
    assert differences(workspace.path) == []


def test_closing_stops_a_repair(workspace: Workspace) -> None:
    workspace.search.close()
    keeper = IndexKeeper(workspace._database, workspace.path / "other-index")
    searching = threading.Thread(target=keeper.opened)
    searching.start()
    searching.join()
    keeper._repair_in_background()
    keeper.close()
    assert keeper._repairer is not None
    assert not keeper._repairer.is_alive()


def test_a_cancelled_search_does_not_wait_for_a_build(workspace: Workspace) -> None:
    keeper = IndexKeeper(workspace._database, workspace.path / "other-index")
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        keeper.ready(token)
    keeper.close()
