"""The shipped pack, compiled once, and a small pack to break."""

# ruff: noqa: E501 - facts and ties are one line each in a pack

from collections.abc import Callable
from pathlib import Path

import pytest

from core.domain.records import CompiledPack, CompiledRecord
from core.reference.compilation import compile_pack
from core.reference.fingerprint import pack_folder

SMALL = {
    "pack.yaml": "name: Small\nversion: '1'\ndescription: For tests\n",
    "norms.yaml": """\
- key: norm:calm
  title: Keep calm
  summary: States keep calm.
  statement: States should keep calm.
  category: responsible state behaviour
  date: '2015'
  note: Not all do.
  verified: true
  source: source:page
  facts:
  - {text: Said twice., year: 2015, source: 'source:page', verified: true}
  - {text: Said in 2016., year: 2016, source: null, verified: false}
  relations:
  - {predicate: stated-in, object: 'instrument:treaty', since: '2015', role: first stated, locator: para. 1, source: 'source:page', verified: true}
""",
    "instruments.yaml": """\
- key: instrument:treaty
  title: Calm Treaty (2015)
  aliases: ['instrument:old-treaty']
  type: treaty
  date: 2015-03-01?
  summary: A treaty.
  urls: ['https://example.org/treaty']
  counts:
  - {count: 1200, unit: parties, as_of: 2016~, source: 'source:page', verified: true, note: one count}
  see_also: ['source:unseen']
""",
    "initiatives.yaml": """\
- key: initiative:talks
  title: Calm talks
  type: conference
  date: 2014/..
  summary: Talks.
  other_outcomes:
  - {title: A letter, date: 2014-05}
""",
    "participants.yaml": """\
- key: participant:ostland
  title: Östland
  type: state
  summary: A state.
  relations:
  - {predicate: party-to, object: 'instrument:old-treaty', since: 2016-01-02?, role: ratified, note: Told by one page., source: null, verified: false}
  - {predicate: supports, object: 'norm:calm', since: ../2019-02, source: null, verified: false}
  - {predicate: member-of, object: 'initiative:talks', since: '2014', until: '2016', source: null, verified: false}
- key: participant:club
  title: Club
  type: organisation
  category: NGO
  founded: '2001'
  summary: A club.
- key: participant:ada
  title: Ada
  type: person
  office: Chair
  summary: A person.
""",
    "events.yaml": """\
- key: event:opening
  title: Opening
  date: 2014-04-30/2014-05-02
  summary: It opens.
  relations:
  - {predicate: part-of, object: 'initiative:talks'}
""",
    "sources.yaml": """\
- key: source:page
  title: A page
  publisher: A house
  date: 2016-01
  url: https://example.org/page
  seen: true
  summary: Read.
- key: source:unseen
  title: Another page
  publisher: A house
  date: null
  url: https://example.org/other
  seen: false
  summary: Not read.
""",
    "memberships.yaml": """\
- key: table:parties
  title: Parties to the treaty
  as_of: 2016-12-31
  about: instrument:treaty
  source: source:page
  verified: true
  note: One of two lists.
  complete: false
  totals: {party: 1, absent: 3}
  rows:
  - {participant: 'participant:ostland', status: party, ratification: 2016-01-02?}
  - {participant: 'participant:club', status: observer, verified: false, note: Once only.}
""",
}


@pytest.fixture(scope="session")
def shipped() -> CompiledPack:
    """Return the pack that ships, compiled."""
    return compile_pack(pack_folder())


@pytest.fixture(scope="session")
def pages(shipped: CompiledPack) -> dict[str, CompiledRecord]:
    """Return the records of the shipped pack by key."""
    return {record.entry.key: record for record in shipped.records}


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes the small pack, with replacements (file, old, new) made in it."""

    def make(*changes: tuple[str, str, str]) -> Path:
        texts = dict(SMALL)
        for file, old, new in changes:
            assert old in texts[file]
            texts[file] = texts[file].replace(old, new, 1)
        for file, text in texts.items():
            (tmp_path / file).write_text(text, encoding="utf-8")
        return tmp_path

    return make
