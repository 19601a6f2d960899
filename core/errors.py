"""Errors that a person can cause or fix, each a sentence that says what to do."""


class UserError(Exception):
    """Something the user can cause or fix; the message is shown as it is.

    ``exit_code`` is what a command ends with (contract: 2 bad input).
    """

    exit_code = 2


class NotFoundError(UserError):
    """A key, tag or annotation that is not in the workspace."""


class AmbiguousQuoteError(UserError):
    """A quotation that stands in the text more than once."""


class WorkspaceError(UserError):
    """The workspace can't be used: locked, made by a newer version, damaged, unwritable."""

    exit_code = 3


class UnreadableError(UserError):
    """A file that no reader can or may read; the message names it and says why."""


class CancelledError(Exception):
    """The work was cancelled by its ``CancelToken``; not an error to show."""
