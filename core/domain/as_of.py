"""What was so on a day: which records existed, which ties held, which statements were made.

The day is the last one of what was typed: "2015" means by the end of 2015. What "existed" means
depends on the kind, and is decided here for the whole program:

- An *event* has happened once it began; it stays among what had happened by then.
- An *instrument* exists from its adoption (its date), a *norm* from when it was first stated, a
  *source* or *document* from its publication; none of them ends.
- An *initiative* exists from its beginning, an *organisation* from its founding. One that had
  ended by then is still shown, as over: an analyst looks for the London Conference in 2013 too.
- A *state* always exists: its date is that of its membership of the United Nations, which many
  joined late. A *person* has no date.
- What has no date is kept, as undated: that nothing is known is no reason to hide it.

A lasting tie (party to, member of) holds from ``since`` to ``until``, the last day included; any
other tie (voted, signed, hosted) happened, and stays so. A tie without a date can't be older than
either of its ends, and a seat in a body doesn't outlast the body.

Dates are as exact as their source. One that is open within its year or month, or marked uncertain
or approximate (which moves it by one of its own units either way), leaves in doubt whether it was
so: *perhaps*. What is perhaps so is shown, never hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from core.domain.date_words import read_period
from core.domain.dates import DatePoint, in_words, parse
from core.domain.keys import Kind, kind_of
from core.domain.predicates import predicate
from core.domain.records import Record, RecordEntry
from core.domain.relations import Fact, Tie
from core.errors import UserError

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_SEATS = frozenset({"member-of", "chair-of", "affiliated-with"})
_ENDING = frozenset({Kind.INITIATIVE})
_WHEN = "when"
DATE_COLUMNS = frozenset(
    {_WHEN, "date", "as of", "signature", "ratification", "entry into force", "invited"}
)
"""Names, in small letters, of the columns whose dates tell when a row began to be so."""
Reach = tuple[int, int]
"""The first and last day, as ordinals, on which something may have been."""


class Standing(StrEnum):
    """How something stood on a day, in the order of time."""

    LATER = "later"
    PERHAPS = "perhaps"  # it may have begun: its date is not exact enough
    SO = "so"
    PERHAPS_OVER = "perhaps-over"
    OVER = "over"
    UNDATED = "undated"

    @property
    def shown(self) -> bool:
        """Whether it is among what was so, or may have been."""
        return self not in (Standing.LATER, Standing.OVER)


_ENDED = (Standing.PERHAPS_OVER, Standing.OVER)


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, month or year as typed, in EDTF; its last day is what counts."""

    edtf: str

    @property
    def day(self) -> int:
        """The last day of it, as an ordinal."""
        return _day_of(self.edtf)

    @property
    def words(self) -> str:
        """The date as it is read: "12 June 2015"."""
        return in_words(self.edtf)

    @property
    def year(self) -> int:
        """The year of it."""
        return date.fromordinal(self.day).year


def read_as_of(typed: str) -> AsOf | None:
    """Read what was typed: a year, month or day, in EDTF or in words; "" and "today" are none.

    Raises `UserError` for what is no date, or one that is open, uncertain or an interval.
    """
    typed = typed.strip()
    if not typed or typed.casefold() == "today":
        return None
    said = read_period(typed)
    edtf = said.began if said and said.began and not said.ended else typed
    try:
        read = parse(edtf)
    except UserError as error:
        raise _unreadable(typed) from error
    if read.interval or read.start is None or read.start.mark:
        raise _unreadable(typed)
    return AsOf(edtf)


def _unreadable(typed: str) -> UserError:
    return UserError(
        f"“{typed}” is not a date that everything can be shown as of; write a year (2015), a "
        "month (2015-07 or July 2015) or a day (2015-07-22 or 22 July 2015)."
    )


def standing(
    began: str | None, ended: str | None, as_of: AsOf, *, lasting: bool = True
) -> Standing:
    """Tell how something stood that began and ended on these EDTF dates, None where not known.

    An interval as ``began`` or ``ended`` tells when it began or ended at the earliest and latest.
    What does not last is never over.
    """
    start, end = _reach(began), _reach(ended)
    day = as_of.day
    if start is None and end is None:
        return Standing.UNDATED
    if start is not None and start[0] > day:
        return Standing.LATER
    if lasting and end is not None:
        if end[1] < day:
            return Standing.OVER
        if end[0] < day:
            return Standing.PERHAPS_OVER
    if start is None:  # only when it ended is known, and that is to come
        return Standing.PERHAPS if lasting or (end is not None and end[1] > day) else Standing.SO
    return Standing.SO if start[1] <= day else Standing.PERHAPS


def of_entry(entry: RecordEntry, as_of: AsOf) -> Standing:
    """Tell how a record stood: whether it existed by then."""
    began, ended = life_of(entry.kind, entry.type, entry.date)
    return standing(began, ended, as_of, lasting=entry.kind in _ENDING)


def earliest(kind: Kind, type_: str | None, dated: str | None) -> int:
    """Return the first day, as an ordinal, as of which a record is shown; 0 for always."""
    reach = _reach(life_of(kind, type_, dated)[0])
    return reach[0] if reach else 0


def life_of(kind: Kind, type_: str | None, dated: str | None) -> tuple[str | None, str | None]:
    """Return when a record began and when it ended, by its kind, type and date."""
    if dated is None or (kind is Kind.PARTICIPANT and type_ == "state"):
        return None, None
    return _parted(dated)


def of_fact(fact: Fact, as_of: AsOf) -> Standing:
    """Tell whether what a fact says had come about; its year is all that is known of it."""
    return standing(str(fact.year) if fact.year else None, None, as_of, lasting=False)


def of_tie(tie: Tie, record: RecordEntry, as_of: AsOf) -> Standing:
    """Tell how a tie of a record stood.

    Where it has no date, the later of its ends' beginnings bounds it from below; a seat is over
    when either end is.
    """
    relation = tie.relation
    lasting = predicate(relation.predicate).lasting
    own = standing(relation.since, relation.until, as_of, lasting=lasting)
    if relation.since is not None or own is Standing.OVER:
        return own
    here = None if record.type == "state" else record.date
    seated = relation.predicate in _SEATS
    ends = [standing(*_parted(date), as_of, lasting=seated) for date in (here, tie.date)]
    if Standing.LATER in ends:
        return Standing.LATER
    for found in (Standing.OVER, Standing.PERHAPS_OVER, Standing.PERHAPS):
        if found in (own, *ends):
            return found
    happened = [_is_done(record.kind, here, as_of), _is_done(kind_of(tie.record), tie.date, as_of)]
    if own is Standing.UNDATED and not lasting and any(happened):
        return Standing.SO
    return own  # that both ends existed does not tell that they were tied


def _is_done(kind: Kind, dated: str | None, as_of: AsOf) -> bool:
    """Tell whether a record was wholly past, and with it what happened at it."""
    end = parse(dated).end if dated and kind is not Kind.PARTICIPANT else None
    return end is not None and _widened(end)[1] <= as_of.day


def of_row(
    columns: Sequence[str], cells: Sequence[str], ties: Sequence[Standing], as_of: AsOf
) -> Standing:
    """Tell how a row stood: by the dates in its cells, else by the ties that it stands for.

    A row is so from the first of its dates on (signed, then ratified), and over only where a tie
    is: that an event of two days is past does not end it.
    """
    dated = [of_cell(*pair, as_of) for pair in zip(columns, cells, strict=False)]
    said = [found for found in dated if found is not Standing.UNDATED]
    found = foremost(said or ties)
    is_lasting = not ties or foremost(ties) in _ENDED
    return Standing.SO if found in _ENDED and not is_lasting else found


def of_cell(column: str, words: str, as_of: AsOf) -> Standing:
    """Tell how what a cell dates stood; undated for cells that say no date."""
    period = read_period(words) if column.casefold() in DATE_COLUMNS else None
    if period is None:
        return Standing.UNDATED
    return standing(period.began, period.ended, as_of, lasting=column.casefold() == _WHEN)


def foremost(standings: Iterable[Standing]) -> Standing:
    """Return what holds of several statements together: so if any is so, later if all are."""
    found = set(standings)
    for one in (Standing.SO, Standing.PERHAPS_OVER, Standing.PERHAPS, Standing.UNDATED):
        if one in found:
            return one
    return Standing.OVER if Standing.OVER in found else next(iter(found), Standing.UNDATED)


def ties_by_end(record: Record, as_of: AsOf) -> dict[str, Standing]:
    """Return how a record's ties to each other record stood together."""
    found: dict[str, list[Standing]] = {}
    for tie in record.ties:
        found.setdefault(tie.record, []).append(of_tie(tie, record.entry, as_of))
    return {key: foremost(standings) for key, standings in found.items()}


def _parted(dated: str | None) -> tuple[str | None, str | None]:
    """Part an interval into its beginning and its end; a point has no end of its own."""
    if dated is None or "/" not in dated:
        return dated, None
    first, _, last = dated.partition("/")
    if first == "..":
        return dated, None
    return first, None if last == ".." else last


@lru_cache(maxsize=4096)
def _reach(edtf: str | None) -> Reach | None:
    """Return the first and last day that a date may mean."""
    if edtf is None:
        return None
    read = parse(edtf)
    if read.start is None:
        return (_FIRST, _widened(read.end)[1]) if read.end else None
    first = _widened(read.start)
    return first if not read.interval or read.end is None else (first[0], _widened(read.end)[1])


def _widened(point: DatePoint) -> Reach:
    first, last = _days_of(point)
    if not point.mark:
        return first, last
    span = last - first + 1
    before, after = date.fromordinal(max(_FIRST, first - span)), min(_LAST, last + span)
    return before.toordinal(), after


def _days_of(point: DatePoint) -> Reach:
    first = date(point.year, point.month or 1, point.day or 1)
    if point.day:
        return first.toordinal(), first.toordinal()
    years = point.month is None or point.month == 12
    if years and point.year == date.max.year:
        return first.toordinal(), _LAST
    following = date(point.year + 1, 1, 1) if years else date(point.year, (point.month or 0) + 1, 1)
    return first.toordinal(), following.toordinal() - 1


@lru_cache(maxsize=64)
def _day_of(edtf: str) -> int:
    start = parse(edtf).start
    if start is None:
        raise ValueError(edtf)
    return _days_of(start)[1]
