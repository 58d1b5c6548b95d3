"""The tables of a result: pages, CSV, XLSX and JSON all print these, so they cannot differ (T9)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from election.rules.candidates.kinds import Sex
from election.rules.counting import WRITE_IN, Papers
from election.rules.polling.kinds import PlaceKind
from election.rules.publication import Frozen, FrozenDistrict, FrozenRound
from election.rules.results.kinds import RoundKind
from election.rules.rounding import rate
from election.rules.terms import Text
from election.rules.words import words_by_value, words_of

Cell = int | str | Text | Fraction | None
KINDS = words_by_value(RoundKind)
PLACES = words_by_value(PlaceKind)
SEXES = words_by_value(Sex)
UNKNOWN = Text("未知", "not known")
NOT_ASKED = Text("—", "—")  # of somebody written in nobody votes against
VOID = Text("选举无效", "void")
HIGHER = Text("得票多的当选", "the higher count")  # a repeat vote has no other need (R9.4)
_ELSEWHERE = Text("当选，保留其他选区名额", "elected, sits for another district")
_FORMAL, _WRITTEN = Text("正式代表候选人", "formal candidate"), Text("另选人", "written in")


class Column(NamedTuple):
    """The head of a column; numeric: it holds figures, which stand to the right."""

    title: Text
    numeric: bool


def _words(zh: str, en: str) -> Column:
    return Column(Text(zh, en), numeric=False)


def _number(zh: str, en: str) -> Column:
    return Column(Text(zh, en), numeric=True)


_DISTRICT = _words("选区", "district")
_BALLOT = (_words("轮次", "ballot"), _words("投票", "kind of ballot"))
_ISSUED = Column(Papers.ISSUED.column, numeric=True)
_PAPERS = tuple(Column(head.column, numeric=True) for head in Papers)
_NEEDED, _RESULT = _number("当选所需票数", "votes needed"), _words("结果", "result")


@dataclass(frozen=True, slots=True)
class ResultTable:
    """One table. A cell that is None is not known; a Fraction is a share to print in per cent.

    numeric: the positions of columns of figures, which stand to the right.
    """

    name: str
    title: Text
    columns: tuple[Text, ...]
    numeric: frozenset[int]
    rows: tuple[tuple[Cell, ...], ...]


def tables(frozen: Frozen) -> dict[str, ResultTable]:
    """All tables by name, in the order of TABLES."""
    return {
        name: ResultTable(
            name,
            title,
            tuple(column.title for column in columns),
            frozenset(place for place, column in enumerate(columns) if column.numeric),
            tuple(make(frozen)),
        )
        for name, (title, columns, make) in TABLES.items()
    }


def _districts(frozen: Frozen) -> Iterator[tuple[Cell, ...]]:
    for district in frozen.districts:
        totals = district.rounds[0].totals if district.rounds else None
        papers = [totals[head] if totals else None for head in Papers]
        yield (
            district.number,
            district.name,
            district.seats,
            len(district.elected),
            district.vacant,
            "、".join(district.elected_names()),
            district.population,
            district.registered,
            *papers,
            turnout(district, district.rounds[0]) if district.rounds else None,
            len(district.rounds),
        )


def turnout(district: FrozenDistrict, ballot: FrozenRound) -> Fraction | None:
    """Papers issued over registered voters; None while either is not known."""
    if not district.registered or ballot.totals is None:
        return None
    return Fraction(ballot.totals[Papers.ISSUED], district.registered)


def _candidates(frozen: Frozen) -> Iterator[tuple[Cell, ...]]:
    for district in frozen.districts:
        people = {candidate.id: candidate for candidate in district.candidates}
        elsewhere = frozen.not_taken(district)
        for ballot in district.rounds:
            for who in ballot.votes or ballot.candidates:
                person = people.get(who)
                yield (
                    district.number,
                    ballot.number,
                    KINDS[ballot.kind],
                    district.names[who],
                    SEXES.get(str(person.sex)) if person else None,
                    _FORMAL if person and person.formal else _WRITTEN,
                    *_answers(ballot, who),
                    need(ballot),
                    _result(ballot, who, elsewhere),
                )


def _result(ballot: FrozenRound, who: str, elsewhere: tuple[str, ...]) -> Text | None:
    if who in elsewhere and who in ballot.elected:
        return _ELSEWHERE
    return _standing(ballot, who)


def _standing(ballot: FrozenRound, who: str) -> Text | None:
    standing = ballot.standing(who)
    return words_of(standing) if standing else None


def need(ballot: FrozenRound) -> int | Text | None:
    """Votes needed in a round; words when it was void or a repeat vote, None if not certified."""
    if ballot.outcome is None:
        return None
    votes = ballot.outcome.need
    if votes is None:
        return VOID
    return HIGHER if ballot.counts_as == "tie_repeat" else votes


def _answers(ballot: FrozenRound, who: str) -> tuple[Cell, ...]:
    votes, against, abstain = ballot.answers(who)
    if who.startswith(WRITE_IN):
        return votes, NOT_ASKED, NOT_ASKED
    return votes, against, abstain


def _places(frozen: Frozen) -> Iterator[tuple[Cell, ...]]:
    places = {place.id: place for place in frozen.places}
    for district in frozen.districts:
        for ballot in district.rounds:
            for sheet in ballot.sheets:
                place, signed = places[sheet.place], sheet.signed
                papers = [signed[head] if signed else None for head in Papers]
                yield (
                    district.number,
                    ballot.number,
                    KINDS[ballot.kind],
                    place.id,
                    place.name,
                    PLACES.get(place.kind, Text(place.kind, place.kind)),
                    *papers,
                )


def _turnout(frozen: Frozen) -> Iterator[tuple[Cell, ...]]:
    for district in frozen.districts:
        for ballot in district.rounds:
            yield (
                district.number,
                ballot.number,
                KINDS[ballot.kind],
                district.registered,
                ballot.checked_in,
                ballot.proxy,
                ballot.totals[Papers.ISSUED] if ballot.totals else None,
                turnout(district, ballot),
            )


def _need(frozen: Frozen) -> Iterator[tuple[Cell, ...]]:
    """The first ballots: everybody's votes as a share of those who took part."""
    basis = str(frozen.rules["win_base"])
    for district in frozen.districts:
        for ballot in district.rounds[:1]:
            base = ballot.totals[basis] if ballot.totals else None
            for who in ballot.votes or ballot.candidates:
                votes = ballot.answers(who)[0]
                share = Fraction(votes, base) if base and votes is not None else None
                yield (
                    district.number,
                    district.names[who],
                    votes,
                    share,
                    need(ballot),
                    _standing(ballot, who),
                )


def _deputies(frozen: Frozen) -> Iterator[tuple[Cell, ...]]:
    for district in frozen.districts:
        yield (
            district.number,
            district.seats,
            district.population,
            district.registered,
            per(district.population, district.seats),
            per(district.registered, district.seats),
        )


def per(people: int | None, seats: int) -> str | None:
    """People per deputy with one decimal where it is no whole number; None when not known."""
    if people is None or seats < 1:
        return None
    return f"{people // seats:,}" if people % seats == 0 else rate(Fraction(people, seats)).en


Maker = Callable[[Frozen], Iterator[tuple[Cell, ...]]]
TABLES: dict[str, tuple[Text, tuple[Column, ...], Maker]] = {
    "districts": (
        Text("各选区结果", "results by district"),
        (
            _DISTRICT,
            _words("名称", "name"),
            _number("应选", "seats"),
            _number("当选人数", "elected"),
            _number("空缺", "vacant"),
            _words("当选人", "elected persons"),
            _number("人口", "population"),
            _number("登记选民", "registered voters"),
            *_PAPERS,
            _number("投票率", "turnout"),
            _number("投票次数", "ballots held"),
        ),
        _districts,
    ),
    "candidates": (
        Text("候选人得票", "votes by candidate"),
        (
            _DISTRICT,
            *_BALLOT,
            _words("姓名", "name"),
            _words("性别", "sex"),
            _words("身份", "standing"),
            _number("赞成", "for"),
            _number("反对", "against"),
            _number("弃权", "abstain"),
            _NEEDED,
            _RESULT,
        ),
        _candidates,
    ),
    "places": (
        Text("各投票场所选票", "papers by polling place"),
        (
            _DISTRICT,
            *_BALLOT,
            _words("编号", "place"),
            _words("场所", "name of place"),
            _words("类别", "kind of place"),
            *_PAPERS,
        ),
        _places,
    ),
    "turnout": (
        Text("投票率", "turnout"),
        (
            _DISTRICT,
            *_BALLOT,
            _number("登记选民", "registered voters"),
            _number("本人领票", "checked in"),
            _number("委托代领", "by proxy"),
            _ISSUED,
            _number("投票率", "turnout"),
        ),
        _turnout,
    ),
    "need": (
        Text("第一次投票得票与当选所需票数", "votes against the need, first ballot"),
        (
            _DISTRICT,
            _words("姓名", "name"),
            _number("赞成", "for"),
            _number("占参加投票", "of those who took part"),
            _NEEDED,
            _RESULT,
        ),
        _need,
    ),
    "deputies": (
        Text("每名代表所代表的人口数", "people per deputy"),
        (
            _DISTRICT,
            _number("应选", "seats"),
            _number("人口", "population"),
            _number("登记选民", "registered voters"),
            _number("每名代表人口", "people per deputy"),
            _number("每名代表选民", "voters per deputy"),
        ),
        _deputies,
    ),
}
