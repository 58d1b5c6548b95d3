"""The state machine of a count sheet: what is allowed, every named refusal, and random walks."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from election.rules.access import Role
from election.rules.codes import codes_of
from election.rules.counting import (
    ARROWS,
    SheetFacts,
    SheetMove,
    SheetState,
    compare,
    next_state,
    sheet_digest,
)
from election.rules.counting.codes import refusals
from election.rules.counting.states import GUARDS, NOT_IN_THIS_STATE
from election.rules.terms import RuleViolation
from tests.rules import drawings

DRAWING = drawings.page("count-sheet")
FIRST, SECOND, DIFFERING, AGREED, SIGNED = SheetState

OPEN = SheetFacts(actor="T1", round_open=True)
TWICE = replace(OPEN, actor="S1", entered_by=("T1", "T2"), digest_seen="d", digest_now="d")
SPLIT = replace(TWICE, differing=("void", "blank"), answered=("void", "blank"))
BACK = replace(SPLIT, actor="T2", sent_back_to="T2")
CHIEF = replace(TWICE, actor="D1", roles=frozenset({Role.DIRECTOR}), reason="票箱漏开")


@pytest.mark.parametrize(
    ("state", "move", "facts", "after"),
    [
        (FIRST, SheetMove.ENTER, OPEN, SECOND),
        (SECOND, SheetMove.ENTER, replace(OPEN, actor="T2", entered_by=("T1",)), AGREED),
        (
            SECOND,
            SheetMove.ENTER,
            replace(OPEN, actor="T2", entered_by=("T1",), still_differing=("void",)),
            DIFFERING,
        ),
        (
            SECOND,
            SheetMove.RETURN_TO_TELLERS,
            replace(OPEN, actor="S1", entered_by=("T1",), reason="录错票箱"),
            FIRST,
        ),
        (DIFFERING, SheetMove.SEND_BACK, replace(SPLIT, sent_back_to="T1"), DIFFERING),
        (
            DIFFERING,
            SheetMove.SEND_BACK,
            replace(SPLIT, sent_back_to="T1", still_differing=SPLIT.differing),
            DIFFERING,
        ),
        (DIFFERING, SheetMove.CORRECT, BACK, AGREED),
        (DIFFERING, SheetMove.CORRECT, replace(BACK, still_differing=("void",)), DIFFERING),
        (DIFFERING, SheetMove.RESOLVE, SPLIT, AGREED),
        (DIFFERING, SheetMove.RESOLVE, replace(SPLIT, answered=("blank", "void")), AGREED),
        (DIFFERING, SheetMove.RETURN_TO_TELLERS, replace(SPLIT, reason="重新清点"), FIRST),
        (AGREED, SheetMove.RETURN_TO_TELLERS, replace(TWICE, reason="重新清点"), FIRST),
        (AGREED, SheetMove.SIGN, TWICE, SIGNED),
        (SIGNED, SheetMove.REOPEN, CHIEF, FIRST),
    ],
)
def test_the_way_of_a_sheet_to_its_signature(state, move, facts, after) -> None:
    assert next_state(state, move, facts) is after


@pytest.mark.parametrize(
    ("state", "move", "facts", "code"),
    [
        (FIRST, SheetMove.ENTER, replace(OPEN, round_open=False), "R.361"),
        (FIRST, SheetMove.ENTER, SheetFacts(actor="T1"), "R.361"),
        (SECOND, SheetMove.ENTER, replace(OPEN, entered_by=("T1",)), "R.362"),
        (FIRST, SheetMove.ENTER, replace(OPEN, errors=1), "R.365"),
        (DIFFERING, SheetMove.CORRECT, replace(BACK, errors=1), "R.365"),
        (DIFFERING, SheetMove.RESOLVE, replace(SPLIT, errors=1), "R.365"),
        (DIFFERING, SheetMove.CORRECT, replace(BACK, sent_back_to=None), "R.366"),
        (DIFFERING, SheetMove.CORRECT, replace(BACK, actor="T1"), "R.367"),
        (DIFFERING, SheetMove.CORRECT, replace(BACK, answered=("void",)), "R.368"),
        (DIFFERING, SheetMove.CORRECT, replace(BACK, answered=("void", "blank", "for:A")), "R.368"),
        (DIFFERING, SheetMove.RESOLVE, replace(SPLIT, actor="T2"), "R.370"),
        (DIFFERING, SheetMove.RESOLVE, replace(SPLIT, answered=("void",)), "R.371"),
        (DIFFERING, SheetMove.RESOLVE, replace(SPLIT, answered=("void", "void")), "R.371"),
        (DIFFERING, SheetMove.SEND_BACK, replace(SPLIT, actor="T1", sent_back_to="T2"), "R.373"),
        (DIFFERING, SheetMove.SEND_BACK, replace(SPLIT, sent_back_to="S1"), "R.374"),
        (DIFFERING, SheetMove.SEND_BACK, replace(SPLIT, sent_back_to=None), "R.374"),
        (AGREED, SheetMove.RETURN_TO_TELLERS, replace(TWICE, actor="T2", reason="重录"), "R.373"),
        (AGREED, SheetMove.RETURN_TO_TELLERS, replace(TWICE, reason=" "), "R.376"),
        (AGREED, SheetMove.SIGN, replace(TWICE, actor="T2"), "R.381"),
        (AGREED, SheetMove.SIGN, replace(TWICE, entered_by=("T1", "T1")), "R.386"),
        (AGREED, SheetMove.SIGN, replace(TWICE, digest_seen="e"), "R.385"),
        (AGREED, SheetMove.SIGN, replace(TWICE, digest_seen=None, digest_now=None), "R.385"),
        (AGREED, SheetMove.SIGN, replace(TWICE, errors=1), "R.382"),
        (AGREED, SheetMove.SIGN, replace(TWICE, alerts_undecided=1), "R.383"),
        (AGREED, SheetMove.SIGN, replace(TWICE, warnings_unexplained=1), "R.384"),
        (SIGNED, SheetMove.REOPEN, replace(CHIEF, roles=frozenset({Role.ADMINISTRATOR})), "R.388"),
        (SIGNED, SheetMove.REOPEN, replace(CHIEF, reason="\n"), "R.389"),
    ],
)
def test_every_forbidden_move_has_its_own_refusal(state, move, facts, code) -> None:
    with pytest.raises(RuleViolation) as refused:
        next_state(state, move, facts)
    assert refused.value.code.id == code


@pytest.mark.parametrize("state", SheetState)
@pytest.mark.parametrize("move", SheetMove)
def test_a_move_has_an_arrow_or_a_refusal_in_every_state_and_never_both(state, move) -> None:
    refusal = NOT_IN_THIS_STATE[move].get(state)
    assert ((state, move) in ARROWS) == (refusal is None)
    if refusal is not None:
        with pytest.raises(RuleViolation) as refused:
            next_state(state, move, CHIEF)
        assert refused.value.code is refusal


@pytest.mark.parametrize(
    ("move", "codes"),
    [
        (SheetMove.ENTER, {DIFFERING: "R.363", AGREED: "R.363", SIGNED: "R.364"}),
        (SheetMove.SEND_BACK, {FIRST: "R.372", SECOND: "R.372", AGREED: "R.372", SIGNED: "R.377"}),
        (SheetMove.CORRECT, {FIRST: "R.366", SECOND: "R.366", AGREED: "R.366", SIGNED: "R.377"}),
        (SheetMove.RESOLVE, {FIRST: "R.369", SECOND: "R.369", AGREED: "R.369", SIGNED: "R.377"}),
        (SheetMove.RETURN_TO_TELLERS, {FIRST: "R.375", SIGNED: "R.377"}),
        (SheetMove.SIGN, {FIRST: "R.378", SECOND: "R.378", DIFFERING: "R.379", SIGNED: "R.380"}),
        (SheetMove.REOPEN, dict.fromkeys((FIRST, SECOND, DIFFERING, AGREED), "R.387")),
    ],
)
def test_the_refusal_says_what_the_state_forbids(move, codes) -> None:
    assert {state: code.id for state, code in NOT_IN_THIS_STATE[move].items()} == codes


def test_a_refusal_says_its_numbers_in_both_languages() -> None:
    facts = replace(SPLIT, answered=(), errors=2, alerts_undecided=3, warnings_unexplained=4)
    with pytest.raises(RuleViolation) as refused:
        next_state(DIFFERING, SheetMove.RESOLVE, facts)
    assert refused.value.cause.zh == "须逐栏认定全部不一致的栏目，不多不少：void, blank"
    for code in codes_of(refusals):
        violation = RuleViolation(code, **refused.value.facts)
        assert "{" not in "".join(
            (*violation.cause.to_json().values(), *violation.remedy.to_json().values())
        )
    with pytest.raises(RuleViolation) as refused:
        next_state(AGREED, SheetMove.SIGN, replace(TWICE, errors=2))
    assert refused.value.cause.en == "the figures have 2 errors"


def test_the_drawing_shows_exactly_the_arrows_of_the_machine() -> None:
    arrows = {
        (state.value, after.value, move.value)
        for (state, move), targets in ARROWS.items()
        for after in targets
    }
    assert sorted(drawings.arrows(DRAWING)) == sorted(arrows)


def test_the_table_of_refusals_is_that_of_the_machine() -> None:
    refused = {
        move.value: [*NOT_IN_THIS_STATE[move].values(), *(code for _, code in GUARDS[move])]
        for move in SheetMove
    }
    assert drawings.refusals(DRAWING) == drawings.table(refused, codes_of(refusals))


PEOPLE = ("P1", "P2", "P3", "P4")
ITEMS = ("void", "blank")
Sheet = dict[str, int]
SHEET = st.fixed_dictionaries({item: st.integers(0, 1) for item in ITEMS})


class CountSheetWalk(RuleBasedStateMachine):
    """Random people do random things; a model that only knows entries and signatures agrees.

    The model never looks at a state: an entry is (person, figures); the sheet is signed when
    there is a signature. What it allows must be allowed, what it forbids must be refused.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = SheetState.AWAITING_FIRST
        self.orderly = False
        self.entries: list[tuple[str, Sheet]] = []
        self.asked: str | None = None
        self.settled: Sheet | None = None
        self.signature: tuple[str, tuple[str, ...], Sheet] | None = None
        self.archive: list[tuple[str, tuple[str, ...], Sheet]] = []

    # what the model knows
    def people(self) -> tuple[str, ...]:
        return tuple(person for person, _ in self.entries)

    def agreed_figures(self) -> Sheet | None:
        if self.settled is not None:
            return self.settled
        if len(self.entries) == 2 and self.entries[0][1] == self.entries[1][1]:
            return self.entries[0][1]
        return None

    def differing(self) -> tuple[str, ...]:
        if len(self.entries) < 2 or self.settled is not None:
            return ()
        return compare(self.entries[0][1], self.entries[1][1])

    def facts(self, actor: str, **more: object) -> SheetFacts:
        facts = SheetFacts(
            actor=actor,
            round_open=True,
            entered_by=self.people(),
            sent_back_to=self.asked,
            differing=self.differing(),
        )
        return replace(facts, **more)

    def move(self, move: SheetMove, facts: SheetFacts, *, allowed: bool) -> bool:
        """Make the move; the machine must agree with the model on whether it may be made."""
        try:
            self.state = next_state(self.state, move, facts)
        except RuleViolation:
            assert not allowed
            return False
        assert allowed
        return True

    def apt(self, wanted: Iterable[str], person: str) -> str:
        """In an orderly walk mostly somebody who may act, so that walks get far."""
        fit = [who for who in PEOPLE if who in wanted]
        return fit[0] if self.orderly and fit and person != PEOPLE[-1] else person

    @property
    def outsiders(self) -> set[str]:
        return set(PEOPLE) - set(self.people())

    @initialize(orderly=st.sampled_from((True, True, False)))
    def begin(self, orderly: bool) -> None:
        self.orderly = orderly

    # what people do; an orderly office does not try what cannot be
    @precondition(lambda self: not self.orderly or len(self.entries) < 2)
    @rule(
        person=st.sampled_from(PEOPLE),
        sheet=SHEET,
        error=st.sampled_from((0, 0, 0, 1)),
        is_open=st.sampled_from((True, True, True, False)),
    )
    def enter(self, person: str, sheet: Sheet, error: int, is_open: bool) -> None:
        person = self.apt(self.outsiders, person)
        free = self.signature is None and len(self.entries) < 2
        both = [*(figures for _, figures in self.entries), sheet]
        still = compare(both[0], both[1]) if len(both) == 2 else ()
        facts = self.facts(person, errors=error, round_open=is_open, still_differing=still)
        allowed = free and person not in self.people() and is_open and not error
        if self.move(SheetMove.ENTER, facts, allowed=allowed):
            self.entries.append((person, sheet))

    @precondition(lambda self: not self.orderly or self.differing())
    @rule(person=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE))
    def send_back(self, person: str, to: str) -> None:
        person, to = self.apt(self.outsiders, person), self.apt(self.people(), to)
        allowed = bool(self.differing()) and person not in self.people() and to in self.people()
        facts = self.facts(person, sent_back_to=to, still_differing=self.differing())
        if self.move(SheetMove.SEND_BACK, facts, allowed=allowed):
            self.asked = to

    @precondition(lambda self: not self.orderly or self.asked)
    @rule(person=st.sampled_from(PEOPLE), sheet=SHEET, all_of_them=st.booleans())
    def correct(self, person: str, sheet: Sheet, all_of_them: bool) -> None:
        person = self.apt({self.asked or ""}, person)
        answered = self.differing() if all_of_them else ITEMS
        exact = set(answered) == set(self.differing())
        allowed = bool(self.differing()) and self.asked == person and exact
        new = [
            (who, figures | {item: sheet[item] for item in answered} if who == person else figures)
            for who, figures in self.entries
        ]
        still = compare(new[0][1], new[1][1]) if len(new) == 2 else ()
        facts = self.facts(person, answered=answered, still_differing=still)
        if self.move(SheetMove.CORRECT, facts, allowed=allowed):
            self.entries, self.asked = new, None

    @precondition(lambda self: not self.orderly or self.differing())
    @rule(person=st.sampled_from(PEOPLE), sides=st.tuples(st.integers(0, 1), st.integers(0, 1)))
    def resolve(self, person: str, sides: tuple[int, int]) -> None:
        person = self.apt(self.outsiders, person)
        allowed = bool(self.differing()) and person not in self.people()
        facts = self.facts(person, answered=self.differing())
        chosen = dict(zip(ITEMS, sides, strict=True))
        if self.move(SheetMove.RESOLVE, facts, allowed=allowed):
            self.settled = {item: self.entries[side][1][item] for item, side in chosen.items()}

    @precondition(lambda self: not self.orderly or self.differing())
    @rule(person=st.sampled_from(PEOPLE), reason=st.sampled_from(("", "重新清点")))
    def return_to_tellers(self, person: str, reason: str) -> None:
        outside = person not in self.people() and bool(self.entries)
        allowed = outside and self.signature is None and bool(reason)
        facts = self.facts(person, reason=reason)
        if self.move(SheetMove.RETURN_TO_TELLERS, facts, allowed=allowed):
            self.entries, self.asked, self.settled = [], None, None

    @precondition(lambda self: not self.orderly or self.agreed_figures())
    @rule(person=st.sampled_from(PEOPLE), stale=st.booleans(), open_points=st.integers(0, 3))
    def sign(self, person: str, stale: bool, open_points: int) -> None:
        person = self.apt(self.outsiders, person)
        figures = self.agreed_figures()
        now = None if figures is None else sheet_digest("r", "p", figures)
        facts = self.facts(
            person,
            digest_now=now,
            digest_seen="0" * 64 if stale else now,
            alerts_undecided=int(open_points == 1),
            warnings_unexplained=int(open_points == 2),
        )
        ready = figures is not None and self.signature is None and open_points not in (1, 2)
        allowed = ready and not stale and person not in self.people()
        if self.move(SheetMove.SIGN, facts, allowed=allowed):
            assert figures is not None
            self.signature = (person, self.people(), dict(figures))

    @precondition(lambda self: self.signature is not None)
    @rule(director=st.booleans(), reason=st.sampled_from(("", "票箱漏开")))
    def reopen(self, director: bool, reason: str) -> None:
        roles = frozenset({Role.DIRECTOR} if director else {Role.SCRUTINEER})
        facts = self.facts("P1", roles=roles, reason=reason)
        if self.move(SheetMove.REOPEN, facts, allowed=director and bool(reason)):
            assert self.signature is not None
            self.archive.append(self.signature)
            self.entries, self.asked, self.settled, self.signature = [], None, None, None

    # what must always be true
    @invariant()
    def the_state_is_what_entries_and_signature_say(self) -> None:
        by_entries = (SheetState.AWAITING_FIRST, SheetState.AWAITING_SECOND)
        if self.signature is not None:
            expected = SheetState.SIGNED
        elif len(self.entries) < 2:
            expected = by_entries[len(self.entries)]
        else:
            agreed = self.agreed_figures() is not None
            expected = SheetState.AGREED if agreed else SheetState.DIFFERING
        assert self.state is expected

    @invariant()
    def three_persons_stand_behind_every_signature(self) -> None:
        for signer, tellers, _ in [*self.archive, *([self.signature] if self.signature else [])]:
            assert len({signer, *tellers}) == 3

    @invariant()
    def a_signed_figure_stays_what_it_was(self) -> None:
        if self.signature is not None:
            assert self.signature[2] == self.agreed_figures()


TestCountSheetWalk = pytest.mark.slow(CountSheetWalk.TestCase)
TestCountSheetWalk.settings = settings(max_examples=250, stateful_step_count=40, deadline=None)
