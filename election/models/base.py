"""What records share: the version of an edited row, and how a row is told in canonical form."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, inspect
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from election.database import Base, db
from election.rules.canonical import sha256

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

CODE = String(40)
NAME = String(120)
LINE = String(300)


class Versioned:
    """A row two people may edit: a stale form is refused, never the later one lost."""

    version: Mapped[int] = mapped_column(sort_order=900)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - a class attribute of the mapped class
        """Let SQLAlchemy count and compare the version."""
        return {"version_id_col": cls.version}


def later(silent: object = None) -> dict[str, object]:
    """Marks a column that a later migration added; `silent` is what it filled the old rows with.

    A row digest leaves such a cell out while it holds that value, so the chain of an office that
    was migrated still commits to its old rows.
    """
    return {"silent": silent}


class Unaudited:
    """Marker: house-keeping rows (login tickets, operation ids) that no act records."""


def row_values(row: Any) -> dict[str, object]:  # noqa: ANN401 - any mapped row
    """Column name -> canonical JSON value of a loaded row."""
    mapper = inspect(type(row))
    return {
        column.key: _plain(getattr(row, mapper.get_property_by_column(column).key), column.type)
        for column in mapper.local_table.columns
    }


def row_digest(row: Any) -> str:  # noqa: ANN401 - any mapped row
    """SHA-256 of the canonical row; the audit chain commits to it. See `later`."""
    added = {
        c.key: c.info["silent"]
        for c in inspect(type(row)).local_table.columns
        if "silent" in c.info
    }
    values = row_values(row)
    return sha256({k: v for k, v in values.items() if k not in added or v != added[k]})


def _plain(value: object, kind: object) -> object:
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
        secret = getattr(kind, "committed", None)  # an encrypted column commits to a keyed digest
        return secret(value) if secret and isinstance(value, str) else value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"sha256": sha256(value.hex())}
    if isinstance(value, float):
        return repr(value)
    return value  # lists and dicts of JSON
