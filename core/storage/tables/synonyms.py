"""Groups of words that mean the same: the pack's, and the analyst's own."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class SynonymRow(Base):
    """A group of synonyms; ``own`` ones are the analyst's, the others go with the pack."""

    __tablename__ = "synonym"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    forms: Mapped[list[str]]
    note: Mapped[str]
    own: Mapped[bool]
    created: Mapped[datetime]
    modified: Mapped[datetime]
