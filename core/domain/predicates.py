"""The kinds of tie between records, with their words from either end."""

from dataclasses import dataclass

from core.domain.keys import Kind


@dataclass(frozen=True, slots=True)
class Predicate:
    """A kind of tie. ``forward`` words read from the subject, ``backward`` ones from the object.

    ``order`` is where its group stands on a page. ``lasting`` ties begin at their date ("since
    2011"); the others happen on it. ``subjects`` and ``objects`` are the kinds allowed there.
    """

    name: str
    forward: str
    backward: str
    forward_heading: str
    backward_heading: str
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    order: int
    symmetric: bool = False
    lasting: bool = False

    def label(self, *, outgoing: bool) -> str:
        """Return the words that lead to the other end: "stated in", or from there "states"."""
        return self.forward if outgoing else self.backward

    def heading(self, *, outgoing: bool) -> str:
        """Return the heading of the group of such ties on the page of one end."""
        return self.forward_heading if outgoing else self.backward_heading

    def allows(self, subject: Kind, object_: Kind) -> bool:
        """Tell whether records of these kinds may be tied so."""
        return subject in self.subjects and object_ in self.objects


_KINDS = {
    "n": Kind.NORM,
    "t": Kind.INSTRUMENT,
    "i": Kind.INITIATIVE,
    "p": Kind.PARTICIPANT,
    "e": Kind.EVENT,
    "d": Kind.DOCUMENT,
}

# name; from the subject; from the object; headings of both; kinds "subjects>objects" by the
# letters above; flags: s symmetric, l lasting. The order here is the order on a page.
_ROWS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("stated-in", "stated in", "states", "Stated in", "Norms stated here", "n>t", ""),
    ("refines", "refines", "refined by", "Refines", "Refined by", "n>n", ""),
    ("contradicts", "contradicts", "contradicts", "Contradicts", "Contradicts", "n>n", "s"),
    ("outcome-of", "outcome of", "led to", "Outcome of", "Outcomes", "t>ie", ""),
    ("establishes", "establishes", "established by", "Establishes", "Established by", "t>i", ""),
    ("issued-by", "issued by", "issued", "Issued by", "Texts issued", "t>pi", ""),
    (
        "successor-of",
        "successor of",
        "succeeded by",
        "Successor of",
        "Succeeded by",
        "tip>tip",
        "",
    ),
    ("part-of", "part of", "includes", "Part of", "Includes", "iep>ip", "l"),
    (
        "implements",
        "implements",
        "implemented by",
        "Implements",
        "Implemented by",
        "nip>ni",
        "",
    ),
    (
        "complements",
        "complements",
        "complements",
        "Complements",
        "Complements",
        "ntip>ntip",
        "s",
    ),
    (
        "competes-with",
        "competes with",
        "competes with",
        "Competes with",
        "Competes with",
        "ntip>ntip",
        "s",
    ),
    ("supports", "supports", "supported by", "Supports", "Supported by", "pi>nti", "l"),
    ("contests", "contests", "contested by", "Contests", "Contested by", "pi>nti", "l"),
    ("party-to", "party to", "has party", "Party to", "Parties", "p>t", "l"),
    ("signatory-of", "signatory of", "has signatory", "Signatory of", "Signatories", "p>ti", ""),
    ("invited-to", "invited to", "invited", "Invited to accede to", "Invited to accede", "p>t", ""),
    ("voted", "voted on", "voted on by", "Votes", "Votes", "p>t", ""),
    ("member-of", "member of", "has member", "Member of", "Members", "pi>pi", "l"),
    ("chair-of", "chair of", "chaired by", "Chair of", "Chaired by", "p>ipet", "l"),
    ("host-of", "host of", "hosted by", "Host of", "Hosted by", "pi>iept", ""),
    ("sponsor-of", "sponsor of", "sponsored by", "Sponsor of", "Sponsored by", "pi>iept", ""),
    ("speaker-at", "speaker at", "has speaker", "Speaker at", "Speakers", "p>iet", ""),
    (
        "participant-in",
        "took part in",
        "has participant",
        "Took part in",
        "Participants",
        "pi>iet",
        "",
    ),
    (
        "affiliated-with",
        "affiliated with",
        "has affiliate",
        "Affiliated with",
        "People and bodies affiliated",
        "p>pi",
        "l",
    ),
    ("located-in", "located in", "location of", "Located in", "Located here", "p>p", "l"),
    ("text-of", "is the text of", "has its text in", "Is the text of", "Its text", "d>t", ""),
    ("voices", "states", "stated in", "States", "Your documents that state it", "d>n", ""),
    ("written-by", "is by", "wrote", "By", "Your documents by it", "d>p", ""),
    ("belongs-to", "belongs to", "has document", "Belongs to", "Your documents", "d>ie", ""),
)


def _kinds(letters: str) -> frozenset[Kind]:
    return frozenset(_KINDS[letter] for letter in letters)


def _predicate(order: int, row: tuple[str, str, str, str, str, str, str]) -> Predicate:
    name, forward, backward, forward_heading, backward_heading, ends, flags = row
    subjects, _, objects = ends.partition(">")
    return Predicate(
        name,
        forward,
        backward,
        forward_heading,
        backward_heading,
        _kinds(subjects),
        _kinds(objects),
        order,
        symmetric="s" in flags,
        lasting="l" in flags,
    )


PREDICATES: dict[str, Predicate] = {
    row[0]: _predicate(order, row) for order, row in enumerate(_ROWS)
}


def predicate(name: str) -> Predicate:
    """Return the predicate of that name; a name that is not known is a bug (`KeyError`)."""
    return PREDICATES[name]
