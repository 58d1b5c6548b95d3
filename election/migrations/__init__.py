"""Bringing a database to the newest shape. An office in use does that on a copy: cli/upgrading."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from election.database import db
from election.settings import UnusableInstallation

HERE = Path(__file__).resolve().parent


def configuration() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config


def upgrade() -> tuple[str | None, str | None]:
    """Create or migrate the database of the current app; (revision before, revision now).

    Raises UnusableInstallation, in one sentence, for a database that a newer program wrote.
    """
    before, head = revision(), newest()
    require_known(before)
    if before != head:
        command.upgrade(configuration(), "head")
    return before, head


def require_known(current: str | None) -> None:
    """Raise UnusableInstallation for a revision that only a newer program can have written."""
    if current is None or current in revisions():
        return
    raise UnusableInstallation(
        "DATABASE_URL",
        f"数据库由更新版本的选办写入（版本{current}，本程序只到{newest()}）；请改用新版程序，"
        "数据库没有改动",
        f"a newer Xuanban wrote this database (revision {current}, this program knows up to "
        f"{newest()}); use the newer program; the database was not changed",
    )


def revisions() -> frozenset[str]:
    """Every revision this program knows."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def newest() -> str | None:
    """The revision this program needs."""
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())


def revision() -> str | None:
    """The revision the database is at; None when it is new."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
