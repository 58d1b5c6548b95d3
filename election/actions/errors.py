"""What an act can answer besides success and refusal."""

from typing import Any


class Stale(Exception):
    """The form was made from an older version than the stored one: 409, both are shown.

    form: what was sent, whose fields are named like the columns of the row; None where a table of
    many rows was sent.
    """

    def __init__(self, row: Any, seen: int, form: Any = None) -> None:  # noqa: ANN401 - any row, form
        super().__init__(f"{type(row).__name__} {row.id}: seen {seen}, stored {row.version}")
        self.row = row
        self.seen = seen
        self.form = form
