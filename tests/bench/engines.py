"""Three engines over the same passages behind one small face: ours, SQLite FTS5, tantivy.

Each takes a query in a neutral form, (words, how), puts it in its own language and gives back the
total and the top 20 with score and highlighted snippet.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from core.domain.search import IndexedNote, IndexedRecord
from tests.bench.corpora import passages_of

TOP = 20


@dataclass(frozen=True)
class Asked:
    """One query. ``how`` is the class; ``years`` and ``facets`` only where that class has them."""

    how: str  # word, and, or, phrase, prefix, fuzzy, typing, years, facets
    words: tuple[str, ...]
    years: tuple[int, int] | None = None


class Engine(Protocol):
    """What is measured."""

    def build(self, records: Sequence[IndexedRecord]) -> None: ...
    def open(self) -> None: ...
    def ask(self, asked: Asked) -> tuple[int, list[tuple[float, str]]]: ...
    def add(self, record: IndexedRecord) -> None: ...
    def size(self) -> int: ...


def bytes_below(folder: Path, pattern: str = "*") -> int:
    """Add up the files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob(pattern) if file.is_file())


class Ours:
    """NormAtlas' index; texts for snippets come from SQLite, as in the product."""

    def __init__(self, folder: Path, processes: int = 2) -> None:
        self.folder, self.processes = folder, processes

    def build(self, records: Sequence[IndexedRecord]) -> None:
        from core.search.whoosh_index import create_index
        from core.tasks import no_progress

        self.folder.mkdir(parents=True)
        index = create_index(self.folder / "index")
        index.rebuild(records, no_progress, len(records))
        index.close()

    def keep_texts(self, records: Sequence[IndexedRecord]) -> None:
        """Put the texts where the product has them; no part of the index."""
        with sqlite3.connect(self.folder / "texts.db") as texts:
            texts.execute("CREATE TABLE text (key TEXT, n INT, text TEXT, PRIMARY KEY (key, n))")
            texts.executemany(
                "INSERT INTO text VALUES (?,?,?)",
                ((r.key, p.n, p.text) for r, p in passages_of(list(records))),
            )
        texts.close()

    def open(self) -> None:
        from core.search.whoosh_index import open_index

        found = open_index(self.folder / "index")
        assert found is not None
        self.index = found
        self.texts = sqlite3.connect(self.folder / "texts.db")

    def ask(self, asked: Asked) -> tuple[int, list[tuple[float, str]]]:
        from core.domain.keys import Kind
        from core.domain.search import SearchQuery
        from core.tasks import CancelToken

        facets = asked.how == "facets"
        query = SearchQuery(
            self.written(asked),
            limit=TOP,
            facets=facets,
            kinds=frozenset((Kind.DOCUMENT,)) if facets else frozenset(),
            year_from=asked.years[0] if asked.years and facets else None,
            year_to=asked.years[1] if asked.years and facets else None,
        )
        answer = self.index.search(query, CancelToken())
        hits: list[tuple[float, str]] = []
        for hit in answer.hits:
            row = self.texts.execute(
                "SELECT text FROM text WHERE key=? AND n=?", (hit.record, hit.passage or 0)
            ).fetchone()
            hits.append((hit.score, answer.marker.snippet(row[0] if row else "")))
        return answer.total, hits

    @staticmethod
    def written(asked: Asked) -> str:
        """Write it in the product's language. A space at the end: nothing is being typed."""
        words = asked.words
        match asked.how:
            case "phrase":
                return f'"{" ".join(words)}" '
            case "or":
                return " OR ".join(words) + " "
            case "prefix":
                return f"{words[0]}*"
            case "fuzzy":
                return f"{words[0]}~ "
            case "typing":
                return " ".join(words)
            case "years":
                return f"{' '.join(words)} year:{asked.years[0]}..{asked.years[1]} "
            case _:
                return " ".join(words) + " "

    def add(self, record: IndexedRecord) -> None:
        self.index.apply((record,), (), ())

    def note(self, n: int, record: str) -> None:
        """Add an annotation with a note."""
        from core.domain.keys import kind_of

        note = IndexedNote(
            f"bench-{n}", record, kind_of(record), "", 3, 40, f"Note borogove{n} on this.",
            "a quotation of a sentence of this record", ("CBM/Hotlines",), None,
        )  # fmt: skip
        self.index.apply((note,), (), ())

    def size(self) -> int:
        return bytes_below(self.folder / "index")


class Fts5:
    """SQLite FTS5 with bm25, prefix index, snippet()."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, records: Sequence[IndexedRecord]) -> None:
        self.folder.mkdir(parents=True)
        self._connect()
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute(
            "CREATE VIRTUAL TABLE p USING fts5(text, record UNINDEXED, n UNINDEXED, "
            "kind UNINDEXED, year UNINDEXED, tokenize='porter unicode61 remove_diacritics 2', "
            "prefix='2 3')"
        )
        self._insert(records)

    def _connect(self) -> None:
        self.db = sqlite3.connect(self.folder / "fts.db")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("PRAGMA cache_size=-64000")

    def _insert(self, records: Sequence[IndexedRecord]) -> None:
        with self.db:
            self.db.executemany(
                "INSERT INTO p VALUES (?,?,?,?,?)",
                ((p.text, r.key, p.n, r.kind.value, r.year) for r, p in passages_of(list(records))),
            )

    def open(self) -> None:
        self._connect()

    def ask(self, asked: Asked) -> tuple[int, list[tuple[float, str]]]:
        match, where, values = self.written(asked), "", ()
        if asked.years:
            where, values = " AND year BETWEEN ? AND ?", asked.years
        if asked.how == "facets":
            where += " AND kind='document'"
        if match is None:
            return 0, []
        hits = self.db.execute(
            "SELECT rank, snippet(p, 0, '<mark>', '</mark>', '…', 30), record, n FROM p "
            f"WHERE p MATCH ?{where} ORDER BY rank LIMIT {TOP}",
            (match, *values),
        ).fetchall()
        total = self.db.execute(
            f"SELECT count(*) FROM p WHERE p MATCH ?{where}", (match, *values)
        ).fetchone()[0]
        if asked.how == "facets":
            for column in ("kind", "year"):
                self.db.execute(
                    f"SELECT {column}, count(*) FROM p WHERE p MATCH ?{where} GROUP BY {column}",
                    (match, *values),
                ).fetchall()
        return total, [(row[0], row[1]) for row in hits]

    def written(self, asked: Asked) -> str | None:
        """Write it in FTS5's language; fuzzy goes through the vocabulary, as one has to."""
        words = [f'"{word}"' for word in asked.words]
        match asked.how:
            case "phrase":
                return f'"{" ".join(asked.words)}"'
            case "or":
                return " OR ".join(words)
            case "prefix" | "typing":
                return " AND ".join(words) + "*"
            case "fuzzy":
                from rapidfuzz import process
                from rapidfuzz.distance import OSA

                if not hasattr(self, "vocabulary"):
                    self.db.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, p, row)")
                    self.vocabulary = [t for (t,) in self.db.execute("SELECT term FROM v")]
                near = process.extract(
                    asked.words[0], self.vocabulary, scorer=OSA.distance, score_cutoff=1, limit=50
                )
                return " OR ".join(f'"{word}"' for word, _, _ in near) or None
            case _:
                return " AND ".join(words)

    def add(self, record: IndexedRecord) -> None:
        self._insert((record,))

    def size(self) -> int:
        return bytes_below(self.folder)


class Tantivy:
    """tantivy with en_stem, stored texts, its own snippets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _schema(self) -> Any:
        import tantivy

        made = tantivy.SchemaBuilder()
        made.add_text_field("text", stored=True, tokenizer_name="en_stem")
        made.add_text_field("record", stored=True, tokenizer_name="raw", index_option="basic")
        made.add_text_field("kind", stored=True, tokenizer_name="raw", fast=True)
        made.add_integer_field("n", stored=True)
        made.add_integer_field("year", stored=True, indexed=True, fast=True)
        return made.build()

    def build(self, records: Sequence[IndexedRecord]) -> None:
        import tantivy

        self.folder.mkdir(parents=True)
        self.index = tantivy.Index(self._schema(), path=str(self.folder))
        self._insert(records, 2)

    def _insert(self, records: Sequence[IndexedRecord], threads: int) -> None:
        import tantivy

        writer = self.index.writer(256_000_000, threads)
        for r, p in passages_of(list(records)):
            values = {"text": p.text, "record": r.key, "kind": r.kind.value, "n": p.n}
            writer.add_document(tantivy.Document(**values, year=r.year or 0))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def open(self) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(self.folder))
        self.schema = self._schema()

    def ask(self, asked: Asked) -> tuple[int, list[tuple[float, str]]]:
        import tantivy

        searcher = self.index.searcher()
        query = self._written(asked)
        if asked.years:
            low, high = asked.years
            years = tantivy.Query.range_query(
                self.schema, "year", tantivy.FieldType.Integer, low, high
            )
            query = self._all([query, years])
        if asked.how == "facets":
            kind = tantivy.Query.term_query(self.schema, "kind", "document")
            query = self._all([query, kind])
        found = searcher.search(query, TOP, count=True)
        if asked.how == "facets":
            searcher.aggregate(
                query,
                {f: {"terms": {"field": f, "size": 100}} for f in ("kind", "year")},
            )
        snippets = tantivy.SnippetGenerator.create(searcher, query, self.schema, "text")
        hits = [
            (score, snippets.snippet_from_doc(searcher.doc(place)).to_html())
            for score, place in found.hits
        ]
        return found.count, hits

    def _all(self, queries: list[Any]) -> Any:
        import tantivy

        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])

    def _written(self, asked: Asked) -> Any:
        import tantivy

        words = asked.words
        match asked.how:
            case "phrase":
                return self.index.parse_query(f'"{" ".join(words)}"', ["text"])
            case "or":
                return self.index.parse_query(" OR ".join(words), ["text"])
            case "prefix" | "typing":
                *whole, last = words
                begun = tantivy.Query.regex_query(self.schema, "text", f"{last}.*")
                parsed = [self.index.parse_query(word, ["text"]) for word in whole]
                return self._all([*parsed, begun])
            case "fuzzy":
                return tantivy.Query.fuzzy_term_query(self.schema, "text", words[0], distance=1)
            case _:
                return self.index.parse_query(" ".join(f"+{word}" for word in words), ["text"])

    def add(self, record: IndexedRecord) -> None:
        self._insert((record,), 1)

    def size(self) -> int:
        return bytes_below(self.folder)


ENGINES: dict[str, type[Any]] = {"ours": Ours, "fts5": Fts5, "tantivy": Tantivy}


def missing() -> dict[str, str]:
    """Say which of the other engines can't be measured here, and why."""
    found: dict[str, str] = {}
    try:
        import tantivy  # noqa: F401
    except ImportError:
        found["tantivy"] = "tantivy is not installed (pip install tantivy, outside the project)"
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError as error:
        found["fts5"] = f"this SQLite has no FTS5 ({error})"
    return found
