"""The three 256-bit keys of an installation: session, encryption, index.

They lie in the data folder with mode 0600, outside the database and its backups. Made once, before
the first official; an office that lost them must not be given new ones silently, for what the old
ones encrypted could never be read again.
"""

import os
import secrets
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from election.settings import Settings, UnusableInstallation, cannot_use

NAMES = ("session", "encryption", "index")
_BYTES = 32


def keys_of(settings: Settings) -> dict[str, bytes]:
    """The keys of this installation; made where the database holds no official yet.

    Raises Unusable for keys that are missing beside a database in use, damaged, or not readable.
    """
    folder = settings.data / "keys"
    try:
        missing = [name for name in NAMES if not (folder / name).exists()]
        if missing and holds_an_office(settings.database_url):
            raise _lost(folder, missing)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys = {name: _read_or_make(folder / name) for name in NAMES}
    except OSError as error:
        raise cannot_use(folder, error) from error
    damaged = [name for name, key in keys.items() if len(key) != _BYTES]
    if damaged:
        raise _damaged(folder, damaged)
    return keys


def holds_an_office(address: str) -> bool:
    """Whether the database holds an official already; a database that is not there holds nobody."""
    url = readable(address)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    engine = create_engine(url, hide_parameters=True)
    try:
        if not inspect(engine).has_table("official"):
            return False
        with engine.connect() as connection:
            return connection.execute(text("SELECT 1 FROM official LIMIT 1")).first() is not None
    finally:
        engine.dispose()


def readable(address: str) -> URL:
    """The address of the database; Unusable for one that cannot be read."""
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, ImportError, ValueError) as error:
        raise UnusableInstallation(
            "DATABASE_URL",
            "不是可用的数据库地址；例如 postgresql://用户@主机/数据库，不设置则用数据文件夹内的SQLite",
            "no usable address of a database; write postgresql://user@host/name, or leave it unset "
            "for SQLite in the data folder",
        ) from error
    return url


def _lost(folder: Path, missing: list[str]) -> UnusableInstallation:
    names = ", ".join(missing)
    return UnusableInstallation(
        "XUANBAN_DATA",
        f"数据库中已有选举办数据，但{folder}中没有密钥文件（{names}），不能启动，也不会另造密钥；"
        "请把原来的keys文件夹放回该处，或者把XUANBAN_DATA设为原来的数据文件夹",
        f"the database holds an office but its keys ({names}) are not in {folder}: refused, and no "
        "new ones are made; put the original keys folder back there, or set XUANBAN_DATA to the "
        "original data folder",
    )


def _damaged(folder: Path, names: list[str]) -> UnusableInstallation:
    listed = ", ".join(names)
    return UnusableInstallation(
        "XUANBAN_DATA",
        f"{folder}中的密钥文件已损坏（{listed}，应为{_BYTES}字节）；请从保管的副本恢复",
        f"keys in {folder} are damaged ({listed}: {_BYTES} bytes each); restore your copy of them",
    )


def write_secret(path: Path, content: bytes) -> None:
    """A new file for the owner's eyes, on the disk when this returns; FileExistsError if it is."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read_or_make(path: Path) -> bytes:
    key = secrets.token_bytes(_BYTES)
    try:
        write_secret(path, key)
    except FileExistsError:
        return path.read_bytes()
    return key
