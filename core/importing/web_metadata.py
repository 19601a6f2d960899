"""What a web page says of itself, in its head."""

import re
from typing import Any

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
_MOST = 50
_LONGEST = 500
_SITE_IN_TITLE = re.compile(r"\s+[|–—-]\s+([^|–—-]{2,60})\Z")


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
    _add_elements(page, head, said)
    return said


def _add_elements(page: Any, head: str, said: dict[str, list[str]]) -> None:  # noqa: ANN401
    title = page.find(".//title")
    words = " ".join("".join(title.itertext()).split())[:_LONGEST] if title is not None else ""
    if words and "title" not in said:
        said["title"] = [_without_site(words, said)]
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        said["language"] = [language]
    saved = _SAVED_FROM.search(head)
    canonical = page.find(".//link[@rel='canonical']")
    if saved:
        said["address"] = [saved[1] or saved[2]]
    elif canonical is not None and canonical.get("href"):
        said["address"] = [canonical.get("href")]


def _without_site(title: str, said: dict[str, list[str]]) -> str:
    """Return a title without the site's name at its end, where the page names its site."""
    site = _SITE_IN_TITLE.search(title)
    names = [name.casefold() for name in said.get("publisher", [])]
    return title[: site.start()] if site and site[1].casefold() in names else title
