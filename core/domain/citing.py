"""What a page's citation marks stand for: the sources of its own list, numbered."""

from dataclasses import dataclass

from core.domain.text import Passage, PassageKind, SpanKind, Text


@dataclass(frozen=True, slots=True)
class CitedText:
    """What is copied with a citation: as plain text, as HTML, and the style's name."""

    plain: str
    html: str
    style: str


def is_address(target: str) -> bool:
    """Tell whether a link leads out of the workspace, onto the web."""
    return target.startswith(("http://", "https://"))


def listed_sources(text: Text) -> dict[str, Passage]:
    """Return, by source, the entry of the page's list of sources, in its order."""
    entries = [p for p in text.passages if p.kind is PassageKind.REFERENCE]
    if not entries:
        return {}
    links = iter(
        sorted(
            (
                (span.start, span.target)
                for span in text.spans
                if span.kind is SpanKind.LINK
                and span.start >= entries[0].start
                and span.target
                and not is_address(span.target)
            ),
        )
    )
    found: dict[str, Passage] = {}
    link = next(links, None)
    for entry in entries:
        while link is not None and link[0] < entry.start:
            link = next(links, None)
        if link is not None and link[0] < entry.end:
            found.setdefault(link[1], entry)
    return found


def number_sources(text: Text) -> dict[str, int]:
    """Number the page's sources as its list of them does, then in the order of being cited."""
    numbers = {target: number for number, target in enumerate(listed_sources(text), 1)}
    for span in text.spans:
        if span.kind is SpanKind.CITE and span.target:
            numbers.setdefault(span.target, len(numbers) + 1)
    return numbers


@dataclass(frozen=True, slots=True)
class Statement:
    """Which statement of a record: one that rests on ``source``, at a link's ``locator``."""

    source: str
    locator: str


def find_statement(text: Text, statement: Statement) -> tuple[int, int] | None:
    """Return where a statement stands: ``(start, end)``; None where nothing rests on the source.

    The locator is a passage's label, or the key of a record that the statement links to. Where
    the page has changed and it finds nothing, the first statement that rests on the source is it.
    """
    cites = sorted(
        (s.start, s.end)
        for s in text.spans
        if s.kind is SpanKind.CITE and s.target == statement.source
    )
    labelled = [p for p in text.passages if p.label == statement.locator]
    links = [
        s.start
        for s in text.spans
        if s.kind is SpanKind.LINK and s.target == statement.locator and s.locator is None
    ]
    for start, end in cites:
        if any(p.start <= start and end <= p.end for p in labelled):
            return start, end
    composed = [(p.start, p.end) for p in text.passages if not p.label]
    told = [(start, end) for start, end in cites if any(start <= at < end for at in links)]
    for start, end in told:
        if any(low <= start and end <= high for low, high in composed):
            return start, end
    return next(iter((*told, *cites)), None)


def source_titles(text: Text) -> dict[str, str]:
    """Return the titles of the sources that the page lists."""
    listed = listed_sources(text)
    return {
        span.target: text.content[span.start : span.end]
        for span in text.spans
        if span.kind is SpanKind.LINK
        and span.target in listed
        and listed[span.target].start <= span.start < listed[span.target].end
    }
