"""The tenant."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from election.models.base import CODE, NAME, Model


class Township(Model):
    """A town or township with its election office."""

    __tablename__ = "township"
    __table_args__ = (UniqueConstraint("code", name="uq_township_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CODE)
    name: Mapped[str] = mapped_column(NAME)
    county: Mapped[str] = mapped_column(NAME)
    is_sample: Mapped[bool] = mapped_column(default=False)
