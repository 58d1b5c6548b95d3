"""The verifier knows the law a second time, written apart from the rules."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from election.exchange.publication.verifier import verify as module
from election.exchange.publication.verifier.verify import decide
from election.rules.counting import Papers
from election.rules.results import BallotKind, Case, RoundRule
from election.rules.results import decide as decide_by_law
from tests.builders import head_figures


@st.composite
def ballots(draw: st.DrawFn) -> dict[str, Any]:
    seats = draw(st.integers(1, 3))
    returned = draw(st.integers(0, 60))
    void = draw(st.integers(0, returned))
    names = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True))
    written = draw(st.lists(st.sampled_from(["write-in:X", "write-in:Y"]), unique=True))
    left, votes = seats * (returned - void), {}
    for name in (*names, *written):
        votes[name] = draw(st.integers(0, min(left, returned)))
        left -= votes[name]
    issued = draw(st.integers(0, 80))
    return {
        "seats": seats,
        "returned": returned,
        "void": void,
        "votes": votes,
        "issued": issued,
        "registered": draw(st.integers(issued, 120)),
        "round": draw(st.sampled_from(list(RoundRule))),
        "attempt": draw(st.integers(1, 3)),
        "parameters": {
            "majority_basis": draw(st.sampled_from(["ISSUED", "RETURNED"])),
            "third_basis": draw(st.sampled_from(["ISSUED", "RETURNED", "VALID"])),
            "further_election_rounds": draw(st.sampled_from([1, None])),
        },
    }


@settings(max_examples=300)
@given(ballots())
def test_the_verifier_decides_as_the_rules_do(ballot: dict[str, Any]) -> None:
    case = Case.from_document(
        {"kind": BallotKind.DEPUTIES.value, **ballot, "round": ballot["round"].value}
    )
    rules = {
        "turnout_over": "1/2",
        "win_over": "1/2",
        "further_at_least": "1/3",
        "tie_repeat_max": 2,
        "win_base": case.profile.word("majority_basis").lower(),
        "further_base": case.profile.word("third_basis").lower(),
        "further_election_rounds": case.profile["further_election_rounds"],
    }
    votes = ballot["votes"]
    sheet = head_figures(**{name: ballot[name] for name in ("issued", "returned", "void")})
    sheet |= {f"for:{n}": v for n, v in votes.items() if not n.startswith("write-in:")}
    sheet |= {f"writein:{n[9:]}": v for n, v in votes.items() if n.startswith("write-in:")}
    one = {
        "kind": ballot["round"].value,
        "seats": ballot["seats"],
        "attempt": ballot["attempt"],
        "candidates": [n for n in votes if not n.startswith("write-in:")],
    }
    found = decide(rules, one, ballot["registered"], Counter(sheet))
    right = decide_by_law(case).to_json()
    same = (
        "valid",
        "reasons",
        "need",
        "elected",
        "tied",
        "tied_seats",
        "missing",
        "next",
        "next_seats",
    )
    assert {name: found[name] for name in same} == {name: right[name] for name in same}


def test_the_verifier_asks_for_the_figures_that_stand_in_the_head_of_a_sheet() -> None:
    assert tuple(Papers) == module.HEADS
