"""Certificates that are withdrawn stay on file

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = ("asked", "granted", "declined")


def upgrade() -> None:
    """The table of withdrawals; nothing stored so far changes."""
    op.create_table(
        "withdrawal",
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="withdrawalstate", native_enum=False,
                                   create_constraint=True, length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("certificate", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_withdrawal_who_and_when")
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)",
            name=op.f("ck_withdrawal_decided_with_a_date"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_withdrawal_two_people")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"],
                                name=op.f("fk_withdrawal_round_id_round")),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"],
                                name=op.f("fk_withdrawal_township_id_township")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_index("ix_withdrawal_round", "withdrawal", ["township_id", "round_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("withdrawal")
