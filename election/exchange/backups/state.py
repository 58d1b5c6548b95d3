"""Where backups go and when the last good one was made: small files beside the backups.

They are not in the database: a backup a minute must not change what it backs up, and another
computer has other disks.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from election.exchange.backups.files import write_whole
from election.rules.backups import NAMED_TWICE, NO_FOLDER, NO_FULL_PATH, NOT_THERE
from election.rules.terms import RuleViolation

_TARGETS, _STATE = "targets.json", "state.json"


@dataclass(frozen=True, slots=True)
class TargetState:
    """One folder: its last good backup, and what went wrong since, if anything did."""

    folder: str
    file: str = ""
    at: str = ""
    size: int = 0
    problem: str = ""

    @property
    def made_at(self) -> datetime | None:
        """When its last good backup was made."""
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass(frozen=True, slots=True)
class BackupState:
    """begun: when the last attempt began; problem: why it made nothing, in both languages."""

    begun: str = ""
    problem: str = ""
    targets: list[TargetState] = field(default_factory=list)

    @property
    def last_good(self) -> datetime | None:
        """When the newest good backup was made, wherever it is."""
        return max((t.made_at for t in self.targets if t.made_at), default=None)

    def age(self, at: datetime) -> timedelta | None:
        """How old the newest good backup is; None: there is none."""
        return at - self.last_good if self.last_good else None

    def since_begun(self, at: datetime) -> timedelta | None:
        """How long ago the last attempt began."""
        return at - datetime.fromisoformat(self.begun) if self.begun else None


def folder_of(data: Path) -> Path:
    """The folder of the office's own backups, in the data folder."""
    folder = data / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def read_state(data: Path) -> BackupState:
    """What the last attempts left; nothing known where the file is not there or damaged."""
    document = _read(data / "backups" / _STATE)
    try:
        targets = [TargetState(**target) for target in document.pop("targets", [])]
        state = BackupState(**document, targets=targets)
        state.since_begun(datetime.fromisoformat(state.begun or "2000-01-01T00:00:00+00:00"))
    except (TypeError, ValueError, AttributeError):
        return BackupState()
    return state


def write_state(data: Path, state: BackupState) -> None:
    """Remember how the last attempt ended."""
    write_whole(folder_of(data) / _STATE, json.dumps(asdict(state), ensure_ascii=False).encode())


def targets_of(data: Path) -> list[Path]:
    """The folders backups go to: at first only the one in the data folder."""
    folders = _read(data / "backups" / _TARGETS).get("folders")
    chosen = folders if isinstance(folders, list) else []
    return [Path(str(folder)) for folder in chosen] or [folder_of(data)]


def require_targets(folders: Sequence[str]) -> list[Path]:
    """The folders as paths. Raises R.928 for one that is not there, relative, or named twice."""
    paths = [Path(folder) for folder in folders]
    for path in paths:
        if not path.is_absolute():
            raise RuleViolation(NO_FOLDER, folder=str(path), reason=NO_FULL_PATH)
        if not path.is_dir():
            raise RuleViolation(NO_FOLDER, folder=str(path), reason=NOT_THERE)
        if [other.resolve() for other in paths].count(path.resolve()) > 1:
            raise RuleViolation(NO_FOLDER, folder=str(path), reason=NAMED_TWICE)
    return paths


def store_targets(data: Path, folders: Sequence[Path]) -> None:
    """From now on backups go to these folders."""
    document = {"folders": [str(folder) for folder in folders]}
    write_whole(folder_of(data) / _TARGETS, json.dumps(document, ensure_ascii=False).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
