"""A pack's folder compiled into records that storage takes as they are."""

from pathlib import Path

from core.domain.dates import years
from core.domain.keys import Kind
from core.domain.records import CompiledPack, CompiledRecord, Field, RecordEntry
from core.domain.relations import Fact
from core.domain.synonyms import SynonymGroup
from core.reference.articles import Article
from core.reference.details import details
from core.reference.index import PackIndex, date_of
from core.reference.page import write_page
from core.reference.problems import refuse
from core.reference.reading import Entry, read_pack
from core.reference.schema import AnyRecord, RecordShape, Source, TableShape
from core.reference.validation import check_pack
from core.tasks import Progress, no_progress, without_collector

_STEP = 100  # records between two reports of progress


def compile_pack(folder: Path, progress: Progress = no_progress) -> CompiledPack:
    """Read, check and compile a pack; raises `UserError` with file, line and reason."""
    with without_collector():
        pack = read_pack(folder, progress)
        problems = check_pack(pack)
        if problems:
            raise refuse(problems)
        index = PackIndex(pack)
        records: list[CompiledRecord] = []
        for kind, entry in pack.records:
            if len(records) % _STEP == 0:
                progress(len(records), len(pack.records), "Writing the pages")
            records.append(compile_entry(index, kind, entry))
    progress(len(records), len(records), "Writing the pages")
    synonyms = tuple(
        SynonymGroup(f"pack-{number}", tuple(group.shape.forms), group.shape.note)
        for number, group in enumerate(pack.synonyms)
    )
    tables = tuple(entry.raw for entry in pack.tables)
    articles = tuple(raw_article(article) for article in pack.articles.values())
    return CompiledPack(
        pack.info.name, pack.info.version, pack.sha256, tuple(records), synonyms, tables, articles
    )


def raw_article(article: Article) -> dict[str, object]:
    """Return an article as it is kept beside the records' own fields."""
    return {
        "key": f"article:{article.key}",
        "record": article.key,
        "text": article.text,
        "mentions": list(article.mentions),
    }


def compile_entry(index: PackIndex, kind: Kind, entry: Entry) -> CompiledRecord:
    """Compile one record of a pack that was checked."""
    shape = entry.shape
    if isinstance(shape, TableShape):
        raise TypeError(shape.key)
    found = details(index, shape)
    text = write_page(index, shape, found)
    fields = tuple(Field(detail.name, detail.label, detail.words) for detail in found)
    head = _entry(kind, shape, entry.raw)
    if not isinstance(shape, RecordShape):
        return CompiledRecord(
            head, text, aliases=tuple(shape.aliases), fields=fields, attributes=entry.raw
        )
    return CompiledRecord(
        head,
        text,
        aliases=tuple(shape.aliases),
        fields=fields,
        facts=tuple(
            Fact(fact.text, fact.year, index.optional_key(fact.source), fact.verified)
            for fact in shape.facts
        ),
        relations=tuple(index.outgoing[shape.key]),
        sources=tuple(index.key(name) for name in shape.sources),
        see_also=tuple(index.key(name) for name in shape.see_also),
        source=index.optional_key(shape.source),
        note=shape.note,
        attributes=entry.raw,
    )


def _entry(kind: Kind, shape: AnyRecord, raw: dict[str, object]) -> RecordEntry:
    date = date_of(shape)
    first, last = years(date) if date else (None, None)
    type_ = raw.get("category") if kind is Kind.NORM else raw.get("type")
    return RecordEntry(
        key=shape.key,
        kind=kind,
        title=shape.title,
        summary=shape.summary,
        date=date,
        year=first if first is not None else last,
        year_to=last,
        type=_text(type_),
        status=_text(raw.get("status") or raw.get("legal_status")),
        region=_text(raw.get("region")),
        themes=() if isinstance(shape, Source) else tuple(shape.themes),
        names=() if isinstance(shape, Source) else tuple(shape.other_names),
        seed=shape.seed,
        verified=shape.seen if isinstance(shape, Source) else shape.verified,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
