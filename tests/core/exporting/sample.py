"""A small fixed report with everything that is hard to write down well."""

from datetime import UTC, datetime

from core.anchoring.describe import describe
from core.domain.annotations import Annotation, Target, TextPositionSelector, Verdict
from core.domain.keys import Kind
from core.domain.records import Field, Record, RecordEntry
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from core.exporting.report import Report, build

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)

NORM_LINES = (
    "Protect 💻 critical infrastructure",
    "A cafx\u0301 in Séoul, para.\u00a013(f): States should not damage it | * ever *.",
    '=HYPERLINK("http://example.org","x") <script>alert(1)</script> & `code` [link](x)',
    "يجب على الدول ألا تضر بالبنية التحتية (A/70/174).",
    "- not a list\titem # nor a heading",
)


def text_of(lines, spans=()):
    passages, start = [], 0
    for n, line in enumerate(lines):
        label = f"Fact {n}" if n else None
        passages.append(Passage(n, PassageKind.PARAGRAPH, 0, start, start + len(line), label))
        start += len(line) + 1
    return Text("\n".join(lines), tuple(passages), spans)


def record(key, kind, title, text, source=None, verified=False, **fields):
    entry = RecordEntry(key, kind, title, "A summary.", verified=verified)
    details = tuple(Field(name, name.title(), value) for name, value in fields.items())
    return Record(entry, text, details, source=source)


def span_of(line, target, verified):
    start = sum(len(x) + 1 for x in NORM_LINES[:line])
    return Span(start, start + len(NORM_LINES[line]), SpanKind.CITE, target, verified)


NORM = record(
    "norm:sample",
    Kind.NORM,
    "Do not damage | critical *infrastructure*",
    text_of(
        NORM_LINES,
        (
            span_of(1, "source:observatory", True),
            span_of(2, "source:observatory", False),
            span_of(3, "source:letter", False),
            span_of(4, None, False),
        ),
    ),
    "source:observatory",
    True,
    date="2015",
)
INSTRUMENT = record(
    "instrument:convention",
    Kind.INSTRUMENT,
    "Budapest Convention (2001)",
    text_of(("Convention", "Each Party shall adopt such measures.")),
    "source:treaty-office",
    True,
    official_title="Convention on Cybercrime",
    symbol="ETS No. 185",
    issuing_body="Council of Europe",
    place="Budapest",
    date="23 November 2001",
)
OBSERVATORY = record(
    "source:observatory",
    Kind.SOURCE,
    "Norm F: <do not> damage",
    text_of(("Norm F",)),
    publisher="Digital Observatory",
    date="2024",
    url="https://example.org/?p=1&q=a_b",
)
LETTER = record(
    "source:letter",
    Kind.SOURCE,
    "A letter",
    text_of(("A letter",)),
    publisher="United Nations",
    date="1998",
)
TREATY_OFFICE = record(
    "source:treaty-office",
    Kind.SOURCE,
    "Details of Treaty No. 185",
    text_of(("Details",)),
    publisher="Treaty Office",
    url="https://example.org/185",
)
RECORDS = {r.entry.key: r for r in (NORM, INSTRUMENT, OBSERVATORY, LETTER, TREATY_OFFICE)}

NOTE = """Compare **GGE 2015** with [the letter](normatlas://source:letter) and [this](https://example.org).

# A heading

- one <img src=x onerror=alert(1)>
- ![picture](https://example.org/x.png) [bad](javascript:alert(1))

```
a fence that is never closed
"""


def annotation(n, of, start, end, **more):
    quote = describe(of.text.content, start, end)
    target = Target(of.entry.key, TextPositionSelector(start, end), quote, of.text.sha256)
    made = datetime(2026, 1, n, 8, 0, tzinfo=UTC)
    values = {"tags": (), "note": "", "analyst": "Ada Analyst", "modified": made, **more}
    identity = f"00000000-0000-4000-8000-{n:012d}"
    label = of.text.passage_at(start).label
    return Annotation(identity, target, of.entry.title, label, created=made, **values)


def line(of, first, last=None):
    passages = of.text.passages
    return passages[first].start, passages[first if last is None else last].end


ANNOTATIONS = (
    annotation(
        1,
        NORM,
        *line(NORM, 0, 3),
        tags=("CBM/Hotlines", "-risk_1"),
        note=NOTE,
        color="#1f77b4",
        modified=datetime(2026, 2, 1, 23, 59, 59, tzinfo=UTC),
    ),
    annotation(2, NORM, *line(NORM, 2), tags=("البنية التحتية",), analyst="@Ömer <b>"),
    annotation(3, NORM, *line(NORM, 4), note="-1 is no formula"),
    annotation(4, INSTRUMENT, *line(INSTRUMENT, 1), color="red; background: url(x)"),
    annotation(5, INSTRUMENT, 0, 10, verdict=Verdict.LOST, tags=("Lost",)),
)


def sample_report() -> Report:
    return build(ANNOTATIONS, RECORDS, RECORDS.__getitem__, heading="Annotations of 2026", now=NOW)
