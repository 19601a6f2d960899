"""Keywords in context, and passages that resemble one."""

import csv
import io

import pytest

from core.domain.concordance import ContextSort
from core.domain.search import SearchQuery, Sort
from core.errors import CancelledError, NotFoundError, UserError
from core.search import concordance
from core.services import concordance as gathering
from core.tasks import CancelToken
from core.workspace import Workspace

NORM = "norm:gge-13f-no-ci-damage"


def lines_of(workspace: Workspace, text: str, sort: ContextSort = ContextSort.PLACE, **narrowed):
    return workspace.search.concordance(SearchQuery(text, **narrowed), sort, limit=20_000).lines


def test_every_line_is_an_occurrence_at_its_place(workspace: Workspace) -> None:
    page = workspace.search.concordance(SearchQuery('"critical infrastructure"'), limit=5000)
    assert page.total == len(page.lines) > 50
    texts = {}
    for line in page.lines:
        content = texts.setdefault(
            line.record, workspace.reference.record(line.record).text
        ).content
        assert content[line.start : line.end].casefold() == line.hit.casefold()
        assert line.hit.casefold().replace("-", " ") == "critical infrastructure"
        before = " ".join(content[: line.start].split())
        after = " ".join(content[line.end :].split())
        assert before.endswith(line.left)
        assert after.startswith(line.right)
    whole = sum(
        workspace.reference.record(key)
        .text.content.casefold()
        .replace("-", " ")
        .count("critical infrastructure")
        for key in {line.record for line in page.lines}
    )
    assert whole >= page.total


def test_pages_follow_one_another_and_the_total_comes_when_all_is_read(
    workspace: Workspace,
) -> None:
    query = SearchQuery("cyber")
    first = workspace.search.concordance(query, limit=50)
    assert len(first.lines) == 50
    assert first.total is None
    assert first.passages > 50
    everything = lines_of(workspace, "cyber")
    again = workspace.search.concordance(query, limit=50)
    second = workspace.search.concordance(query, offset=50, limit=50)
    assert (*again.lines, *second.lines) == everything[:100]
    beyond = workspace.search.concordance(query, offset=len(everything), limit=50)
    assert (beyond.lines, beyond.total) == ((), len(everything))


def test_orders(workspace: Workspace) -> None:
    def words(line):
        return line.right.casefold().split()

    right = [words(line)[:1] for line in lines_of(workspace, "attribution", ContextSort.RIGHT)]
    plain = [w[0].strip("“”’()[],.;:–—-…") if w else "" for w in right]
    known = [w for w in plain if w.isalpha() and w.isascii()]
    assert known == sorted(known)
    years = [line.year or 9999 for line in lines_of(workspace, "attribution", ContextSort.YEAR)]
    assert years == sorted(years)
    by_record = lines_of(workspace, "attribution", ContextSort.RECORD)
    by_left = lines_of(workspace, "attribution", ContextSort.LEFT)
    assert len({line.record for line in by_record}) > 5
    assert sorted(by_record, key=hash) == sorted(by_left, key=hash)


def test_the_last_word_is_whole_where_it_can_be(workspace: Workspace) -> None:
    assert {line.hit.casefold() for line in lines_of(workspace, "cyber")} == {"cyber"}
    begun = lines_of(workspace, "infrastruc")
    assert begun
    assert all(line.hit.casefold().startswith("infrastruc") for line in begun)


def test_small_words_are_no_keywords(workspace: Workspace) -> None:
    hits = {line.hit.casefold() for line in lines_of(workspace, "the sovereignty of")}
    assert "sovereignty" in hits
    assert not hits & {"the", "of"}


def test_notes_are_there_too(workspace: Workspace) -> None:
    made, _ = workspace.annotations.annotate_quote(
        NORM, "services to the public", note="Compare the Zanzibar protocol of Zanzibar."
    )
    workspace.search.catch_up()
    lines = lines_of(workspace, "zanzibar")
    assert [line.annotation for line in lines] == [made.id, made.id]
    assert lines[0].left == "Compare the"
    assert (lines[0].start, lines[0].end) == (made.start, made.end)


def test_no_more_is_gathered_than_anybody_reads(workspace: Workspace, monkeypatch) -> None:
    monkeypatch.setattr(concordance, "MOST_PLACES", 40)
    page = workspace.search.concordance(SearchQuery("cyber"), limit=1000)
    assert page.cut
    assert page.passages > 40
    assert page.total == len(page.lines) >= 40
    monkeypatch.undo()
    monkeypatch.setattr(gathering, "MOST_LINES", 50)
    page = workspace.search.concordance(SearchQuery("cyber"), ContextSort.LEFT, limit=1000)
    assert page.cut
    assert page.total == len(page.lines) == 50


def test_nothing_empty_and_cancelled(workspace: Workspace) -> None:
    assert workspace.search.concordance(SearchQuery("zzzqqq")).total == 0
    with pytest.raises(UserError, match="empty"):
        workspace.search.concordance(SearchQuery(" "))
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        workspace.search.concordance(SearchQuery("cyber"), cancel=token)


def test_a_table_of_it_is_safe_in_a_spreadsheet(workspace: Workspace, tmp_path) -> None:
    workspace.annotations.annotate_quote(NORM, "services to the public", note="=1+1 zanzibar -5")
    workspace.search.catch_up()
    file = tmp_path / "lines.csv"
    query = SearchQuery("zanzibar")
    assert workspace.search.export_concordance(query, ContextSort.PLACE, file) == 1
    (head, row) = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    found = dict(zip(head, row, strict=True))
    assert (found["left"], found["hit"], found["right"]) == ("'=1+1", "zanzibar", "'-5")
    assert found["record"] == NORM
    with pytest.raises(UserError, match="folder"):
        workspace.search.export_concordance(query, ContextSort.PLACE, tmp_path)


def test_passages_that_resemble_one(workspace: Workspace) -> None:
    text = workspace.reference.record(NORM).text
    passage = next(p for p in text.passages if p.end - p.start > 80)
    page = workspace.search.similar(NORM, passage.start, passage.end)
    assert page.similar_to is not None
    assert page.similar_to.quotation == text.content[passage.start : passage.end]
    assert "infrastructure" in page.similar_to.words
    assert page.total > 3
    assert NORM not in {hit.record for hit in page.hits}
    first = " ".join(workspace.reference.record(page.hits[0].record).text.content.split())
    assert sum(word in first.casefold() for word in page.similar_to.words) >= 3
    assert "<mark>" in page.hits[0].snippet
    narrowed = SearchQuery("", participants=("participant:japan",), sort=Sort.TITLE, facets=True)
    fewer = workspace.search.similar(NORM, passage.start, passage.end, narrowed)
    assert fewer.total < page.total
    assert set(fewer.facets) == {
        *("kind", "theme", "year", "participant", "record", "tag", "language")
    }


def test_what_resembles_nothing(workspace: Workspace) -> None:
    text = workspace.reference.record(NORM).text
    with pytest.raises(UserError, match="longer"):
        workspace.search.similar(NORM, 0, 1)
    with pytest.raises(UserError, match="no passage"):
        workspace.search.similar(NORM, 0, len(text.content) + 1)
    with pytest.raises(NotFoundError):
        workspace.search.similar("norm:nowhere", 0, 5)
