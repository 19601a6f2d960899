"""The shapes of pandoc's syntax tree (pandoc-types 1.23), decoded and checked by msgspec.

https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html
"""

from typing import TypeAlias

from msgspec import DecodeError, Struct, json

from core.importing.limits import Refused

Attributes = tuple[str, list[str], list[tuple[str, str]]]  # identifier, classes, pairs


class Named(Struct, frozen=True):
    """A choice without contents, such as a kind of quotation mark."""

    t: str


class _Node(Struct, tag_field="t", gc=False):
    pass


class Str(_Node, tag=True):
    """Words without white space."""

    c: str


class Space(_Node, tag=True):
    """A space."""


class SoftBreak(_Node, tag=True):
    """Where a line of the source ended."""


class LineBreak(_Node, tag=True):
    """A line break that was meant."""


class Emph(_Node, tag=True):
    """Emphasis."""

    c: "list[Inline]"


class Underline(_Node, tag=True):
    """Underlined words."""

    c: "list[Inline]"


class Strong(_Node, tag=True):
    """Strong emphasis."""

    c: "list[Inline]"


class Strikeout(_Node, tag=True):
    """Words struck out."""

    c: "list[Inline]"


class Superscript(_Node, tag=True):
    """Raised words."""

    c: "list[Inline]"


class Subscript(_Node, tag=True):
    """Lowered words."""

    c: "list[Inline]"


class SmallCaps(_Node, tag=True):
    """Small capitals."""

    c: "list[Inline]"


class Quoted(_Node, tag=True):
    """Words in quotation marks."""

    c: "tuple[Named, list[Inline]]"


class Cite(_Node, tag=True):
    """A citation's details and its words."""

    c: "tuple[list[object], list[Inline]]"


class Code(_Node, tag=True):
    """Code."""

    c: tuple[Attributes, str]


class Math(_Node, tag=True):
    """A formula in TeX."""

    c: tuple[Named, str]


class RawInline(_Node, tag=True):
    """A format's name and words in it."""

    c: tuple[str, str]


class Link(_Node, tag=True):
    """A link's words, its target and title."""

    c: "tuple[Attributes, list[Inline], tuple[str, str]]"


class Image(_Node, tag=True):
    """A picture's words, its place and title."""

    c: "tuple[Attributes, list[Inline], tuple[str, str]]"


class Note(_Node, tag=True):
    """A footnote."""

    c: "list[Block]"


class Span(_Node, tag=True):
    """Words with attributes."""

    c: "tuple[Attributes, list[Inline]]"


class Plain(_Node, tag=True):
    """Words that are no paragraph."""

    c: "list[Inline]"


class Para(_Node, tag=True):
    """A paragraph."""

    c: "list[Inline]"


class LineBlock(_Node, tag=True):
    """Lines of verse."""

    c: "list[list[Inline]]"


class CodeBlock(_Node, tag=True):
    """Lines of code."""

    c: tuple[Attributes, str]


class RawBlock(_Node, tag=True):
    """A format's name and a block in it."""

    c: tuple[str, str]


class BlockQuote(_Node, tag=True):
    """A quotation."""

    c: "list[Block]"


class OrderedList(_Node, tag=True):
    """The first number, its style and what surrounds it; the items."""

    c: "tuple[tuple[int, Named, Named], list[list[Block]]]"


class BulletList(_Node, tag=True):
    """Items."""

    c: "list[list[Block]]"


class DefinitionList(_Node, tag=True):
    """Terms, each with its definitions."""

    c: "list[tuple[list[Inline], list[list[Block]]]]"


class Header(_Node, tag=True):
    """A heading: its level, attributes, words."""

    c: "tuple[int, Attributes, list[Inline]]"


class HorizontalRule(_Node, tag=True):
    """A rule."""


Caption: TypeAlias = "tuple[list[Inline] | None, list[Block]]"
Cell: TypeAlias = "tuple[Attributes, Named, int, int, list[Block]]"  # rows and columns it spans
Row: TypeAlias = "tuple[Attributes, list[Cell]]"
Part: TypeAlias = "tuple[Attributes, list[Row]]"
Body: TypeAlias = "tuple[Attributes, int, list[Row], list[Row]]"  # columns that are heads; head


class Table(_Node, tag=True):
    """Attributes, caption, columns, head, bodies (each with a head of its own), foot."""

    c: "tuple[Attributes, Caption, list[object], Part, list[Body], Part]"


class Figure(_Node, tag=True):
    """A figure with its caption."""

    c: "tuple[Attributes, Caption, list[Block]]"


class Div(_Node, tag=True):
    """Blocks with attributes."""

    c: "tuple[Attributes, list[Block]]"


Inline = (
    Str
    | Space
    | SoftBreak
    | LineBreak
    | Emph
    | Underline
    | Strong
    | Strikeout
    | Superscript
    | Subscript
    | SmallCaps
    | Quoted
    | Cite
    | Code
    | Math
    | RawInline
    | Link
    | Image
    | Note
    | Span
)
Block = (
    Plain
    | Para
    | LineBlock
    | CodeBlock
    | RawBlock
    | BlockQuote
    | OrderedList
    | BulletList
    | DefinitionList
    | Header
    | HorizontalRule
    | Table
    | Figure
    | Div
)


class MetaMap(_Node, tag=True):
    """Values by name."""

    c: "dict[str, MetaValue]"


class MetaList(_Node, tag=True):
    """Values."""

    c: "list[MetaValue]"


class MetaBool(_Node, tag=True):
    """Yes or no."""

    c: bool


class MetaString(_Node, tag=True):
    """A plain string."""

    c: str


class MetaInlines(_Node, tag=True):
    """Words."""

    c: "list[Inline]"


class MetaBlocks(_Node, tag=True):
    """Paragraphs."""

    c: "list[Block]"


MetaValue = MetaMap | MetaList | MetaBool | MetaString | MetaInlines | MetaBlocks


class Tree(Struct):
    """A whole document."""

    blocks: list[Block]
    meta: dict[str, MetaValue] = {}


_DECODER = json.Decoder(Tree)  # made here, before any thread decodes: see `core.struct_types`


def decode(tree: bytes) -> Tree:
    """Return a tree from its JSON; raises `Refused` where it is none, or nested too deeply."""
    try:
        return _DECODER.decode(tree)
    except RecursionError as error:
        raise Refused("its parts are nested too deeply") from error
    except (DecodeError, ValueError) as error:  # broken UTF-8 is the latter
        raise Refused("what pandoc made of it can't be understood") from error
