"""XML of others: no document type, no entities, nothing fetched; and text that XML can hold."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from xml.parsers import expat

from core.interchange.problems import refused, too_many


class Element(Protocol):
    """What is used of an element of lxml, which brings no types."""

    text: str | None

    @property
    def tag(self) -> object:
        """Its name with its namespace; no string for comments."""
        ...

    def get(self, name: str) -> str | None:
        """Return an attribute."""
        ...

    def set(self, name: str, value: str) -> None:
        """Set an attribute."""
        ...

    def iter(self, *names: str) -> Iterator[Element]:
        """Give it and what is below it."""
        ...

    def itertext(self) -> Iterator[str]:
        """Give all text in it."""
        ...

    def __iter__(self) -> Iterator[Element]: ...


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_MOST_TAGS = 8_000_000  # a tree takes some hundred bytes for each


class _RootSeenError(Exception):
    pass


class _DoctypeError(Exception):
    pass


def _etree() -> Any:  # noqa: ANN401 - a module without types
    return importlib.import_module("lxml.etree")


def parse(name: str, data: bytes) -> Element:
    """Return the root of an XML document; raises `FileRefusedError`."""
    if data.count(b"<") > _MOST_TAGS:
        raise too_many(name, "XML tags", _MOST_TAGS)
    _refuse_doctype(name, data)
    etree = _etree()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise refused(name, f"its XML is not well-formed{where}") from error


def new_root(namespace: str, name: str) -> Element:
    """Return a new document's root in its own default namespace."""
    return _etree().Element(f"{{{namespace}}}{name}", nsmap={None: namespace})


def add(parent: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
    """Add a child in its parent's namespace."""
    namespace = str(parent.tag).rpartition("}")[0]
    return _etree().SubElement(parent, f"{namespace}}}{name}", dict(attributes or {}))


def render(root: Element) -> bytes:
    """Return a document's bytes, indented."""
    etree = _etree()
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _refuse_doctype(name: str, data: bytes) -> None:
    """Refuse a document type before any parser acts on it: it can only be an attack here."""

    def found(*_: object) -> None:
        raise _DoctypeError

    def root(*_: object) -> None:
        raise _RootSeenError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _RootSeenError:
        return
    except _DoctypeError as error:
        raise refused(name, "it declares a document type, which such files never do") from error
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise refused(name, "its XML is not well-formed") from error


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    """Give an element's children of that local name."""
    for child in element:
        if local_name(child) == name:
            yield child


def child(element: Element, name: str) -> Element | None:
    """Return the first child of that local name."""
    return next(children(element, name), None)


def text_of(element: Element | None) -> str:
    """Return an element's text, "" for none."""
    return "".join(element.itertext()) if element is not None else ""


def xml_text(text: str) -> str:
    """Return the text without the characters that XML 1.0 can't hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
