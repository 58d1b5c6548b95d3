"""Building a package: first every file that needs no chain, then the chain and the zip.

build() is slow (charts, notice) and runs before the transaction; assemble() is quick, inside it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files as resources
from typing import Any

from election.clock import local
from election.exchange.publication.package.documents import (
    counts_file,
    election_document,
    results_document,
    to_json,
    turnout_file,
)
from election.exchange.publication.package.drawings import charts
from election.exchange.publication.verifier.verify import digest, pack
from election.reports.charts import to_svg
from election.reports.documents.result_notice import result_notice
from election.rules.canonical import sha256
from election.rules.publication import Frozen

RESULTS, AUDIT, MANIFEST = "results.json", "audit.jsonl", "MANIFEST.sha256"


@dataclass(frozen=True, slots=True)
class Built:
    """Everything of a package but the chain: its files, and results.json without the head."""

    frozen: Frozen
    version: int
    reason: str
    published_at: str
    files: Mapping[str, bytes]
    results: Mapping[str, Any]


def build(frozen: Frozen, *, version: int, reason: str, at: datetime) -> Built:
    """Write and draw what will be published of a congress as version `version` at `at`."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    results = results_document(frozen, published_at=moment, version=version, reason=reason)
    day = local(at).date()
    written = {
        "election.json": to_json(election_document(frozen)),
        "counts.csv": counts_file(frozen),
        "turnout.csv": turnout_file(frozen),
        "documents/result-notice.pdf": result_notice(
            frozen, day=day, version=version, reason=reason
        ),
        "verify.py": _resource("verify.py"),
        "README.txt": _resource("README.txt"),
    }
    drawn = {f"charts/{name}.svg": to_svg(chart) for name, chart in charts(frozen)}
    return Built(frozen, version, reason, moment, written | drawn, results)


def commitments(built: Built) -> dict[str, str]:
    """File -> SHA-256, for the chain to commit to; of results.json the canonical value."""
    digests = {name: digest(raw) for name, raw in built.files.items()}
    return digests | {RESULTS: sha256(built.results)}


def assemble(built: Built, chain: Iterable[Mapping[str, Any]]) -> bytes:
    """The zip: the files, the chain up to and with the record that commits to them, the manifest.

    Equal files and chain give equal bytes.
    """
    records = list(chain)
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records]
    results = {"audit_head": records[-1]["hash"], **built.results}
    whole = dict(built.files)
    whole[RESULTS] = to_json(results)
    whole[AUDIT] = "".join(f"{line}\n" for line in lines).encode()
    listed = [f"{digest(whole[name])}  {name}\n" for name in sorted(whole)]
    whole[MANIFEST] = "".join(listed).encode()
    return pack(whole, built.published_at)


def _resource(name: str) -> bytes:
    """A file that is published as it lies in the verifier's folder."""
    return (resources("election.exchange.publication") / "verifier" / name).read_bytes()
