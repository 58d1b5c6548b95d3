"""Towns the planner is asked about."""

from election.planning.districting import PlannerUnit, PlanRequest, Wishes
from tests.planning.oracle_districting import grid

SMALL = PlanRequest(
    units=(
        PlannerUnit("A", "东村", 610),
        PlannerUnit("B", "西村", 590),
        PlannerUnit("C", "南村", 1180),
        PlannerUnit("D", "北村", 4100, (("一组", 2000), ("二组", 1100), ("三组", 1000))),
    ),
    edges=(("A", "B"), ("B", "C"), ("C", "D"), ("D", "A")),
    seats=11,
    wishes=Wishes(apart=(("A", "B"),)),
)


def square(villages: int, time_limit: float) -> PlanRequest:
    """So many villages in rows; 400 are never proven in a few seconds."""
    populations = [300 + (i * i * 7919) % 2701 for i in range(villages)]
    units, edges = grid(populations, 20)
    return PlanRequest(units=tuple(units), edges=tuple(edges), seats=73, time_limit=time_limit)
