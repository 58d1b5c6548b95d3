"""A sample that was interrupted: nobody ever saw its passwords, so it is removed and made anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import MetaData, select

from election.database import db
from election.models import Township

_MARK = (
    "sample-unfinished"  # in the data folder, from before the first row until the logins are out
)


@contextmanager
def being_made(data: Path) -> Iterator[None]:
    """What is made inside counts only when its end is reached."""
    mark = data / _MARK
    mark.touch()
    yield
    mark.unlink()


def remove_unfinished(data: Path) -> bool:
    """Empty a database that holds half a sample and nothing else; whether there was one.

    Its tables are gone then, to be made by `migrations.upgrade`.
    """
    mark = data / _MARK
    if not mark.exists():
        return False
    is_sample = db.session.scalars(select(Township.is_sample)).all()
    db.session.remove()
    half = all(is_sample)  # also when not even the town was stored
    if half:
        tables = MetaData()
        tables.reflect(db.engine)
        tables.drop_all(db.engine)
    mark.unlink()
    return half
