"""A stored package read back: the same frozen values it was written from, and its files."""

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from election.rules.publication import (
    Frozen,
    FrozenCandidate,
    FrozenDistrict,
    FrozenPlace,
    FrozenRound,
    FrozenSheet,
)
from election.rules.results.certified import CertifiedOutcome


@dataclass(frozen=True, slots=True)
class Opened:
    """A package: its frozen values, its files by name, and what its publication says of it."""

    frozen: Frozen
    files: Mapping[str, bytes]
    version: int
    published_at: datetime
    reason: str
    audit_head: str

    @property
    def results(self) -> dict[str, Any]:
        """results.json as published."""
        return _json(self.files["results.json"])


def open_package(raw: bytes) -> Opened:
    """Read a package this program stored. Packages of strangers go through the verifier first."""
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        files = {name: box.read(name) for name in box.namelist()}
    election, results = _json(files["election.json"]), _json(files["results.json"])
    turnout = {row["round"]: row for row in _rows(files["turnout.csv"])}
    sheets = _sheets(files["counts.csv"])
    rounds = _rounds(election, results, turnout, sheets)
    return Opened(
        frozen=_frozen(election, rounds),
        files=files,
        version=results["version"],
        published_at=datetime.fromisoformat(results["published_at"]),
        reason=results["reason"],
        audit_head=results["audit_head"],
    )


def _json(raw: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(raw)
    return document


def _rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))


def _frozen(election: dict[str, Any], rounds: Mapping[str, tuple[FrozenRound, ...]]) -> Frozen:
    field_names = (
        "id",
        "election",
        "title",
        "township",
        "township_code",
        "county",
        "congress",
        "level",
        "term",
        "seats",
        "election_day",
        "profile",
        "rules",
    )
    return Frozen(
        **{name: election[name] for name in field_names},
        is_sample=election["sample"],
        districts=tuple(_district(row, rounds[row["id"]]) for row in election["districts"]),
        places=tuple(
            FrozenPlace(row["id"], row["district"], row["kind"], row["name"])
            for row in election["places"]
        ),
    )


def _district(row: dict[str, Any], rounds: tuple[FrozenRound, ...]) -> FrozenDistrict:
    field_names = ("id", "number", "name", "seats", "registered", "population")
    return FrozenDistrict(
        **{name: row[name] for name in field_names},
        units=tuple(row["units"]),
        candidates=tuple(
            FrozenCandidate(
                candidate["id"], candidate["name"], candidate["sex"], candidate["formal"]
            )
            for candidate in row["candidates"]
        ),
        rounds=rounds,
    )


def _sheets(raw: bytes) -> Mapping[str, tuple[FrozenSheet, ...]]:
    """Round -> its sheets in the order of the file."""
    by_sheet: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    for row in _rows(raw):
        stages = by_sheet.setdefault((row["round"], row["place"]), {})
        stages.setdefault(row["stage"], {})[row["item"]] = int(row["value"])
    sheets: dict[str, tuple[FrozenSheet, ...]] = defaultdict(tuple)
    for (code, place), stages in by_sheet.items():
        sheets[code] += (FrozenSheet(place, **stages),)
    return sheets


def _rounds(
    election: dict[str, Any],
    results: dict[str, Any],
    turnout: Mapping[str, Mapping[str, str]],
    sheets: Mapping[str, tuple[FrozenSheet, ...]],
) -> Mapping[str, tuple[FrozenRound, ...]]:
    """District -> its rounds."""
    outcomes = {
        row["round"]: CertifiedOutcome.from_json(row)
        for district in results["districts"].values()
        for row in district["rounds"]
    }
    field_names = ("number", "kind", "counts_as", "attempt", "seats", "polling_day", "decision")
    of_district: dict[str, tuple[FrozenRound, ...]] = defaultdict(tuple)
    for row in election["rounds"]:
        code = row["round"]
        of_district[row["district"]] += (
            FrozenRound(
                id=code,
                candidates=tuple(row["candidates"]),
                sheets=sheets[code],
                checked_in=int(turnout[code]["checked_in"]),
                proxy=int(turnout[code]["proxy"]),
                outcome=outcomes[code],
                **{name: row[name] for name in field_names},
            ),
        )
    return of_district
