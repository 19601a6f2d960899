"""Notes, which analysts write in Markdown, as HTML that can do no harm."""

from markdown_it import MarkdownIt

ALLOWED = ("http://", "https://", "mailto:", "normatlas://")
_DEEPER = 3
_DEEPEST = 6


class _NoteMarkdown(MarkdownIt):
    """CommonMark with tables; raw HTML shown as text, pictures as links, other links not made."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True})
        self.enable(["table", "strikethrough"])
        self.disable("image")

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Tell whether a link may be made."""
        return url.lower().startswith(ALLOWED)


def note_as_html(note: str) -> str:
    """Return a note as an HTML fragment whose headings fit below those of a report's entry."""
    markdown = _NoteMarkdown()
    tokens = markdown.parse(note)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_DEEPEST, int(token.tag[1]) + _DEEPER)}"
    return markdown.renderer.render(tokens, markdown.options, {})
