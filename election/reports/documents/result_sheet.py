"""The filled result record (计票结果报告单) of one certified round, with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from election.clock import local
from election.reports.documents import render
from election.reports.documents.count_sheet import chinese_day, rare_note
from election.rules.counting import Papers
from election.rules.results.kinds import BallotStanding, RoundKind
from election.rules.words import round_words, words_of

Line = tuple[str, bool, int, int | None, int | None, BallotStanding | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord:
    """One certified round.

    totals: items of the signed sheets added up; lines: name, written in, for, against, abstain,
    what the round made of the person; elected: names by votes; steps: sentence and source;
    certified_by: a name; seal: the check code of the certificate's record.
    """

    election: str
    congress: str
    district: str
    round_kind: str
    round_number: int
    polling_day: date
    seats: int
    registered: int | None
    totals: Mapping[str, int]
    places: int
    lines: Sequence[Line]
    need: int | None
    elected: Sequence[str]
    steps: Sequence[tuple[str, str]]
    decision: str
    certified_at: datetime
    certified_by: str
    seal: str


def result_sheet(record: ResultRecord) -> bytes:
    """The record as a PDF."""
    return render("result_sheet", _sheet_data(record))


def _sheet_data(record: ResultRecord) -> dict[str, object]:
    at = local(record.certified_at)
    totals, texts = record.totals, [text for text, _source in record.steps]
    figures = [("登记选民", record.registered)]
    for head in Papers:
        figures.append((head.words.zh, totals[head]))
        if head is Papers.RETURNED:
            figures.append(("有效票", totals[Papers.RETURNED] - totals[Papers.VOID]))
    return {
        "election": record.election,
        "congress": record.congress,
        "district": record.district,
        "round": round_words(RoundKind(record.round_kind), record.round_number).zh,
        "day": chinese_day(record.polling_day),
        "seats": record.seats,
        "places": record.places,
        "figures": [{"name": name, "value": _figure(value)} for name, value in figures],
        "lines": [_line(line) for line in record.lines],
        "need": _figure(record.need),
        "elected": f"（按得票多少排列）{'、'.join(record.elected)}" if record.elected else "无",
        "steps": [{"text": text, "source": source} for text, source in record.steps],
        "decision": record.decision,
        "certified": f"{chinese_day(at.date())} {at:%H:%M}",
        "by": record.certified_by,
        "seal": record.seal,
        "rare": rare_note([record.district, *(line[0] for line in record.lines), *texts]),
    }


def _line(line: Line) -> dict[str, str]:
    name, written_in, votes, against, abstain, standing = line
    marked = standing in (BallotStanding.ELECTED, BallotStanding.TIED)
    return {
        "name": f"{name}（另选人）" if written_in else name,
        "for": str(votes),
        "against": _figure(against),
        "abstain": _figure(abstain),
        "result": words_of(standing).zh if standing and marked else "",
    }


def _figure(value: int | None) -> str:
    return "—" if value is None else str(value)
