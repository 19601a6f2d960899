"""One YAML file of a pack, read within bounds: plain values only, nothing shared or tagged."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

from core.reference.problems import Problem

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 24

_TAG = "tag:yaml.org,2002:"
_TRUE = {"yes", "true", "on"}
_RESOLVERS = cast(
    "dict[str, list[tuple[str, re.Pattern[str]]]]", yaml.SafeLoader.yaml_implicit_resolvers
)

Node = yaml.Node


class _RefusedError(Exception):
    """Something in the file that a pack may not hold, and on which line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


@dataclass(slots=True)
class YamlFile:
    """A file's value; it knows the line of each part."""

    name: str
    data: bytes = b""
    value: object = None
    problems: list[Problem] = field(default_factory=list[Problem])
    _node: Node | None = None

    def line(self, *path: str | int) -> int:
        """Return the line (from 1) of what ``path`` leads to, or of the last step that exists.

        Nodes, which know their lines, cost more than the values: they are made when first asked
        for. By then the file has passed the bounds on depth.
        """
        if self._node is None:
            compose = cast("Callable[..., Node | None]", yaml.compose)  # pyright: ignore[reportUnknownMemberType]
            self._node = compose(self.data, Loader=yaml.CSafeLoader)
            if self._node is None:
                return 1
        node: Node = self._node
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            node = found
        return _line(node)


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _line(at: yaml.Node | yaml.Event) -> int:
    mark = cast("yaml.Mark", at.start_mark)
    return mark.line + 1


class _Builder:
    """Puts plain values together from the parser's events.

    Not the library's own way (compose, then construct), which recurses in C without a bound and
    follows aliases; this needs no stack, and it is twice as fast.
    """

    def __init__(self) -> None:
        self.root: object = None
        self._documents = 0
        self._open: list[list[object] | dict[str, object]] = []
        self._keys: list[str | None] = []  # for each open container, the key that waits
        self._known: dict[str, object] = {}

    def take(self, event: yaml.Event) -> None:
        """Take the next event; raises `_RefusedError`."""
        if isinstance(event, yaml.ScalarEvent):
            _check_plain(event)
            self._put(self._scalar(event), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            _check_plain(event)
            self._start({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            if self._documents:
                raise _RefusedError(_line(event), "holds more than one document")
            self._documents += 1
        elif isinstance(event, yaml.AliasEvent):
            raise _RefusedError(_line(event), "anchors and aliases (& and *) are not allowed")

    def _start(self, container: list[object] | dict[str, object], event: yaml.Event) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _RefusedError(_line(event), f"nested deeper than {MAX_DEPTH} levels")
        self._put(container, event)
        self._open.append(container)
        self._keys.append(None)

    def _put(self, value: object, event: yaml.Event) -> None:
        if not self._open:
            self.root = value
            return
        container = self._open[-1]
        if isinstance(container, list):
            container.append(value)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = _key(value, container, event)
        else:
            container[key] = value
            self._keys[-1] = None

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        text = cast("str", event.value)
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text not in self._known:
            self._known[text] = _resolve(text)
        return self._known[text]


def _check_plain(event: yaml.NodeEvent) -> None:
    anchor, tag = event.anchor, cast("str | None", getattr(event, "tag", None))
    if anchor is not None:
        raise _RefusedError(_line(event), "anchors and aliases (& and *) are not allowed")
    if tag is not None:
        tag = tag.replace(_TAG, "!!")
        raise _RefusedError(_line(event), f"the tag “{tag}” is not allowed; use plain values")


def _key(value: object, container: dict[str, object], event: yaml.Event) -> str:
    if not isinstance(value, str):
        raise _RefusedError(_line(event), "a key must be a plain word")
    if value in container:
        raise _RefusedError(_line(event), f"“{value}” stands there twice")
    return value


def _resolve(text: str) -> object:
    """Return what a plain scalar means. Dates stay text: the pack reads them as EDTF."""
    for tag, form in _RESOLVERS.get(text[:1], []):
        if form.match(text):
            return _convert(tag.removeprefix(_TAG), text)
    return text


def _convert(tag: str, text: str) -> object:
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in _TRUE
    try:
        return int(text) if tag == "int" else float(text) if tag == "float" else text
    except ValueError:  # a form that only YAML takes for a number, such as 1:30
        return text


def _read_bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _RefusedError(1, f"larger than {MAX_BYTES // 2**20} MiB")
    return data


def _build(text: str) -> object:
    parse = cast("Callable[..., Iterator[yaml.Event]]", yaml.parse)  # pyright: ignore[reportUnknownMemberType]
    builder = _Builder()
    for event in parse(text, Loader=yaml.CSafeLoader):
        builder.take(event)
    return builder.root


def read_yaml(path: Path) -> YamlFile:
    """Read one file; what keeps it from being read is told in its ``problems``."""
    file = YamlFile(path.name)
    try:
        file.data = _read_bounded(path)
        file.value = _build(file.data.decode())
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
        file.problems.append(Problem(file.name, _line_of(error, file.data), "", _reason(error)))
    return file


def _line_of(error: yaml.YAMLError, data: bytes) -> int:
    if isinstance(error, yaml.reader.ReaderError):
        return data.count(b"\n", 0, error.position) + 1
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return mark.line + 1 if mark is not None else 1


def _reason(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        return f"is not valid YAML: {error.reason}"
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    if problem and "nesting depth" in problem:  # newer parsers have a bound too, above ours
        return f"nested deeper than {MAX_DEPTH} levels"
    return f"is not valid YAML: {problem or ' '.join(str(error).split())}"
