"""Words that mean the same for a search: the pack's groups, and the analyst's own."""

import unicodedata
import uuid
from collections.abc import Sequence

from core.domain.changes import Changes
from core.domain.synonyms import SynonymGroup
from core.errors import NotFoundError, UserError
from core.storage.repositories.synonyms import Synonyms as SynonymStore
from core.storage.repositories.synonyms import synonyms_from
from core.storage.tables import SynonymRow
from core.storage.unit_of_work import Database

_MOST_FORMS, _LONGEST_FORM = 20, 120


class Synonyms:
    """Groups of synonyms; a change takes effect with the next search."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def groups(self) -> tuple[SynonymGroup, ...]:
        """Return all groups, the analyst's own first."""
        with self._database.read() as session:
            return SynonymStore(session).groups()

    def add(self, forms: Sequence[str], note: str = "") -> tuple[SynonymGroup, Changes]:
        """Add a group of one's own; raises `UserError` for fewer than two different forms."""
        cleaned = _clean(forms)
        with self._database.write() as work:
            row = SynonymRow(
                id=str(uuid.uuid4()),
                forms=cleaned,
                note=_clean_note(note),
                own=True,
                created=work.now,
                modified=work.now,
            )
            work.session.add(row)
            changes = work.commit(f"Add synonyms of “{cleaned[0]}”")
            return synonyms_from(row), changes

    def change(self, group: str, forms: Sequence[str], note: str | None = None) -> Changes:
        """Give a group of one's own other forms; raises `UserError` for one of the pack's."""
        cleaned = _clean(forms)
        with self._database.write() as work:
            row = _own(SynonymStore(work.session), group)
            row.forms, row.modified = cleaned, work.now
            if note is not None:
                row.note = _clean_note(note)
            return work.commit(f"Change synonyms of “{cleaned[0]}”")

    def remove(self, group: str) -> Changes:
        """Remove a group of one's own; raises `UserError` for one of the pack's."""
        with self._database.write() as work:
            row = _own(SynonymStore(work.session), group)
            name = row.forms[0]
            work.session.delete(row)
            return work.commit(f"Remove synonyms of “{name}”")


def _own(synonyms: SynonymStore, group: str) -> SynonymRow:
    row = synonyms.row(group)
    if row is None:
        raise NotFoundError("This group of synonyms is not there any more; undo may bring it back.")
    if not row.own:
        raise UserError(
            f"The synonyms of “{row.forms[0]}” come with the reference and stay as they are; "
            "add a group of your own beside them."
        )
    return row


def _clean(forms: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for form in forms:
        cleaned = unicodedata.normalize("NFC", " ".join(form.split()))
        if not cleaned:
            continue
        if not cleaned.isprintable() or not any(character.isalnum() for character in cleaned):
            raise UserError(f"“{cleaned}” is no word to search for; write words or acronyms.")
        if len(cleaned) > _LONGEST_FORM:
            raise UserError(f"A synonym has at most {_LONGEST_FORM} characters; shorten it.")
        found.setdefault(cleaned.casefold(), cleaned)
    if len(found) < 2:
        raise UserError("Synonyms need at least two different words or names; add another one.")
    if len(found) > _MOST_FORMS:
        raise UserError(f"A group has at most {_MOST_FORMS} synonyms; make two groups of them.")
    return list(found.values())


def _clean_note(note: str) -> str:
    return unicodedata.normalize("NFC", note.strip())
