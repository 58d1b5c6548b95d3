"""Settings from the environment, and the keys in the data folder.

DATABASE_URL   default: SQLite in the data folder
XUANBAN_DATA   keys, database, uploads, published files; default instance/
XUANBAN_HOST, XUANBAN_PORT   default 127.0.0.1 and 5000
XUANBAN_TRUSTED_HOSTS   names (comma separated) browsers may call this machine by
Keys are made at first start with mode 0600; they never enter the database or a backup.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEY_NAMES = ("session", "encryption", "index")
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from one installation to the next."""

    data: Path
    database_url: str
    host: str
    port: int
    trusted_hosts: tuple[str, ...] = ()

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def flask(self) -> dict[str, object]:
        """The configuration of the web application."""
        keys = read_keys(self.data)
        return {
            "SECRET_KEY": keys["session"],
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(sqlite=self.is_sqlite),
            "MAX_CONTENT_LENGTH": 20 * _MEBIBYTE,
            "MAX_FORM_MEMORY_SIZE": 500_000,
            "MAX_FORM_PARTS": 2000,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Strict",
            "SESSION_COOKIE_NAME": "xuanban",
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
            "BOOTSTRAP_SERVE_LOCAL": True,
            "XUANBAN_DATA": str(self.data),
        }


def engine_options(*, sqlite: bool) -> dict[str, object]:
    """Pool settings: SQLite waits five seconds for a lock; values never enter error texts."""
    if sqlite:
        return {
            "connect_args": {"timeout": 5.0, "check_same_thread": False},
            "hide_parameters": True,
        }
    return {"pool_pre_ping": True, "pool_size": 16, "hide_parameters": True}


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment; make the data folder."""
    data = Path(environ.get("XUANBAN_DATA") or ROOT / "instance").resolve()
    data.mkdir(parents=True, exist_ok=True)
    default = f"sqlite:///{(data / 'xuanban.sqlite3').as_posix()}"
    return Settings(
        data=data,
        database_url=_driver(environ.get("DATABASE_URL") or default),
        host=environ.get("XUANBAN_HOST") or "127.0.0.1",
        port=int(environ.get("XUANBAN_PORT") or "5000"),
        trusted_hosts=tuple((environ.get("XUANBAN_TRUSTED_HOSTS") or "").split(",")),
    )


def _driver(url: str) -> str:
    """Name the one PostgreSQL driver we ship."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def read_keys(data: Path) -> dict[str, bytes]:
    """The three 256-bit keys of this installation, made on first use."""
    folder = data / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: _read_or_make(folder / name) for name in KEY_NAMES}


def _read_or_make(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    key = secrets.token_bytes(32)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
