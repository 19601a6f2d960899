"""A saved web page without what is not its text: menus, forms, scripts, styles, pictures.

Runs in a process of its own (`core.importing.web_process`), for lxml and trafilatura read it there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from importlib import import_module
from typing import Any, cast
from urllib.parse import urljoin

from core.importing.web_metadata import said_by

_DATA_ADDRESS = re.compile(r"data:[\w/+.-]*;base64,[A-Za-z0-9+/=\s]*")
_GONE = {
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "canvas",
    "svg",
    "audio",
    "video",
    "map",
    "link",
    "input",
    "button",
    "select",
    "textarea",
    "datalist",
    "progress",
    "meter",
    "dialog",
    "nav",
    "menu",
}
_CHROME = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"}
_LINES_COUNT = re.compile(r"(?:^|[\s;:-])pre(?:-wrap|-line)(?:\Z|[\s;!])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT = {
    "href",
    "colspan",
    "rowspan",
    "start",
    "type",
    "value",
    "alt",
    "title",
    "lang",
    "dir",
    "id",
}
_PIECES = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "dd",
    "dt",
    "pre",
    "blockquote",
}
_SHORTEST = 20  # characters of a piece that tells where the main text is
_LEAST = 250  # characters of a main text
_LEAST_SHARE = 0.2  # of the page's words
_ENOUGH = 0.85  # of the main text, in the part of the page that is kept
_MENU_SIGNS = ("nav", "aside", "form", "footer", "header")
_MOST_BLOCKS_FOR_EXTRACTION = 30_000

Element = Any  # of lxml, which has no types


def read_page(html: str) -> tuple[str, dict[str, list[str]]]:
    """Return a page's text as plain HTML, and what it says of itself by name.

    Raises ValueError where it has no elements at all.
    """
    lxml = cast("Any", import_module("lxml.html"))
    html = _DATA_ADDRESS.sub("", html)
    parser = lxml.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False)
    page: Element = lxml.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    said = said_by(page, html[:5000])
    body = page.find("body")
    body = page if body is None else body
    main = _main_part(page, body) if _is_cluttered(body) else None
    part = body if main is None else main
    _clean(part, said.get("address", [""])[0], is_whole=main is None)
    written = cast("str", lxml.tostring(part, encoding="unicode", with_tail=False))
    title = said.get("title")
    if main is not None and title and part.find(".//h1") is None and part.tag != "h1":
        heading = part.makeelement("h1")
        heading.text = title[0]
        written = cast("str", lxml.tostring(heading, encoding="unicode")) + written
    return f"<html><body>{written}</body></html>", said


def _is_cluttered(body: Element) -> bool:
    """Tell whether a page has more on it than a text: menus, forms, side columns, many links."""
    signs = sum(1 for tag in _MENU_SIGNS if body.find(f".//{tag}") is not None)
    if signs or body.find(".//*[@role='navigation']") is not None:
        return True
    linked = sum(len("".join(link.itertext())) for link in body.iter("a"))
    return linked * 4 > sum(len(words) for words in body.itertext())


def _main_part(page: Element, body: Element) -> Element | None:
    """Return the part of the page that holds the main text; None where it is the whole."""
    whole = sum(len(words.strip()) for words in body.itertext("p", "li", "div", "td", "span", "a"))
    if sum(1 for _ in body.iter()) > _MOST_BLOCKS_FOR_EXTRACTION:
        return None
    wanted = _extracted(page)
    if sum(map(len, wanted)) < max(_LEAST, _LEAST_SHARE * whole):
        return None
    weights: dict[Element, int] = defaultdict(int)
    total = 0
    for element in body.iter():
        if element.tag not in _PIECES and not (element.tag == "div" and not len(element)):
            continue
        words = _squeezed("".join(element.itertext()))
        if len(words) >= _SHORTEST and words in wanted:
            total += len(words)
            for above in (element, *element.iterancestors()):
                weights[above] += len(words)
    if total < _LEAST:
        return None
    holding = [element for element, weight in weights.items() if weight >= _ENOUGH * total]
    deepest = max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))
    return None if deepest.tag in ("body", "html") else _around(deepest)


def _around(part: Element) -> Element:
    """Return the element that the page itself calls its main one, where it lies around a part.

    A preamble or a title may stand beside what is most of the text; lists of links may too, and
    are not taken for it.
    """
    for above in part.iterancestors("main", "article", "div"):
        if above.tag == "div" and above.get("role") != "main":
            continue
        more = _length(above.itertext()) - _length(part.itertext())
        linked = sum(_length(link.itertext()) for link in above.iter("a"))
        linked -= sum(_length(link.itertext()) for link in part.iter("a"))
        return part if linked * 2 > more else above
    return part


def _length(texts: Iterable[str]) -> int:
    return sum(len(words.strip()) for words in texts)


def _extracted(page: Element) -> set[str]:
    """Return the pieces of the main text as trafilatura finds them.

    It is not asked who wrote a page and when: where the page is silent it guesses from its words.
    """
    trafilatura = cast("Any", import_module("trafilatura"))
    found = trafilatura.bare_extraction(
        deepcopy(page), include_comments=False, favor_recall=True, with_metadata=False
    )
    if found is None or found.body is None:
        return set()
    pieces = {_squeezed("".join(element.itertext())) for element in found.body.iter()}
    return {piece for piece in pieces if len(piece) >= _SHORTEST}


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _clean(part: Element, address: str, *, is_whole: bool) -> None:
    """Take out of a part what is no text, and every attribute that is not needed."""
    for element in list(part.iter()):
        if element is part:
            continue
        if not isinstance(element.tag, str) or _is_gone(element, is_whole=is_whole):
            _drop(element)
        elif element.tag == "form":
            element.drop_tag()
    for element in list(part.iter()):
        if _LINES_COUNT.search(f"{element.get('style')} {element.get('class')}"):
            _part_lines(element)
        _clean_attributes(element, address)


def _clean_attributes(element: Element, address: str) -> None:
    for name in list(element.attrib):
        if name not in _KEPT:
            del element.attrib[name]
    if element.tag == "a" and address and element.get("href"):
        element.set("href", _joined(address, element.get("href")))
    elif element.tag == "img":
        element.set("src", "")


def _part_lines(element: Element) -> None:
    """Make paragraphs of the lines of an element whose style shows them as they are written."""
    lines = [line.strip() for line in (element.text or "").splitlines() if line.strip()]
    if len(element) or len(lines) < 2 or element.tag not in ("div", "p", "blockquote", "section"):
        return
    element.text = None
    element.tag = "div" if element.tag == "p" else element.tag
    for line in lines:
        paragraph = element.makeelement("p")
        paragraph.text = line
        element.append(paragraph)


def _is_gone(element: Element, *, is_whole: bool) -> bool:
    if element.tag in _GONE or element.get("hidden") is not None:
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    above = element.getparent()
    is_outer = is_whole and element.tag in ("footer", "aside") and element.find(".//p") is None
    is_outer = is_outer or (element.tag == "footer" and above is not None and above.tag == "body")
    return is_outer or (element.get("role") or "") in _CHROME


def _drop(element: Element) -> None:
    """Take an element out and leave what follows it; one whose parent went before is gone."""
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            above.text = (above.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    above.remove(element)


def _joined(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:
        return target
