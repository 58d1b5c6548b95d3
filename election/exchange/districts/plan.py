"""A stored plan in the terms of its papers: committee, figures, how the seats compare, reasons."""

from collections.abc import Iterable
from datetime import date

from election.clock import local
from election.models import Plan
from election.queries.districts.boards import BASIS_NAMES, Brick, DistrictFigures, PlanBoard
from election.queries.districts.why import Explanation, layout_of
from election.queries.units.table import UnitRow
from election.reports.documents.districts_plan import PaperLine, PlanPaper
from election.reports.documents.districts_why import Why
from election.rules.districts.why import PlanLayout, UnitPart, share
from election.rules.terms import InputFaults, Level, RuleViolation, Text
from election.rules.words import words_of

_METHOD = "largest-remainder"  # compared first: the one the office knows
_MOST_NAMED = 6


def plan_paper(plan: Plan, board: PlanBoard, rows: list[UnitRow], *, today: date) -> PlanPaper:
    """The plan for its papers; a draft carries the day of its print."""
    congress, town = plan.congress, plan.congress.election.township
    layout = layout_of(board, rows)
    county = congress.level is Level.COUNTY
    return PlanPaper(
        level=congress.level,
        township=town.name,
        congress=congress.name,
        term=congress.term,
        committee=f"{town.county}{'' if county else town.name}选举委员会",
        plan=plan.name,
        basis=BASIS_NAMES[board.basis],
        seats=board.seats,
        people=layout.people,
        lines=tuple(paper_line(line, layout) for line in board.districts),
        day=plan.decided_on or (local(plan.adopted_at).date() if plan.adopted_at else today),
        decision=plan.decision_reference,
        method=method_note(board),
        is_sample=town.is_sample,
    )


def paper_line(line: DistrictFigures, layout: PlanLayout) -> PaperLine:
    """One district for its papers."""
    return PaperLine(
        number=line.number,
        name=line.name,
        kind=words_of(line.kind),
        units=tuple(_label(brick) for brick in line.bricks),
        seats=line.seats,
        people=line.people,
        per_seat=line.per_seat,
        deviation=line.deviation,
        share=share(layout.area(line.number), layout) if line.bricks else None,
    )


def why_papers(paper: PlanPaper, explanations: Iterable[Explanation]) -> list[Why]:
    """Explanations for their paper."""
    lines = {line.number: line for line in paper.lines}
    return [
        Why(
            line=lines[explanation.line.number],
            units=tuple((piece.label, piece.people) for piece in explanation.area.pieces),
            options=explanation.options,
            moves=explanation.moves,
            sections=explanation.sections,
        )
        for explanation in explanations
    ]


def method_note(board: PlanBoard) -> Text:
    """Which methods of apportionment give the same seats, or how the nearest-known one differs."""
    from election.queries.districts.seats import METHOD_NAMES, over_districts  # noqa: PLC0415 - heavy

    try:
        table = over_districts(board)
    except (RuleViolation, InputFaults):
        return Text(
            "人口或名额不全，不能与各种分配方法比较。",
            "People or seats are missing: the seats cannot be compared with any method.",
        )
    planned = {str(line.number): line.seats for line in board.districts}
    sure = [m for m in table.methods if table.answers(m) and not table.tied(m)]
    agreeing = [METHOD_NAMES[m] for m in sure if table.seats_by(m) == planned]
    if agreeing:
        return Text(
            f"各选区分配名额与下列方法按人口计算的结果相同（每个选区1至3名）："
            f"{'、'.join(name.zh for name in agreeing)}。",
            "The seats are those these methods give by people (1 to 3 seats a district): "
            f"{', '.join(name.en for name in agreeing)}.",
        )
    if _METHOD not in sure:
        return Text(
            "名额由划分方案一并确定；最大余数法有并列或无法计算，不能比较。",
            "The seats were decided together with the districts; largest remainder is tied or "
            "has no answer here, so they cannot be compared.",
        )
    return _differences(planned, table.seats_by(_METHOD))


def _differences(planned: dict[str, int], counted: dict[str, int]) -> Text:
    differing = [n for n in planned if planned[n] != counted.get(n)]
    named, more = differing[:_MOST_NAMED], len(differing) - _MOST_NAMED
    zh = "；".join(f"第{n}选区方案{planned[n]}名、计算{counted[n]}名" for n in named)
    en = "; ".join(f"district {n} has {planned[n]}, the method {counted[n]}" for n in named)
    return Text(
        "名额由划分方案一并确定，与最大余数法按人口计算的结果有"
        f"{len(differing)}个选区不同：{zh}{'；等' if more > 0 else ''}。",
        "The seats were decided together with the districts; they differ from largest remainder "
        f"in {len(differing)}: {en}{'; and others' if more > 0 else ''}.",
    )


def _label(brick: Brick) -> Text:
    return UnitPart(brick.code, brick.name, brick.population, brick.part).label
