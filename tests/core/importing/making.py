"""Small documents made on the spot, each as a program would write it."""

import io
import zipfile
from pathlib import Path

from core.domain.documents import ReadDocument
from core.domain.text import PassageKind, Text
from core.importing.reading import read_file
from core.tasks import CancelToken

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""


def archive(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str = "<w:p><w:r><w:t>Hello</w:t></w:r></w:p>", **more: str | bytes) -> bytes:
    """Return a Word file with this body; ``more`` are members, "__" in their names being "/"."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return archive(members | {name.replace("__", "/"): held for name, held in more.items()})


def read(folder: Path, name: str, content: str | bytes, **given: float) -> ReadDocument:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path, cancel=CancelToken(), **given)


def shown(text: Text) -> list[tuple[PassageKind, str]]:
    """Return each passage's kind and words."""
    return [(p.kind, text.content[p.start : p.end]) for p in text.passages]


def spans(text: Text) -> list[tuple[str, str, str | None]]:
    """Return each span's kind, words and target."""
    return [(s.kind.value, text.content[s.start : s.end], s.target) for s in text.spans]
