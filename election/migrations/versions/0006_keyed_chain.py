"""A keyed MAC beside the hash of every audit record

Records from before get theirs now: they are vouched for as they stand at the upgrade, so what was
changed in them before it shows on paper and in published packages only.

Revision ID: 0006
Revises: 0005
"""

import logging
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from election.models.types import chain_mac

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BATCH = 1000
ENTRIES = sa.table(
    "audit_entry",
    sa.column("township_id", sa.Integer),
    sa.column("seq", sa.Integer),
    sa.column("hash", sa.String),
    sa.column("mac", sa.String),
)


def upgrade() -> None:
    """Add the column, fill it by the key of this installation, then let no record be without."""
    op.add_column("audit_entry", sa.Column("mac", sa.String(length=64), nullable=True))
    records = 0
    for batch in _batches():
        records += len(batch)
        _fill(batch)
    with op.batch_alter_table("audit_entry") as table:
        table.alter_column("mac", existing_type=sa.String(length=64), nullable=False)
    if records:
        logging.getLogger("xuanban").info("old records have a MAC now", extra={"records": records})


def downgrade() -> None:
    """Back to the public hashes alone."""
    with op.batch_alter_table("audit_entry") as table:
        table.drop_column("mac")


def _batches() -> Iterator[list[tuple[int, int, str]]]:
    """(township, seq, hash) of every record, a thousand at a time."""
    connection, last = op.get_bind(), (0, 0)
    position = sa.tuple_(ENTRIES.c.township_id, ENTRIES.c.seq)
    query = sa.select(ENTRIES.c.township_id, ENTRIES.c.seq, ENTRIES.c.hash).order_by(
        ENTRIES.c.township_id, ENTRIES.c.seq
    )
    while True:
        rows = connection.execute(query.where(position > sa.tuple_(*last)).limit(_BATCH)).all()
        if not rows:
            return
        last = rows[-1].township_id, rows[-1].seq
        yield [(row.township_id, row.seq, row.hash) for row in rows]


def _fill(batch: list[tuple[int, int, str]]) -> None:
    fill = (
        ENTRIES.update()
        .where(ENTRIES.c.township_id == sa.bindparam("town"), ENTRIES.c.seq == sa.bindparam("number"))
        .values(mac=sa.bindparam("code"))
    )
    op.get_bind().execute(
        fill,
        [{"town": town, "number": seq, "code": chain_mac(town, value)} for town, seq, value in batch],
    )
