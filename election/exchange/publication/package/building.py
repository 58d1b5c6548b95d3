"""Building a package: first every file that needs no chain, then the chain and the zip.

build() is slow (charts, notice) and runs before the transaction, its drawing elsewhere if wished;
assemble() is quick, inside it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.resources import files as resources
from typing import Any, Protocol

from election.clock import local
from election.exchange.publication.package.documents import (
    counts_file,
    election_document,
    results_document,
    to_json,
    turnout_file,
)
from election.exchange.publication.package.drawings import chart_names, chart_of
from election.exchange.publication.verifier.verify import digest, pack
from election.reports.charts import to_svg
from election.reports.documents.result_notice import result_notice
from election.rules.canonical import sha256
from election.rules.publication import Frozen

RESULTS, AUDIT, MANIFEST = "results.json", "audit.jsonl", "MANIFEST.sha256"
NOTICE = "documents/result-notice.pdf"


@dataclass(frozen=True, slots=True)
class Built:
    """Everything of a package but the chain: its files, and results.json without the head."""

    frozen: Frozen
    version: int
    reason: str
    published_at: str
    files: Mapping[str, bytes]
    results: Mapping[str, Any]


class Draw(Protocol):
    """How one drawing is made: here, or in another process."""

    def __call__(self, function: Callable[..., bytes], *arguments: Any) -> bytes:  # noqa: ANN401 - of the function
        """What the function answers; function and arguments can be pickled."""


def draw_here(function: Callable[..., bytes], *arguments: Any) -> bytes:  # noqa: ANN401 - of the function
    """Draw in this very thread."""
    return function(*arguments)


def drawings(frozen: Frozen) -> int:
    """How many drawings a build makes: every chart, and the notice."""
    return len(chart_names(frozen)) + 1


def build(
    frozen: Frozen, *, version: int, reason: str, at: datetime, draw: Draw = draw_here
) -> Built:
    """Write and draw what will be published of a congress as version `version` at `at`."""
    moment = _moment(at)
    results = results_document(frozen, published_at=moment, version=version, reason=reason)
    drawn = {f"charts/{name}.svg": draw(chart_svg, frozen, name) for name in chart_names(frozen)}
    written = {
        "election.json": to_json(election_document(frozen)),
        "counts.csv": counts_file(frozen),
        "turnout.csv": turnout_file(frozen),
        NOTICE: draw(notice_pdf, frozen, local(at).date(), version, reason),
        "verify.py": _resource("verify.py"),
        "README.txt": _resource("README.txt"),
    }
    return Built(frozen, version, reason, moment, written | drawn, results)


def chart_svg(frozen: Frozen, name: str) -> bytes:
    """One chart of a package."""
    return to_svg(chart_of(frozen, name))


def notice_pdf(frozen: Frozen, day: date, version: int, reason: str) -> bytes:
    """The notice of the result as it is posted that day."""
    return result_notice(frozen, day=day, version=version, reason=reason)


def published_on(built: Built, at: datetime) -> Built:
    """The same with the moment at which it becomes public."""
    moment = _moment(at)
    return replace(built, published_at=moment, results={**built.results, "published_at": moment})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


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
