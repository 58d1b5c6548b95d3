"""The day on which the committee adopted a plan, which is not the day it was typed in

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column that plans adopted before leave empty: of them only the moment of entry is known."""
    op.add_column("plan", sa.Column("decided_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("plan", "decided_on")
