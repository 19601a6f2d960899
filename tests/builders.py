"""Small packs and texts made by hand, for tests that need no whole reference."""

from core.domain.keys import Kind
from core.domain.records import CompiledPack, CompiledRecord, RecordEntry
from core.domain.relations import Fact, Relation
from core.domain.text import Passage, PassageKind, Text


def a_text(*paragraphs: str) -> Text:
    """A text whose first paragraph is its heading."""
    passages: list[Passage] = []
    at = 0
    for n, paragraph in enumerate(paragraphs):
        kind = PassageKind.PARAGRAPH if n else PassageKind.HEADING
        passages.append(Passage(n, kind, 0 if n else 1, at, at + len(paragraph), f"§ {n}"))
        at += len(paragraph) + 1
    return Text("\n".join(paragraphs), tuple(passages))


def a_record(key: str, *paragraphs: str, relations: tuple[Relation, ...] = ()) -> CompiledRecord:
    """A record whose title is its first paragraph."""
    text = a_text(*paragraphs)
    return CompiledRecord(
        entry=RecordEntry(
            key=key,
            kind=Kind(key.partition(":")[0]),
            title=paragraphs[0],
            summary=paragraphs[-1],
            year=2015,
        ),
        text=text,
        aliases=(f"{key}-earlier",),
        facts=(Fact("A fact.", 2015, None, False),),
        relations=relations,
    )


def a_pack(*records: CompiledRecord, version: str = "1") -> CompiledPack:
    """A pack of these records."""
    return CompiledPack("test", version, f"hash-{version}", records)
