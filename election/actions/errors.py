"""What an act can answer besides success and refusal."""

from typing import Any


class Stale(Exception):
    """The form was made from an older version than the stored one: 409, both are shown."""

    def __init__(self, row: Any, seen: int) -> None:  # noqa: ANN401 - any versioned row
        super().__init__(f"{type(row).__name__} {row.id}: seen {seen}, stored {row.version}")
        self.row = row
        self.seen = seen
