"""Workplaces whose people vote for the county congress only

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column that old rows leave empty: they vote for both congresses."""
    with op.batch_alter_table("unit") as batch:
        batch.add_column(sa.Column("county_only", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("unit") as batch:
        batch.drop_column("county_only")
