"""Charts of plans and results: plain values in, the bytes of an SVG or PNG out.

Equal data give equal bytes, so a chart can be hashed and published. The text is drawn as outlines
of one font a pip package brings: it shows on any machine. Nothing here knows pyplot.
"""

from election.reports.charts.canvas import Chart, to_png, to_svg
from election.reports.charts.districts import (
    Deputies,
    DeputyRow,
    Need,
    NeedRow,
    Turnout,
    TurnoutRow,
)
from election.reports.charts.fairness import CurvePoint, FairnessCurve
from election.reports.charts.plans import (
    DeviationLimits,
    Deviations,
    PairRow,
    Pairs,
    PeoplePerSeat,
    PlanRow,
    SeatsOf,
    compared_deviations,
)
from election.reports.charts.votes import BallotChart, Bar, Votes

__all__ = [
    "BallotChart",
    "Bar",
    "Chart",
    "CurvePoint",
    "Deputies",
    "DeputyRow",
    "DeviationLimits",
    "Deviations",
    "FairnessCurve",
    "Need",
    "NeedRow",
    "PairRow",
    "Pairs",
    "PeoplePerSeat",
    "PlanRow",
    "SeatsOf",
    "Turnout",
    "TurnoutRow",
    "Votes",
    "compared_deviations",
    "to_png",
    "to_svg",
]
