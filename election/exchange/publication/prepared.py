"""What was prepared for publication, between its preview and the act that makes it public.

A file in the data folder that only the office's own account can read, named by the SHA-256 of its
bytes: who publishes what was previewed publishes these bytes or nothing. Each congress has one; a
new preparation takes the place of the older one.
"""

import hashlib
import os
from pathlib import Path

from election.exchange.publication.package import Built, Opened, open_package
from election.exchange.publication.package.building import RESULTS
from election.exchange.publication.package.documents import to_json
from election.exchange.publication.verifier.verify import pack
from election.rules.publication.codes import PREPARATION_GONE
from election.rules.terms import RuleViolation


def keep(data: Path, congress_id: int, built: Built) -> str:
    """Keep what was built until it is published; the digest to fetch it with."""
    results = to_json({"audit_head": "", **built.results})
    raw = pack({**built.files, RESULTS: results}, built.published_at)
    digest = hashlib.sha256(raw).hexdigest()
    path = _path(data, congress_id, digest)
    part = path.with_suffix(f".{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)
    drop(data, congress_id)
    part.replace(path)
    return digest


def fetch(data: Path, congress_id: int, digest: str) -> Opened:
    """What was prepared, as a package without a chain. Raises R.716 when it is not there."""
    try:
        raw = _path(data, congress_id, digest).read_bytes()
    except OSError as error:
        raise RuleViolation(PREPARATION_GONE) from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise RuleViolation(PREPARATION_GONE)
    return open_package(raw)


def built_of(opened: Opened) -> Built:
    """What was kept, as it was built."""
    files = {name: raw for name, raw in opened.files.items() if name != RESULTS}
    results = {name: value for name, value in opened.results.items() if name != "audit_head"}
    return Built(
        opened.frozen, opened.version, opened.reason, results["published_at"], files, results
    )


def drop(data: Path, congress_id: int) -> None:
    """Throw away what is kept of a congress."""
    for path in _folder(data).glob(f"{congress_id}-*.zip"):
        path.unlink(missing_ok=True)


def _path(data: Path, congress_id: int, digest: str) -> Path:
    return _folder(data) / f"{congress_id}-{digest}.zip"


def _folder(data: Path) -> Path:
    folder = data / "prepared"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
