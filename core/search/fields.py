"""The fields of the query language: names, meanings, and what they may hold."""

from dataclasses import dataclass

from core.domain.keys import Kind

KINDS = tuple(kind.value for kind in Kind)
LAYERS = ("reference", "documents", "notes")
STATES = ("annotated", "seed", "verified", "unverified")
ANSWERS = ("yes", "no")


@dataclass(frozen=True, slots=True)
class FieldMeaning:
    """What a field does. ``choices`` are all its values where those are few and fixed.

    ``nested`` fields hold words, phrases or a group, searched in one place alone; ``records``
    ones name a record by its key, slug, title or other name.
    """

    name: str
    meaning: str
    example: str
    choices: tuple[str, ...] = ()
    nested: bool = False
    records: bool = False


FIELDS = {
    field.name: field
    for field in (
        FieldMeaning("kind", "what a record is", "kind:norm", KINDS),
        FieldMeaning("title", "words of the title or another name", "title:tallinn", nested=True),
        FieldMeaning("theme", "a theme of the reference", "theme:cybercrime"),
        FieldMeaning("year", "a year or years that the record touches", "year:2011..2015"),
        FieldMeaning("participant", "tied to this participant", "participant:japan", records=True),
        FieldMeaning("party", "party to a text, or a text's parties", "party:japan", records=True),
        FieldMeaning("stated-in", "norms stated in a text", "stated-in:gge-2015", records=True),
        FieldMeaning("source", "rests on this source", "source:dig-watch", records=True),
        FieldMeaning("type", "the type, category or office", "type:treaty"),
        FieldMeaning("status", "the status", 'status:"in force"'),
        FieldMeaning("region", "the region", "region:asia"),
        FieldMeaning("verified", "checked against its source", "verified:yes", ANSWERS),
        FieldMeaning("is", "a mark that a record bears", "is:annotated", STATES),
        FieldMeaning("in", "reference, documents or notes", "in:notes", LAYERS),
        FieldMeaning("tag", "a tag of yours, or one below it", "tag:CBM"),
        FieldMeaning("note", "words of your notes", "note:compare", nested=True),
    )
}
RECORD_FIELDS = frozenset(name for name, field in FIELDS.items() if field.records)
VALUE_FIELDS = frozenset(("theme", "type", "status", "region"))  # free text, told by its words
