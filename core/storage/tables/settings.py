"""What the analyst has set for the workspace."""

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class SettingRow(Base):
    """One setting that differs from its default.

    Not audited: a setting is seen and set back where it was set, and undo is for work.
    """

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
