"""Making a backup: copied, sealed, read back, opened, checked; only then it is there."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from election import version
from election.clock import local
from election.exchange.backups import codes, office
from election.exchange.backups.files import replace_whole
from election.exchange.backups.lock import Lock, stored_lock
from election.exchange.backups.office import ChainEnd
from election.exchange.backups.sealed import open_with_key, seal
from election.exchange.backups.state import (
    BackupState,
    TargetState,
    folder_of,
    read_state,
    targets_of,
    write_state,
)
from election.rules.backups import DAMAGED, NO_FOLDER, NO_PASSPHRASE, superfluous
from election.rules.terms import RuleViolation
from election.settings import Settings

_NAME = re.compile(r"xuanban-(\d{8}-\d{6})\.backup")
_MOMENT = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that passed every check."""

    path: Path
    size: int
    ends: list[ChainEnd]


def make_file(settings: Settings, lock: Lock, path: Path, *, at: datetime) -> MadeBackup:
    """One sealed backup at `path`, put there only when the file as written opened and was whole.

    Raises R.923 when the office's own database does not pass, OSError for a disk that fails.
    """
    ends: list[ChainEnd] = []
    with tempfile.TemporaryDirectory(dir=folder_of(settings.data), prefix=".scratch-") as name:
        scratch = Path(name)

        def fill(file: BinaryIO) -> None:
            with (scratch / "packed.tar").open("w+b") as packed:
                office.pack(settings, scratch, packed)
                packed.seek(0)
                key = seal(packed, file, lock=lock, made_at=at, program=version())
            (scratch / "packed.tar").unlink()
            ends.extend(_read_back(file, key, scratch))

        replace_whole(path, fill)
    return MadeBackup(path, path.stat().st_size, ends)


def _read_back(sealed: BinaryIO, key: bytes, scratch: Path) -> list[ChainEnd]:
    """Open what was written, restore it to a scratch folder, and check that."""
    sealed.flush()
    sealed.seek(0)
    restored = scratch / "restored"
    restored.mkdir()
    with (scratch / "opened.tar").open("w+b") as opened:
        open_with_key(sealed, opened, key)
        opened.seek(0)
        office.unpack(opened, restored)
    return office.check(restored)


def make_everywhere(settings: Settings, *, at: datetime) -> BackupState:
    """One backup in every chosen folder; how it went, which is also remembered.

    The first folder that can be written gets it made and checked, the others the very same bytes,
    compared by digest after reading them back. A folder that cannot be used does not stop the rest.
    """
    before = read_state(settings.data)
    known = {target.folder: target for target in before.targets}
    targets = [
        replace(known.get(str(folder)) or TargetState(str(folder)), problem="")
        for folder in targets_of(settings.data)
    ]
    begun = at.isoformat(timespec="seconds")
    write_state(settings.data, BackupState(begun=begun, targets=targets))
    try:
        state = BackupState(begun=begun, targets=_fill(settings, targets, at=at))
    except RuleViolation as refused:
        problem = f"{refused.cause.zh} / {refused.cause.en}"
        state = BackupState(begun=begun, problem=problem, targets=targets)
    write_state(settings.data, state)
    return state


def _fill(settings: Settings, targets: Sequence[TargetState], *, at: datetime) -> list[TargetState]:
    lock = stored_lock(settings.data)
    if lock is None:
        raise RuleViolation(NO_PASSPHRASE)
    name = f"xuanban-{local(at).strftime(_MOMENT)}.backup"
    made: MadeBackup | None = None
    filled = []
    for target in targets:
        folder = Path(target.folder)
        try:
            if made is None:
                made = make_file(settings, lock, folder / name, at=at)
            else:
                copy_same(made.path, folder / name)
            codes.append(folder, made.ends)
            _remove_superfluous(folder)
            moment = at.isoformat(timespec="seconds")
            filled.append(replace(target, file=name, at=moment, size=made.size))
        except (OSError, RuleViolation) as error:
            if isinstance(error, RuleViolation) and error.code not in (DAMAGED, NO_FOLDER):
                raise
            filled.append(replace(target, problem=_reason(error)))
    return filled


def copy_same(source: Path, target: Path) -> None:
    """The same bytes in another place, read back and compared. Raises R.921 when they differ."""

    def fill(file: BinaryIO) -> None:
        with source.open("rb") as original:
            shutil.copyfileobj(original, file)
            file.flush()
            original.seek(0)
            file.seek(0)
            if digest(original) != digest(file):
                raise RuleViolation(DAMAGED, place=str(target))

    replace_whole(target, fill)


def digest(file: BinaryIO) -> str:
    """SHA-256 of a file from where it stands to its end."""
    total = hashlib.sha256()
    for part in iter(partial(file.read, 1 << 20), b""):
        total.update(part)
    return total.hexdigest()


def backups_in(folder: Path) -> dict[datetime, Path]:
    """The backups this program named in a folder, by the moment in their names."""
    if not folder.is_dir():
        return {}
    names = ((_NAME.fullmatch(path.name), path) for path in folder.iterdir())
    return {
        datetime.strptime(name[1], _MOMENT): path  # noqa: DTZ007 - the township's clock
        for name, path in names
        if name
    }


def _remove_superfluous(folder: Path) -> None:
    present = backups_in(folder)
    for moment in superfluous(present):
        present[moment].unlink(missing_ok=True)


def _reason(error: OSError | RuleViolation) -> str:
    if isinstance(error, RuleViolation):
        return f"{error.cause.zh} / {error.cause.en}"
    return error.strerror or type(error).__name__
