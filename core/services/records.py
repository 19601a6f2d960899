"""Records of the analyst's own: added, edited, set beside the pack's version, taken back."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.orm import Session

from core.domain.changes import Changes
from core.domain.keys import Kind, is_key, kind_of
from core.domain.own_records import (
    Difference,
    Draft,
    FieldProblem,
    Raw,
    RecordForm,
)
from core.errors import UserError
from core.services.layering import layered_pack, recompose
from core.services.reference import find_record
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.documents import Documents
from core.storage.repositories.own_records import OwnRecords
from core.storage.repositories.passage_links import PassageLinkStore
from core.storage.repositories.records import Records as StoredRecords
from core.storage.tables import OwnRecordRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import slow

if TYPE_CHECKING:
    from core.reference.layered import LayeredPack

_LONGEST_SLUG = 60
_SHOWN = 60  # characters of a title in a step's name
MAX_CHARACTERS = 1_000_000  # of all fields of a record


class Records:
    """The analyst's layer of records; the pack's own words stay beside it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Forms

    def blank(self, kind: Kind, type_: str | None = None) -> RecordForm:
        """Return the form of a new record; ``type_`` tells participants apart."""
        from core.reference.forms import TYPES, form_fields

        raw: Raw = {}
        if kind is Kind.DOCUMENT:
            raise UserError("Documents are imported, not written; choose another kind.")
        if kind is Kind.PARTICIPANT:
            raw["type"] = type_ if type_ in TYPES else TYPES[0]
        return RecordForm("", kind, raw, form_fields(kind, raw.get("type")))

    @slow
    def form(self, key: str) -> RecordForm:
        """Return a record as it is edited; raises `NotFoundError`."""
        from core.reference.forms import form_fields

        with self._database.read() as session:
            place = find_record(StoredRecords(session), key)
            entry = StoredRecords(session).entry(place)
            found = layered_pack(session).entry(entry.key)
        if found is None or found.kind == Kind.DOCUMENT:
            raise UserError(f"{entry.title} is a document; edit it where it was written.")
        changed = [one.field for one in self.differences(entry.key)]
        fields = form_fields(entry.kind, found.raw.get("type"))
        return RecordForm(
            entry.key, entry.kind, found.raw, fields, found.origin, entry.withdrawn, tuple(changed)
        )

    @slow
    def propose_key(self, kind: Kind, title: str) -> str:
        """Return a key that is free, made of a title's words."""
        with self._database.read() as session:
            return free_key(session, kind, title)

    @slow
    def check(self, raw: Raw) -> tuple[FieldProblem, ...]:
        """Return what keeps a record from being stored, by field; nothing if it can be."""
        fields = _cleaned(raw)
        key = str(fields.get("key", ""))
        if not is_key(key):
            return (FieldProblem(("key",), "Give it a key, such as norm:due-diligence."),)
        with self._database.read() as session:
            return _problems(layered_pack(session), kind_of(key), fields)

    # Writing

    @slow
    def save(
        self, raw: Raw, *, new: bool = False, draft: str | None = None
    ) -> tuple[tuple[FieldProblem, ...], Changes]:
        """Store a record as its form has it: one undoable step, edits in a row are one.

        Args:
            new: the key must be free.
            draft: is forgotten once the record is stored.

        Returns problems by field, and then no change; raises `UserError` for a key that is none.
        """
        fields = _cleaned(raw)
        key = str(fields.get("key", ""))
        kind = kind_of(key)
        with self._database.write() as work:
            place = StoredRecords(work.session).resolve(key)
            if new and place is not None:
                return (FieldProblem(("key",), f"There is a record “{key}” already."),), Changes()
            pack = layered_pack(work.session)
            if problems := _problems(pack, kind, fields):
                return problems, Changes()
            before = pack.neighbours([key])
            if not write_entry(work, key, kind, fields):
                return (), Changes()
            touched = recompose(work, [key], before)
            if draft is not None:
                OwnRecords(work.session).drop_draft(draft)
            title = shorten(str(fields["title"]))
            step = f"Add “{title}”" if place is None else f"Edit “{title}”"
            changes = work.commit(step, merges=f"record:{key}")
            return (), changes | Changes(records=touched | {key}, step=step)

    # Beside the pack

    @slow
    def differences(self, key: str) -> tuple[Difference, ...]:
        """Return the fields in which the analyst's record differs from the pack's."""
        from core.reference.forms import label_of
        from core.reference.layers import differs, lay_over
        from core.reference.wording import in_lines

        with self._database.read() as session:
            place = find_record(StoredRecords(session), key)
            own = OwnRecords(session)
            row, entry = own.row(place), own.pack_entry(StoredRecords(session).entry(place).key)
            if row is None or entry is None:
                return ()
            mine = lay_over(entry.raw, row.changes)
            return tuple(
                Difference(
                    name,
                    label_of(name),
                    in_lines(entry.raw.get(name)),
                    in_lines(mine.get(name)),
                    moved=differs(entry.raw.get(name), change["base"]),
                )
                for name, change in row.changes.items()
                if differs(entry.raw.get(name), mine.get(name))
            )

    @slow
    def take_pack(self, key: str, field: str | None = None) -> Changes:
        """Return to what the pack says, in one field or in all; one undoable step."""
        with self._database.write() as work:
            place = find_record(StoredRecords(work.session), key)
            entry = StoredRecords(work.session).entry(place)
            own = OwnRecords(work.session)
            row = own.row(place)
            if row is None or own.pack_entry(entry.key) is None:
                raise UserError(f"{entry.title} has no version in the pack to return to.")
            before = layered_pack(work.session).neighbours([entry.key])
            left = {name: c for name, c in row.changes.items() if field not in (None, name)}
            if left:
                row.changes, row.modified = left, work.now
            else:
                work.session.delete(row)
            touched = recompose(work, [entry.key], before)
            step = f"Take the pack's version of “{shorten(entry.title)}”"
            changes = work.commit(step)
            return changes | Changes(records=touched | {entry.key}, step=step)

    # Deleting

    @slow
    def hanging(self, key: str) -> tuple[int, tuple[str, ...]]:
        """Return how many annotations are on a record or lead to it, and which records name it."""
        with self._database.read() as session:
            place = find_record(StoredRecords(session), key)
            entry = StoredRecords(session).entry(place)
            notes = len(AnnotationStore(session).on_records([place]))
            notes += len(PassageLinkStore(session).to_record(StoredRecords(session).names(place)))
            tied = StoredRecords(session).keys_of(Documents(session).tied_to([place]))
            return notes, tuple(sorted({*layered_pack(session).mentioning(entry.key), *tied}))

    @slow
    def delete(self, key: str, *, keep: bool = False) -> Changes:
        """Delete an own record; with ``keep`` it stays readable, marked as withdrawn.

        Raises `UserError` for a record of the pack, and where annotations or other records hang
        on it and ``keep`` is not said.
        """
        notes, records = self.hanging(key)
        with self._database.write() as work:
            row = self._own_row(work, key)
            title = shorten(StoredRecords(work.session).entry(row.id).title)
            if not keep and (notes or records):
                named = f", and {', '.join(records[:3])} name it" if records else ""
                raise UserError(
                    f"“{title}” has {notes} annotations on it or tied to it{named}. Delete those "
                    "first, or keep it as withdrawn."
                )
            before = layered_pack(work.session).neighbours([row.key])
            if keep:
                row.withdrawn, row.modified = True, work.now
            else:
                work.session.delete(row)
            touched = recompose(work, [row.key], before)
            step = f"Withdraw “{title}”" if keep else f"Delete “{title}”"
            changes = work.commit(step)
            return changes | Changes(records=touched | {row.key}, step=step)

    @slow
    def restore(self, key: str) -> Changes:
        """Take back that an own record was withdrawn."""
        with self._database.write() as work:
            row = self._own_row(work, key)
            row.withdrawn, row.modified = False, work.now
            recompose(work, [row.key])
            return work.commit("Restore a record")

    def _own_row(self, work: UnitOfWork, key: str) -> OwnRecordRow:
        place = find_record(StoredRecords(work.session), key)
        own = OwnRecords(work.session)
        row, entry = own.row(place), StoredRecords(work.session).entry(place)
        if row is None or own.pack_entry(entry.key) is not None:
            raise UserError(
                f"“{shorten(entry.title)}” is the pack's, not yours; you can only take back your "
                "own changes to it."
            )
        return row

    # Drafts

    def drafts(self) -> tuple[Draft, ...]:
        """Return what is half written, newest first."""
        with self._database.read() as session:
            rows = OwnRecords(session).drafts()
            return tuple(Draft(row.id, Kind(row.kind), row.raw, row.modified) for row in rows)

    def keep_draft(self, draft: str, kind: Kind, raw: Raw) -> None:
        """Keep what is half written, whatever it is; it is no record and no step."""
        with self._database.write() as work:
            OwnRecords(work.session).keep_draft(draft, kind.value, _cleaned(raw), work.now)
            work.commit()

    def drop_draft(self, draft: str) -> None:
        """Forget what was half written."""
        with self._database.write() as work:
            OwnRecords(work.session).drop_draft(draft)
            work.commit()


def write_entry(
    work: UnitOfWork, key: str, kind: Kind, fields: dict[str, Any], pack: str | None = None
) -> bool:
    """Lay a record's fields over what the pack says; tells whether that changed anything.

    ``pack`` is the name of the file of additions that they come from.
    """
    from core.reference.layers import changes_between, differs, lay_over

    own = OwnRecords(work.session)
    place = StoredRecords(work.session).resolve(key)
    key = StoredRecords(work.session).entry(place).key if place is not None else key
    row = own.row(place) if place is not None else None
    entry = own.pack_entry(key)
    said = entry.raw if entry is not None else {"key": key}
    present = lay_over(said, row.changes) if row is not None else said
    if not any(differs(present.get(n), fields.get(n)) for n in [*present, *fields] if n != "key"):
        return False
    changes = changes_between(said, fields)
    if row is None:
        work.session.add(_new_row(work, place, key, kind, changes, pack))
    elif changes or entry is None:
        row.changes, row.modified = changes, work.now
    else:
        work.session.delete(row)
    work.session.flush()
    return True


def _problems(pack: LayeredPack, kind: Kind, fields: dict[str, Any]) -> tuple[FieldProblem, ...]:
    from core.reference.forms import form_fields, missing
    from core.reference.layered import RawEntry

    return missing(form_fields(kind, fields.get("type")), fields) or pack.problems(
        RawEntry(kind.value, fields)
    )


def _new_row(
    work: UnitOfWork,
    place: int | None,
    key: str,
    kind: Kind,
    changes: dict[str, Any],
    pack: str | None,
) -> OwnRecordRow:
    return OwnRecordRow(
        id=place if place is not None else OwnRecords(work.session).next_id(),
        key=key,
        kind=kind.value,
        changes=changes,
        pack=pack,
        withdrawn=False,
        analyst=work.analyst,
        created=work.now,
        modified=work.now,
    )


def _cleaned(raw: Raw) -> dict[str, Any]:
    """Return a form's fields in NFC, without what is empty; raises `UserError` if too large."""
    left = [MAX_CHARACTERS]

    def clean(value: object) -> Any:  # noqa: ANN401 -- plain values of any shape
        if isinstance(value, str):
            left[0] -= len(value)
            if left[0] < 0:
                raise UserError(f"A record holds at most {MAX_CHARACTERS:,} characters.")
            return unicodedata.normalize("NFC", value).strip() or None
        if isinstance(value, dict):
            rows = cast("dict[object, object]", value).items()
            pairs = ((str(name), clean(item)) for name, item in rows)
            return {name: item for name, item in pairs if item is not None}
        if isinstance(value, (list, tuple)):
            parts = cast("list[object]", value)
            return [item for part in parts if (item := clean(part)) not in (None, {})]
        return value

    return {name: value for name, value in clean(raw).items() if value != []}


def free_key(session: Session, kind: Kind, *titles: str | None) -> str:
    """Return a key that no record has nor had, of the first title with words in Latin letters."""
    slugs = [slug for title in titles if title and (slug := _slug(title))]
    slugs.sort(key=lambda slug: not re.search("[a-z]", slug))  # a number alone says little
    slug = slugs[0] if slugs else "untitled"
    key, number = f"{kind.value}:{slug}", 1
    while _is_taken(session, key):
        number += 1
        key = f"{kind.value}:{slug}-{number}"
    return key


def _slug(title: str) -> str:
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", folded))[:_LONGEST_SLUG].strip("-")


def _is_taken(session: Session, key: str) -> bool:
    stored = StoredRecords(session).resolve(key) is not None
    return stored or Documents(session).row_of(key) is not None  # which may be in the trash


def shorten(title: str) -> str:
    """Return a title that fits into the name of a step."""
    return title if len(title) <= _SHOWN else title[: _SHOWN - 1] + "…"
