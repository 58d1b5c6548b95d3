"""The state machine of a job: what is allowed, every named refusal, and random walks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from election.rules import jobs
from election.rules.codes import codes_of
from election.rules.jobs import (
    ARROWS,
    DEAD_AFTER,
    ENDED,
    GUARDS,
    NOT_IN_THIS_STATE,
    SUCCEEDED_AFTER,
    TOO_MANY_WAITING,
    JobFacts,
    JobMove,
    JobState,
    next_state,
    require_room,
)
from election.rules.terms import RuleViolation
from tests.rules import drawings

DRAWING = drawings.page("job")
WAITING, RUNNING, DONE, FAILED, CANCELLED = JobState
MINE = JobFacts(worker="w1", claimed_by="w1")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "move", "facts", "after"),
    [
        (WAITING, JobMove.CLAIM, JobFacts(worker="w1"), RUNNING),
        (WAITING, JobMove.CANCEL, JobFacts(), CANCELLED),
        (RUNNING, JobMove.STOP, JobFacts(claimed_by="w1"), RUNNING),
        (RUNNING, JobMove.CANCEL, JobFacts(claimed_by="w1"), RUNNING),
        (RUNNING, JobMove.BEAT, MINE, RUNNING),
        (RUNNING, JobMove.BEAT, replace(MINE, cancel_asked=True), RUNNING),
        (RUNNING, JobMove.FINISH, MINE, DONE),
        (RUNNING, JobMove.FAIL, MINE, FAILED),
        (RUNNING, JobMove.ABANDON, replace(MINE, cancel_asked=True), CANCELLED),
        (RUNNING, JobMove.BURY, JobFacts(claimed_by="w1", silent=DEAD_AFTER), FAILED),
        (
            RUNNING,
            JobMove.BURY,
            JobFacts(claimed_by="w1", silent=SUCCEEDED_AFTER, successor=True),
            FAILED,
        ),
    ],
)
def test_the_way_of_a_job_to_its_end(state, move, facts, after) -> None:
    assert next_state(state, move, facts) is after


@pytest.mark.parametrize(
    ("state", "move", "facts", "code"),
    [
        (WAITING, JobMove.STOP, JobFacts(), "R.272"),
        (DONE, JobMove.STOP, JobFacts(), "R.273"),
        (CANCELLED, JobMove.CANCEL, JobFacts(), "R.273"),
        (RUNNING, JobMove.CLAIM, JobFacts(worker="w2", claimed_by="w1"), "R.274"),
        (FAILED, JobMove.FINISH, MINE, "R.275"),
        (RUNNING, JobMove.FINISH, replace(MINE, worker="w2"), "R.276"),
        (RUNNING, JobMove.FINISH, replace(MINE, cancel_asked=True), "R.277"),
        (RUNNING, JobMove.STOP, JobFacts(claimed_by="w1", cancel_asked=True), "R.277"),
        (RUNNING, JobMove.ABANDON, MINE, "R.278"),
        (RUNNING, JobMove.BURY, JobFacts(silent=DEAD_AFTER - SECOND), "R.279"),
        (RUNNING, JobMove.BURY, JobFacts(silent=SUCCEEDED_AFTER - SECOND, successor=True), "R.279"),
    ],
)
def test_each_forbidden_move_has_its_own_refusal(state, move, facts, code) -> None:
    with pytest.raises(RuleViolation) as refusal:
        next_state(state, move, facts)
    assert refusal.value.code.id == code


def test_three_jobs_of_one_official_may_wait() -> None:
    require_room(2)
    with pytest.raises(RuleViolation) as refusal:
        require_room(3)
    assert (refusal.value.code.id, refusal.value.facts) == ("R.271", {"waiting": 3})


def test_every_move_has_an_answer_in_every_state() -> None:
    for move in JobMove:
        arrows = {state for state, made in ARROWS if made is move}
        assert arrows | set(NOT_IN_THIS_STATE[move]) == set(JobState)
        assert not arrows & set(NOT_IN_THIS_STATE[move])


def test_the_drawing_shows_exactly_the_arrows_of_the_machine() -> None:
    arrows = {(state.value, after.value, move.value) for (state, move), after in ARROWS.items()}
    assert sorted(drawings.arrows(DRAWING)) == sorted(arrows)


def test_the_table_of_refusals_is_that_of_the_machine() -> None:
    refused = {
        move.value: [*NOT_IN_THIS_STATE[move].values(), *(code for _, code in GUARDS.get(move, ()))]
        for move in JobMove
    }
    rows = drawings.table(refused, codes_of(jobs), {TOO_MANY_WAITING.id: "ask"})
    assert drawings.refusals(DRAWING) == rows


class JobWalk(RuleBasedStateMachine):
    """Two workers and some officials do random things; a model of who holds the job agrees.

    The model knows nothing of states: a job has a holder, an end, a wish to cancel, a last beat.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = WAITING
        self.holder: str | None = None
        self.end: str | None = None
        self.cancelled = False
        self.clock = self.beat = 0
        self.stored = 0

    def _try(self, move: JobMove, *, allowed: bool, **facts) -> bool:
        silent = timedelta(seconds=self.clock - self.beat)
        known = JobFacts(
            claimed_by=self.holder, cancel_asked=self.cancelled, silent=silent, **facts
        )
        try:
            self.state = next_state(self.state, move, known)
        except RuleViolation:
            assert not allowed
            return False
        assert allowed
        return True

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def claim(self, worker: str) -> None:
        if self._try(
            JobMove.CLAIM, allowed=self.holder is None and self.end is None, worker=worker
        ):
            self.holder, self.beat = worker, self.clock

    @rule()
    def stop(self) -> None:
        allowed = self.holder is not None and self.end is None and not self.cancelled
        self._try(JobMove.STOP, allowed=allowed)

    @rule()
    def cancel(self) -> None:
        if self._try(JobMove.CANCEL, allowed=self.end is None):
            self.cancelled = True
            self.end = None if self.holder else "cancelled"

    @rule(worker=st.sampled_from(["w1", "w2"]), seconds=st.integers(0, 20))
    def time_passes(self, worker: str, seconds: int) -> None:
        self.clock += seconds
        if self._try(JobMove.BEAT, allowed=self._holds(worker), worker=worker):
            self.beat = self.clock

    @rule(seconds=st.integers(0, 20))
    def silence(self, seconds: int) -> None:
        self.clock += seconds

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def finish(self, worker: str) -> None:
        allowed = self._holds(worker) and not self.cancelled
        if self._try(JobMove.FINISH, allowed=allowed, worker=worker):
            self.end, self.stored = "done", self.stored + 1

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def fail(self, worker: str) -> None:
        if self._try(JobMove.FAIL, allowed=self._holds(worker), worker=worker):
            self.end = "failed"

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def abandon(self, worker: str) -> None:
        if self._try(
            JobMove.ABANDON, allowed=self._holds(worker) and self.cancelled, worker=worker
        ):
            self.end = "cancelled"

    @rule(successor=st.booleans())
    def bury(self, *, successor: bool) -> None:
        silent = self.clock - self.beat
        dead = silent >= (3 if successor else 15)
        allowed = self.holder is not None and self.end is None and dead
        if self._try(JobMove.BURY, allowed=allowed, successor=successor):
            self.end = "failed"

    def _holds(self, worker: str) -> bool:
        return self.holder == worker and self.end is None

    @invariant()
    def the_state_tells_what_the_model_knows(self) -> None:
        told = self.end or ("running" if self.holder else "waiting")
        assert (self.state.value, self.state in ENDED) == (told, self.end is not None)
        assert self.stored <= 1


TestJobWalk = JobWalk.TestCase
