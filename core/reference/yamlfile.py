"""One YAML file of a pack, read within bounds: plain values only, nothing shared or tagged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import cast

import yaml

from core.reference.problems import Problem

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 24

_TAG = "tag:yaml.org,2002:"
_PLAIN = {_TAG + name for name in ("str", "timestamp")}
_TRUE = {"yes", "true", "on"}
_BRACKET = re.compile(r"[\[{\]}]")
_DEEP_BLOCK = re.compile(rf"^(?:[-?:] *){{{MAX_DEPTH}}}|^ {{{4 * MAX_DEPTH},}}\S", re.MULTILINE)

Node = yaml.Node


class _RefusedError(Exception):
    """Something in the file that a pack may not hold, and on which line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


@dataclass(slots=True)
class YamlFile:
    """A file's value with the nodes it came from, which know their lines."""

    name: str
    data: bytes = b""
    value: object = None
    node: Node | None = None
    problems: list[Problem] = field(default_factory=list[Problem])

    def line(self, *path: str | int) -> int:
        """Return the line (from 1) of what ``path`` leads to, or of the last step that exists."""
        node = self.node
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            node = found
        return _line(node) if node is not None else 1


def _step(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _line(at: yaml.Node | yaml.Event) -> int:
    mark = cast("yaml.Mark", at.start_mark)
    return mark.line + 1


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the C parser meets it, since that one recurses unguarded.

    Counting brackets is cheap but also counts those in words, so a high count only calls for
    the exact look through the parser's events, which does not recurse.
    """
    steps = (1 if match[0] in "[{" else -1 for match in _BRACKET.finditer(text))
    if max(accumulate(steps), default=0) <= MAX_DEPTH and not _DEEP_BLOCK.search(text):
        return
    depth = 0
    events = cast("Iterator[yaml.Event]", yaml.parse(text, Loader=yaml.CSafeLoader))  # pyright: ignore[reportUnknownMemberType]
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _RefusedError(_line(event), f"nested deeper than {MAX_DEPTH} levels")


class _Plain:
    """Turns nodes into plain values; each node once, so that aliases can't multiply."""

    def __init__(self) -> None:
        self._met: set[int] = set()

    def value(self, node: Node) -> object:
        """Return the node's value; raises `_RefusedError`."""
        if id(node) in self._met:
            raise _RefusedError(_line(node), "anchors and aliases (& and *) are not allowed")
        self._met.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            value = self.value
            return [value(item) for item in node.value]
        raise _tagged(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _PLAIN:
                raise _RefusedError(_line(key_node), "a key must be a plain word")
            key = key_node.value
            if key in mapping:
                raise _RefusedError(_line(key_node), f"“{key}” stands there twice")
            mapping[key] = self.value(value_node)
        return mapping


def _tagged(node: Node) -> _RefusedError:
    return _RefusedError(
        _line(node),
        f"the tag “{node.tag.replace(_TAG, '!!')}” is not allowed; use plain values",
    )


def _scalar(node: yaml.ScalarNode) -> object:
    """Return a scalar's value. Dates stay text: the pack reads them as EDTF."""
    tag, text = node.tag, node.value
    if tag in _PLAIN:
        return text
    if tag == _TAG + "null":
        return None
    if tag == _TAG + "bool":
        return text.lower() in _TRUE
    try:
        if tag == _TAG + "int":
            return int(text)
        if tag == _TAG + "float":
            return float(text)
    except ValueError:
        return text
    raise _tagged(node)


def _read_bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _RefusedError(1, f"larger than {MAX_BYTES // 2**20} MiB")
    return data


def _compose(data: bytes) -> Node | None:
    loader = yaml.CSafeLoader(data)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def read_yaml(path: Path) -> YamlFile:
    """Read one file; what keeps it from being read is told in its ``problems``."""
    file = YamlFile(path.name)
    try:
        file.data = _read_bounded(path)
        _check_depth(file.data.decode())
        file.node = _compose(file.data)
        if file.node is not None:
            file.value = _Plain().value(file.node)
    except _RefusedError as refused:
        file.problems.append(Problem(file.name, refused.line, "", refused.what))
    except FileNotFoundError:
        file.problems.append(Problem(file.name, 1, "", "the file is missing"))
    except OSError as error:
        file.problems.append(Problem(file.name, 1, "", f"can't be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        file.problems.append(Problem(file.name, line, "", "is not UTF-8 text"))
    except yaml.YAMLError as error:
        file.problems.append(Problem(file.name, _line_of(error), "", _reason(error)))
    return file


def _line_of(error: yaml.YAMLError) -> int:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return mark.line + 1 if mark is not None else 1


def _reason(error: yaml.YAMLError) -> str:
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    return f"is not valid YAML: {problem or ' '.join(str(error).split())}"
