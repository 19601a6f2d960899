"""Code trees of REFI-QDA (project and codebook alike): elements to tags and back.

Standard: REFI-QDA 1.5, https://www.qdasoftware.org. Include, exclude and example have no element
of their own there; they follow the definition as labelled paragraphs, which are taken apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.domain.interchange import ProjectTag
from core.interchange.identity import derive, parse_guid, upper
from core.interchange.problems import MAX_TAGS, refused, too_many
from core.interchange.safe_xml import Element, add, child, children, text_of, xml_text

_COLOR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\Z")
_PARTS = (("include", "Include: "), ("exclude", "Exclude: "), ("example", "Example: "))


def read_codes(name: str, codes: Element | None) -> tuple[ProjectTag, ...]:
    """Return the tags below a ``Codes`` element, parents first; raises `FileRefusedError`."""
    found: dict[str, ProjectTag] = {}
    waiting: list[tuple[Element, str | None]] = []
    if codes is not None:
        waiting = [(code, None) for code in reversed(list(children(codes, "Code")))]
    while waiting:
        code, parent = waiting.pop()
        tag = _tag(name, code, parent)
        if tag.id in found:
            raise refused(name, f"the GUID {upper(tag.id)} stands for two codes in it")
        found[tag.id] = tag
        if len(found) > MAX_TAGS:
            raise too_many(name, "codes", MAX_TAGS)
        waiting += [(below, tag.id) for below in reversed(list(children(code, "Code")))]
    return tuple(found.values())


def _tag(name: str, code: Element, parent: str | None) -> ProjectTag:
    guid, said = parse_guid(code.get("guid") or ""), code.get("name")
    if guid is None or said is None:
        raise refused(name, f"a code in it has no {'GUID' if guid is None else 'name'}")
    definition, parts = split_definition(text_of(child(code, "Description")))
    color = read_color(code.get("color") or "")
    include, exclude, example = parts.values()
    return ProjectTag(guid, said, parent, color, definition, include, exclude, example)


def read_color(said: str) -> str:
    """Return a colour as ``#rrggbb``, "" for what is none."""
    color = said.strip().lower()
    if not _COLOR.match(color):
        return ""
    return color if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:])


def split_definition(said: str) -> tuple[str, dict[str, str]]:
    """Take apart what `join_definition` put together."""
    parts = {part: "" for part, _ in _PARTS}
    rest = said
    for part, label in reversed(_PARTS):
        before, found, after = rest.rpartition(f"\n\n{label}")
        if found:
            rest, parts[part] = before, after
        elif rest.startswith(label):
            rest, parts[part] = "", rest[len(label) :]
    return rest, parts


def join_definition(tag: ProjectTag) -> str:
    """Return the definition with include, exclude and example below it."""
    pieces = [tag.definition]
    for part, label in _PARTS:
        said: str = getattr(tag, part)
        if said:
            pieces.append(f"{label}{said}")
    return "\n\n".join(pieces) if tag.definition else "\n\n".join(pieces[1:])


def add_codes(codes: Element, tags: Sequence[ProjectTag]) -> None:
    """Put tags as nested ``Code`` elements below ``codes``."""
    made: dict[str | None, Element] = {None: codes}
    for tag in parents_first(tags):
        parent = made.get(tag.parent, codes)
        code = add(parent, "Code")
        code.set("guid", upper(tag.id))
        code.set("name", xml_text(tag.name))
        code.set("isCodable", "true")
        if tag.color:
            code.set("color", tag.color.upper())
        definition = join_definition(tag)
        if definition:
            add(code, "Description").text = xml_text(definition)
        made[tag.id] = code


def parents_first(tags: Iterable[ProjectTag]) -> list[ProjectTag]:
    """Return the tags with each below its parent, siblings in the order given."""
    below: dict[str | None, list[ProjectTag]] = {}
    known = {tag.id for tag in tags}
    for tag in tags:
        below.setdefault(tag.parent if tag.parent in known else None, []).append(tag)
    ordered: list[ProjectTag] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        tag = waiting.pop()
        ordered.append(tag)
        waiting += reversed(below.get(tag.id, []))
    return ordered


def tag_of_path(path: str, separator: str = "/") -> list[ProjectTag]:
    """Return tags for a path of names, topmost first, with the ids that these always have."""
    names = [name.strip() for name in path.split(separator) if name.strip()]
    made: list[ProjectTag] = []
    for depth, name in enumerate(names):
        parent = made[-1].id if made else None
        made.append(ProjectTag(derive("tag", *names[: depth + 1]), name, parent))
    return made
