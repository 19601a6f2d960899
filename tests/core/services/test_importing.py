"""Files become documents through a queue; each says what became of it."""

import os
import threading
from pathlib import Path

import pytest

from core.domain.imports import ImportOptions, ImportStatus
from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.errors import NotFoundError, UserError
from core.services.importing import Importing
from core.tasks import CancelToken
from core.workspace import Workspace
from tests.core.services.document_files import LONG, a_paper, read_lines


@pytest.fixture
def importing(workspace: Workspace) -> Importing:
    workspace.importing = importing = Importing(
        workspace.importing._database, workspace.search, workspace.path, read_lines
    )
    return importing


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "one.txt").write_text(a_paper("On hotlines", *LONG))
    (folder / "deep" / "two.txt").write_text(a_paper("On sanctions", "Quite another matter."))
    (folder / "deep" / "er" / "three.txt").write_text(a_paper("On norms", "A third one."))
    (folder / ".hidden").write_text("# Hidden\nnever seen")
    return folder


def take(importing: Importing, *paths: Path, **options):
    """Import; return the results by file name."""
    run = importing.start([str(path) for path in paths], ImportOptions(**options))
    importing.work(run)
    return {os.path.basename(result.path): result for result in importing.results(run)}


def statuses(results) -> dict[str, str]:
    return {name: result.status.value for name, result in results.items()}


def test_a_folder_becomes_documents_that_are_found(workspace, importing, papers):
    results = take(importing, papers)
    assert statuses(results) == dict.fromkeys(["one.txt", "two.txt", "three.txt"], "imported")
    one = results["one.txt"]
    assert (one.title, one.format, one.passages) == ("On hotlines", "text", 7)
    record = workspace.reference.record(one.record)
    assert record.entry.kind is Kind.DOCUMENT
    assert record.entry.origin == "document"
    assert record.text.content.startswith("On hotlines\nParagraph 0")
    hits = workspace.search.search(SearchQuery("openness networks incidents")).hits
    assert hits[0].record == one.record


def test_the_same_file_again_is_a_duplicate_of_a_named_document(importing, papers, tmp_path):
    first = take(importing, papers / "one.txt")["one.txt"]
    (tmp_path / "copy.txt").write_bytes((papers / "one.txt").read_bytes())
    again = take(importing, tmp_path / "copy.txt")["copy.txt"]
    assert again.status is ImportStatus.DUPLICATE
    assert again.record == first.record
    assert "On hotlines" in again.reason


def test_twins_in_one_folder_become_one_document(importing, tmp_path):
    for n in range(6):
        (tmp_path / f"{n}.txt").write_text(a_paper("Twin", "The same words."))
    results = take(importing, *sorted(tmp_path.glob("*.txt")))
    assert sorted(statuses(results).values()) == ["duplicate"] * 5 + ["imported"]
    assert len({result.record for result in results.values()}) == 1


def test_the_original_is_kept_under_its_hash(workspace, importing, papers):
    import hashlib

    take(importing, papers / "one.txt")
    sha256 = hashlib.sha256((papers / "one.txt").read_bytes()).hexdigest()
    kept = workspace.path / "originals" / sha256[:2] / f"{sha256}.txt"
    assert kept.read_bytes() == (papers / "one.txt").read_bytes()
    assert not list((workspace.path / "originals" / "incoming").iterdir())


def test_what_cant_be_read_is_refused_and_the_rest_goes_on(importing, papers):
    (papers / "bad.txt").write_text("!")
    (papers / "gone.txt").symlink_to("/nowhere/at/all")
    os.mkfifo(papers / "pipe")
    results = take(importing, papers)
    assert statuses(results) == {
        "bad.txt": "refused",
        "gone.txt": "refused",
        "pipe": "refused",
        **dict.fromkeys(["one.txt", "two.txt", "three.txt"], "imported"),
    }
    assert "no text" in results["bad.txt"].reason
    assert "bad.txt" in results["bad.txt"].reason
    assert "link" in results["gone.txt"].reason


def test_links_out_of_the_folder_are_not_followed(importing, papers, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(a_paper("Secret", "Not to be taken."))
    (papers / "way-out").symlink_to(outside)
    (papers / "again").symlink_to(papers / "deep")
    results = take(importing, papers)
    assert results["way-out"].status is ImportStatus.REFUSED
    assert "secret.txt" not in results
    assert "again" not in results


def test_the_workspace_itself_is_not_imported(workspace, importing, papers):
    take(importing, papers)
    results = take(importing, workspace.path)
    assert [r.status for r in results.values()] == [ImportStatus.REFUSED]
    above = take(importing, workspace.path.parent)
    assert set(statuses(above)) == {"one.txt", "two.txt", "three.txt"}


def test_a_name_that_is_no_utf8_survives(workspace, importing, tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write("A paper without a title of its own.")
    results = take(importing, Path(os.fsdecode(path)))
    (result,) = results.values()
    assert result.status is ImportStatus.IMPORTED
    assert result.path.endswith("caf\\xe9.txt")
    assert workspace.reference.record(result.record).entry.title == "caf\\xe9"


def test_vanished_and_forbidden_files_are_said(importing, papers, tmp_path):
    results = take(importing, tmp_path / "nothing.txt", papers / "one.txt")
    assert "not there" in results["nothing.txt"].reason
    assert results["one.txt"].status is ImportStatus.IMPORTED


def test_an_import_is_one_step_that_undo_takes_back(workspace, importing, papers):
    results = take(importing, papers)
    assert workspace.history.state().undo == "Import 3 files"
    workspace.history.undo()
    assert not workspace.reference.entries(Kind.DOCUMENT)
    workspace.search.catch_up()
    assert not workspace.search.search(SearchQuery("openness networks incidents")).hits[0:1] or (
        workspace.search.search(SearchQuery("openness networks incidents")).hits[0].kind
        is not Kind.DOCUMENT
    )
    workspace.history.redo()
    assert len(workspace.reference.entries(Kind.DOCUMENT)) == 3
    record = workspace.reference.record(results["one.txt"].record)
    assert record.text.content.startswith("On hotlines\nParagraph 0")


def test_what_was_undone_can_be_imported_again(workspace, importing, papers):
    first = take(importing, papers / "one.txt")["one.txt"]
    workspace.history.undo()
    again = take(importing, papers / "one.txt")["one.txt"]
    assert again.status is ImportStatus.IMPORTED
    assert again.record == first.record
    workspace.history.undo()
    assert not workspace.reference.entries(Kind.DOCUMENT)


def test_annotations_go_and_come_with_the_import(workspace, importing, papers):
    record = take(importing, papers / "one.txt")["one.txt"].record
    made, _ = workspace.annotations.annotate(record, 3, 11, ["CBM"], create_tags=True)
    workspace.history.undo()  # the annotation
    workspace.history.undo()  # the import
    assert not workspace.annotations.find()
    workspace.history.redo()
    workspace.history.redo()
    (back,) = workspace.annotations.find()
    assert (back.id, back.tags) == (made.id, ("CBM",))


def test_an_edition_takes_the_place_of_the_earlier(workspace, importing, papers, tmp_path):
    first = take(importing, papers / "one.txt")["one.txt"]
    content = workspace.reference.record(first.record).text.content
    at = content.index("repair of networks")
    workspace.annotations.annotate(first.record, at, at + 6)
    newer = tmp_path / "newer.txt"
    newer.write_text(a_paper("On hotlines", "A preamble that is new.", *LONG))
    second = take(importing, newer, edition_of=first.record)["newer.txt"]
    assert (second.status, second.record) == (ImportStatus.UPDATED, first.record)
    now = workspace.reference.record(first.record).text.content
    (annotation,) = workspace.annotations.find()
    assert now[annotation.start : annotation.end] == "repair"
    assert annotation.verdict.state == "moved"
    workspace.history.undo()
    assert workspace.reference.record(first.record).text.content == content
    (annotation,) = workspace.annotations.find()
    assert annotation.verdict.state == "anchored"


def test_a_newer_edition_is_recognised(importing, papers, tmp_path):
    first = take(importing, papers / "one.txt")["one.txt"]
    newer = tmp_path / "again.txt"
    newer.write_text(a_paper("On hotlines", *LONG, "One more paragraph at the end."))
    second = take(importing, newer)["again.txt"]
    assert (second.status, second.record) == (ImportStatus.UPDATED, first.record)
    earlier = take(importing, papers / "one.txt")["one.txt"]
    assert earlier.status is ImportStatus.DUPLICATE
    assert "earlier edition" in earlier.reason


def test_two_resolutions_of_one_name_are_two_documents(importing, tmp_path):
    for symbol in ("A/RES/73/27", "A/RES/74/28"):
        path = tmp_path / f"{symbol.replace('/', '-')}.txt"
        path.write_text(f"symbol: {symbol}\n" + a_paper("Developments", *LONG))
        assert take(importing, path)[path.name].status is ImportStatus.IMPORTED


def test_a_symbol_spelt_otherwise_is_the_same(importing, tmp_path):
    results = []
    for name, title, symbol in (("1", "Report", "A/C.1/73/L.27"), ("2", "Text", "a/c.1/73/l.27")):
        path = tmp_path / f"{name}.md"
        path.write_text(f"---\ntitle: {title}\nsymbol: {symbol}\n---\n\n" + "\n\n".join(LONG))
        results.append(take(importing, path)[path.name])
    assert [result.status for result in results] == [ImportStatus.IMPORTED, ImportStatus.UPDATED]


def test_files_of_one_folder_are_no_editions_of_one_another(importing, tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(a_paper("Report", *LONG, f"Number {n}."))
    results = take(importing, *sorted(tmp_path.glob("*.txt")))
    assert statuses(results) == {f"{n}.txt": "imported" for n in range(3)}


def test_a_likely_edition_is_offered(importing, papers, tmp_path):
    first = take(importing, papers / "one.txt")["one.txt"]
    newer = tmp_path / "again.txt"
    newer.write_text(a_paper("On hotlines", *LONG[:3], *(p.upper()[::-1] for p in LONG[3:])))
    second = take(importing, newer)["again.txt"]
    assert second.status is ImportStatus.IMPORTED
    assert second.newer_of == first.record


def test_a_document_that_is_here_becomes_an_edition_when_wished(
    workspace, importing, papers, tmp_path
):
    first = take(importing, papers / "one.txt")["one.txt"]
    newer = tmp_path / "again.txt"
    newer.write_text(a_paper("On hotlines", *LONG[:3], *(p.upper()[::-1] for p in LONG[3:])))
    second = take(importing, newer)["again.txt"]
    (previewed,) = importing.preview([str(newer)], ImportOptions(edition_of=first.record))
    assert previewed.status is ImportStatus.UPDATED
    third = take(importing, newer, edition_of=first.record)["again.txt"]
    assert (third.status, third.record) == (ImportStatus.UPDATED, first.record)
    assert third.passages == second.passages
    assert [card.key for card in workspace.documents.cards()] == [first.record]
    workspace.history.undo()
    assert len(workspace.documents.cards()) == 2


def test_wishes_must_fit(importing, papers):
    with pytest.raises(UserError, match="one file alone"):
        importing.start([str(papers)], ImportOptions(title="All of them"))
    with pytest.raises(NotFoundError, match="document:none"):
        importing.start([str(papers / "one.txt")], ImportOptions(edition_of="document:none"))


def test_title_and_tags_are_taken_over(workspace, importing, papers):
    result = take(importing, papers / "one.txt", title="My title", tags=("CBM/Hotlines",))
    assert result["one.txt"].title == "My title"
    assert "CBM/Hotlines" in [tag.path for tag in workspace.codebook.tags()]


def test_a_cancelled_import_goes_on_where_it_stopped(workspace, importing, tmp_path):
    for n in range(30):
        (tmp_path / f"{n:02}.txt").write_text(a_paper(f"Paper {n}", f"Words of number {n}."))
    files = [str(path) for path in sorted(tmp_path.glob("*.txt"))]
    run, cancel = importing.start(files), CancelToken()
    importing.work(run, lambda done, _total, _what: cancel.cancel() if done > 4 else None, cancel)
    state = importing.state(run)
    assert 4 < state.done < 30
    assert [one.id for one in importing.unfinished()] == [run]
    assert importing.start(files) == run
    importing.work(run)
    assert importing.state(run).ended
    assert not importing.unfinished()
    assert len(workspace.reference.entries(Kind.DOCUMENT)) == 30
    workspace.history.undo()
    assert not workspace.reference.entries(Kind.DOCUMENT)


def test_documents_can_be_read_while_others_come_in(workspace, papers):
    gate, entered = threading.Event(), threading.Event()

    def read(path, cancel):
        if path.name == "three.txt":
            entered.set()
            assert gate.wait(30)
        return read_lines(path, cancel)

    importing = Importing(workspace.importing._database, workspace.search, workspace.path, read)
    run = importing.start([str(papers)])
    worker = threading.Thread(target=importing.work, args=(run,))
    worker.start()
    assert entered.wait(30)
    while len(importing.results(run)) < 2:
        assert worker.is_alive()
    key = next(r.record for r in importing.results(run) if r.path.endswith("one.txt"))
    assert workspace.reference.record(key).text.content.startswith("On hotlines")
    with pytest.raises(UserError, match="running already"):
        importing.work(run)
    gate.set()
    worker.join()
    assert importing.state(run).ended


def test_preview_writes_nothing(workspace, importing, papers):
    (papers / "bad.txt").write_text("!")
    (papers / "twin.txt").write_bytes((papers / "one.txt").read_bytes())
    results = importing.preview([str(papers)])
    assert sorted(result.status.value for result in results) == [
        "duplicate",
        "imported",
        "imported",
        "imported",
        "refused",
    ]
    assert not workspace.reference.entries(Kind.DOCUMENT)
    assert not (workspace.path / "originals").exists()
