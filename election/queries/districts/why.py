"""Reads behind the reasons for a district: the plan as rules see it, fixed choices, the proof."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import AuditEntry, NeighbourKind, Plan
from election.queries.districts.boards import (
    BASIS_NAMES,
    Brick,
    DistrictFigures,
    PlanBoard,
    brick_ties,
)
from election.queries.units import table as unit_queries
from election.queries.units.table import UnitRow
from election.rules.districts.why import (
    Alternative,
    DistrictLayout,
    FixedChoices,
    KeptChoices,
    PlanLayout,
    PlanProof,
    SeatOption,
    Section,
    Touch,
    UnitPart,
    alternatives,
    broken_step,
    fixed_steps,
    proof_steps,
    seat_options,
    sections,
    share,
)
from election.rules.profile import Profile
from election.rules.terms import Text

if TYPE_CHECKING:
    from election.planning.districting import Wishes

_TOUCH = {
    NeighbourKind.LAND: Touch.LAND,
    NeighbourKind.FERRY: Touch.FERRY,
    None: Touch.PART,
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one district is as it is: its figures, the sentences, and every move that was tried."""

    line: DistrictFigures
    area: DistrictLayout
    share: Fraction | None
    options: tuple[SeatOption, ...]
    moves: tuple[Alternative, ...]
    sections: tuple[Section, ...]


def explanations(
    session: Session, plan: Plan, board: PlanBoard, *, only: int | None = None
) -> list[Explanation]:
    """Every district of a plan explained, in the order of numbers, or only that of one number.

    A fixed number of queries.
    """
    from election.planning.districting import Wishes  # noqa: PLC0415 - heavy

    rows = unit_queries.of_congress(session, plan.congress)
    layout = layout_of(board, rows)
    names = unit_queries.names(rows)
    wishes = Wishes.from_json(plan.wishes)
    locked = frozenset(line.number for line in board.districts if _locked(line, wishes))
    choices = KeptChoices(
        wishes.together, wishes.apart, frozenset(wishes.alone), wishes.within, locked
    )
    proof = proof_of(session, plan, board)
    profile = plan.congress.election.profile
    return [
        _explained(line, layout, profile, (_fixed(line, wishes, names), choices), proof)
        for line in board.districts
        if only in (None, line.number)
    ]


def layout_of(board: PlanBoard, rows: Sequence[UnitRow]) -> PlanLayout:
    """A plan in the terms of its reasons."""
    return PlanLayout(
        seats=board.seats,
        basis=BASIS_NAMES[board.basis],
        areas=tuple(
            DistrictLayout(line.number, line.seats, tuple(map(_piece, line.bricks)))
            for line in board.districts
        ),
        touching={pair: _TOUCH[kind] for pair, kind in brick_ties(board.bricks, rows).items()},
        loose=tuple(_piece(brick) for brick in board.bricks if brick.district is None),
    )


def _piece(brick: Brick) -> UnitPart:
    return UnitPart(brick.code, brick.name, brick.population, brick.part)


def _explained(
    line: DistrictFigures,
    layout: PlanLayout,
    profile: Profile,
    choices: tuple[FixedChoices, KeptChoices],
    proof: PlanProof | None,
) -> Explanation:
    area, (fixed, to_keep) = layout.area(line.number), choices
    moves = alternatives(area, layout, to_keep)
    explained = list(sections(area, layout, profile, moves))
    chosen = tuple(fixed_steps(fixed))
    if to_keep.broken(area):
        chosen = (*chosen, broken_step())
    if chosen:
        explained.append(
            Section("fixed", Text("事先确定的条件", "Choices fixed beforehand"), chosen)
        )
    if proof is not None:
        title = Text("程序的证明", "What the program proved")
        explained.append(Section("proof", title, tuple(proof_steps(proof))))
    return Explanation(
        line=line,
        area=area,
        share=share(area, layout),
        options=seat_options(area, layout),
        moves=moves,
        sections=tuple(explained),
    )


def _locked(line: DistrictFigures, wishes: "Wishes") -> bool:
    """Locked now, or drawn as a district that was to stay."""
    bricks = {brick.code for brick in line.bricks}
    return line.locked or any(bricks == set(lock.units) for lock in wishes.locked)


def _fixed(line: DistrictFigures, wishes: "Wishes", names: Mapping[str, str]) -> FixedChoices:
    """The fixed choices that name a unit of this district, with names for codes."""
    codes_here = {brick.unit_code for brick in line.bricks}

    def named(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(names.get(code, code) for code in codes)

    return FixedChoices(
        together=tuple(named(group) for group in wishes.together if codes_here & set(group)),
        apart=tuple(
            (names.get(a, a), names.get(b, b)) for a, b in wishes.apart if codes_here & {a, b}
        ),
        alone=named(code for code in wishes.alone if code in codes_here),
        split=named(code for code in wishes.split if code in codes_here),
        within=tuple(named(region) for region in wishes.within if codes_here & set(region)),
        locked=_locked(line, wishes),
        least=wishes.least,
        most=wishes.most,
    )


def proof_of(session: Session, plan: Plan, board: PlanBoard) -> PlanProof | None:
    """What the planner said of this plan, or of the one it was copied from; None: not planned."""
    entries = _births(session, plan)
    key: object = plan.id
    for _generation in range(len(entries)):
        data = entries.get(str(key))
        if data is None:
            return None
        if isinstance(data.get("found"), dict):
            return _proof(data["found"], data.get("plan"), board)
        key = data.get("copy_of")
    return None


def _births(session: Session, plan: Plan) -> dict[str, dict[str, Any]]:
    """Plan id -> the record of how it came to be, for the plans of this township."""
    query = select(AuditEntry.subject, AuditEntry.data).where(
        AuditEntry.township_id == plan.township_id,
        AuditEntry.what.in_(("districts.propose", "districts.create")),
    )
    rows = session.execute(query.order_by(AuditEntry.seq))
    return {row.subject: row.data for row in rows}


def _proof(record: Mapping[str, Any], drawn: object, board: PlanBoard) -> PlanProof | None:
    value = _fraction(record.get("value"))
    if value is None:
        return None
    return PlanProof(
        objective=str(record.get("objective", "max")),
        value=value,
        bound=_fraction(record.get("lower_bound")),
        whole_districts=record.get("source") == "town_districts",
        unchanged=_shape(drawn) == _shape(board.to_json()),
    )


def _fraction(value: object) -> Fraction | None:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


def _shape(plan: object) -> object:
    """Seats, units and people of the districts: what a proof speaks of, without names."""
    if not isinstance(plan, Mapping):
        return None
    return sorted(
        (
            int(district["seats"]),
            sorted((unit["code"], unit["population"]) for unit in district["units"]),
        )
        for district in plan["districts"]
    )
