"""Which charts a package holds, made from its frozen values."""

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
_VOTES = "票 votes"
_HIGHER = f"{_VOTES}   得票多的当选 the higher count wins"


def chart_names(frozen: Frozen) -> tuple[str, ...]:
    """Every chart: turnout, need, deputies, then the votes of each district."""
    return (*CHART_NAMES, *(district.id for district in frozen.districts))


def chart_of(frozen: Frozen, name: str) -> Chart:
    """One chart by its name, which is a district's id for the votes. KeyError for no such chart."""
    whole = {"turnout": _turnout, "need": _need, "deputies": _deputies}
    if name in whole:
        return whole[name](frozen)
    district = frozen.district(name)
    if district is None:
        raise KeyError(name)
    return _votes(district, str(frozen.rules["win_base"]))


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


def _votes(district: FrozenDistrict, basis: str) -> Chart:
    title = f"第{district.number}选区　应选{district.seats}名　{district.seats} to elect"
    return Votes(title, [_ballot(district, ballot, basis) for ballot in district.rounds])


def _ballot(district: FrozenDistrict, ballot: FrozenRound, basis: str) -> BallotChart:
    votes = ballot.votes or {}
    words = round_words(RoundKind(ballot.kind), ballot.number)
    need, note = _need_of(ballot)
    return BallotChart(
        title=f"{words.zh} {words.en.capitalize()}",
        bars=[_bar(district, ballot, who, votes[who]) for who in most_votes_first(votes, votes)]
        or [_bar(district, ballot, who, None) for who in ballot.candidates],
        need=need,
        note=note,
        took_part=ballot.totals[basis] if ballot.totals else None,
    )


def _bar(district: FrozenDistrict, ballot: FrozenRound, who: str, votes: int | None) -> Bar:
    return Bar(
        district.names[who],
        votes,
        ballot.standing(who),
        written_in=who.startswith(WRITE_IN),
    )


def _need_of(ballot: FrozenRound) -> tuple[int | None, str]:
    """The votes needed, if a number of votes must be reached; and what the axis says."""
    need = ballot.outcome.need if ballot.outcome else None
    if ballot.counts_as == "tie_repeat":
        return None, _HIGHER
    if need is None:
        return None, _VOTES
    return need, f"{_VOTES}   红线：当选须{need}票 red line: {need} needed"
