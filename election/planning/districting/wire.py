"""Requests and plans as JSON documents between two processes; fractions travel as strings."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from election.planning.districting import plans
from election.planning.districting.wishes import PlanRequest, Wishes


def request_to_json(request: PlanRequest) -> dict[str, Any]:
    """What the planner is asked."""
    return {
        "units": [[u.code, u.name, u.population, list(map(list, u.groups))] for u in request.units],
        "edges": [list(pair) for pair in request.edges],
        "seats": request.seats,
        "max_seats": request.max_seats,
        "time_limit": request.time_limit,
        "seed": request.seed,
        "objective": request.objective.value,
        "wishes": request.wishes.to_json(),
    }


def request_from_json(given: Mapping[str, Any]) -> PlanRequest:
    """What `request_to_json` wrote."""
    return PlanRequest(
        units=tuple(
            plans.Unit(code, name, population, tuple((group, persons) for group, persons in groups))
            for code, name, population, groups in given["units"]
        ),
        edges=tuple((a, b) for a, b in given["edges"]),
        seats=given["seats"],
        max_seats=given["max_seats"],
        time_limit=given["time_limit"],
        seed=given["seed"],
        objective=plans.Objective(given["objective"]),
        wishes=Wishes.from_json(given["wishes"]),
    )


def plan_to_json(plan: plans.Plan) -> dict[str, Any]:
    """A plan, exact."""
    return {
        "objective": plan.objective.value,
        "value": str(plan.value),
        "lower_bound": str(plan.lower_bound),
        "seconds": plan.seconds,
        "ending": plan.ending.value,
        "districts": [
            [d.number, d.seats, d.population, list(d.units), str(d.deviation)]
            for d in plan.districts
        ],
        "splits": [
            [
                s.unit,
                s.population,
                [[p.code, p.seats, p.population, list(p.groups)] for p in s.parts],
            ]
            for s in plan.splits
        ],
    }


def plan_from_json(given: Mapping[str, Any]) -> plans.Plan:
    """What `plan_to_json` wrote."""
    return plans.Plan(
        objective=plans.Objective(given["objective"]),
        value=Fraction(given["value"]),
        lower_bound=Fraction(given["lower_bound"]),
        seconds=given["seconds"],
        ending=plans.Ending(given["ending"]),
        districts=tuple(
            plans.PlannedDistrict(number, seats, population, tuple(units), Fraction(deviation))
            for number, seats, population, units, deviation in given["districts"]
        ),
        splits=tuple(
            plans.Split(
                unit,
                population,
                tuple(
                    plans.Part(part, seats, persons, tuple(groups))
                    for part, seats, persons, groups in parts
                ),
            )
            for unit, population, parts in given["splits"]
        ),
    )


def progress_to_json(progress: plans.Progress) -> dict[str, Any]:
    """How far the planner is."""
    return {
        "seconds": progress.seconds,
        "value": str(progress.value),
        "lower_bound": str(progress.lower_bound),
        "districts": progress.districts,
        "phase": progress.phase.value,
    }


def progress_from_json(given: Mapping[str, Any]) -> plans.Progress:
    """What `progress_to_json` wrote."""
    return plans.Progress(
        given["seconds"],
        Fraction(given["value"]),
        Fraction(given["lower_bound"]),
        given["districts"],
        plans.Phase(given["phase"]),
    )
