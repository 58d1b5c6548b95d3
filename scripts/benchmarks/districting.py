"""The district planner against GerryChain's recom walk in as many seconds of the processor.

Towns are made up; figures of one run are of one machine.
`scripts/bench districting` measures few towns with short limits; all towns and the full limits:
`XUANBAN_BENCH=full scripts/bench districting` (about a quarter of an hour).
"""

import os
import random  # noqa: TID251 - GerryChain wants one; nobody is chosen by it
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import process_time

import networkx as nx
import numpy as np
import shapely
from gerrychain import Graph, MarkovChain, Partition, updaters
from gerrychain.proposals import recom
from gerrychain.tree import bipartition_tree, recursive_tree_part

from election.jobs import planner
from election.planning.districting import Objective, PlannerUnit, PlanRequest, ProposedPlan

SEATS, MOST = 73, 3
FOUR = 4  # districts of one seat, where each has some 25 villages
_LONG = 1.6  # borders longer than this, in mean distances, are left out where nothing breaks off
_EPSILONS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8)  # recom's tolerances, in turn
_SHARES = 4  # of the time for one of them at most
_ATTEMPTS = 200
Town = tuple[list[PlannerUnit], list[tuple[str, str]]]


@dataclass(frozen=True)
class Case:
    """A town of so many villages, and what the planner may take."""

    villages: int
    seed: int
    objective: Objective
    limit: float


def measure() -> Iterator[str]:
    """Value, bound and seconds of ours; the best of recom in the same time."""
    for case in _cases(full=os.environ.get("XUANBAN_BENCH") == "full"):
        units, edges = town(case.villages, case.seed)
        found, first, seconds = _ours(case, units, edges)
        theirs, steps = walk(units, edges, case.objective, seconds, case.seed)
        yield _line(case, found, (first, seconds), theirs, steps)
    for villages, seed in ((100, 1), (104, 2)):
        yield _four(villages, seed)


def _four(villages: int, seed: int) -> str:
    """How near four districts of one seat come to their share."""
    units, edges = town(villages, seed)
    request = PlanRequest(
        units=tuple(units), edges=tuple(edges), seats=FOUR, max_seats=1, time_limit=120.0
    )
    proposal = planner.run(request)
    share = sum(unit.population for unit in units) / FOUR
    away = max(abs(district.population - share) for district in proposal.districts)
    return (
        f"{villages} villages, {FOUR} districts of one seat, seed {seed}: within {away:.1f} people "
        f"of their share in {proposal.seconds:.1f} CPU s, {proposal.steps:,} steps"
    )


def _ours(
    case: Case, units: Sequence[PlannerUnit], edges: Sequence[tuple[str, str]]
) -> tuple[ProposedPlan, float, float]:
    """(the plan, seconds of the processor to the first one, and in all)."""
    heard: list[float] = []
    request = PlanRequest(
        units=tuple(units),
        edges=tuple(edges),
        seats=SEATS,
        max_seats=MOST,
        time_limit=case.limit,
        objective=case.objective,
    )
    found = planner.run(request, report=lambda progress: heard.append(progress.seconds))
    return found, heard[0], found.seconds


def _cases(*, full: bool) -> Iterator[Case]:
    for villages in (38, 60) if full else (60,):
        for seed in (1, 2, 3, 4, 5) if full else (1, 2):
            for objective in Objective:
                yield Case(villages, seed, objective, 30.0)
    for seed in (1, 2, 3) if full else (1,):
        for objective in Objective if full else (Objective.MAX,):
            yield Case(200, seed, objective, 60.0 if full else 20.0)


def _line(
    case: Case, found: ProposedPlan, times: tuple[float, float], theirs: float, steps: int
) -> str:
    worst = case.objective is Objective.MAX
    scale, unit = (100, "%") if worst else (1, " seats")
    value, bound = float(found.value), float(found.lower_bound)
    proven = "optimal" if found.optimal else f"at least {bound * scale:.3f}{unit}"
    return (
        f"{case.villages} villages, {SEATS} seats, seed {case.seed}, {case.objective}: "
        f"{value * scale:.3f}{unit}, {proven}, in {times[1]:.1f} CPU s "
        f"(first plan {times[0]:.1f} s); "
        f"recom {_walked(theirs, value, steps, scale, unit)}"
    )


def _walked(theirs: float, value: float, steps: int, scale: int, unit: str) -> str:
    """What recom did in the same time: its best against ours, or that it has none."""
    if not steps:
        return "had not begun in the same time: no first plan lay in any tolerance it tried"
    if theirs == float("inf"):
        return f"found no plan that uses all seats in the same time, {steps:,} steps"
    ratio = f"{theirs / value:.1f} x" if value else "no end"
    return f"{theirs * scale:.3f}{unit} in the same time, {steps:,} steps = {ratio}"


def town(villages: int, seed: int) -> Town:
    """Villages scattered over a square, neighbours as in a Delaunay net, log-normal people."""
    draws = np.random.default_rng([villages, seed])
    places = draws.random((villages, 2)) * np.sqrt(villages)
    people = np.maximum(60, np.exp(draws.normal(np.log(900), 0.5, villages))).astype(int).tolist()
    number = {tuple(place): i for i, place in enumerate(places.tolist())}
    net = shapely.delaunay_triangles(shapely.MultiPoint(places), only_edges=True)
    lines = sorted(
        (line.length, *(number[tuple(end)] for end in line.coords)) for line in net.geoms
    )
    graph = nx.empty_graph(villages)
    for length, a, b in lines:
        if length < _LONG or not nx.has_path(graph, a, b):
            graph.add_edge(min(a, b), max(a, b))
    units = [PlannerUnit(f"v{i:03}", f"第{i + 1}村", persons) for i, persons in enumerate(people)]
    edges = sorted((units[min(a, b)].code, units[max(a, b)].code) for a, b in graph.edges)
    return units, edges


def walk(
    units: Sequence[PlannerUnit],
    edges: Sequence[tuple[str, str]],
    objective: Objective,
    seconds: float,
    seed: int,
) -> tuple[float, int]:
    """(the best value of a recom walk in so many seconds, its steps).

    Districts of three seats each, as near as a tolerance allows, from the narrowest in which a walk
    can begin; each plan on the way is judged with the best seats for its districts.
    """
    warnings.simplefilter("ignore")
    graph = nx.Graph()
    graph.add_nodes_from((unit.code, {"people": unit.population}) for unit in units)
    graph.add_edges_from(edges)
    total, count = sum(unit.population for unit in units), -(-SEATS // MOST)
    source, target = Graph.from_networkx(graph), total / count
    best, steps, end = float("inf"), 0, process_time() + seconds
    while process_time() < end:
        for epsilon in _EPSILONS:
            stop = min(end, process_time() + seconds / _SHARES)
            for plan in _chain(source, target, count, epsilon, seed):
                best, steps = min(best, _judge(plan, objective, total)), steps + 1
                if process_time() >= stop:
                    break
        seed += 1000
    return best, steps


def _chain(
    graph: Graph, target: float, count: int, epsilon: float, seed: int
) -> Iterator[list[int]]:
    """People of the districts of each plan; none when no first plan lies in the tolerance."""
    rng = random.Random(seed)  # noqa: S311 - a benchmark

    def step(plan: Partition) -> Partition:
        try:
            return recom(plan, "people", target, epsilon, 1, bipartition_tree_fn=_few, rng=rng)
        except Exception:  # noqa: BLE001 - no cut in this pair of districts
            return plan

    try:
        first = recursive_tree_part(
            graph, range(count), target, "people", epsilon, rng=rng, bipartition_tree_fn=_few
        )
    except Exception:  # noqa: BLE001 - the next tolerance may do
        return
    start = Partition(graph, first, {"people": updaters.Tally("people")})
    for plan in MarkovChain(step, initial_partition=start, total_steps=10**9, rng=rng):
        yield list(plan["people"].values())


def _few(*arguments: object, **options: object) -> object:
    """A bipartition that gives up early, so that the next tolerance is tried."""
    return bipartition_tree(*arguments, **{**options, "max_attempts": _ATTEMPTS})


def _judge(people: Sequence[int], objective: Objective, total: int) -> float:
    """The value with the best seats of 1 to 3 for each district that use all seats."""
    average = total / SEATS
    worst = objective is Objective.MAX

    def cost(persons: int, seats: int) -> float:
        off = abs(persons - seats * average) / average
        return off / seats if worst else off

    seats = [min(range(1, MOST + 1), key=lambda s, p=p: cost(p, s)) for p in people]
    while sum(seats) != SEATS:
        step = 1 if sum(seats) < SEATS else -1
        options = [i for i, s in enumerate(seats) if 1 <= s + step <= MOST]
        if not options:
            return float("inf")
        pick = min(
            options,
            key=lambda i: (
                cost(people[i], seats[i] + step) - (0 if worst else cost(people[i], seats[i]))
            ),
        )
        seats[pick] += step
    costs = [cost(p, s) for p, s in zip(people, seats, strict=True)]
    return max(costs) if worst else sum(costs)
