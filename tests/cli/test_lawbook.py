"""What the book of the law reads from a piece of code: names, conditions, texts, ways."""

import ast

import pytest

from election.cli.lawbook.callgraph import call_graph
from election.cli.lawbook.reach import Reach, commands, pages
from election.cli.lawbook.uses import Only, Use, read


def uses_of(text: str) -> set[Use]:
    (node,) = ast.parse(text).body
    return set(read(node, [node]).uses)


def test_an_annotation_and_a_name_of_its_own_are_no_use() -> None:
    text = (
        "def f(paper: Sheet, count=least) -> Total:\n    rows = paper.rows\n    return total(rows)"
    )
    assert uses_of(text) == {Use(("least",)), Use(("total",))}


def test_what_follows_a_return_is_come_to_only_otherwise() -> None:
    text = """
def decide(case):
    if case.kind is Kind.DEPUTIES:
        return deputies(case)
    return recall(case) if case.kind is Kind.RECALL else session(case)
"""
    deputies, recall = Only("Kind", "DEPUTIES"), Only("Kind", "RECALL")
    assert {use for use in uses_of(text) if use.chain[0] != "Kind"} == {
        Use(("deputies",), (deputies,)),
        Use(("recall",), (deputies.otherwise(), recall)),
        Use(("session",), (deputies.otherwise(), recall.otherwise())),
    }


def test_a_kind_that_is_compared_or_a_key_is_not_made() -> None:
    text = "def f(kind):\n    return kind in (Kind.A,) or {Kind.B: one_by_one}[kind](Kind.C)"
    assert uses_of(text) == {
        Use(("Kind", "A"), compared=True),
        Use(("Kind", "B"), compared=True),
        Use(("one_by_one",), (Only("Kind", "B"),)),
        Use(("Kind", "C")),
    }


@pytest.mark.parametrize(
    ("made", "same", "other"),
    [((), False, False), (("A",), True, False), (("B",), False, True), (("A", "B"), True, True)],
)
def test_a_condition_may_hold_by_what_is_made(
    made: tuple[str, ...], same: bool, other: bool
) -> None:
    condition = Only("Kind", "A")
    assert (condition.may_hold(made), condition.otherwise().may_hold(made)) == (same, other)


def test_a_method_of_the_law_counts_when_its_name_is_read() -> None:
    graph, frozen = call_graph(), "election.rules.publication.shape.Frozen"
    assert f"{frozen}.alerts" not in Reach(graph, [frozen]).steps
    reached = Reach(graph, [frozen, "election.web.publication.pages.summary"])
    assert reached.path_to(f"{frozen}.alerts")[-2:] == [
        "election.web.publication.pages.summary",
        f"{frozen}.alerts",
    ]


def test_a_view_leads_to_its_template_and_what_that_reads() -> None:
    steps = pages()["units.import_file"].steps
    assert steps["units/import.html"] == "election.web.units.imports.import_file"


def test_the_application_a_command_makes_for_its_database_serves_no_page() -> None:
    steps = commands()["accounts reset"].steps
    assert "election.web.create_app" in steps
    assert "election.web.access.enforce" not in steps
