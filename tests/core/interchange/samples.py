"""Projects with everything that is hard to hand on, and any project for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from core.anchoring.describe import describe
from core.domain.annotations import TextPositionSelector, Verdict
from core.domain.documents import DocumentMetadata
from core.domain.interchange import (
    Project,
    ProjectAnnotation,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    ProjectTag,
)
from core.domain.text import Passage, PassageKind, Text
from core.interchange.identity import derive

WHEN = datetime(2026, 3, 5, 9, 30, 1, tzinfo=UTC)
LINES = (
    "Protect 💻 critical infrastructure",
    'A caf\u00e9 in Séoul, para.\u00a013(f): <States> & "others" should not.',
    "يجب على الدول ألا تضر بالبنية التحتية.",
    "各国不应蓄意允许他人利用其领土。",
)

NASTY = '\n\ne\u0301 NFD, 👩🏽\u200d💻\r\n- ليس «كذلك»; =1+1, "各国"\n\n'


def text_of(*lines):
    passages, at = [], 0
    for n, line in enumerate(lines):
        kind = PassageKind.PARAGRAPH if n else PassageKind.HEADING
        passages.append(Passage(n, kind, 0 if n else 1, at, at + len(line), f"{n}(a)"))
        at += len(line) + 1
    return Text("\n".join(lines), tuple(passages))


def annotation(n, source, start, end, **more):
    place = TextPositionSelector(start, end)
    quote = describe(source.text.content, start, end)
    said = {"created": WHEN, "modified": WHEN, "analyst": "Ömer <b>"}
    said |= {"verdict": Verdict.EXACT, **more}
    identity = derive("annotation", str(n))
    return ProjectAnnotation(identity, source.id, place, quote, source.text.sha256, **said)


def a_project(texts=(LINES,), **more):
    top = ProjectTag(derive("t", "1"), "CBM & more", color="#336699", definition="A <b>\n\nline")
    below = ProjectTag(
        derive("t", "2"), "Hotlines", top.id, include="When", exclude="Not", example="“x”"
    )
    sources = tuple(
        ProjectSource(
            derive("s", str(n)),
            f"Text {n}",
            text=text_of(*lines),
            sha256=text_of(*lines).sha256,
            metadata=DocumentMetadata(f"Text {n}", ("A. Author",), "2015"),
            format="docx",
        )
        for n, lines in enumerate(texts)
    )
    first = sources[0]
    lost = annotation(3, first, 0, 5, verdict=Verdict.LOST, score=0.25, note="gone\x0b")
    given = {
        "tags": (top, below),
        "sources": sources,
        "annotations": (
            annotation(1, first, 0, 12, tags=(below.id, top.id), note="a\n\n*b* <i> & \x0c"),
            annotation(2, first, 8, 40, note=" kept \n"),
            lost,
        ),
        "notes": (ProjectNote(derive("n"), "Method", "Coded twice.", None, "Ada", WHEN, WHEN),),
        "sets": (ProjectSet(derive("set"), "Both", "", (top.id,), (first.id,)),),
        **more,
    }
    return Project("normatlas", "NormAtlas", **given)


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
moments = st.datetimes(
    min_value=datetime(1971, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
)


@st.composite
def texts(draw):
    """Text that is canonical already."""
    import unicodedata

    line = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)
    lines = draw(st.lists(line, min_size=1, max_size=4))
    return text_of(*(unicodedata.normalize("NFC", one) for one in lines))


@st.composite
def projects(draw):
    """Any project that a workspace can hold."""
    tags = []
    for n in range(draw(st.integers(0, 4))):
        parent = draw(st.sampled_from([None, *tags])) if tags else None
        said = draw(st.tuples(words, words, words, words))
        tags.append(
            ProjectTag(derive("t", str(n)), f"{n} & «سر» 🕊", parent and parent.id, "#336699", *said)
        )
    sources = []
    for n in range(draw(st.integers(1, 2))):
        text = draw(texts())
        sources.append(ProjectSource(derive("s", str(n)), f"T{n}", text=text, sha256=text.sha256))
    annotations = []
    for n in range(draw(st.integers(0, 5))):
        source = draw(st.sampled_from(sources))
        length = len(source.text.content)
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, length))
        carried = draw(st.lists(st.sampled_from([t.id for t in tags]), unique=True)) if tags else ()
        made = draw(moments)
        annotations.append(
            annotation(
                n,
                source,
                start,
                end,
                tags=tuple(carried),
                note=draw(words) + draw(st.sampled_from(["", NASTY])),
                created=made,
                modified=max(made, draw(moments)),
            )
        )
    notes = []
    for n in range(draw(st.integers(0, 2))):
        about = draw(st.sampled_from([None, *(tag.id for tag in tags)]))
        said = draw(words) + NASTY
        notes.append(
            ProjectNote(derive("n", str(n)), "Note", said, about, "Ömer <b>", draw(moments), WHEN)
        )
    return Project(
        "normatlas",
        "NormAtlas",
        (),
        tuple(tags),
        tuple(sources),
        tuple(annotations),
        tuple(notes),
    )
