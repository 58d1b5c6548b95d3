"""The planner's desk: shapes and voter groups of units, fixed choices, locks, background jobs

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATES = ("waiting", "running", "done", "failed", "cancelled")


def upgrade() -> None:
    """Columns that old rows leave empty, and the table of jobs."""
    with op.batch_alter_table("unit") as batch:
        batch.add_column(sa.Column("outline", sa.Text(), nullable=True))
        batch.add_column(sa.Column("voter_groups", sa.JSON(), nullable=True))
    with op.batch_alter_table("plan") as batch:
        batch.add_column(sa.Column("wishes", sa.JSON(), nullable=True))
    with op.batch_alter_table("district") as batch:
        batch.add_column(
            sa.Column("locked", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_table(
        "job",
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="jobstate", native_enum=False,
                                   create_constraint=True, length=40), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("fault", sa.JSON(), nullable=True),
        sa.Column("worker", sa.String(length=40), nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))",
            name=op.f("ck_job_ended_with_a_time"),
        ),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"],
                                name=op.f("fk_job_congress_id_congress")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"],
                                name=op.f("fk_job_official_id_official")),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"],
                                name=op.f("fk_job_township_id_township")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_state", "job", ["state"])
    op.create_index("ix_job_congress", "job", ["township_id", "congress_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("job")
    with op.batch_alter_table("district") as batch:
        batch.drop_column("locked")
    with op.batch_alter_table("plan") as batch:
        batch.drop_column("wishes")
    with op.batch_alter_table("unit") as batch:
        batch.drop_column("voter_groups")
        batch.drop_column("outline")
