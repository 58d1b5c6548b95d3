"""Two plans side by side: which districts answer each other, what moved, what it does to equality.

Districts are matched by the people they have in common, never by their numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from election.models import PlanStatus
from election.queries.districts.boards import Band, Brick, DistrictFigures, PlanBoard, brick_pairs
from election.queries.units.table import UnitRow

Homes = Mapping[int | None, int | None]  # district number (None: in none) -> people there
Overlap = tuple[int, int]  # people and units in common


@dataclass(frozen=True, slots=True)
class Side:
    """The totals of one plan; None where they cannot be computed yet.

    cut: pairs of neighbours that are in different districts; split: units divided into parts.
    """

    plan_id: int
    name: str
    status: PlanStatus
    seats: int
    districts: int
    largest: Fraction | None
    weighted_sum: Fraction | None
    warned: int
    alerted: int
    split: int
    cut: int
    left_out: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two districts that answer each other, or one without an answer.

    left: labels of the bricks only the first has; joined: those only the second has.
    """

    a: DistrictFigures | None
    b: DistrictFigures | None
    left: tuple[str, ...]
    joined: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Nothing but perhaps the number differs."""
        if self.a is None or self.b is None:
            return False
        return not self.left and not self.joined and self.a.seats == self.b.seats

    @property
    def seats_change(self) -> int | None:
        """Seats of the second less seats of the first, where both are there."""
        return None if self.a is None or self.b is None else self.b.seats - self.a.seats


@dataclass(frozen=True, slots=True)
class UnitMove:
    """A unit that is in another district; the numbers are those of each plan, None for none."""

    code: str
    name: str
    people: int | None
    a: tuple[int | None, ...]
    b: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans of one congress beside each other."""

    a: Side
    b: Side
    pairs: tuple[Pair, ...]
    moves: tuple[UnitMove, ...]

    @property
    def same(self) -> bool:
        """Both draw the same districts with the same seats."""
        return not self.moves and all(pair.same for pair in self.pairs)

    @property
    def seats_changed(self) -> int:
        """Districts that answer each other with other seats."""
        return sum(bool(pair.seats_change) for pair in self.pairs)


def compare(a: PlanBoard, b: PlanBoard, rows: Sequence[UnitRow]) -> Comparison:
    """What leads from plan a to plan b of the same congress. rows: its units."""
    answers = _answers(a, b)
    return Comparison(
        _side(a, rows), _side(b, rows), tuple(_pairs(a, b, answers)), tuple(_moves(a, b, answers))
    )


def _side(board: PlanBoard, rows: Sequence[UnitRow]) -> Side:
    home = {brick.code: brick.district for brick in board.bricks}
    bands = [line.band for line in board.districts]
    return Side(
        plan_id=board.plan_id,
        name=board.name,
        status=board.status,
        seats=board.seats_given,
        districts=len(board.districts),
        largest=board.largest_deviation,
        weighted_sum=board.weighted_sum,
        warned=bands.count(Band.WARN) + bands.count(Band.ALERT),
        alerted=bands.count(Band.ALERT),
        split=len({brick.unit_id for brick in board.bricks if brick.part}),
        cut=sum(
            home[brick_code] != home[neighbour]
            for brick_code, neighbour in brick_pairs(board.bricks, rows)
        ),
        left_out=sum(number is None for number in home.values()),
        errors=len(board.errors),
        warnings=len(board.warnings),
    )


def _homes(board: PlanBoard) -> dict[int, dict[int | None, int | None]]:
    """Unit id -> its districts and its people in each."""
    homes: dict[int, dict[int | None, int | None]] = defaultdict(dict)
    for brick in board.bricks:
        people = homes[brick.unit_id]
        if brick.district in people:
            before = people[brick.district]
            both = brick.population is not None and before is not None
            people[brick.district] = (before or 0) + (brick.population or 0) if both else None
        else:
            people[brick.district] = brick.population
    return homes


def _answers(a: PlanBoard, b: PlanBoard) -> dict[int, int]:
    """Number in a -> number in b: the greatest overlap first, each district once.

    An overlap is counted in people, then in units; of equal ones the lower numbers go first,
    which is the same from either side.
    """
    overlaps = _overlaps(_homes(a), _homes(b))
    order = sorted(overlaps, key=lambda pair: (*(-n for n in overlaps[pair]), min(pair), max(pair)))
    answers: dict[int, int] = {}
    answered: set[int] = set()
    for number_a, number_b in order:
        if number_a not in answers and number_b not in answered:
            answers[number_a] = number_b
            answered.add(number_b)
    return answers


def _overlaps(a: Mapping[int, Homes], b: Mapping[int, Homes]) -> dict[tuple[int, int], Overlap]:
    """What every two districts have in common; of a split unit at most its smaller share."""
    overlaps: dict[tuple[int, int], Overlap] = defaultdict(lambda: (0, 0))
    for unit in a.keys() & b.keys():
        for number_a, people_a in a[unit].items():
            for number_b, people_b in b[unit].items():
                if number_a is not None and number_b is not None:
                    people, units = overlaps[number_a, number_b]
                    overlaps[number_a, number_b] = (
                        people + min(people_a or 0, people_b or 0),
                        units + 1,
                    )
    return overlaps


def _pairs(a: PlanBoard, b: PlanBoard, answers: Mapping[int, int]) -> Iterable[Pair]:
    """In the order of the first plan's numbers, then what only the second has."""
    lines = {line.number: line for line in b.districts}
    answered = set(answers.values())
    for line in a.districts:
        answer = lines.get(answers.get(line.number, -1))
        yield _pair(line, answer)
    for number, line in lines.items():
        if number not in answered:
            yield _pair(None, line)


def _pair(a: DistrictFigures | None, b: DistrictFigures | None) -> Pair:
    bricks_a, bricks_b = _bricks(a), _bricks(b)
    return Pair(
        a,
        b,
        left=tuple(_label(brick) for key, brick in bricks_a.items() if key not in bricks_b),
        joined=tuple(_label(brick) for key, brick in bricks_b.items() if key not in bricks_a),
    )


def _bricks(line: DistrictFigures | None) -> dict[tuple[int, int, int | None], Brick]:
    """The parts of a split unit are the same only with the same people."""
    bricks = line.bricks if line else ()
    return {(b.unit_id, b.part, b.population if b.part else None): b for b in bricks}


def _label(brick: Brick) -> str:
    return f"{brick.name}#{brick.part}" if brick.part else brick.name


def _moves(a: PlanBoard, b: PlanBoard, answers: Mapping[int, int]) -> Iterable[UnitMove]:
    """Units whose people are in districts that do not answer each other, in the order of codes."""
    homes_a, homes_b = _homes(a), _homes(b)
    names = {brick.unit_id: brick for brick in a.bricks}
    for unit, homes in homes_a.items():
        if unit not in homes_b:
            continue
        expected = {
            answers.get(number, -number) if number is not None else None: people
            for number, people in homes.items()
        }
        if expected != homes_b[unit]:
            brick = names[unit]
            counts = [count for count in homes.values() if count is not None]
            people = sum(counts) if len(counts) == len(homes) else None
            yield UnitMove(brick.unit_code, brick.name, people, tuple(homes), tuple(homes_b[unit]))
