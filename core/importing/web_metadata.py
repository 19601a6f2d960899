"""What a web page says of itself, in its head."""

import json
import re
from itertools import islice
from typing import Any, cast

_NAMES = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "author": ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author",
               "article:author", "byl"),
    "date": ("citation_publication_date", "citation_date", "citation_online_date", "dc.date",
             "dcterms.date", "dcterms.issued", "dc.date.issued", "article:published_time",
             "datepublished", "date", "pubdate"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "publisher",
                  "og:site_name", "application-name"),
    "language": ("citation_language", "dc.language", "dcterms.language", "og:locale",
                 "content-language"),
    "address": ("og:url", "dc.identifier.uri", "citation_public_url", "citation_abstract_html_url"),
}  # fmt: skip
_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(https?://[^\s>]+)|^\s*url:\s*(https?://\S+)", re.M
)
_LINKED = (
    ("title", "headline"),
    ("author", "author"),
    ("date", "datePublished"),
    ("publisher", "publisher"),
    ("language", "inLanguage"),
)
_ARTICLES = ("Article", "Report", "BlogPosting", "WebPage", "Legislation", "Posting", "Speech")
_LONGEST_DATA = 200_000
_MOST = 50
_LONGEST = 500
_SITE_IN_TITLE = re.compile(r"\s+[|–—-]\s+([^|–—-]{2,60})\Z")
_MOST_HEADINGS = 20


def said_by(page: Any, head: str) -> dict[str, list[str]]:  # noqa: ANN401 - an element of lxml
    """Return a page's title, authors, date, publisher, language, address; what it is silent on is
    left out."""
    metas: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        name = (name or meta.get("http-equiv") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())[:_LONGEST]
        if name and content and len(metas.setdefault(name, [])) < _MOST:
            metas[name].append(content)
    said = {
        field: next(metas[name] for name in names if name in metas)
        for field, names in _NAMES.items()
        if any(name in metas for name in names)
    }
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            _add_linked_data(script.text or "", said)
    _add_elements(page, head, said)
    return said


def _add_linked_data(written: str, said: dict[str, list[str]]) -> None:
    """Add what a page says as JSON-LD in the words of schema.org, where its head is silent."""
    try:
        given: Any = json.loads(written) if len(written) < _LONGEST_DATA else None
    except (ValueError, RecursionError):
        return
    if isinstance(given, dict):
        given = cast("dict[str, Any]", given).get("@graph", [given])
    for thing in _listed(given):
        if not isinstance(thing, dict):
            continue
        told = cast("dict[str, Any]", thing)
        kinds = [kind for kind in _listed(told.get("@type")) if isinstance(kind, str)]
        if not any(kind.endswith(_ARTICLES) for kind in kinds):
            continue
        for field, name in _LINKED:
            values = _names_in(told.get(name))
            if values and field not in said:
                said[field] = values


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - of JSON
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _names_in(value: Any) -> list[str]:  # noqa: ANN401 - of JSON
    names: list[str] = []
    for one in _listed(value)[:_MOST]:
        name: Any = cast("dict[str, Any]", one).get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            names.append(" ".join(name.split())[:_LONGEST])
    return names


def _add_elements(page: Any, head: str, said: dict[str, list[str]]) -> None:  # noqa: ANN401
    title = page.find(".//title")
    words = " ".join("".join(title.itertext()).split())[:_LONGEST] if title is not None else ""
    if words and "title" not in said:
        said["title"] = [_without_site(words, page, said)]
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        said["language"] = [language]
    saved = _SAVED_FROM.search(head)
    canonical = page.find(".//link[@rel='canonical']")
    if saved:
        said["address"] = [saved[1] or saved[2]]
    elif canonical is not None and canonical.get("href"):
        said["address"] = [canonical.get("href")]


def _without_site(title: str, page: Any, said: dict[str, list[str]]) -> str:  # noqa: ANN401
    """Return a title without the site's name at its end, where the page names its site.

    It does too where its main heading is the title without it: what is left is the site then.
    """
    site = _SITE_IN_TITLE.search(title)
    if site is None:
        return title
    alone = title[: site.start()]
    if site[1].casefold() in [name.casefold() for name in said.get("publisher", [])]:
        return alone
    headings = islice(page.iter("h1"), _MOST_HEADINGS)
    if not any(" ".join("".join(h1.itertext()).split()) == alone for h1 in headings):
        return title
    said.setdefault("publisher", [site[1]])
    return alone
