"""The index as it changes: replacing, deleting, rebuilding, damage, several at once."""

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.domain.search import SearchQuery
from core.search.port import IndexBusyError, IndexCounts
from core.search.whoosh_index import WhooshIndex, create_index, open_index
from core.tasks import CancelToken, no_progress

from .conftest import NOTES, RECORDS, a_note, a_record, keys


def found(index: WhooshIndex, text: str) -> list[str]:
    return keys(index.search(SearchQuery(text), CancelToken()))


def test_a_changed_record_replaces_the_old_one_and_keeps_its_notes(index):
    index.apply((a_record("norm:critical", "Renamed", "Dams and hydropower."),), (), ())
    assert found(index, "hydropower ") == ["norm:critical"]
    assert found(index, "conduct ") == []
    assert found(index, "hospital ") == ["norm:critical"]
    assert index.counts() == IndexCounts(len(RECORDS), 1)


def test_a_changed_note_replaces_the_old_one(index):
    index.apply((a_note("n1", "norm:critical", "About clinics."),), (), ())
    assert found(index, "clinics ") == ["norm:critical"]
    assert found(index, "hospital ") == []
    assert index.counts().notes == 1


def test_what_is_gone_is_never_found_again(index, tmp_path):
    index.apply((), ("event:conference",), ("n1",))
    for again in (index, open_index(tmp_path / "index")):
        assert again is not None
        assert found(again, "delegates ") == []
        assert found(again, "seoul ") == []
        assert found(again, "hospital ") == []
        assert again.counts() == IndexCounts(len(RECORDS) - 1, 0)


def test_the_same_thing_twice_in_one_change_is_there_once(index):
    one = a_record("norm:new", "New", "Submarine cables.")
    index.apply((one, one), ("norm:new",), ())
    answer = index.search(SearchQuery("submarine "), CancelToken())
    assert (answer.total, answer.hits[0].more) == (1, 0)


def test_many_small_changes_are_merged_and_nothing_is_lost(index, tmp_path):
    for n in range(40):
        index.apply((a_record(f"norm:n{n}", f"Number {n}", f"Submarine cable {n}."),), (), ())
        index.apply((a_note("n1", "norm:critical", f"Version {n}"),), (), ())
    assert index.tidy()
    segments = list((tmp_path / "index").glob("index-*/*.arrays"))
    assert len(segments) == 1
    assert index.search(SearchQuery("submarine "), CancelToken()).total == 40
    assert found(index, '"version 39"') == ["norm:critical"]
    assert found(index, '"version 38"') == []
    assert index.counts() == IndexCounts(len(RECORDS) + 40, 1)
    assert found(index, "budapest convention")[0] == "instrument:budapest-convention"


def test_a_rebuilt_index_holds_what_it_was_given_and_nothing_else(index, tmp_path):
    told: list[tuple[int, int]] = []
    index.rebuild(RECORDS[:2], lambda done, total, what: told.append((done, total)), 2)
    assert index.counts() == IndexCounts(2, 0)
    assert found(index, "delegates ") == []
    assert told[-1] == (2, 2)
    assert len(list((tmp_path / "index").glob("index-*/"))) == 1


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(index, tmp_path):
    def broken():
        yield RECORDS[0]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        index.rebuild(broken(), no_progress, 5)
    assert index.counts() == IndexCounts(len(RECORDS), 1)
    assert len(list((tmp_path / "index").glob("index-*/"))) == 1
    index.apply((), ("event:conference",), ())


def test_it_opens_as_it_was_left(index, tmp_path):
    index.close()
    again = open_index(tmp_path / "index")
    assert again is not None
    assert again.counts() == IndexCounts(len(RECORDS), len(NOTES))


def test_no_index_is_none(tmp_path):
    assert open_index(tmp_path / "nothing") is None


@pytest.mark.parametrize("damage", ["cut", "empty", "zero", "gone", "pointer", "version", "toc"])
def test_a_damaged_index_is_none_and_can_be_made_anew(index, tmp_path, damage):
    index.close()
    folder = tmp_path / "index"
    pointer = folder / "current.json"
    segment = next(folder.glob("index-*/*.arrays"))
    toc = next(folder.glob("index-*/*.toc"))
    match damage:
        case "cut":
            segment.write_bytes(segment.read_bytes()[:200])
        case "empty":
            segment.write_bytes(b"")
        case "zero":
            segment.write_bytes(bytes(segment.stat().st_size))
        case "gone":
            segment.unlink()
        case "pointer":
            pointer.write_text("{")
        case "version":
            pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"version": "0"}))
        case _:
            toc.write_bytes(toc.read_bytes()[:30])
    assert open_index(folder) is None
    anew = create_index(folder)
    anew.rebuild(RECORDS, no_progress, len(RECORDS))
    assert found(anew, "delegates ") == ["event:conference"]
    anew.close()


def test_another_process_writing_is_said_and_loses_nothing(index, tmp_path):
    generation = next((tmp_path / "index").glob("index-*/"))
    from whoosh.index import open_dir

    other = open_dir(str(generation))
    writer = other.writer()
    with pytest.raises(IndexBusyError):
        index.apply((), ("event:conference",), ())
    with pytest.raises(IndexBusyError):
        index.rebuild(RECORDS, no_progress, len(RECORDS))
    writer.cancel()
    index.apply((), ("event:conference",), ())
    assert found(index, "delegates ") == []


def test_what_another_process_wrote_is_found(index, tmp_path):
    other = open_index(tmp_path / "index")
    assert other is not None
    other.apply((a_record("norm:new", "New", "Submarine cables."),), (), ())
    assert found(index, "submarine ") == ["norm:new"]
    other.rebuild(RECORDS[:1], no_progress, 1)
    assert found(index, "submarine ") == []
    assert index.counts() == IndexCounts(1, 0)
    other.close()


def test_searches_go_on_while_the_index_is_written(index):
    stop = threading.Event()

    def searching() -> int:
        rounds = 0
        while not stop.is_set():
            answer = index.search(SearchQuery("budapest convention"), CancelToken())
            assert keys(answer)[0] == "instrument:budapest-convention"
            assert found(index, "cybercrime OR infrastr*")
            rounds += 1
        return rounds

    with ThreadPoolExecutor(3) as pool:
        searches = [pool.submit(searching) for _ in range(3)]
        try:
            for n in range(12):
                index.apply((a_record(f"norm:n{n}", f"Number {n}", "Cables."),), (), ())
            index.rebuild((*RECORDS, *NOTES), no_progress, len(RECORDS))
        finally:
            stop.set()
        assert all(search.result() > 0 for search in searches)


def test_nothing_is_imported_before_an_index_is_opened():
    import subprocess
    import sys

    code = "import sys, core.search.port; print(sorted({'whoosh', 'numpy'} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert ran.stdout.strip() == "[]"


def test_old_leftovers_of_a_stopped_build_are_removed_at_opening(index, tmp_path):
    folder = tmp_path / "index"
    fresh, stale = folder / "index-fresh", folder / "index-stale"
    for leftover in (fresh, stale):
        leftover.mkdir()
    os.utime(stale, (0, 0))
    again = open_index(folder)
    assert again is not None
    assert fresh.exists()
    assert not stale.exists()
    assert again.counts() == index.counts()
