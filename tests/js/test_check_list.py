"""The check list the map shows while one draws says what the rules say of the same draft."""

from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given, settings

from election.queries.districts.boards import Band, DistrictFigures, PlanBoard
from election.rules import rounding
from election.rules.citations import cite
from election.rules.districts import checks
from election.rules.districts.codes import plans as plan_codes
from election.rules.terms import Finding, finding
from election.web.districts.map import SAID
from election.web.filters import percent
from election.web.locale import say
from tests.js.conftest import Scripts
from tests.js.towns import Draft, Town, a_town, as_fraction, redrawn, typed

_MARKS = {Band.ALERT: " ▲▲", Band.WARN: " ▲"}
_KNOWN = {code.id for code in SAID}
PATH = (("A1", "A2"), ("A2", "A3"), ("A3", "A4"))


def sentence(fault: Finding) -> dict[str, str]:
    """A finding as the list shows it."""
    return {
        "code": fault.code.id,
        "cause": say(fault.cause),
        "remedy": say(fault.remedy),
        "article": say(cite(fault.code.article)),
        "severity": fault.severity.value,
    }


def judged(board: PlanBoard) -> list[dict[str, str]]:
    """The findings of the rules; a part of a split unit in no district is said as the act does."""
    parts = {brick.label: brick for brick in board.bricks if brick.part}
    faults = [
        finding(plan_codes.PART_ALONE, unit=brick.whole_label, part=brick.part)
        if (brick := parts.get(str(fault.facts.get("unit")))) and fault.code is checks.UNIT_LEFT_OUT
        else fault
        for fault in board.findings
    ]
    return [sentence(fault) for fault in faults]


def listed(answer: dict[str, Any]) -> list[dict[str, str]]:
    keys = ("code", "cause", "remedy", "article", "severity")
    return [{key: fault[key] for key in keys} for fault in answer["findings"]]


def line_of(line: DistrictFigures) -> dict[str, Any]:
    """The figures of a district as the panel shows them."""
    off = percent(line.deviation, 1, sign=True)
    return {
        "number": line.number,
        "members": [brick.code for brick in line.bricks],
        "seats": line.seats,
        "people": line.people,
        "off": line.deviation,
        "band": line.band.value,
        "text": off if line.deviation is None else off + _MARKS.get(line.band, ""),
    }


def assert_same(scripts: Scripts, town: Town, stored: Draft, drawn: Draft) -> dict[str, Any]:
    answer: dict[str, Any] = scripts.check(town.data(stored), typed(stored, drawn))
    board = town.board(drawn)
    known = [fault for fault in listed(answer) if fault["code"] in _KNOWN]
    assert known == [fault for fault in judged(board) if fault["code"] in _KNOWN]
    others = [fault for fault in listed(answer) if fault["code"] not in _KNOWN]
    assert others == [fault for fault in judged(board) if fault["code"] not in _KNOWN]
    severities = [fault["severity"] for fault in listed(answer)]
    assert severities == sorted(severities)  # errors first
    lines = [line | {"off": as_fraction(line["off"])} for line in answer["lines"]]
    expected = [line_of(line) for line in board.districts]
    assert [{key: line[key] for key in expected[0]} for line in lines] == expected
    assert answer["largest"] == percent(board.largest_deviation, 1)
    return answer


@given(case=redrawn())
@settings(max_examples=400)
def test_the_map_finds_what_the_rules_find(
    app: Flask, scripts: Scripts, case: tuple[Town, Draft, Draft]
) -> None:
    assert_same(scripts, *case)


@given(case=redrawn())
@settings(max_examples=50)
def test_it_says_so_in_english_too(
    app: Flask, scripts: Scripts, case: tuple[Town, Draft, Draft]
) -> None:
    with force_locale("en"):
        assert_same(scripts, *case)


@pytest.mark.parametrize("most", [1, 2, 5])
@given(case=redrawn())
@settings(max_examples=30)
def test_how_many_seats_a_district_may_have_comes_with_the_data(
    app: Flask, scripts: Scripts, most: int, case: tuple[Town, Draft, Draft]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "MOST_SEATS", most)
        assert_same(scripts, *case)


def test_every_sentence_of_the_map_is_met(app: Flask, scripts: Scripts) -> None:
    parts = {"A4": (10, 20)}
    people = {"A1": 100, "A2": 38, "A3": 60, "A4": 30, "A5": 40}
    pairs = (*PATH, ("A4", "A5"))
    stored = Draft({1: 1, 2: 1, 3: 1}, dict.fromkeys(["A1", "A2", "A3", "A4#1", "A4#2", "A5"], 1))
    seats = {1: 1, 2: 4, 3: 2, 4: 1}
    homes = {"A1": 1, "A2": 3, "A3": 1, "A4#1": None, "A4#2": 2, "A5": None}
    codes = set()
    for town in (
        a_town(people, seats=5, pairs=pairs, parts=parts),
        a_town(people | {"A1": None}, seats=5, pairs=pairs, parts=parts),
    ):
        for limits in (seats, seats | {2: 0, 3: 1, 1: 3}):
            answer = assert_same(scripts, town, stored, Draft(limits, homes))
            codes |= {fault["code"] for fault in answer["findings"]}
    assert codes >= _KNOWN


@pytest.mark.parametrize(
    ("people", "band"),
    [
        (120, "ok"),
        (121, "warn"),
        (130, "warn"),
        (131, "alert"),
        (80, "ok"),
        (79, "warn"),
        (70, "warn"),
        (69, "alert"),
    ],
)
def test_what_stands_exactly_at_a_limit_is_within_it(
    app: Flask, scripts: Scripts, people: int, band: str
) -> None:
    town = a_town({"A1": people, "A2": 1000 - people}, seats=10)
    draft = Draft({1: 1, 2: 3}, {"A1": 1, "A2": 2})
    answer = assert_same(scripts, town, draft, draft)
    assert answer["lines"][0]["band"] == band


def test_a_limit_of_very_large_figures_is_still_exact(app: Flask, scripts: Scripts) -> None:
    whole = 10**13
    for more, band in ((0, "ok"), (1, "warn")):
        people = {"A1": whole * 12 + more, "A2": whole * 88 - more}
        draft = Draft({1: 1, 2: 3}, {"A1": 1, "A2": 2})
        answer = assert_same(scripts, a_town(people, seats=10), draft, draft)
        assert answer["lines"][0]["band"] == band


def test_islands_are_judged_only_where_their_neighbours_are_known(
    app: Flask, scripts: Scripts
) -> None:
    people = {"A1": 10, "A2": 20, "A3": 30, "A4": 40}
    draft = Draft({1: 3}, dict.fromkeys(people, 1))
    unknown = assert_same(scripts, a_town(people, seats=3, pairs=()), draft, draft)
    assert unknown["lines"][0]["pieces"] is None
    unnamed = assert_same(scripts, a_town(people, seats=3, pairs=PATH[:2]), draft, draft)
    assert unnamed["lines"][0]["pieces"] == [["A1", "A2", "A3"], ["A4"]]
    pairs = (("A1", "A2"), ("A3", "A4"))
    apart = assert_same(scripts, a_town(people, seats=3, pairs=pairs), draft, draft)
    assert apart["lines"][0]["pieces"] == [["A1", "A2"], ["A3", "A4"]]
    assert apart["apart"] == ["A1", "A2"]  # the smaller piece hangs apart


@given(case=redrawn())
@settings(max_examples=100)
def test_the_share_of_a_district_is_its_people_by_the_average(
    app: Flask, scripts: Scripts, case: tuple[Town, Draft, Draft]
) -> None:
    town, stored, drawn = case
    board = town.board(drawn)
    answer = scripts.check(town.data(stored), typed(stored, drawn))
    for line, figures in zip(board.districts, answer["lines"], strict=True):
        share = None
        if board.average and line.people is not None:
            share = rounding.decimal(Fraction(line.people) / board.average, 2)
        assert figures["share"] == share
