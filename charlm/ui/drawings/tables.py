"""A plain table as HTML."""

from collections.abc import Iterable

from charlm.ui.drawings.letters import shown


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows of any text under the names of their columns."""
    head = "".join(f'<th scope="col">{shown(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{shown(value)}</td>' for value in row)}</tr>" for row in rows)
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
