"""The numbers of rows: counted for the whole installation, and never given twice.

PostgreSQL takes each number from the sequence of its table, which no town waits for. SQLite has no
sequences, and numbers no key of two columns: there one counter per table is moved on by as many
rows as are stored, in their transaction.
"""

from collections import defaultdict

from sqlalchemy import String, bindparam, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column, object_mapper
from sqlalchemy.sql.dml import ReturningInsert

from election.models.base import Model, Unaudited
from election.tenant import Tenant


class Counter(Unaudited, Model):
    """The last number given in a table; PostgreSQL keeps none, its sequences know."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]


@event.listens_for(Session, "before_flush")
def _number(session: Session, _context: object, _instances: object) -> None:
    """Give every new row of a town its number, in the order in which the rows will be stored."""
    if session.get_bind().dialect.name != "sqlite":
        return
    unnumbered: dict[str, list[Tenant]] = defaultdict(list)
    for row in session.new:
        if isinstance(row, Tenant) and not row.id:
            unnumbered[str(object_mapper(row).local_table)].append(row)
    for table, rows in unnumbered.items():
        for number, row in enumerate(rows, reserve(session, table, len(rows))):
            row.id = number


def reserve(session: Session, table: str, count: int) -> int:
    """The first of `count` numbers of an SQLite table, which nobody is given again."""
    last = session.connection().scalars(_ON, {"name": table, "last": count}).one()
    return last - count + 1


def _move_on() -> ReturningInsert[int]:
    """The statement that moves a counter on, or starts it, and says where it stands."""
    started = insert(Counter).values(name=bindparam("name"), last=bindparam("last"))
    moved = started.on_conflict_do_update(
        index_elements=["name"], set_={"last": Counter.last + started.excluded.last}
    )
    return moved.returning(Counter.last)


_ON = _move_on()
