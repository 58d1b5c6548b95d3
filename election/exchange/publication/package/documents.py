"""The data files of a package, written from frozen values. Field by field: docs/PACKAGE.md."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from election.rules.counting import Papers
from election.rules.publication import Frozen, FrozenDistrict, FrozenRound

COUNTS = ("round", "place", "stage", "item", "value")
FORMAT = 2  # of docs/PACKAGE.md: what leaves the house of the audit chain
TURNOUT = ("round", "district", "registered", "checked_in", "proxy")


def to_json(document: object) -> bytes:
    """JSON to be read by people and programs: indented, UTF-8, one line feed at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV for programs: UTF-8 without mark, line feeds, cells exactly as they are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def election_document(frozen: Frozen) -> dict[str, Any]:
    """election.json: who elects whom, where, under which rules."""
    return {
        "format": FORMAT,
        "id": frozen.id,
        "election": frozen.election,
        "title": frozen.title,
        "township": frozen.township,
        "township_code": frozen.township_code,
        "county": frozen.county,
        "sample": frozen.is_sample,
        "congress": frozen.congress,
        "level": frozen.level,
        "term": frozen.term,
        "seats": frozen.seats,
        "election_day": frozen.election_day,
        "profile": frozen.profile,
        "rules": dict(frozen.rules),
        "districts": [_district(district) for district in frozen.districts],
        "places": [
            {"id": place.id, "district": place.district, "kind": place.kind, "name": place.name}
            for place in frozen.places
        ],
        "rounds": [_round(d, ballot) for d in frozen.districts for ballot in d.rounds],
    }


def _district(district: FrozenDistrict) -> dict[str, Any]:
    return {
        "id": district.id,
        "number": district.number,
        "name": district.name,
        "seats": district.seats,
        "registered": district.registered,
        "population": district.population,
        "units": list(district.units),
        "candidates": [
            {"id": c.id, "name": c.name, "sex": c.sex, "formal": c.formal}
            for c in district.candidates
        ],
    }


def _round(district: FrozenDistrict, ballot: FrozenRound) -> dict[str, Any]:
    return {
        "district": district.id,
        "round": ballot.id,
        "number": ballot.number,
        "kind": ballot.kind,
        "counts_as": ballot.counts_as,
        "attempt": ballot.attempt,
        "seats": ballot.seats,
        "polling_day": ballot.polling_day,
        "decision": ballot.decision,
        "candidates": list(ballot.candidates),
    }


def counts_file(frozen: Frozen) -> bytes:
    """counts.csv: one row per figure of every sheet, both entries and the signed figures."""
    rows = [
        (ballot.id, sheet.place, stage, item, value)
        for district in frozen.districts
        for ballot in district.rounds
        for sheet in ballot.sheets
        for stage, figures in sheet.stages()
        for item, value in figures.items()
    ]
    return to_csv(COUNTS, rows)


def turnout_file(frozen: Frozen) -> bytes:
    """turnout.csv: the roll, who drew a ballot in person, and for whom one was drawn."""
    rows = [
        (ballot.id, district.id, district.registered, ballot.checked_in, ballot.proxy)
        for district in frozen.districts
        for ballot in district.rounds
    ]
    return to_csv(TURNOUT, rows)


def results_document(
    frozen: Frozen, *, published_at: str, version: int, reason: str
) -> dict[str, Any]:
    """results.json without `audit_head`, which is known only once this is in the chain."""
    return {
        "published_at": published_at,
        "version": version,
        "reason": reason,
        "alerts": list(frozen.alerts),
        "districts": {
            district.id: _result(district, frozen.not_taken(district))
            for district in frozen.districts
        },
    }


def _result(district: FrozenDistrict, elsewhere: tuple[str, ...]) -> dict[str, Any]:
    """elsewhere: who is elected here and takes a seat in another district of the level."""
    result = {
        "rounds": [_outcome(ballot) for ballot in district.rounds],
        "elected": list(district.elected),
        "vacant": district.vacant,
    }
    return result | ({"not_taken": list(elsewhere)} if elsewhere else {})


def _outcome(ballot: FrozenRound) -> dict[str, Any]:
    """The outcome as `calc result` tells it, with the papers and votes it was decided from."""
    totals = ballot.totals or {}
    papers = {head.value: totals[head] for head in Papers}
    return {
        "round": ballot.id,
        **(ballot.outcome.to_json() if ballot.outcome else {}),
        **papers,
        "votes": ballot.votes,
    }
