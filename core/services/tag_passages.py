"""Tags that give their passages to others: merged, split, deleted."""

from collections.abc import Sequence

from core.domain.codebook import MEANING, SEPARATOR, TagPart
from core.errors import NotFoundError, UserError
from core.services.tag_rows import clean_path, clean_text, find_tag, make_tag, rename_tag
from core.storage.repositories.codebook import Tags
from core.storage.repositories.notes import NoteStore
from core.storage.row_images import Image, Row, image_of
from core.storage.tables import AnnotationTagRow, TagRow
from core.storage.unit_of_work import UnitOfWork

_LINKS = AnnotationTagRow.__tablename__


def merge_tags(
    work: UnitOfWork, sources: Sequence[str], into: str, meaning: dict[str, str]
) -> TagRow:
    """Merge tags, with what is below them, into one; passages and their notes are kept.

    Args:
        meaning: what the fields of `MEANING` say afterwards; else an empty one takes the words
            of the first source that has any.
    """
    tags = Tags(work.session)
    target = find_tag(tags, into)
    for path in sources:
        source = find_tag(tags, path)
        if source.id == target.id:
            raise UserError(f"The tag “{source.path}” can't be merged into itself.")
        if target.folded.startswith(source.folded + SEPARATOR):
            raise UserError(
                f"“{target.path}” stands below “{source.path}”; merge the lower tag into the "
                "upper one, and rename that."
            )
        _merge(work, source, target)
    for field, words in meaning.items():
        setattr(target, field, clean_text(words))
    target.modified = work.now
    return target


def _merge(work: UnitOfWork, source: TagRow, target: TagRow) -> None:
    tags = Tags(work.session)
    below, path = tags.children(source.path), source.path
    for field in MEANING:
        if not getattr(target, field):
            setattr(target, field, getattr(source, field))
    if target.favourite is None:
        target.favourite = source.favourite
    give_links(work, tags.links([source.id]), target)
    for note in NoteStore(work.session).rows_on_tags([source.id]):
        note.tag_id = target.id
    remove_tags(work, [source], target)
    for child in below:
        to = target.path + child.path[len(path) :]
        same = tags.row(to)
        if same is None:
            rename_tag(work, child, to)
        elif same.id != child.id:
            _merge(work, child, same)


def split_tag(work: UnitOfWork, path: str, parts: Sequence[TagPart], *, keep: bool) -> TagRow:
    """Put chosen passages of a tag on other tags, which are made where they are missing.

    Args:
        keep: leave the tag itself on them too.
    """
    tags = Tags(work.session)
    source = find_tag(tags, path)
    links = {link["annotation_id"]: link for link in tags.links([source.id])}
    chosen: dict[str, None] = {}
    for part in parts:
        unknown = [one for one in part.annotations if one not in links]
        if unknown:
            raise NotFoundError(
                f"The annotation {unknown[0]} does not carry “{source.path}” (any more); choose "
                "the passages anew."
            )
        to = clean_path(part.path)
        target = tags.row(to) or make_tag(work, to, source.color)
        if target.id == source.id:
            raise UserError(f"“{source.path}” can't be split into itself; name another tag.")
        give_links(work, [links[one] for one in part.annotations], target, keep=True)
        chosen |= dict.fromkeys(part.annotations)
    if not chosen:
        raise UserError(f"Choose at least one passage of “{source.path}” to split off.")
    if not keep:
        _unlink(work, [links[one] for one in chosen])
    return source


def delete_tag(work: UnitOfWork, path: str, give_to: str | None, *, keep_below: bool) -> TagRow:
    """Delete a tag; annotations stay, untagged or with another tag.

    Args:
        give_to: the tag that takes over the passages of all that are deleted.
        keep_below: move the tags below up to where it stood; else they are deleted too.
    """
    tags = Tags(work.session)
    row = find_tag(tags, path)
    heir = find_tag(tags, give_to) if give_to is not None else None
    below = tags.children(row.path) if keep_below else []
    rows = [row] if keep_below else tags.rows_below(row.path)
    if heir is not None and heir.id in {one.id for one in rows}:
        raise UserError(
            f"“{heir.path}” is deleted too and can't take the passages; choose another tag."
        )
    links = tags.links([one.id for one in rows])
    if heir is None:
        _unlink(work, links)
    else:
        give_links(work, links, heir)
    remove_tags(work, rows, heir)
    above = row.path.rpartition(SEPARATOR)[0]
    for child in below:
        name = child.path.rpartition(SEPARATOR)[2]
        rename_tag(work, child, f"{above}{SEPARATOR}{name}" if above else name)
    return row


def give_links(work: UnitOfWork, links: Sequence[Row], tag: TagRow, *, keep: bool = False) -> None:
    """Put another tag on the annotations of these links, once each, in the same place.

    Args:
        keep: leave the links themselves too.
    """
    carried = {link["annotation_id"] for link in Tags(work.session).links([tag.id])}
    given: list[Image] = []
    left: list[Row] = []
    for link in links:
        if link["annotation_id"] in carried:
            left.append(link)
            continue
        carried.add(link["annotation_id"])
        after = {**link, "tag_id": tag.id}
        given.append({"table": _LINKS, "before": None if keep else link, "after": after})
    work.write_rows(given)
    if not keep:
        _unlink(work, left)


def _unlink(work: UnitOfWork, links: Sequence[Row]) -> None:
    work.write_rows([{"table": _LINKS, "before": link, "after": None} for link in links])


def remove_tags(work: UnitOfWork, rows: Sequence[TagRow], into: TagRow | None = None) -> None:
    """Delete tags that nothing carries any more; the history notes into what they were merged."""
    work.session.flush()
    images: list[Image] = []
    for row in sorted(rows, key=lambda row: row.folded, reverse=True):
        image = {"table": TagRow.__tablename__, "before": image_of(row), "after": None}
        images.append(image if into is None else {**image, "into": into.id})
        work.session.expunge(row)
    work.write_rows(images)
