"""Keys lead with the township: primary keys, foreign keys, and numbers that never come again

Revision ID: 0005
Revises: 0004
"""

from collections import defaultdict
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# table -> {column: the table whose row it names}; every table has township_id beside them
REFERENCES: dict[str, dict[str, str]] = {
    "audit_entry": {},
    "election": {},
    "official": {},
    "congress": {"election_id": "election"},
    "operation": {"official_id": "official"},
    "person": {"election_id": "election"},
    "polling_place": {"election_id": "election"},
    "ticket": {"official_id": "official"},
    "unit": {"election_id": "election"},
    "job": {"congress_id": "congress", "official_id": "official"},
    "milestone": {"congress_id": "congress"},
    "neighbour": {"election_id": "election", "a_id": "unit", "b_id": "unit"},
    "plan": {"congress_id": "congress"},
    "publication": {"congress_id": "congress"},
    "district": {"plan_id": "plan"},
    "assignment": {"plan_id": "plan", "district_id": "district", "unit_id": "unit"},
    "candidacy": {"district_id": "district", "person_id": "person"},
    "nomination": {"district_id": "district", "person_id": "person"},
    "place_district": {
        "place_id": "polling_place",
        "congress_id": "congress",
        "district_id": "district",
    },
    "round": {"district_id": "district", "previous_id": "round"},
    "cosigner": {"nomination_id": "nomination"},
    "count_sheet": {"round_id": "round", "place_id": "polling_place"},
    "result": {"round_id": "round"},
    "withdrawal": {"round_id": "round"},
    "round_candidate": {"round_id": "round", "candidacy_id": "candidacy"},
    "ballot_account": {"sheet_id": "count_sheet"},
    "entry": {"sheet_id": "count_sheet"},
    "sheet_note": {"sheet_id": "count_sheet"},
}
CASCADING = {("neighbour", "a_id"), ("neighbour", "b_id")}
# columns that refer to another row and led no index until now
INDEXES = {
    "ix_assignment_unit": ("assignment", "unit_id"),
    "ix_candidacy_person": ("candidacy", "person_id"),
    "ix_count_sheet_place": ("count_sheet", "place_id"),
    "ix_job_official": ("job", "official_id"),
    "ix_neighbour_b": ("neighbour", "b_id"),
    "ix_neighbour_election": ("neighbour", "election_id"),
    "ix_nomination_person": ("nomination", "person_id"),
    "ix_place_district_congress": ("place_district", "congress_id"),
    "ix_place_district_district": ("place_district", "district_id"),
    "ix_round_candidate_candidacy": ("round_candidate", "candidacy_id"),
    "ix_round_previous": ("round", "previous_id"),
}
Change = Callable[[BatchOperations, str], None]


def upgrade() -> None:
    """Widen every key by the township; numbers go on above all that were ever given."""
    _change(_drop_references, _widen_key, _refer_within_the_township)
    op.drop_index("ix_election_township", "election")  # the primary key begins with it now
    op.create_index("ix_congress_number", "congress", ["id"])
    for name, (table, column) in INDEXES.items():
        op.create_index(name, table, ["township_id", column])
    _start_numbers()


def downgrade() -> None:
    """Back to keys of the number alone; the rows stay as they are."""
    op.drop_table("counter")
    for name, (table, _column) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_index("ix_congress_number", "congress")
    _change(_drop_references, _narrow_key, _refer_by_number)
    op.create_index("ix_election_township", "election", ["township_id"])


def _change(*changes: Change) -> None:
    """SQLite: each table is copied once, with all changes; PostgreSQL: one change after another.

    There no primary key goes while a foreign key of any table leans on it.
    """
    if op.get_bind().dialect.name == "sqlite":
        for table in REFERENCES:
            with op.batch_alter_table(table, recreate="always") as batch:
                for change in changes:
                    change(batch, table)
        return
    for change in changes:
        for table in REFERENCES:
            with op.batch_alter_table(table) as batch:
                change(batch, table)


def _drop_references(batch: BatchOperations, table: str) -> None:
    for column, parent in REFERENCES[table].items():
        batch.drop_constraint(op.f(f"fk_{table}_{column}_{parent}"), type_="foreignkey")


def _widen_key(batch: BatchOperations, table: str) -> None:
    _set_key(batch, table, ["township_id", "id"])


def _narrow_key(batch: BatchOperations, table: str) -> None:
    _set_key(batch, table, ["id"])


def _set_key(batch: BatchOperations, table: str, columns: list[str]) -> None:
    batch.drop_constraint(op.f(f"pk_{table}"), type_="primary")
    batch.create_primary_key(op.f(f"pk_{table}"), columns)


def _refer_within_the_township(batch: BatchOperations, table: str) -> None:
    for column, parent in REFERENCES[table].items():
        _refer(batch, table, parent, ["township_id", column], ["township_id", "id"])


def _refer_by_number(batch: BatchOperations, table: str) -> None:
    for column, parent in REFERENCES[table].items():
        _refer(batch, table, parent, [column], ["id"])


def _refer(
    batch: BatchOperations, table: str, parent: str, columns: list[str], keys: list[str]
) -> None:
    batch.create_foreign_key(
        op.f(f"fk_{table}_{columns[-1]}_{parent}"),
        parent,
        columns,
        keys,
        ondelete="CASCADE" if (table, columns[-1]) in CASCADING else None,
    )


def _start_numbers() -> None:
    """Above every number that a table holds and every one that the audit chain names for it."""
    counter = op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    named, connection = _named_by_the_chain(), op.get_bind()
    for table in REFERENCES:
        stored = connection.scalar(sa.select(sa.func.max(sa.column("id"))).select_from(sa.table(table)))
        last = max(stored or 0, named[table])
        if last and connection.dialect.name == "sqlite":
            connection.execute(counter.insert().values(name=table, last=last))
        elif last:
            _raise_sequence(connection, f"{table}_id_seq", last)


def _raise_sequence(connection: sa.Connection, sequence: str, last: int) -> None:
    """It never goes back: a number may have been given to a row that nothing names any more."""
    reached = connection.scalar(sa.text(f"SELECT last_value FROM {sequence}"))
    connection.execute(sa.select(sa.func.setval(sequence, max(last, reached))))


def _named_by_the_chain() -> defaultdict[str, int]:
    """Table -> the greatest number of a row that an act wrote or removed."""
    named: defaultdict[str, int] = defaultdict(int)
    entries = sa.table("audit_entry", sa.column("rows", sa.JSON))
    for rows in op.get_bind().scalars(sa.select(entries.c.rows)):
        for table, digests in rows.items():
            named[table] = max(named[table], *map(int, digests))
    return named
