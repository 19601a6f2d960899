"""What a query's text means, told without asking the index: cheap enough for each keystroke."""

from core.domain import query_parts
from core.domain.query_parts import QueryPart


def explain(text: str) -> tuple[QueryPart, ...]:
    """Return the parts of a query as they are understood, to be shown as chips."""
    from core.search.query import parse  # the parser is not there at start

    return parse(text).parts


def without(text: str, part: QueryPart) -> str:
    """Return a query without one of its parts."""
    return query_parts.without(text, explain(text), part)
