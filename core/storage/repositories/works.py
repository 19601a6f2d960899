"""Works that are records here, found by what a list of references says of them."""

from collections.abc import Iterable
from typing import Any

_ADDRESSES = {"url", "urls", "address"}
_YEAR = 4  # characters of a date that say its year


class Works:
    """Finds a work by its address, else by its title and year."""

    def __init__(self, rows: Iterable[tuple[int, str, int | None, list[list[Any]]]]) -> None:
        self._by_address: dict[str, int] = {}
        self._by_title: dict[str, list[tuple[int, int | None]]] = {}
        for place, title, year, fields in rows:
            self._by_title.setdefault(_folded(title), []).append((place, year))
            for name, _label, value in (field[:3] for field in fields):
                if name in _ADDRESSES:
                    for address in str(value).split():
                        self._by_address.setdefault(_plain(address), place)

    def find(self, address: str | None, title: str, date: str | None) -> int | None:
        """Return the row id of a work, None for one that is not here or not sure to be.

        One of the same title is the same work unless both say their years, which differ.
        """
        if address is not None and (place := self._by_address.get(_plain(address))) is not None:
            return place
        year = int(date[:_YEAR]) if date and date[:_YEAR].isdigit() else None
        alike = self._by_title.get(_folded(title), [])
        fitting = [place for place, its in alike if year is None or its is None or its == year]
        return fitting[0] if len(fitting) == 1 else None


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _plain(address: str) -> str:
    """Return an address without what may differ for one page: the scheme, a last slash."""
    return address.partition("://")[2].rstrip("/,;").casefold() or address.casefold()
