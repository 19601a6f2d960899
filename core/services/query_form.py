"""The form beside the search box: its fields as a query, a query as its fields."""

from core.domain.query_form import FormReading, QueryForm


def write_form(form: QueryForm, rest: str = "") -> str:
    """Return the query that a form asks, with ``rest`` of the language that it can't show."""
    from core.search.query_form import write_form as write  # the parser is not there at start

    return write(form, rest)


def read_form(text: str) -> FormReading:
    """Return a query as a form, with the rest that the form can't show."""
    from core.search.query_form import read_form as read

    return read(text)
