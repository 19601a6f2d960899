"""The articles of a pack: ``articles/KIND/SLUG.md`` is the one of the record ``KIND:SLUG``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.domain.keys import RECORD_KINDS, Kind
from core.domain.text import PassageKind, SpanKind
from core.reference.files import (
    ARTICLES,
    MAX_ARTICLES,
    RefusedFileError,
    article_files,
    read_bounded,
)
from core.reference.markdown import Block, parse_article
from core.reference.problems import Problem

MAX_BYTES = 32 * 2**10  # a file; the longest that an article should be is a third of it
MAX_TOTAL = 16 * 2**20
KINDS = (Kind.NORM, Kind.INSTRUMENT, Kind.INITIATIVE, Kind.PARTICIPANT, Kind.EVENT)
_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its record's key, its Markdown, and its passages."""

    key: str
    file: str
    blocks: tuple[Block, ...]
    text: str = ""

    @property
    def passages(self) -> tuple[Block, ...]:
        """Its paragraphs, items and quotations, as they are numbered."""
        return tuple(b for b in self.blocks if b.kind is not PassageKind.HEADING)

    @property
    def mentions(self) -> tuple[str, ...]:
        """The keys that it cites and links to, each once."""
        spans = (span for block in self.blocks for span in block.spans)
        return tuple(dict.fromkeys(span.target for span in spans if span.target))

    @property
    def words(self) -> int:
        """How many words it has, headings and citations aside."""
        return sum(len(block.words.split()) for block in self.passages)


def read_articles(
    folder: Path, names: Mapping[str, str]
) -> tuple[dict[str, Article], list[Problem]]:
    """Read and check every article; ``names`` maps keys and aliases of the pack to keys."""
    files = article_files(folder)
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    if len(files) > MAX_ARTICLES:
        return {}, [Problem(ARTICLES, 1, "", f"holds more than {MAX_ARTICLES} files")]
    if sum(path.lstat().st_size for path in files) > MAX_TOTAL:
        return {}, [Problem(ARTICLES, 1, "", f"is larger than {MAX_TOTAL // 2**20} MiB in all")]
    for path in files:
        name = path.relative_to(folder).as_posix()
        key, wrong = _key_of(path.relative_to(folder), names)
        if wrong:
            problems.append(Problem(name, 1, "", wrong))
            continue
        article, found = _read(path, name, key, names)
        problems += found
        articles[key] = article
    return articles, problems


def article_of(key: str, text: str, names: Mapping[str, str]) -> Article:
    """Read an article that was checked before; what it names and is gone since is left out."""
    blocks = (
        replace(block, spans=tuple(s for s in block.spans if s.target is None or s.target in names))
        for block in parse_article(text).blocks
    )
    return Article(key, "", tuple(blocks), text)


def _key_of(path: Path, names: Mapping[str, str]) -> tuple[str, str]:
    """Return the key of the record that a file is about, or why it is about none."""
    parts = path.parts
    if len(parts) != 3 or path.suffix != _SUFFIX:
        return "", f"does not belong here; an article is {ARTICLES}/KIND/SLUG{_SUFFIX}"
    kind = parts[1]
    if kind not in KINDS:
        return "", f"“{kind}” is not a kind that has articles; {', '.join(KINDS)} are"
    key = f"{kind}:{path.stem}"
    known = names.get(key)
    if known is None:
        return "", f"there is no record “{key}”"
    if known != key:
        return "", f"“{key}” is an alias; the article of {known} must bear its own name"
    return key, ""


def _read(
    path: Path, name: str, key: str, names: Mapping[str, str]
) -> tuple[Article, list[Problem]]:
    try:
        text = _decode(read_bounded(path, MAX_BYTES))
    except RefusedFileError as refused:
        return Article(key, name, ()), [Problem(name, refused.line, key, refused.what)]
    parsed = parse_article(text)
    problems = [Problem(name, line, key, what) for line, what in parsed.problems]
    problems += _unresolved(parsed.blocks, name, key, names)
    if not parsed.blocks and not problems:
        problems.append(Problem(name, 1, key, "is empty"))
    return Article(key, name, tuple(parsed.blocks), text), problems


def _decode(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RefusedFileError("is not UTF-8 text", line) from error
    if "\r" in text:
        raise RefusedFileError(
            "has line ends other than LF", text.count("\n", 0, text.index("\r")) + 1
        )
    if text.startswith("\ufeff"):
        raise RefusedFileError("begins with a byte order mark")
    if text.startswith("---\n"):
        raise RefusedFileError("begins with front matter, which an article has not")
    return text


def _unresolved(
    blocks: list[Block], name: str, key: str, names: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the links and citations that lead nowhere."""
    told: set[tuple[int, str]] = set()
    for block in blocks:
        for span in block.spans:
            target = span.target
            if target is None or target in names or (block.line, target) in told:
                continue
            told.add((block.line, target))
            if span.kind is SpanKind.CITE:
                yield Problem(name, block.line, key, f"there is no source “{target}”")
            elif ":" in target and target.partition(":")[0] in RECORD_KINDS:
                yield Problem(name, block.line, key, f"there is no record “{target}”")
            else:
                yield Problem(
                    name, block.line, key, f"a link leads to “{target[:80]}”, which is no record"
                )
