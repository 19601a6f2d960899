"""What is done to many annotations at once, each as one step of few statements."""

from collections.abc import Sequence

from sqlalchemy import select

from core.errors import UserError
from core.services.marking import missing
from core.services.tag_rows import clean_path, find_tag, make_tag
from core.storage.parameters import in_chunks
from core.storage.repositories.codebook import Tags
from core.storage.repositories.passage_links import PassageLinkStore
from core.storage.row_images import Image, Row, image_of
from core.storage.tables import AnnotationRow, AnnotationTagRow, Base, TagRow
from core.storage.unit_of_work import UnitOfWork


def change_tags(
    work: UnitOfWork,
    annotations: Sequence[str],
    add: Sequence[str],
    remove: Sequence[str],
    *,
    create: bool,
) -> int:
    """Put tags on annotations and take others off; returns how many annotations changed.

    Raises `NotFoundError` for an annotation that is not there, or a tag that is not to be made.
    """
    if not add and not remove:
        raise UserError("Say which tags to put on the passages, or to take off them.")
    ids = list(dict.fromkeys(annotations))
    _check(work, ids)
    tags = Tags(work.session)
    off = {find_tag(tags, path).id for path in remove}
    on = list(dict.fromkeys(_tag(work, path, create).id for path in add))
    images: list[Image] = []
    changed: list[str] = []
    carried = _links(work, ids)
    for one in ids:
        found = _retagged(one, carried.get(one, []), on, off - set(on))
        images += found
        if found:
            changed.append(one)
    images += _touched(work, changed)
    # Rows that need the same statement follow one another, so that few statements write them.
    images.sort(key=lambda image: (image["before"] is None, image["after"] is None))
    work.write_rows(images)
    work.session.expire_all()
    return len(changed)


def delete_annotations(work: UnitOfWork, annotations: Sequence[str]) -> int:
    """Delete annotations with their ties to tags, records and other passages.

    Returns how many. Raises `NotFoundError` for one that is not there.
    """
    ids = list(dict.fromkeys(annotations))
    _check(work, ids)
    rows: list[Base] = list(PassageLinkStore(work.session).touching(ids))
    for some in in_chunks(ids):
        here = AnnotationTagRow.annotation_id.in_(some)
        rows += work.session.scalars(select(AnnotationTagRow).where(here))
    for some in in_chunks(ids):
        rows += work.session.scalars(select(AnnotationRow).where(AnnotationRow.id.in_(some)))
    images: list[Image] = [
        {"table": row.__tablename__, "before": image_of(row), "after": None} for row in rows
    ]
    work.session.expunge_all()
    work.write_rows(images)
    return len(ids)


def _check(work: UnitOfWork, ids: Sequence[str]) -> None:
    if not ids:
        raise UserError("Choose at least one annotation.")
    found: set[str] = set()
    for some in in_chunks(ids):
        found |= set(
            work.session.scalars(select(AnnotationRow.id).where(AnnotationRow.id.in_(some)))
        )
    for one in ids:
        if one not in found:
            raise missing(one)


def _tag(work: UnitOfWork, path: str, create: bool) -> TagRow:
    tags, path = Tags(work.session), clean_path(path)
    found = tags.row(path) if create else find_tag(tags, path)
    return found or make_tag(work, path)


def _links(work: UnitOfWork, ids: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for some in in_chunks(ids):
        query = (
            select(AnnotationTagRow)
            .where(AnnotationTagRow.annotation_id.in_(some))
            .order_by(AnnotationTagRow.annotation_id, AnnotationTagRow.position)
        )
        for row in work.session.scalars(query):
            found.setdefault(row.annotation_id, []).append(image_of(row))
    return found


def _retagged(one: str, links: list[Row], on: list[str], off: set[str]) -> list[Image]:
    """Return what changes of an annotation's ties; a new tag takes the place of one taken off."""
    carried = {link["tag_id"] for link in links}
    new = [tag for tag in on if tag not in carried]
    images: list[Image] = []
    last = max((link["position"] for link in links), default=-1)
    for link in links:
        if link["tag_id"] in off:
            after = {**link, "tag_id": new.pop(0)} if new else None
            images.append(_image(link, after))
    for place, tag in enumerate(new, last + 1):
        images.append(_image(None, {"annotation_id": one, "tag_id": tag, "position": place}))
    return images


def _image(before: Row | None, after: Row | None) -> Image:
    return {"table": AnnotationTagRow.__tablename__, "before": before, "after": after}


def _touched(work: UnitOfWork, ids: Sequence[str]) -> list[Image]:
    images: list[Image] = []
    for some in in_chunks(ids):
        for row in work.session.scalars(select(AnnotationRow).where(AnnotationRow.id.in_(some))):
            before = image_of(row)
            after = {**before, "modified": work.now.isoformat()}
            images.append({"table": AnnotationRow.__tablename__, "before": before, "after": after})
    return images
