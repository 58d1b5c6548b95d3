"""The township every row belongs to, and the session that stays in one.

A row's key is (township_id, id) and so is every reference to it: the database itself refuses a link
from one town to another, and each table can be distributed by township on an engine that does so.
A number (`id`) stays unique in the whole installation, so that an address needs no township.
"""

from collections.abc import Mapping
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    Delete,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Update,
    bindparam,
    event,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_TOWNSHIP, _AT_LARGE = "xuanban_township", "xuanban_at_large"
EVERYWHERE = {_AT_LARGE: True}
"""Execution options of the one statement that looks into all townships, whatever the session."""


class Tenant:
    """Every row belongs to one township, and its key leads with it."""

    @declared_attr
    def township_id(cls) -> Mapped[int]:  # noqa: N805 - a class attribute of the mapped class
        """The township; first column of every key and index."""
        return mapped_column(ForeignKey("township.id"), primary_key=True, sort_order=-10)

    # PostgreSQL numbers it by a sequence, SQLite by models.numbers: it has none for composite keys
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, sort_order=-9)


def reference(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A foreign key to a row of the same township; `column` holds its number."""
    keys = [f"{table}.township_id", f"{table}.id"]
    return ForeignKeyConstraint(["township_id", column], keys, ondelete=ondelete)


def join_on(child_column: str, parent: str) -> str:
    """The join of a relationship ("Plan.congress_id", "Congress"), for both of its directions.

    Only the named column is written by it: a row's township never changes with what it refers to.
    """
    child = child_column.split(".", maxsplit=1)[0]
    towns = f"{child}.township_id == {parent}.township_id"
    return f"and_({towns}, foreign({child_column}) == {parent}.id)"


class StrayWrite(RuntimeError):
    """A session that stays in a township would write a row of another: a fault of the program."""


class TownSession(FlaskSession):
    """A session that finds rows of a town by their number alone, and can be told to stay in one."""

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:  # noqa: ANN401 - as in SQLAlchemy
        """A row by its key; a plain number of a town's row means that of the session's township."""
        if isinstance(ident, int) and isinstance(entity, type) and issubclass(entity, Tenant):
            ident = (self._township_of(entity, ident), ident)
        return super().get(entity, ident, **options)

    def _township_of(self, model: type[Tenant], number: int) -> int:
        """The township the session stays in; of a session at large, that of the row (0: none)."""
        staying: int | None = self.info.get(_TOWNSHIP)
        if staying is not None:
            return staying
        return self.scalar(select(model.township_id).where(model.id == number)) or 0


def stay_in(session: Session, township_id: int | None) -> None:
    """From now on the session sees rows of this township only; None: of all townships again.

    Each of its statements then names the township for each table it selects from or joins, so that
    every look-up carries the leading column of a key. What it holds already stays as it is.
    """
    session.info[_TOWNSHIP] = township_id


class _Here(FunctionElement[int]):
    """The township the session stays in, in a statement.

    A parameter of one name instead of one more value for each table: so a statement with ten
    tables is found in SQLAlchemy's cache as fast as before.
    """

    inherit_cache = True
    type = Integer()


_parameter = bindparam(_TOWNSHIP, type_=Integer(), required=True)


@compiles(_Here)
def _compile(_element: _Here, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return compiler.process(_parameter, **options)


_STAYING = with_loader_criteria(
    Tenant,
    lambda model: model.township_id == _Here(),
    include_aliases=True,
    propagate_to_loaders=False,  # what is loaded later comes by here itself
    track_closure_variables=False,
)


@event.listens_for(TownSession, "do_orm_execute")
def _stay(state: ORMExecuteState) -> None:
    here = state.session.info.get(_TOWNSHIP)
    if here is None or state.is_column_load or state.execution_options.get(_AT_LARGE):
        return
    if state.is_select:
        state.statement = state.statement.options(_STAYING)
        state.parameters = {**_values(state), _TOWNSHIP: here}
    elif isinstance(state.statement, Update | Delete) and state.bind_mapper is not None:
        written = state.bind_mapper.class_
        if issubclass(written, Tenant):
            state.statement = state.statement.where(written.township_id == here)


@event.listens_for(TownSession, "before_flush")
def _write_here(session: Session, _context: object, _instances: object) -> None:
    """A row may be held from before the session was told to stay, or made for another town."""
    here = session.info.get(_TOWNSHIP)
    if here is None:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Tenant) and row.township_id != here:
            raise StrayWrite(f"{type(row).__name__} {row.township_id}/{row.id} written in {here}")


def _values(state: ORMExecuteState) -> Mapping[str, Any]:
    """The values of a SELECT, which are never those of several executions."""
    return state.parameters if isinstance(state.parameters, Mapping) else {}
