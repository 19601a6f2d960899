"""Real text to measure with: the reference pack, and UN speeches, resolutions and treaties.

The collections are looked for in a folder beside the project, ``../shared/corpora``, or where
an argument says; they are unpacked into a working folder and never into the project. Each speech,
resolution or treaty is one record of kind document, cut into passages of 60 to 120 words.
"""

import html
import pickle
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

from core.domain.keys import Kind
from core.domain.search import IndexedPassage, IndexedRecord
from core.storage.repositories.index_feed import IndexFeed
from core.storage.unit_of_work import Database
from core.workspace import open_workspace

FOLDER = Path(__file__).parents[3] / "shared" / "corpora"
SIZES = {"S": 0, "M": 100_000, "L": 10**9}  # passages; S is the pack alone
_SHORTEST, _LONGEST = 60, 120  # words of a passage, but for the last of a text
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]{0,2000}>", re.DOTALL | re.IGNORECASE)


def collected(size: str, work: Path, corpora: Path) -> list[IndexedRecord]:
    """Return the records of one size; made once and kept in the working folder."""
    kept = work / f"records-{size}.pickle"
    if not kept.exists():
        work.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(_gathered(SIZES[size], work, corpora), 5))
    return pickle.loads(kept.read_bytes())


def passages_of(records: list[IndexedRecord]) -> Iterator[tuple[IndexedRecord, IndexedPassage]]:
    """Yield each passage with its record."""
    for record in records:
        for passage in record.passages:
            yield record, passage


def long_document(n: int) -> IndexedRecord:
    """Make a document of 50 passages that is in no collection, out of real sentences' words."""
    texts = [
        f"In passage {n}-{p} the delegation of Ruritania{n} welcomed the report of the working "
        "group, reaffirmed that international law applies to the use of technologies by States, "
        "and asked that confidence-building measures and points of contact be taken up again in "
        f"the next session, as it had proposed before under item {p} of the agenda. " * 2
        for p in range(50)
    ]
    return as_record(f"document:ruritania-{n}", f"Statement of Ruritania{n}", 2024, texts)


def as_record(key: str, title: str, year: int | None, texts: list[str]) -> IndexedRecord:
    """Make a document of its title and texts."""
    passages: list[IndexedPassage] = []
    at = 0
    for n, text in enumerate((title, *texts)):
        passages.append(IndexedPassage(n, at, at + len(text), text, heading=n == 0))
        at += len(text) + 2
    return IndexedRecord(
        key, Kind.DOCUMENT, title, (), year, year, (), (), (), passages=tuple(passages)
    )


def _gathered(most: int, work: Path, corpora: Path) -> list[IndexedRecord]:
    records = _pack(work)
    room = most - sum(len(record.passages) for record in records)
    if room <= 0:
        return records
    for record in _documents(work, corpora):
        records.append(record)
        room -= len(record.passages)
        if room <= 0:
            break
    return records


def _pack(work: Path) -> list[IndexedRecord]:
    open_workspace(work / "workspace").close()
    database = Database(work / "workspace" / "normatlas.db", "bench")
    with database.read() as session:
        records = list(IndexFeed(session).records())
    database.close()
    return records


def _documents(work: Path, corpora: Path) -> Iterator[IndexedRecord]:
    """Yield every document, mixed in the same way each time, so that M is a fair part of L."""
    speeches = work / "speeches"
    if not speeches.exists():
        with tarfile.open(corpora / "ungdc-to-2015.tar.xz") as archive:
            archive.extractall(speeches, filter="data")
    files = sorted(
        [
            *speeches.rglob("*.txt"),
            *(corpora / "unsc").glob("*.txt"),
            *(corpora / "treaties").glob("*.html"),
        ],
        key=lambda file: (hash_of(file.stem), file.stem),
    )
    for file in files:
        text = _read(file)
        year = next(iter(re.findall(r"(?:^|_)((?:19|20)\d\d)(?:_|\Z)", file.stem)), None)
        slug = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
        yield as_record(
            f"document:{slug}", file.stem.replace("_", " "), int(year) if year else None,
            list(cut(text)),
        )  # fmt: skip


def long_texts(corpora: Path) -> list[str]:
    """Return resolutions and treaties as they are read, in the same order each time."""
    files = [*(corpora / "unsc").glob("*.txt"), *(corpora / "treaties").glob("*.html")]
    return [_read(file) for file in sorted(files, key=lambda file: file.name)]


def _read(file: Path) -> str:
    text = file.read_text(encoding="utf-8", errors="replace")
    return html.unescape(_TAG.sub("\n", text)) if file.suffix == ".html" else text


def hash_of(text: str) -> int:
    """Return a number that scatters names, the same in each process."""
    number = 0
    for character in text:
        number = (number * 31 + ord(character)) % 1_000_003
    return number


def cut(text: str) -> Iterator[str]:
    """Merge and split paragraphs into passages, at the ends of sentences where there are any."""
    held: list[str] = []
    for paragraph in re.split(r"\n+", text):
        for sentence in _SENTENCE_END.split(paragraph.strip()):
            words = sentence.split()
            while words:
                room = _LONGEST - len(held)
                if held and len(words) > room:
                    yield " ".join(held)
                    held = []
                    continue
                held += words[:room]
                words = words[room:]
            if len(held) >= _SHORTEST:
                yield " ".join(held)
                held = []
    if held:
        yield " ".join(held)
