"""What happened to a tag, and the codebook at an earlier date, out of the history's steps."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from core.domain.codebook import MEANING, SEPARATOR, Deed, Tag, TagEvent
from core.storage.journal import Event, events_back
from core.storage.repositories.codebook import Tags, count_tags, fold_path, in_order, tag_from_image
from core.storage.row_images import Image, Row, image_of
from core.storage.tables import AnnotationTagRow, TagRow

_TAG, _LINK = TagRow.__tablename__, AnnotationTagRow.__tablename__


def codebook_at(session: Session, moment: datetime) -> tuple[Tag, ...]:
    """Return the tags as they stood at a moment, by taking back what came after it."""
    tags = Tags(session)
    rows = {row.id: image_of(row) for row in tags.rows()}
    links = tags.all_links()
    for event in events_back(session, (_TAG, _LINK), moment):
        for table, after, before in event.back():
            if table == _TAG:
                _take_back_row(rows, after, before)
            else:
                _take_back_link(links, after, before)
    folded = {tag: fold_path(str(row["path"])) for tag, row in rows.items()}
    own, total = count_tags(folded, links)
    return in_order(tag_from_image(row, own[tag], total[tag]) for tag, row in rows.items())


def _take_back_row(rows: dict[str, Row], after: Row | None, before: Row | None) -> None:
    if after is not None:
        rows.pop(after["id"], None)
    if before is not None:
        rows[before["id"]] = before


def _take_back_link(links: set[tuple[str, str]], after: Row | None, before: Row | None) -> None:
    if after is not None:
        links.discard((after["annotation_id"], after["tag_id"]))
    if before is not None:
        links.add((before["annotation_id"], before["tag_id"]))


def events_of(session: Session, tag: str) -> tuple[TagEvent, ...]:
    """Return what happened to a tag, newest first."""
    return tuple(
        happened
        for event in events_back(session, (_TAG, _LINK))
        for happened in _happened(event, tag)
    )


def _happened(event: Event, tag: str) -> Iterator[TagEvent]:
    for image in event.images:
        if image["table"] != _TAG:
            continue
        if (image["before"] or image["after"])["id"] == tag:
            yield from _row_events(event, image)
        elif image.get("into") == tag:
            yield _told(event, Deed.MERGED, "path", image["before"]["path"])
    given = sum(_carries(image["after"], tag) for image in event.images)
    taken = sum(_carries(image["before"], tag) for image in event.images)
    if abs(given - taken) > 1:
        yield _told(event, Deed.PASSAGES, "count", str(taken), str(given))


def _carries(row: Row | None, tag: str) -> bool:
    return row is not None and row.get("tag_id") == tag


def _told(event: Event, deed: Deed, field: str, before: str = "", after: str = "") -> TagEvent:
    return TagEvent(event.at, event.analyst, deed, event.name, field, before, after, event.undone)


def _row_events(event: Event, image: Image) -> Iterator[TagEvent]:
    before, after = image["before"], image["after"]
    if before is None:
        yield _told(event, Deed.CREATED, "path", "", after["path"])
    elif after is None:
        yield _told(event, Deed.DELETED, "path", before["path"])
    else:
        yield from _edits(event, before, after)


def _edits(event: Event, before: Row, after: Row) -> Iterator[TagEvent]:
    if before["path"] != after["path"]:
        yield _told(event, _path_deed(before, after), "path", before["path"], after["path"])
    for field in ("color", *MEANING):
        was, now = before.get(field, ""), after.get(field, "")
        if was != now:
            deed = Deed.RECOLOURED if field == "color" else Deed.DEFINED
            yield _told(event, deed, field, was, now)
    was, now = before.get("favourite"), after.get("favourite")
    if was != now:  # a place among siblings changes with theirs, and says nothing of the tag
        yield _told(event, Deed.KEYED, "favourite", _number(was), _number(now))


def _path_deed(before: Row, after: Row) -> Deed:
    names = [row["path"].rpartition(SEPARATOR) for row in (before, after)]
    return Deed.RENAMED if names[0][2] != names[1][2] else Deed.MOVED


def _number(value: int | None) -> str:
    return str(value) if value else ""
