"""The tags of a project as tags of the codebook here."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.codebook import FAVOURITES, MEANING, SEPARATOR, Tag
from core.domain.interchange import ProjectTag
from core.domain.merging import Decisions, MergeItem, MergeKind, MergeStatus, Rule, Side
from core.services.tag_exchange import take_in
from core.storage.repositories.codebook import Tags, fold_path
from core.storage.unit_of_work import UnitOfWork

_LONGEST = 200
_NAME_LEAST = 12  # characters that a name keeps below a long path
_LOOKS_LIKE_IT = "\N{DIVISION SLASH}"
_LONGEST_TEXT = 20_000  # of what a tag means


@dataclass(frozen=True, slots=True)
class TagMatch:
    """A foreign tag: its path here, the tag that it is here, and how the two stand."""

    foreign: ProjectTag
    path: str
    own: Tag | None
    status: MergeStatus

    @property
    def id(self) -> str:
        """The id that annotations carry for it."""
        return self.own.id if self.own is not None else self.foreign.id


def match_tags(foreign: Sequence[ProjectTag], own: Sequence[Tag]) -> dict[str, TagMatch]:
    """Return what each foreign tag is here, by its id: by id first, then by path."""
    by_id = {tag.id: tag for tag in own}
    by_path = {fold_path(tag.path): tag for tag in own}
    paths: dict[str, str] = {}
    taken: set[str] = set()
    found: dict[str, TagMatch] = {}
    for tag in foreign:
        path = _path(tag, paths, taken)
        taken.add(fold_path(path))
        here = by_id.get(tag.id) or by_path.get(fold_path(path))
        paths[tag.id] = here.path if here is not None else path
        status = MergeStatus.NEW if here is None else _status(tag, path, here)
        found[tag.id] = TagMatch(tag, path, here, status)
    return found


def _path(tag: ProjectTag, paths: dict[str, str], taken: set[str]) -> str:
    """Return a path that can stand here: names cleaned, cut to fit, told apart by a number."""
    above = paths.get(tag.parent or "", "")
    while above and len(above) + 1 + _NAME_LEAST > _LONGEST:
        above = above.rpartition(SEPARATOR)[0]
    printable = "".join(c if c.isprintable() else " " for c in tag.name)
    for slash in (SEPARATOR, "\N{FULLWIDTH SOLIDUS}"):
        printable = printable.replace(slash, _LOOKS_LIKE_IT)
    name = unicodedata.normalize("NFC", " ".join(printable.split())) or "Unnamed"
    number = 1
    while True:
        ending = "" if number == 1 else f" ({number})"
        room = _LONGEST - len(ending) - (len(above) + 1 if above else 0)
        path = f"{above}{SEPARATOR}" * bool(above) + name[:room].rstrip() + ending
        if fold_path(path) not in taken:
            return path
        number += 1


def _status(tag: ProjectTag, path: str, own: Tag) -> MergeStatus:
    if fold_path(own.path) != fold_path(path):
        return MergeStatus.CONFLICTING
    for field in MEANING:
        mine, theirs = getattr(own, field), _clean(getattr(tag, field))
        if mine and theirs and mine != theirs:
            return MergeStatus.CONFLICTING
    return MergeStatus.SAME


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def tag_items(matches: dict[str, TagMatch]) -> list[MergeItem]:
    """Return the tags as items of a plan."""
    items: list[MergeItem] = []
    for match in matches.values():
        mine = theirs = None
        if match.status is MergeStatus.CONFLICTING and match.own is not None:
            mine, theirs = _sides(match, match.own)
        items.append(
            MergeItem(
                MergeKind.TAG,
                match.foreign.id,
                match.status,
                match.path,
                words=match.foreign.definition,
                mine=mine,
                theirs=theirs,
            )
        )
    return items


def _sides(match: TagMatch, own: Tag) -> tuple[Side, Side]:
    said = [("Tag", own.path, match.path)]
    said += [(f.capitalize(), getattr(own, f), _clean(getattr(match.foreign, f))) for f in MEANING]
    differ = [(name, a, b) for name, a, b in said if a != b]
    mine = Side(tuple((name, a) for name, a, _ in differ), "", own.modified)
    return mine, Side(tuple((name, b) for name, _, b in differ), "", match.foreign.modified)


def take_tags(
    work: UnitOfWork, matches: dict[str, TagMatch], decisions: Decisions
) -> tuple[dict[str, str], int]:
    """Take the tags in; returns the ids here by the foreign ones, and how many it touched."""
    theirs = [match for match in matches.values() if _overwrites(match, decisions)]
    take_in(work, [tag_of(match) for match in theirs], overwrite=True)
    # What was renamed stands above others: their paths follow it.
    rest = match_tags([m.foreign for m in matches.values()], Tags(work.session).tags())
    rows = take_in(work, [tag_of(match) for match in rest.values()], overwrite=False)
    work.session.flush()
    new = [match.foreign for match in rest.values() if match.status is MergeStatus.NEW]
    for tag in new:
        free = tag.favourite in FAVOURITES and not Tags(work.session).on_key(tag.favourite or 0)
        if free and rows[tag.id].favourite is None:
            rows[tag.id].favourite = tag.favourite
    work.session.flush()
    return {foreign: row.id for foreign, row in rows.items()}, len(theirs) + len(new)


def tag_of(match: TagMatch) -> Tag:
    """Return a foreign tag as one of the codebook."""
    tag = match.foreign
    path = (
        match.path
        if match.own is None or match.status is MergeStatus.CONFLICTING
        else (match.own.path)
    )
    return Tag(
        tag.id,
        path,
        tag.color,
        position=tag.position,
        definition=_clean(tag.definition),
        include=_clean(tag.include),
        exclude=_clean(tag.exclude),
        example=_clean(tag.example),
        created=tag.created,
        modified=tag.modified,
    )


def _overwrites(match: TagMatch, decisions: Decisions) -> bool:
    """Tell whether a conflict over a tag is settled for the file's words."""
    rule = decisions.of(match.foreign.id)
    if match.status is not MergeStatus.CONFLICTING or rule is None or match.own is None:
        return False
    if rule is Rule.NEWER:
        theirs, mine = match.foreign.modified, match.own.modified
        return theirs is not None and (mine is None or theirs > mine)
    return rule is Rule.THEIRS
