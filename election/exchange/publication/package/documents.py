"""The data files of a package, written from frozen values. Field by field: docs/PACKAGE.md."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from election.rules.counting import Papers
from election.rules.publication import Frozen, FrozenDistrict, FrozenRound

COUNTS = ("round", "place", "stage", "item", "value")
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
        "districts": [_district(one) for one in frozen.districts],
        "places": [
            {"id": one.id, "district": one.district, "kind": one.kind, "name": one.name}
            for one in frozen.places
        ],
        "rounds": [_round(d, one) for d in frozen.districts for one in d.rounds],
    }


def _district(one: FrozenDistrict) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "name": one.name,
        "seats": one.seats,
        "registered": one.registered,
        "population": one.population,
        "units": list(one.units),
        "candidates": [
            {"id": c.id, "name": c.name, "sex": c.sex, "formal": c.formal} for c in one.candidates
        ],
    }


def _round(district: FrozenDistrict, one: FrozenRound) -> dict[str, Any]:
    return {
        "district": district.id,
        "round": one.id,
        "number": one.number,
        "kind": one.kind,
        "counts_as": one.counts_as,
        "attempt": one.attempt,
        "seats": one.seats,
        "polling_day": one.polling_day,
        "decision": one.decision,
        "candidates": list(one.candidates),
    }


def counts_file(frozen: Frozen) -> bytes:
    """counts.csv: one row per figure of every sheet, both entries and the signed figures."""
    rows = [
        (one.id, sheet.place, stage, item, value)
        for district in frozen.districts
        for one in district.rounds
        for sheet in one.sheets
        for stage, figures in sheet.stages()
        for item, value in figures.items()
    ]
    return to_csv(COUNTS, rows)


def turnout_file(frozen: Frozen) -> bytes:
    """turnout.csv: the roll, who drew a ballot in person, and for whom one was drawn."""
    rows = [
        (one.id, district.id, district.registered, one.checked_in, one.proxy)
        for district in frozen.districts
        for one in district.rounds
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
        "districts": {one.id: _result(one, frozen.not_taken(one)) for one in frozen.districts},
    }


def _result(one: FrozenDistrict, elsewhere: tuple[str, ...]) -> dict[str, Any]:
    """elsewhere: who is elected here and takes a seat in another district of the level."""
    told = {
        "rounds": [_outcome(ballot) for ballot in one.rounds],
        "elected": list(one.elected),
        "vacant": one.vacant,
    }
    return told | ({"not_taken": list(elsewhere)} if elsewhere else {})


def _outcome(one: FrozenRound) -> dict[str, Any]:
    """The outcome as `calc result` tells it, with the papers and votes it was decided from."""
    totals = one.totals or {}
    papers = {head.value: totals[head] for head in Papers}
    return {
        "round": one.id,
        **(one.outcome.to_json() if one.outcome else {}),
        **papers,
        "votes": one.votes,
    }
