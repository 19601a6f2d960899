"""Checking the workspace: database, anchors, index; mending what can be built anew."""

from dataclasses import dataclass

from sqlalchemy import text

from core.domain.annotations import AnnotationFilter
from core.domain.text import hash_text
from core.services.importing import Importing
from core.services.original_check import check_originals, sweep_originals
from core.services.reanchoring import reanchor
from core.services.search import Search
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.tasks import Progress, no_progress, slow


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and whether it was mended."""

    what: str
    where: str
    repaired: bool


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found; ``ok`` when nothing is wrong any more."""

    ok: bool
    problems: tuple[Problem, ...]


class Checkup:
    """The workspace's health."""

    def __init__(self, database: Database, search: Search, importing: Importing) -> None:
        self._database = database
        self._importing = importing
        self._search = search

    @slow
    def check(self, *, repair: bool = False, progress: Progress = no_progress) -> CheckReport:
        """Verify the workspace; with ``repair``, build anew what can be."""
        steps = (
            self._check_database,
            self._check_texts,
            self._check_anchors,
            self._check_originals,
            self._check_index,
        )
        problems: list[Problem] = []
        for n, step in enumerate(steps):
            progress(n, len(steps), "Checking the workspace")
            problems += step(repair)
        progress(len(steps), len(steps), "Checked the workspace")
        return CheckReport(all(p.repaired for p in problems), tuple(problems))

    def _check_database(self, _repair: bool) -> list[Problem]:
        where = str(self._database.file)
        with self._database.read() as session:
            found = session.scalars(text("PRAGMA integrity_check(20)")).all()
            loose = session.execute(text("PRAGMA foreign_key_check")).all()
        problems = [Problem(f"damaged: {line}", where, False) for line in found if line != "ok"]
        problems += [
            Problem(f"row {row[1]} refers to a missing {row[2]}", f"{where}, table {row[0]}", False)
            for row in loose
        ]
        return problems

    def _check_texts(self, _repair: bool) -> list[Problem]:
        problems: list[Problem] = []
        with self._database.read() as session:
            for key, content, sha256 in Records(session).contents():
                if hash_text(content) != sha256:
                    problems.append(Problem("the text does not fit its hash", key, False))
        return problems

    def _check_anchors(self, repair: bool) -> list[Problem]:
        problems: list[Problem] = []
        with self._database.write() as work:
            records = Records(work.session)
            wrong: set[int] = set()
            for annotation in AnnotationStore(work.session).find(AnnotationFilter()):
                if annotation.verdict.state == "orphaned":
                    continue  # known, and listed for the analyst
                place = records.resolve(annotation.target.record)
                if place is None:
                    continue
                content = records.content(place)[0]
                if content[annotation.start : annotation.end] != annotation.target.quote.exact:
                    wrong.add(place)
                    what = "the annotation's quotation is not where it points"
                    where = f"{annotation.target.record}, annotation {annotation.id}"
                    problems.append(Problem(what, where, repair))
            if repair and wrong:
                reanchor(work, sorted(wrong))
                work.commit()
        return problems

    def _check_originals(self, repair: bool) -> list[Problem]:
        found = check_originals(self._database, no_progress)
        problems = [Problem(what, where, False) for what, where in found]
        if repair and not self._importing.running():
            sweep_originals(self._database)
        return problems

    def _check_index(self, repair: bool) -> list[Problem]:
        self._search.catch_up()
        held, (records, notes) = self._search.counts()
        if (held.records, held.notes) == (records, notes):
            return []
        if repair:
            self._search.rebuild()
        what = (
            f"the search index holds {held.records} records and {held.notes} notes of "
            f"{records} and {notes}"
        )
        return [Problem(what, "search index", repair)]
