"""Where all sheets of an election stand. Nothing here reads a figure of any entry."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from election.models import (
    BallotAccount,
    Congress,
    CountSheet,
    District,
    Entry,
    NoteKind,
    PlaceKind,
    Plan,
    PollingPlace,
    Result,
    Round,
    RoundKind,
    SheetNote,
)
from election.rules.counting import SheetState
from election.rules.polling.places import sheet_code, short_code, short_codes, typed_code
from election.rules.terms import Level, Text

_Query = Select[*tuple[Any, ...]]
_LEVEL = {Level.COUNTY: Text("县级", "County"), Level.TOWN: Text("镇级", "Town")}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One sheet on a list: what it is, where it stands, who did what; never a figure."""

    id: int
    state: SheetState
    place_id: int
    place_code: str
    place_name: str
    place_kind: PlaceKind
    district_id: int
    district_number: int
    district_name: str
    level: Level
    round_id: int
    round_number: int
    round_kind: RoundKind
    certified: bool
    has_account: bool
    entered_by: tuple[str, ...] = ()
    sent_back_to: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """As printed on the paper: T03-1-S01."""
        return sheet_code(self.level, self.district_number, self.round_number, self.place_code)

    @property
    def short_codes(self) -> frozenset[str]:
        """What it may be called without separators: T031S01, T3S01 ..."""
        return short_codes(self.level, self.district_number, self.round_number, self.place_code)

    @property
    def district(self) -> Text:
        """镇级第3选区 / Town district 3."""
        level = _LEVEL[self.level]
        n = self.district_number
        return Text(f"{level.zh}第{n}选区", f"{level.en} district {n}")

    def wants(self, person: str) -> str | None:
        """What this sheet wants from a teller: "enter", "correct", or nothing."""
        if person in self.sent_back_to and self.state is SheetState.DIFFERING:
            return "correct"
        takes = self.state in (SheetState.AWAITING_FIRST, SheetState.AWAITING_SECOND)
        return "enter" if takes and person not in self.entered_by else None


@dataclass(frozen=True, slots=True)
class DistrictBoard:
    """The sheets of one round of one district."""

    lines: tuple[SheetLine, ...]

    @property
    def head(self) -> SheetLine:
        """Any of them: district, congress and round are the same."""
        return self.lines[0]

    @property
    def signed(self) -> int:
        """Sheets that count."""
        return sum(line.state is SheetState.SIGNED for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether every sheet is signed."""
        return self.signed == len(self.lines)


@dataclass(frozen=True, slots=True)
class SheetBoard:
    """All sheets of an election by round, and how many are in each state."""

    rounds: tuple[DistrictBoard, ...]

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """Every sheet."""
        return tuple(line for part in self.rounds for line in part.lines)

    @property
    def states(self) -> Mapping[SheetState, int]:
        """State -> number of sheets, every state named."""
        count = Counter(line.state for line in self.lines)
        return {state: count[state] for state in SheetState}

    @property
    def without_account(self) -> int:
        """Sheets whose papers nobody has accounted for yet."""
        return sum(not line.has_account for line in self.lines)

    def places(self) -> list[tuple[str, SheetState]]:
        """Each place by name, with the state of its sheet that is farthest from signed."""
        order, places = list(SheetState), dict[str, SheetState]()
        for line in sorted(self.lines, key=lambda line: (line.place_code, order.index(line.state))):
            places.setdefault(line.place_name, line.state)
        return list(places.items())

    def of_level(self, level: Level) -> "SheetBoard":
        """The part of one congress."""
        return SheetBoard(tuple(part for part in self.rounds if part.head.level is level))


def sheet_lines(session: Session, election_id: int) -> list[SheetLine]:
    """Every sheet of an election, by congress, district, round and place; three queries."""
    rows = session.execute(_rows(election_id)).mappings().all()
    entered = _entered(session, election_id)
    requested = _requested(session, election_id, entered)
    return [
        SheetLine(
            **{name: value for name, value in row.items() if name not in ("result", "account")},
            certified=row["result"] is not None,
            has_account=row["account"] is not None,
            entered_by=tuple(entered.get(row["id"], {})),
            sent_back_to=requested.get(row["id"], ()),
        )
        for row in rows
    ]


def board(session: Session, election_id: int) -> SheetBoard:
    """All sheets of an election, round by round."""
    rounds: dict[int, list[SheetLine]] = defaultdict(list)
    for line in sheet_lines(session, election_id):
        rounds[line.round_id].append(line)
    return SheetBoard(tuple(DistrictBoard(tuple(lines)) for lines in rounds.values()))


def find_by_code(lines: Sequence[SheetLine], typed: str) -> list[SheetLine]:
    """The sheet that a typed or scanned code names; several where it fits several places.

    Of the rounds of one district at one place the latest is meant, unless the code says another.
    """
    code, short = typed_code(typed), short_code(typed)
    exact = [line for line in lines if line.code == code]
    latest: dict[tuple[int, int], SheetLine] = {}
    for line in lines:
        held = latest.get((line.district_id, line.place_id))
        if short in line.short_codes and (held is None or line.round_number > held.round_number):
            latest[line.district_id, line.place_id] = line
    return exact or [*latest.values()]


def next_for(lines: Sequence[SheetLine], person: str, after: int) -> SheetLine | None:
    """The sheet this teller takes next: of the same place, then of the places after it, round."""
    start = next((n for n, line in enumerate(lines) if line.id == after), None)
    wanted = [line for line in lines if line.wants(person)]
    if start is None or not wanted:
        return None
    behind = {line.id: (n - start) % len(lines) for n, line in enumerate(lines)}
    place_id = lines[start].place_id
    return min(wanted, key=lambda line: (line.place_id != place_id, behind[line.id]))


def _of_election(query: _Query, election_id: int) -> _Query:
    return (
        query.join(Round, CountSheet.round_id == Round.id)
        .join(District, Round.district_id == District.id)
        .join(Plan, District.plan_id == Plan.id)
        .join(Congress, Plan.congress_id == Congress.id)
        .where(Congress.election_id == election_id)
    )


def _rows(election_id: int) -> _Query:
    query = select(
        CountSheet.id,
        CountSheet.state,
        CountSheet.place_id,
        PollingPlace.code.label("place_code"),
        PollingPlace.name.label("place_name"),
        PollingPlace.kind.label("place_kind"),
        Round.district_id,
        District.number.label("district_number"),
        District.name.label("district_name"),
        Congress.level,
        CountSheet.round_id,
        Round.number.label("round_number"),
        Round.kind.label("round_kind"),
        Result.id.label("result"),
        BallotAccount.id.label("account"),
    ).select_from(CountSheet)
    return (
        _of_election(query, election_id)
        .join(PollingPlace, CountSheet.place_id == PollingPlace.id)
        .outerjoin(Result, Result.round_id == Round.id)
        .outerjoin(BallotAccount, BallotAccount.sheet_id == CountSheet.id)
        .order_by(Congress.level.desc(), District.number, Round.number, PollingPlace.code)
    )


def _entered(session: Session, election_id: int) -> dict[int, dict[str, int]]:
    """Sheet -> person -> attempt of the entry in force, by slot."""
    query = select(Entry.sheet_id, Entry.person, Entry.attempt).join(
        CountSheet, Entry.sheet_id == CountSheet.id
    )
    present = _of_election(query, election_id).where(Entry.generation == CountSheet.generation)
    attempts: dict[int, dict[str, int]] = defaultdict(dict)
    for sheet_id, person, attempt in session.execute(present.order_by(Entry.slot, Entry.attempt)):
        attempts[sheet_id][person] = attempt
    return attempts


def _requested(
    session: Session, election_id: int, entered: Mapping[int, Mapping[str, int]]
) -> dict[int, tuple[str, ...]]:
    """Sheet -> persons asked to read again who have not answered yet."""
    query = select(SheetNote.sheet_id, SheetNote.details).join(
        CountSheet, SheetNote.sheet_id == CountSheet.id
    )
    present = _of_election(query, election_id).where(
        SheetNote.generation == CountSheet.generation, SheetNote.kind == NoteKind.SENT_BACK
    )
    persons: dict[int, dict[str, None]] = defaultdict(dict)
    for sheet_id, details in session.execute(present.order_by(SheetNote.id)):
        person = details.get("to")
        if entered.get(sheet_id, {}).get(person) == details.get("attempt"):
            persons[sheet_id][person] = None
    return {sheet_id: tuple(people) for sheet_id, people in persons.items()}
