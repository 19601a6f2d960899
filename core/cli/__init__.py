"""The commands: arguments in, service calls, plain text or JSON out. Never imports Qt."""

from core.cli.program import run

__all__ = ["run"]
