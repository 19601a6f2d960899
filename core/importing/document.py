"""One document from pandoc's tree: its text, and what it says of itself."""

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.text import PassageKind, Text
from core.importing import tree
from core.importing.blocks import BlockReader
from core.importing.composing import Composer
from core.importing.inlines import Flow, words_of

_MOST_AUTHORS = 50
_LONGEST_VALUE = 1000
_ON_THE_PAGE = ("title", "subtitle", "author", "date", "abstract")
"""What these formats take out of the text into their metadata, in its order on the page."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A tree as a text; ``said`` are the plain values of its metadata by name."""

    text: Text
    said: dict[str, tuple[str, ...]]
    remarks: tuple[str, ...]


def map_tree(document: tree.Tree, check: Callable[[], None], *, title_in_text: bool) -> Mapped:
    """Return a tree as a text. ``title_in_text`` puts back what pandoc took out of the text.

    Raises `Refused` where the text grows too long or its parts are nested too deeply.
    """
    composer = Composer()
    reader = BlockReader(composer, check)
    if title_in_text:
        for name in _ON_THE_PAGE:
            _put_back(reader, name, document.meta.get(name))
    reader.read(document.blocks)
    said = {name: _values(value) for name, value in document.meta.items()}
    return Mapped(composer.finish(), said, (*_remarks(reader.flow), *composer.remarks))


def _put_back(reader: BlockReader, name: str, value: tree.MetaValue | None) -> None:
    if isinstance(value, tree.MetaList):
        for one in value.c[:_MOST_AUTHORS]:
            _put_back(reader, name, one)
    elif isinstance(value, tree.MetaBlocks):
        reader.read(value.c)
    elif isinstance(value, tree.MetaInlines | tree.MetaString):
        kind = PassageKind.HEADING if name == "title" else PassageKind.PARAGRAPH
        nodes = [tree.Str(value.c)] if isinstance(value, tree.MetaString) else value.c
        reader.say(kind, nodes, level=1 if name == "title" else 0)


def _values(value: tree.MetaValue) -> tuple[str, ...]:
    """Return a value as plain strings; of a map the name or text in it."""
    if isinstance(value, tree.MetaList):
        return tuple(said for one in value.c[:_MOST_AUTHORS] for said in _values(one))
    if isinstance(value, tree.MetaMap):
        return _of_map(value.c)
    if isinstance(value, tree.MetaBool):
        return ()
    if isinstance(value, tree.MetaString):
        return _plain(value.c)
    nodes = value.c if isinstance(value, tree.MetaInlines) else _first_words(value.c)
    return _plain(words_of(nodes, Flow()).text)


def _of_map(value: dict[str, tree.MetaValue]) -> tuple[str, ...]:
    """Return a person's name, or whatever else a map calls its text."""
    whole = next((value[name] for name in ("name", "text", "literal") if name in value), None)
    if whole is not None and not isinstance(whole, tree.MetaMap):
        return _values(whole)
    inner = whole.c if isinstance(whole, tree.MetaMap) else value
    parts = [inner[name] for name in ("given-names", "given", "surname", "family") if name in inner]
    return _plain(" ".join(words for part in parts for words in _values(part)))


def _plain(words: str) -> tuple[str, ...]:
    words = " ".join(words.split())[:_LONGEST_VALUE]
    return (words,) if words else ()


def _first_words(blocks: list[tree.Block]) -> list[tree.Inline]:
    for block in blocks:
        if isinstance(block, tree.Para | tree.Plain):
            return block.c
    return []


def _remarks(flow: Flow) -> tuple[str, ...]:
    remarks: list[str] = []
    if flow.pictures:
        few = "1 picture was" if flow.pictures == 1 else f"{flow.pictures:,} pictures were"
        remarks.append(f"{few} left out.")
    return tuple(remarks)
