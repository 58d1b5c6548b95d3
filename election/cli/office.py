"""What office commands share: the application of this installation, with its database.

Whatever makes the installation unusable is said in one line, with the remedy, and the exit is 2.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.exc import DBAPIError

from election.cli.common import Fault, stop
from election.database import Busy, close
from election.migrations import newest, require_known, revision
from election.settings import UnusableInstallation, load
from election.web import create_app

_UPGRADE = "python -m election db upgrade"
# what a driver says -> what an official can do about it; asked in this order
_TROUBLES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("locked", "LockNotAvailable"),
        "数据库正被另一个程序写入；请稍后再试，或先停止选办",
        "another program is writing to the database; try again, or stop Xuanban first",
    ),
    (
        ("no such table", "no such column", "UndefinedTable", "UndefinedColumn"),
        f"数据库缺少表或列；请先运行：{_UPGRADE}",
        f"tables or columns are missing; run: {_UPGRADE}",
    ),
    (
        ("unable to open", "readonly", "read-only", "permission denied"),
        "数据库文件无法打开或写入；请检查数据文件夹的路径和读写权限",
        "the database file cannot be opened or written; check path and rights of the data folder",
    ),
    (
        ("disk I/O", "is full", "No space"),
        "磁盘已满或出现故障，没有写入任何内容；请先腾出空间",
        "the disk is full or failing, nothing was written; make room first",
    ),
    (
        ("not a database", "malformed"),
        "数据库文件已损坏，或者不是SQLite数据库；请从备份恢复",
        "the database file is damaged or no SQLite database; restore it from a backup",
    ),
    (
        ("connection", "could not translate", "authentication", "does not exist"),
        "连不上数据库服务器；请检查DATABASE_URL中的主机、用户和数据库名，以及服务是否在运行",
        "the database server cannot be reached; check host, user and name in DATABASE_URL, and "
        "that it is running",
    ),
)


@contextmanager
def one_line() -> Iterator[None]:
    """Say in one line on stderr why the installation cannot be used, and exit 2."""
    try:
        yield
    except UnusableInstallation as unusable:
        stop([Fault(unusable.setting, unusable.zh, unusable.en)])
    except (DBAPIError, sqlite3.Error, Busy) as error:
        advice = trouble(error)
        if advice is None:
            raise
        stop([Fault("DATABASE_URL", *advice)])


@contextmanager
def office(*, migrated: bool = True) -> Iterator[Flask]:
    """The application, inside its context.

    migrated: whether the command needs the tables as this program knows them.
    """
    with one_line():
        app = create_app(load())
        with app.app_context():
            try:
                if migrated:
                    _require_tables()
                yield app
            finally:
                close()


def trouble(error: Exception) -> tuple[str, str] | None:
    """What to do about an error of the database, in both languages; None for a fault of ours."""
    original = getattr(error, "orig", None) or error
    description = (
        f"{type(original).__name__} {original} {'locked' if isinstance(error, Busy) else ''}"
    )
    for signs, zh, en in _TROUBLES:
        if any(sign.lower() in description.lower() for sign in signs):
            return zh, en
    return None


def _require_tables() -> None:
    current, needed = revision(), newest()
    if current == needed:
        return
    require_known(current)
    zh, en = ("数据库中还没有表", "the database has no tables yet")
    if current is not None:
        zh, en = (
            f"数据库的版本是{current}，程序需要{needed}",
            f"the database is at revision {current}, the program needs {needed}",
        )
    raise UnusableInstallation(
        "DATABASE_URL", f"{zh}；请先运行：{_UPGRADE}", f"{en}; run: {_UPGRADE}"
    )
