"""A pack with articles in a workspace: found, annotated, updated; a bad one changes nothing."""

import hashlib

import pytest

from core.domain.search import SearchQuery
from core.errors import UserError
from core.reference.files import MAX_BYTES
from core.services import packs
from core.workspace import DATABASE, open_workspace

ARTICLE = """\
Serenity among states is *debated* [@source:page, p. 2]. Some hold that serenity binds all.

## Who stood where

- Östland speaks of serenity in every debate. [unverified]
"""


@pytest.fixture
def pack_folder(make_pack, monkeypatch):
    """The small pack with an article, in the place of the one that ships."""
    folder = make_pack()
    article = folder / "articles" / "norm" / "calm.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, encoding="utf-8")
    monkeypatch.setattr(packs, "pack_folder", lambda: folder)
    return folder


@pytest.fixture
def opened(pack_folder, tmp_path):
    """Return what opens the workspace, again and again; the last one is closed at the end."""
    made = []

    def reopen():
        if made:
            made.pop().close()
        made.append(open_workspace(tmp_path / "workspace", analyst="Ada Analyst"))
        return made[-1]

    yield reopen
    for workspace in made:
        workspace.close()


def test_the_article_is_found_as_prose(opened):
    workspace = opened()
    page = workspace.search.search(SearchQuery("serenity"))
    first = page.hits[0]
    passage = workspace.reference.record("norm:calm").text.passages[first.passage]
    assert (first.record, passage.label) == ("norm:calm", "Article, para. 1")


def test_spans_come_back_from_the_database_with_the_place_in_the_source(opened):
    text = opened().reference.record("norm:calm").text
    places = [(text.content[s.start : s.end], s.locator) for s in text.spans if s.locator]
    assert places == [("Serenity among states is debated.", "p. 2")]


def test_annotations_survive_an_update_of_the_article(opened, pack_folder):
    workspace = opened()
    made, _ = workspace.annotations.annotate_quote("norm:calm", "serenity binds all")
    label = made.label
    article = pack_folder / "articles" / "norm" / "calm.md"
    article.write_text(f"A new first paragraph.\n\n{ARTICLE}", encoding="utf-8")
    workspace = opened()
    (kept,) = workspace.annotations.find()
    text = workspace.reference.record("norm:calm").text
    assert text.content[kept.start : kept.end] == "serenity binds all"
    assert "A new first paragraph." in text.content
    assert (label, kept.label) == ("Article, para. 1", "Article, para. 2")


def _sparse(folder):
    with (folder / "norms.yaml").open("ab") as file:
        file.truncate(100 * 2**20)


def _bomb(folder):
    text = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)
    )
    (folder / "events.yaml").write_text(text, encoding="utf-8")


def _hostile_article(folder):
    path = folder / "articles" / "norm" / "calm.md"
    path.write_text("<script>alert(1)</script>\n\n![x](https://example.org/x)\n", encoding="utf-8")


def _misplaced_article(folder):
    (folder / "articles" / "norm" / "gone.md").write_text("Gone.\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_sparse, rf"norms\.yaml, line 1: larger than {MAX_BYTES // 2**20} MiB"),
        (_bomb, r"events\.yaml, line 1: anchors and aliases"),
        (_hostile_article, r"articles/norm/calm\.md, line 1 \(norm:calm\): raw HTML"),
        (_misplaced_article, r"articles/norm/gone\.md, line 1: there is no record"),
    ],
    ids=["100 MB", "anchors", "hostile article", "misplaced article"],
)
def test_a_bad_pack_leaves_the_workspace_as_it_was(opened, pack_folder, tmp_path, spoil, said):
    opened().close()
    database = tmp_path / "workspace" / DATABASE
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    spoil(pack_folder)
    with pytest.raises(UserError, match=said):
        open_workspace(tmp_path / "workspace", analyst="Ada Analyst")
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
