"""What a pack covers: its articles, how much of it was verified, and where it is thin."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from core.domain.text import SpanKind
from core.reference.articles import KINDS, Article
from core.reference.problems import refuse
from core.reference.reading import Pack, read_pack
from core.reference.schema import RecordShape, Source, TableShape
from core.reference.validation import check_pack
from core.tasks import Progress, no_progress

FEW_FACTS = 3
SHORTEST, LONGEST = 250, 900  # words of an article
MOST_UNVERIFIED = 0.25  # of an article's citations


@dataclass(slots=True)
class Share:
    """How many of a kind of statement there are, and how many were verified."""

    total: int = 0
    verified: int = 0

    def count(self, *, verified: bool) -> None:
        """Count one more."""
        self.total += 1
        self.verified += verified

    @property
    def share(self) -> float:
        """The verified ones as a part of all, 0 to 1; 1 for none."""
        return self.verified / self.total if self.total else 1.0


@dataclass(slots=True)
class Coverage:
    """The figures of a pack, and the keys of what needs work."""

    records: int = 0
    sources: int = 0
    articles: int = 0
    words: int = 0
    facts: Share = field(default_factory=Share)
    relations: Share = field(default_factory=Share)
    rows: Share = field(default_factory=Share)
    citations: Share = field(default_factory=Share)
    few_facts: list[str] = field(default_factory=list[str])
    seeds_without_article: list[str] = field(default_factory=list[str])
    odd_lengths: dict[str, int] = field(default_factory=dict[str, int])
    doubtful_articles: dict[str, float] = field(default_factory=dict[str, float])
    doubted: list[str] = field(default_factory=list[str])
    unread_sources: dict[str, int] = field(default_factory=dict[str, int])


def measure_pack(folder: Path, progress: Progress = no_progress) -> Coverage:
    """Read and check a pack and count it; raises `UserError` if it is not sound."""
    pack = read_pack(folder, progress)
    problems = check_pack(pack)
    if problems:
        raise refuse(problems)
    coverage = Coverage()
    _count_records(pack, coverage)
    seen = {
        entry.shape.key: entry.shape.seen
        for _, entry in pack.records
        if isinstance(entry.shape, Source)
    }
    for key in sorted(pack.articles):
        _count_article(pack.articles[key], coverage, seen)
    return coverage


def _count_records(pack: Pack, coverage: Coverage) -> None:
    for kind, entry in pack.records:
        shape = entry.shape
        if not isinstance(shape, RecordShape):
            coverage.sources += 1
            continue
        coverage.records += 1
        _count(coverage.facts, (fact.verified for fact in shape.facts))
        coverage.doubted += [f"{shape.key}: {f.text}" for f in shape.facts if not f.verified]
        _count(coverage.relations, (tie.verified for tie in shape.relations))
        if len(shape.facts) < FEW_FACTS:
            coverage.few_facts.append(shape.key)
        if shape.seed and kind in KINDS and shape.key not in pack.articles:
            coverage.seeds_without_article.append(shape.key)
    for entry in pack.tables:
        table = entry.shape
        if isinstance(table, TableShape):
            rows = (r.verified if r.verified is not None else table.verified for r in table.rows)
            _count(coverage.rows, rows)


def _count(share: Share, verified: Iterable[bool]) -> None:
    for one in verified:
        share.count(verified=one)


def _count_article(article: Article, coverage: Coverage, seen: dict[str, bool]) -> None:
    coverage.articles += 1
    coverage.words += article.words
    if not SHORTEST <= article.words <= LONGEST:
        coverage.odd_lengths[article.key] = article.words
    own = Share()
    for number, block in enumerate(article.passages, 1):
        cites = [span for span in block.spans if span.kind is SpanKind.CITE]
        coverage.doubted += [
            f"{article.key}, para. {number}: {block.words[span.start : span.end]}"
            for span in cites
            if not span.verified
        ]
        for span in block.spans:
            if span.kind is not SpanKind.CITE:
                continue
            verified = bool(span.verified)
            own.count(verified=verified)
            if verified and span.target and not seen.get(span.target, True):
                unread = coverage.unread_sources
                unread[span.target] = unread.get(span.target, 0) + 1
    coverage.citations.total += own.total
    coverage.citations.verified += own.verified
    if own.total == 0 or own.share < 1 - MOST_UNVERIFIED:
        coverage.doubtful_articles[article.key] = round(1 - own.share, 3) if own.total else 1.0
