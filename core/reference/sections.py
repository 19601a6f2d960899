"""What the sections of a page are, by kind of record, and how a tie is put in a sentence."""

from dataclasses import dataclass

from core.domain.keys import Kind
from core.reference.schema import (
    AnyRecord,
    Event,
    Initiative,
    Instrument,
    Norm,
    Organisation,
    Person,
    State,
)

Group = tuple[str, bool]  # a predicate, and whether the page's record is its subject


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the ties below it, in order: all, or those among one kind of record."""

    heading: str
    groups: tuple[Group, ...]
    among: Kind | None = None


# How a sentence goes on in which the page's record is "it": from the subject, then from the object.
# What stands after "|" is said of ties that ended. Where "~" begins it, the other ends come first:
# "France and Italy took part in it".
_VERBS: dict[str, tuple[str, str]] = {
    "stated-in": ("is stated in", "states"),
    "refines": ("refines", "is refined by"),
    "contradicts": ("contradicts", "contradicts"),
    "outcome-of": ("came out of", "led to"),
    "establishes": ("established", "was established by"),
    "issued-by": ("was issued by", "issued"),
    "successor-of": ("followed", "was followed by"),
    "part-of": ("is part of|was part of", "includes|included"),
    "implements": ("implements", "is implemented by"),
    "complements": ("complements", "complements"),
    "competes-with": ("competes with", "competes with"),
    "supports": ("supports|supported", "is supported by|was supported by"),
    "contests": ("contests|contested", "is contested by|was contested by"),
    "party-to": ("is party to|was party to", "~is party to it|was party to it"),
    "signatory-of": ("signed", "was signed by"),
    "invited-to": ("was invited to accede to", "~was invited to accede to it"),
    "voted": ("voted on", "~voted on it"),
    "member-of": (
        "is a member of|was a member of",
        "~is a member/are members|was a member/were members",
    ),
    "chair-of": ("chaired", "was chaired by"),
    "host-of": ("hosted", "was hosted by"),
    "sponsor-of": ("sponsored", "was sponsored by"),
    "speaker-at": ("spoke at", "~spoke there"),
    "participant-in": ("took part in", "~took part"),
    "affiliated-with": (
        "is affiliated with|was affiliated with",
        "~is affiliated with it|was affiliated with it",
    ),
    "located-in": ("is located in|was located in", "~is located there|was located there"),
}
_PLURAL = {"is": "are", "was": "were", "has": "have"}
INVERTED = "~"


def verb(predicate: str, *, outgoing: bool, past: bool = False) -> str:
    """Return the words that lead from the page's record to the other ends, in the singular.

    Those that begin with `INVERTED` follow the other ends instead.
    """
    words = _VERBS[predicate][0 if outgoing else 1]
    inverted = INVERTED * words.startswith(INVERTED)
    present, _, ended = words.removeprefix(INVERTED).partition("|")
    return inverted + (ended if past and ended else present)


def agree(words: str, *, plural: bool) -> str:
    """Return a verb's words in the number of its subject."""
    singular, _, other = words.partition("/")
    if not plural:
        return singular
    if other:
        return other
    first, _, rest = singular.partition(" ")
    if first in _PLURAL:
        first = _PLURAL[first]
    elif first.endswith("s") and not first.endswith("ss"):
        first = first[:-1]
    return f"{first} {rest}".rstrip()


def _section(heading: str, groups: str, among: Kind | None = None) -> Section:
    """Read groups written as ">issued-by <part-of": from this record, or to it."""
    return Section(heading, tuple((g[1:], g[0] == ">") for g in groups.split()), among)


_RELATED = (
    ">refines <refines >contradicts <contradicts >implements <implements >complements <complements "
    ">competes-with <competes-with"
)
_STANDS = ">supports >contests"

SECTIONS: dict[type[AnyRecord], tuple[Section, ...]] = {
    Norm: (
        _section("Where it is stated", ">stated-in"),
        _section("Who supports and who contests it", "<supports <contests"),
        _section("How it relates to other norms", _RELATED, among=Kind.NORM),
        _section("Who carries it out", "<implements"),
    ),
    Instrument: (
        _section("How it came about", ">issued-by >outcome-of <sponsor-of <host-of <speaker-at"),
        _section("What came before and after", ">successor-of <successor-of >establishes"),
        _section("What it states", "<stated-in"),
        _section("Parties and signatories", "<party-to <signatory-of <invited-to"),
        _section("How states voted", "<voted"),
        _section("Who supports and who contests it", "<supports <contests"),
    ),
    Initiative: (
        _section(
            "Where it comes from",
            "<establishes >successor-of >outcome-of >part-of <host-of <chair-of <sponsor-of",
        ),
        _section("Its course", "<part-of"),
        _section("What it produced", "<outcome-of <issued-by >establishes"),
        _section("What came after", "<successor-of"),
        _section(
            "Who took part", "<member-of <participant-in <speaker-at <signatory-of <affiliated-with"
        ),
        _section("Who supports and who contests it", "<supports <contests"),
        _section(
            "How it stands to others", f">member-of >host-of >sponsor-of {_STANDS} {_RELATED}"
        ),
    ),
    Event: (
        _section("Where it belongs", ">part-of >outcome-of"),
        _section("What came of it", "<outcome-of"),
        _section("Who was there", "<host-of <chair-of <sponsor-of <speaker-at <participant-in"),
    ),
    State: (
        _section("Treaties and declarations", ">party-to >signatory-of >invited-to"),
        _section("Votes in the General Assembly", ">voted"),
        _section("Positions", f">implements <issued-by >sponsor-of {_STANDS}"),
        _section("Groups and organisations", ">member-of >chair-of >part-of"),
        _section("Conferences and programmes", ">host-of >speaker-at"),
        _section("Meetings and events", ">participant-in"),
        _section("People and bodies", "<affiliated-with <part-of <located-in"),
    ),
    Organisation: (
        _section(
            "What it is part of", ">part-of >member-of >affiliated-with >located-in >successor-of"
        ),
        _section("Texts", "<issued-by >signatory-of >party-to"),
        _section("Positions", f">implements {_STANDS}"),
        _section("What it hosts and supports", ">host-of >chair-of >sponsor-of"),
        _section("Meetings and events", ">participant-in >speaker-at"),
        _section("Members and parts", "<member-of <part-of"),
        _section(
            "People and bodies", "<affiliated-with <located-in <chair-of <sponsor-of <host-of"
        ),
    ),
    Person: (
        _section("Offices", ">affiliated-with >chair-of >member-of >part-of >located-in"),
        _section("Appearances", ">speaker-at >host-of >participant-in"),
        _section("Texts and positions", f"<issued-by >sponsor-of >signatory-of {_STANDS}"),
    ),
}
OTHER = "Other ties"
