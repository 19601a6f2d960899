"""Hits as rows: snippets unescaped and marked, pages added."""

from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from core.domain.keys import Kind
from core.domain.search import SearchHit, SearchPage
from gui.models.search_hits import HitRole, SearchHitModel, plain_snippet


def hit(number: int) -> SearchHit:
    return SearchHit(
        f"norm:n{number}", Kind.NORM, f"Norm {number}", 0, 0, 4, 1.0, "a <mark>b</mark> &amp; c"
    )


def page(*numbers: int, total: int) -> SearchPage:
    return SearchPage("b", total, tuple(hit(n) for n in numbers), 0.0)


def test_a_snippet_is_unescaped_and_its_marks_are_offsets() -> None:
    text, marks = plain_snippet("A &lt;State&gt; <mark>should</mark> 😀 not <mark>knowingly</mark>")
    assert text == "A <State> should 😀 not knowingly"
    assert [text[start:end] for start, end in marks] == ["should", "knowingly"]


def test_a_snippet_that_only_looks_marked_is_not() -> None:
    assert plain_snippet("&lt;mark&gt;no&lt;/mark&gt;") == ("<mark>no</mark>", ())


def test_further_pages_are_asked_for_once_and_added(qtmodeltester: ModelTester) -> None:
    model, asked = SearchHitModel(), []
    model.more_wanted.connect(asked.append)
    model.show(page(1, 2, total=3))
    root = QModelIndex()
    model.fetchMore(root)
    model.fetchMore(root)
    assert asked == [2]
    model.append(page(3, total=3).hits)
    assert not model.canFetchMore(root)
    assert model.index(2).data(HitRole.HIT).record == "norm:n3"
    qtmodeltester.check(model)


def test_an_empty_further_page_ends_the_asking() -> None:
    model = SearchHitModel()
    model.show(page(1, total=9))
    model.append(())
    assert not model.canFetchMore(QModelIndex())
