"""Which charts a package holds, made from its frozen values."""

from collections.abc import Iterator

from election.reports.charts import (
    BallotChart,
    Bar,
    Chart,
    Deputies,
    DeputyRow,
    Need,
    NeedRow,
    Turnout,
    TurnoutRow,
    Votes,
)
from election.rules.counting import WRITE_IN, Papers
from election.rules.publication import Frozen, FrozenDistrict, FrozenRound
from election.rules.results.kinds import RoundKind
from election.rules.results.outcome import most_votes_first
from election.rules.words import round_words

CHART_NAMES = ("turnout", "need", "deputies")  # of the whole congress; districts follow
_HIGHER = "票 votes   得票多的当选 the higher count wins"


def charts(frozen: Frozen) -> Iterator[tuple[str, Chart]]:
    """(name, chart) of every chart: turnout, need, deputies, then the votes of each district."""
    for name in (*CHART_NAMES, *(district.id for district in frozen.districts)):
        yield name, chart_of(frozen, name)


def chart_of(frozen: Frozen, name: str) -> Chart:
    """One chart by its name, which is a district's id for the votes. KeyError for no such chart."""
    whole = {"turnout": _turnout, "need": _need, "deputies": _deputies}
    if name in whole:
        return whole[name](frozen)
    district = frozen.district(name)
    if district is None:
        raise KeyError(name)
    return _votes(district)


def _label(district: FrozenDistrict) -> str:
    return f"第{district.number}选区"


def _turnout(frozen: Frozen) -> Chart:
    return Turnout([TurnoutRow(_label(d), d.registered, _issued(d)) for d in frozen.districts])


def _issued(district: FrozenDistrict) -> int | None:
    totals = district.rounds[0].totals if district.rounds else None
    return totals[Papers.ISSUED] if totals else None


def _deputies(frozen: Frozen) -> Chart:
    rows = [DeputyRow(_label(d), d.seats, d.population, d.registered) for d in frozen.districts]
    return Deputies(rows)


def _need(frozen: Frozen) -> Chart:
    basis = str(frozen.rules["win_base"])
    return Need([_need_row(district, basis) for district in frozen.districts])


def _need_row(district: FrozenDistrict, basis: str) -> NeedRow:
    first = district.rounds[0] if district.rounds else None
    if first is None or first.totals is None or first.outcome is None:
        return NeedRow(_label(district), 0, None, ())
    votes = [(n, first.outcome.standing(who)) for who, n in (first.votes or {}).items()]
    return NeedRow(_label(district), first.totals[basis], first.outcome.need, votes)


def _votes(district: FrozenDistrict) -> Chart:
    title = f"第{district.number}选区　应选{district.seats}名　{district.seats} to elect"
    return Votes(title, [_ballot(district, ballot) for ballot in district.rounds])


def _ballot(district: FrozenDistrict, ballot: FrozenRound) -> BallotChart:
    votes = ballot.votes or {}
    bars = [
        Bar(district.names[who], votes[who], ballot.standing(who), who.startswith(WRITE_IN))
        for who in most_votes_first(votes, votes)
    ] or [Bar(district.names[who], None) for who in ballot.candidates]
    words = round_words(RoundKind(ballot.kind), ballot.number)
    title = f"{words.zh} {words.en.capitalize()}"
    need = ballot.outcome.need if ballot.outcome else None
    if ballot.counts_as == "tie_repeat":
        return BallotChart(title, bars, note=_HIGHER)
    if need is None:
        return BallotChart(title, bars)
    note = f"票 votes   虚线：当选须{need}票 dashed: {need} needed"
    return BallotChart(title, bars, need, note)
