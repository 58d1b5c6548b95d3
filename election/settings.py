"""Settings from the environment, and the keys in the data folder.

DATABASE_URL   default: SQLite in the data folder
XUANBAN_DATA   keys, database, uploads, published files; default instance/
XUANBAN_HOST, XUANBAN_PORT   default 127.0.0.1 and 5000
XUANBAN_TRUSTED_HOSTS   names (comma separated) browsers may call this machine by
Keys are made at first start with mode 0600; they never enter the database. Once the database holds
an office, missing keys are refused (election/keys.py), never replaced.
Whatever a process of the office writes is its owner's alone: files 0600, folders 0700.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "xuanban.sqlite3"  # its name in the data folder
_MEBIBYTE = 1024 * 1024
_OWNER_ONLY = 0o077  # as a mask: the rights that only the owner of the process gets
# a folder that holds nothing else is the office's own and is closed to others
_OURS = ("keys", "tls", "uploads", "backups", "shelf", "server.lock", DATABASE)


class UnusableInstallation(Exception):
    """The installation cannot be used as it is: which setting, and why, in both languages."""

    def __init__(self, setting: str, zh: str, en: str) -> None:
        super().__init__(f"{setting}: {zh} / {en}")
        self.setting, self.zh, self.en = setting, zh, en


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
    def for_a_network(self) -> bool:
        """Whether other computers may come: then nothing goes over the wire in the open."""
        return self.host not in ("localhost", "::1") and not self.host.startswith("127.")

    @property
    def flask(self) -> dict[str, object]:
        """The configuration of the web application, but for the key that signs its sessions."""
        return {
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(sqlite=self.is_sqlite),
            "MAX_CONTENT_LENGTH": 20 * _MEBIBYTE,
            "MAX_FORM_MEMORY_SIZE": 500_000,
            "MAX_FORM_PARTS": 2000,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Strict",
            # __Host- is kept by browsers only with Secure, for this very host and every path
            "SESSION_COOKIE_NAME": "__Host-xuanban" if self.for_a_network else "xuanban",
            "SESSION_COOKIE_SECURE": self.for_a_network,
            "WTF_CSRF_TIME_LIMIT": None,
            # our pages send no Referer (Referrer-Policy): asking for one would refuse every form
            "WTF_CSRF_SSL_STRICT": False,
            "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
            "XUANBAN_DATA": str(self.data),
        }


def engine_options(*, sqlite: bool) -> dict[str, object]:
    """Pool settings; values never enter error texts.

    SQLite waits five seconds for a lock; PostgreSQL reads everything of a page at one moment.
    """
    if sqlite:
        return {
            "connect_args": {"timeout": 5.0, "check_same_thread": False},
            "hide_parameters": True,
        }
    return {
        "pool_pre_ping": True,
        "pool_size": 16,
        "isolation_level": "REPEATABLE READ",
        "hide_parameters": True,
    }


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment; make the data folder, and keep it from everybody else."""
    os.umask(_OWNER_ONLY)
    data = Path(environ.get("XUANBAN_DATA") or ROOT / "instance").resolve()
    _make_folder(data)
    default = f"sqlite:///{(data / DATABASE).as_posix()}"
    return Settings(
        data=data,
        database_url=_driver(environ.get("DATABASE_URL") or default),
        host=environ.get("XUANBAN_HOST") or "127.0.0.1",
        port=_port(environ.get("XUANBAN_PORT") or "5000"),
        trusted_hosts=tuple((environ.get("XUANBAN_TRUSTED_HOSTS") or "").split(",")),
    )


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        _close(data)
    except OSError as error:
        raise cannot_use(data, error) from error


def _close(data: Path) -> None:
    """Take from others what an earlier release, or a copy made by hand, left open to them.

    The folder itself only where it is the office's own: it may be /srv or a home by mistake.
    """
    entries = list(data.iterdir())
    own = [path for path in entries if path.name.startswith(_OURS)]
    inside = [path for folder in own for path in folder.rglob("*")]
    folder = [data] if len(own) == len(entries) else []
    for path in (*folder, *own, *inside):
        rights = path.lstat().st_mode
        if rights & _OWNER_ONLY and not path.is_symlink():
            with suppress(PermissionError):  # a mount without rights of its own, or another owner
                path.chmod(rights & 0o700)


def cannot_use(folder: Path, error: OSError) -> UnusableInstallation:
    """A folder of the installation that cannot be made, read or written."""
    reason = error.strerror or type(error).__name__
    return UnusableInstallation(
        "XUANBAN_DATA",
        f"数据文件夹{folder}无法使用（{reason}）；请检查路径和读写权限",
        f"the data folder {folder} cannot be used ({reason}); check its path and rights",
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise UnusableInstallation(
        "XUANBAN_PORT",
        f"“{text}”不是端口号，应为1至65535的整数",
        f"{text!r} is no port; write a whole number from 1 to 65535",
    )


def _driver(url: str) -> str:
    """Name the one PostgreSQL driver we ship."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
