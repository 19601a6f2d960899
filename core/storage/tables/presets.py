"""How the analyst exports, kept by name."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class ExportPresetRow(Base):
    """A preset; ``briefing`` holds what differs from a document as it is without one."""

    __tablename__ = "export_preset"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    format: Mapped[str]
    briefing: Mapped[dict[str, Any]]
    created: Mapped[datetime]
    modified: Mapped[datetime]
