"""Where the passages of a project stand here: by record and text, else by their words."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from core.anchoring.anchor import Anchorer
from core.anchoring.describe import describe
from core.anchoring.match_quote import Quote, match_quote
from core.domain.annotations import (
    Target,
    TextPositionSelector,
    TextQuoteSelector,
    Verdict,
)
from core.domain.interchange import Project, ProjectAnnotation, ProjectSource
from core.domain.text import Text
from core.interchange.identity import guid_of_record
from core.storage.repositories.documents import Documents
from core.storage.repositories.records import Records
from core.storage.repositories.works import Works

_NOWHERE = TextPositionSelector(0, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """An annotation as it comes to stand here. ``reason`` says why it is unanchored."""

    source: str
    position: TextPositionSelector
    quote: TextQuoteSelector
    text_sha256: str
    label: str | None
    verdict: Verdict
    score: float
    reason: str = ""

    @property
    def anchored(self) -> bool:
        """Whether its words are found."""
        return self.verdict.state != "orphaned"


class _Page:
    """A text with what placing many passages on it needs at hand."""

    def __init__(self, text: Text) -> None:
        self.content, self.sha256 = text.content, text.sha256
        self.anchorer = Anchorer(self.content, self.sha256)
        self._starts = [passage.start for passage in text.passages]
        self._labels = [passage.label for passage in text.passages]
        self._squeezed: str | None = None
        self._kept: list[int] = []

    def only_place(self, words: str) -> TextPositionSelector | None:
        """Return where words stand that are in the text just once, however they are set."""
        wanted = _without_blanks(unicodedata.normalize("NFC", words))
        if not wanted:
            return None
        if self._squeezed is None:
            self._kept = [n for n, sign in enumerate(self.content) if not sign.isspace()]
            self._squeezed = _without_blanks(self.content)
        first = self._squeezed.find(wanted)
        if first < 0 or self._squeezed.find(wanted, first + 1) >= 0:
            return None
        return TextPositionSelector(self._kept[first], self._kept[first + len(wanted) - 1] + 1)

    def label(self, offset: int) -> str | None:
        """Return how the passage at an offset is cited."""
        return self._labels[max(0, bisect_right(self._starts, offset) - 1)] if self._labels else ""


class Places:
    """The sources of a project as records here."""

    def __init__(self, session: Session, project: Project) -> None:
        self._records = Records(session)
        self._sources = {source.id: source for source in project.sources}
        self._ids = self._resolve(session)
        self._pages: dict[str, _Page | None] = {}

    def _resolve(self, session: Session) -> dict[str, int]:
        keys = self._records.ids_by_key()
        self._keys = self._records.keys_by_id()
        by_guid = {guid_of_record(key): place for key, place in keys.items()}
        hashes = [source.sha256 for source in self._sources.values() if source.sha256]
        by_hash = self._records.ids_by_hash(hashes)
        held = Documents(session)
        titles: dict[str, int] | None = None
        works: Works | None = None
        found: dict[str, int] = {}
        for source in self._sources.values():
            place = by_hash.get(source.sha256 or "")
            named = keys.get(source.key or "") or by_guid.get(source.id)
            if named is not None and (place is None or not source.is_document):
                place = named if self._is_the_one(source, named) else None
            place = place or self._by_file(held, source)
            if place is None and source.is_work:
                works = self._records.works() if works is None else works
                place = works.find(source.address, source.title, source.metadata.date)
            if place is None and _is_a_name(source):
                titles = self._records.ids_by_title() if titles is None else titles
                place = titles.get(source.title.strip().casefold())
            if place is not None:
                found[source.id] = place
        return found

    def _is_the_one(self, source: ProjectSource, place: int) -> bool:
        """Tell whether a record is what a source names: two analysts may have different
        documents under one key, as keys are made of titles."""
        if not source.is_document or source.text is None:
            return True
        return self._records.entry(place).title.casefold() == source.title.casefold()

    def _by_file(self, held: Documents, source: ProjectSource) -> int | None:
        """Return the document that has the very file of a source."""
        if source.original is None:
            return None
        document = held.holding(source.original.sha256)
        if document is None or document.undone or document.in_trash or not document.is_current:
            return None
        return document.id

    def record_of(self, source: str) -> int | None:
        """Return the row id of the record that a source is, or None."""
        return self._ids.get(source)

    def key_of(self, source: str) -> str | None:
        """Return the key of the record that a source is here, or that the file names."""
        place = self._ids.get(source)
        if place is not None:
            return self._keys[place]
        known = self._sources.get(source)
        return known.key if known is not None else None

    def recognise(self, source: str, key: str) -> None:
        """Take note of the record that a source is, by its key."""
        place = self._records.resolve(key)
        if place is not None:
            self._ids[source] = place

    def settle(self, source: str, record_id: int) -> None:
        """Take note that a source has become a record."""
        self._ids[source] = record_id
        self._keys = self._records.keys_by_id()

    @property
    def missing(self) -> list[ProjectSource]:
        """The sources that are no record here."""
        return [source for source in self._sources.values() if source.id not in self._ids]

    def title(self, source: str) -> str:
        """Return what a source is called in the file."""
        known = self._sources.get(source)
        return known.title if known is not None else "Untitled"

    def stand(self, annotation: ProjectAnnotation) -> Standing:
        """Return how an annotation stands on the text that is here, or that the file holds."""
        page = self._page(annotation.source)
        if page is None:
            title = self.title(annotation.source)
            return _nowhere(annotation, f"The text of “{title}” is not here, nor in the file.")
        if annotation.quote is None:
            return _by_position(annotation, page)
        return _by_words(annotation, annotation.quote, page)

    def _page(self, source: str) -> _Page | None:
        if source not in self._pages:
            self._pages[source] = self._load(source)
        return self._pages[source]

    def _load(self, source: str) -> _Page | None:
        place = self._ids.get(source)
        if place is not None:
            return _Page(self._records.text(place))
        known = self._sources.get(source)
        return _Page(known.text) if known is not None and known.text is not None else None


def _is_a_name(source: ProjectSource) -> bool:
    """Tell whether a source is known by its title alone."""
    known = (source.key, source.text, source.sha256, source.address, source.original)
    return all(one is None for one in known)


def _without_blanks(words: str) -> str:
    return "".join(words.split())


def _nowhere(annotation: ProjectAnnotation, reason: str) -> Standing:
    return Standing(
        annotation.source,
        annotation.position or _NOWHERE,
        annotation.quote or TextQuoteSelector("", "", ""),
        annotation.text_sha256 or "",
        None,
        Verdict.LOST,
        0.0,
        reason,
    )


def _by_position(annotation: ProjectAnnotation, page: _Page) -> Standing:
    """Place what comes without its words: sure only on the very text that it was made on."""
    place = annotation.position
    if place is None or not 0 <= place.start < place.end <= len(page.content):
        return _nowhere(annotation, "Its positions lie outside the text.")
    quote = describe(page.content, place.start, place.end)
    sure = annotation.text_sha256 == page.sha256
    return Standing(
        annotation.source,
        place,
        quote,
        annotation.text_sha256 or page.sha256,
        page.label(place.start),
        Verdict.EXACT if sure else Verdict.CHANGED,
        1.0 if sure else 0.5,
        "" if sure else "It comes without its words, so that the place is to be confirmed.",
    )


def _by_words(annotation: ProjectAnnotation, quote: TextQuoteSelector, page: _Page) -> Standing:
    place = annotation.position
    made_on = annotation.text_sha256 or ""
    if made_on and page.sha256.startswith(made_on):
        made_on = page.sha256
    if place is not None and _fits(page.content, place, quote):
        verdict = annotation.verdict if annotation.verdict is Verdict.MOVED else Verdict.EXACT
        score = annotation.score if verdict is Verdict.MOVED else 1.0
        sha256 = made_on or page.sha256
        return Standing(
            annotation.source, place, quote, sha256, page.label(place.start), verdict, score
        )
    return _search(annotation, quote, page, made_on)


def _fits(content: str, place: TextPositionSelector, quote: TextQuoteSelector) -> bool:
    """Tell whether words and context stand at the very place."""
    return (
        0 <= place.start < place.end
        and content.startswith(quote.exact, place.start)
        and place.end == place.start + len(quote.exact)
        and content.endswith(quote.prefix, 0, place.start)
        and content.startswith(quote.suffix, place.end)
    )


def _search(
    annotation: ProjectAnnotation, quote: TextQuoteSelector, page: _Page, made_on: str
) -> Standing:
    place = annotation.position
    if place is None and not quote.prefix and not quote.suffix:
        only = page.only_place(quote.exact)
        if only is not None:
            described = describe(page.content, only.start, only.end)
            label = page.label(only.start)
            sha256 = made_on or page.sha256
            return Standing(annotation.source, only, described, sha256, label, Verdict.EXACT, 1.0)
    if place is None:
        match = match_quote(page.content, Quote(quote.exact, quote.prefix, quote.suffix))
        place = match.position if match is not None else _NOWHERE
        quote = replace(quote)
    target = Target("", place, quote, made_on)
    found = page.anchorer.place(target)
    if found.position is None or found.verdict.state == "orphaned":
        return Standing(
            annotation.source,
            annotation.position or _NOWHERE,
            quote,
            made_on,
            None,
            found.verdict,
            found.score,
            "Its words are not found in the text that is here."
            if found.verdict is Verdict.LOST
            else "Its words have changed, or stand in more than one place.",
        )
    moved = annotation.position is not None and found.position != annotation.position
    if not made_on:
        quote = describe(page.content, found.position.start, found.position.end)
    return Standing(
        annotation.source,
        found.position,
        quote,
        made_on or page.sha256,
        page.label(found.position.start),
        Verdict.MOVED if moved and made_on else Verdict.EXACT,
        found.score if moved and made_on else 1.0,
    )
