"""Words that mean the same, so that what was typed meets what was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Names of one thing: acronym, long form, other names; any of them finds the others.

    ``own`` groups are the analyst's, the others are the reference pack's. ``note`` says where the
    names come from or what to mind.
    """

    id: str
    forms: tuple[str, ...]
    note: str = ""
    own: bool = False
