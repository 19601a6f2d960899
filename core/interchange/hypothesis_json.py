"""What Hypothesis exports as JSON: the client's file, and pages of its API.

Positions count UTF-16 units of a page that is not at hand: they only hint at the place, which the
quotation finds. Replies become part of the note that they answer.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.domain.interchange import Project, ProjectAnnotation, ProjectNote
from core.interchange.identity import identity_of
from core.interchange.json_text import Row, first_word, listed, row, word
from core.interchange.moments import read_moment
from core.interchange.problems import MAX_NOTE
from core.interchange.web_annotation import Gathering, quote_of, source_of, span


def is_hypothesis(said: object) -> bool:
    """Tell whether parsed JSON is such an export."""
    inside = row(said)
    some = listed(inside.get("annotations", inside.get("rows", said)))[:3]
    return bool(some) and all(map(_is_one, some))


def _is_one(value: object) -> bool:
    return "uri" in row(value) and "target" in row(value)


def read(path: Path, said: object) -> Project:
    """Return the project of an export; raises `FileRefusedError`."""
    gathered = Gathering(path.name)
    inside = row(said)
    items = [row(one) for one in listed(inside.get("annotations", inside.get("rows", said)))]
    replies = [item for item in items if listed(item.get("references"))]
    for item in items:
        if not listed(item.get("references")):
            _read(gathered, item)
    for item in sorted(replies, key=lambda one: word(one.get("created"))):
        _answer(gathered, item)
    return gathered.project("hypothesis")


def _identity(said: object) -> str:
    return identity_of(word(said), "hypothesis")


def _read(gathered: Gathering, item: Row) -> None:
    target = row((listed(item.get("target")) or [{}])[0])
    address = word(item.get("uri")) or source_of(target)
    title = first_word(row(item.get("document")).get("title")) or address
    source = gathered.source(address, title)
    tags = tuple(word(tag) for tag in listed(item.get("tags")) if word(tag))
    created = read_moment(item.get("created"))
    modified = read_moment(item.get("updated")) or created
    identity, note = _identity(item.get("id")), word(item.get("text"))[:MAX_NOTE]
    quote = place = None
    for selector in map(row, listed(target.get("selector"))):
        if selector.get("type") == "TextQuoteSelector":
            quote = quote or quote_of(selector)
        elif selector.get("type") == "TextPositionSelector":
            place = place or span(selector.get("start"), selector.get("end"))
    if quote is None:
        if tags:
            gathered.missed["tags on a whole page"] += len(tags)
        gathered.notes[identity] = ProjectNote(
            identity, title, note, source, _author(item), created, modified
        )
        return
    gathered.add(
        ProjectAnnotation(
            identity,
            source,
            place,
            quote,
            None,
            gathered.tags(tags),
            note,
            _author(item),
            created,
            modified,
        )
    )


def _answer(gathered: Gathering, item: Row) -> None:
    """Put a reply below the note of the first annotation that it answers."""
    said, author = word(item.get("text")).strip(), _author(item)
    if not said:
        return
    thread = _identity(listed(item.get("references"))[0])
    note = gathered.annotations.get(thread) or gathered.notes.get(thread)
    if note is None:
        gathered.missed["replies to annotations that are not in the file"] += 1
        return
    reply = f"**{author}:** {said}" if author else said
    if isinstance(note, ProjectNote):
        text = f"{note.text}\n\n{reply}"[:MAX_NOTE]
        gathered.notes[thread] = replace(note, text=text)
    else:
        text = f"{note.note}\n\n{reply}".strip()[:MAX_NOTE]
        gathered.annotations[thread] = replace(note, note=text)


def _author(item: Row) -> str:
    shown = word(row(item.get("user_info")).get("display_name"))
    return shown or word(item.get("user")).removeprefix("acct:").partition("@")[0]
