"""Differences settled by a third person; signatures and their reopening."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions import counting
from election.actions.act import Act
from election.database import db, transaction
from election.models import (
    BallotAccount,
    Election,
    Entry,
    NoteKind,
    SheetNote,
)
from election.queries.audit import verify
from election.queries.counting import in_force, open_findings
from election.rules.access import Role
from election.rules.counting import PaperAccount as Account
from election.rules.counting import SheetState
from election.rules.elections.phases import Phase
from tests.actions import small_town as small
from tests.actions.counting.sheets import _by_scrutineer, _differ, _refused, _sheet, _state
from tests.builders import AT, Office


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def test_a_third_person_settles_each_field_by_the_side_the_paper_bears_out(
    town: small.Town,
) -> None:
    sheet_id, ids, right, _ = _differ(town)
    sides = {f"for:{ids['赵五']}": 2, f"against:{ids['赵五']}": 2}
    resolve, fresh = counting.resolve, town.sheet(3, "S03").id
    _refused("R.369", _by_scrutineer, town, resolve, fresh, sides={}, reason="看过")
    _refused("R.371", _by_scrutineer, town, resolve, sheet_id, sides={}, reason="看过")
    _refused("R.392", _by_scrutineer, town, resolve, sheet_id, sides=sides, reason=" ")
    _by_scrutineer(town, resolve, sheet_id, sides=sides, reason="纸面为110")
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.figures) == (SheetState.AGREED, right)
    assert [n.kind for n in sheet.notes] == [NoteKind.RESOLUTION]
    small.sign(town, sheet_id)
    assert verify(db.session()) == []


def test_a_misread_name_is_settled_by_the_side_that_has_it(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    votes = {ids["李四"]: 120, ids["赵五"]: 100}
    one = small.paper(votes, writeins={"吴晓": 7})
    small.enter(town, sheet_id, one, 0)
    small.enter(town, sheet_id, small.paper(votes, writeins={"吴小": 7}), 1)
    sides = {"writein:吴晓": 1, "writein:吴小": 1}
    _by_scrutineer(town, counting.resolve, sheet_id, sides=sides, reason="纸面为吴晓")
    assert town.sheet(2, "S02").figures == one


def test_a_choice_that_makes_the_sheet_impossible_is_refused(town: small.Town) -> None:
    sheet_id, ids, _, _ = _differ(town)
    sides = {f"for:{ids['赵五']}": 1, f"against:{ids['赵五']}": 2}
    _refused("R.365", _by_scrutineer, town, counting.resolve, sheet_id, sides=sides, reason="错")


def test_who_entered_a_sheet_decides_nothing_about_it(office: Office) -> None:
    town = small.counting_town(office)
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    both = office.actor(Role.TELLER, 0)
    both = type(both)(
        both.township_id, both.official_id, both.number, frozenset({Role.TELLER, Role.SCRUTINEER})
    )
    small.keep(town, sheet_id, figures)
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        counting.enter(Act(session, both, AT), sheet, figures)
    small.enter(town, sheet_id, figures, 1)

    def act(function, **more) -> None:
        with transaction() as session:
            function(Act(session, both, AT), counting.locked(session, sheet_id), **more)

    digest = town.sheet(2, "S02").digest
    _refused("R.381", act, counting.sign, digest=digest, answers={})
    _refused("R.373", act, counting.return_to_tellers, reason="重录")


def test_a_sheet_returned_keeps_its_entries_and_takes_two_new_ones(town: small.Town) -> None:
    sheet_id, _ids, right, _ = _differ(town)
    _refused("R.376", _by_scrutineer, town, counting.return_to_tellers, sheet_id, reason="")
    _by_scrutineer(town, counting.return_to_tellers, sheet_id, reason="计票组重点")
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.generation, in_force(sheet)) == (SheetState.AWAITING_FIRST, 2, {})
    assert len(sheet.entries) == 2
    small.enter(town, sheet_id, right, 1)
    small.enter(town, sheet_id, right, 2)
    small.sign(town, sheet_id)
    assert verify(db.session()) == []


def test_the_signature_is_bound_to_the_figures_seen(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.keep(town, sheet_id, figures)
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    _refused("R.385", _by_scrutineer, town, counting.sign, sheet_id, digest="0" * 64, answers={})
    assert _state(sheet_id) is SheetState.AGREED


def test_warnings_are_explained_and_alerts_decided_before_a_signature(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 100, ids["赵五"]: 110}, issued=300, returned=302, void=12)
    small.keep(town, sheet_id, figures)
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    codes = [one.code.id for one, _ in open_findings(town.sheet(2, "S02"))]
    assert codes == ["A.311", "W.342"]
    digest, sign = town.sheet(2, "S02").digest, counting.sign
    keys = {"W.342": "W.342:void+returned", "A.311": "A.311:returned+issued"}
    warned = {keys["W.342"]: "雨天"}
    _refused("R.383", _by_scrutineer, town, sign, sheet_id, digest=digest, answers=warned)
    decided = {keys["A.311"]: "选委会〔2021〕5号"}
    _refused("R.384", _by_scrutineer, town, sign, sheet_id, digest=digest, answers=decided)
    assert db.session.scalar(select(func.count()).select_from(SheetNote)) == 0
    _by_scrutineer(town, sign, sheet_id, digest=digest, answers=warned | decided)
    kinds = {n.code: n.kind for n in town.sheet(2, "S02").notes}
    assert kinds == {"A.311": NoteKind.DECISION, "W.342": NoteKind.EXPLANATION}
    assert verify(db.session()) == []


def test_an_account_changed_after_the_look_needs_its_own_explanation(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.keep(town, sheet_id, figures)
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    digest = town.sheet(2, "S02").digest
    with transaction() as session:
        changed = Account(checked_in=290, proxy=10, printed=400, spoiled_replaced=2, unused=3)
        kept = {counting.locked(session, sheet_id): changed}
        counting.keep_accounts(Act(session, town.actor(Role.STATION_OFFICER), AT), kept)
    _refused("R.384", _by_scrutineer, town, counting.sign, sheet_id, digest=digest, answers={})


def test_a_signed_sheet_keeps_its_account_and_its_figures(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.count(town, sheet_id, figures)
    _refused("R.524", small.keep, town, sheet_id, small.paper({}, issued=310))
    _refused("R.364", small.enter, town, sheet_id, figures, 2)
    _refused("R.377", _by_scrutineer, town, counting.return_to_tellers, sheet_id, reason="改")
    _refused("R.380", small.sign, town, sheet_id)
    assert db.session.scalars(select(BallotAccount)).one().checked_in == 290


def _reopen(town: small.Town, sheet_id: int, role: Role, reason: str) -> None:
    with transaction() as session:
        sheet = counting.locked(session, sheet_id)
        counting.reopen(Act(session, town.actor(role), AT), sheet, reason=reason)


def test_only_the_director_opens_a_signed_sheet_again_and_says_why(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    small.count(town, sheet_id, figures)
    signer = town.sheet(2, "S02").signed_by
    _refused("R.388", _reopen, town, sheet_id, Role.SCRUTINEER, "错")
    _refused("R.389", _reopen, town, sheet_id, Role.DIRECTOR, "  ")
    _reopen(town, sheet_id, Role.DIRECTOR, "另一名监票人指出漏数")
    sheet = town.sheet(2, "S02")
    assert (sheet.state, sheet.figures, sheet.signed_by) == (SheetState.AWAITING_FIRST, None, None)
    note = next(n for n in sheet.notes if n.kind is NoteKind.REOPENED)
    assert (note.details["figures"], note.details["signed_by"]) == (figures, signer)
    assert verify(db.session()) == []


def test_a_sheet_of_a_certified_round_is_not_opened_again(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.certify(town, 2)
    sheet_id = town.sheet(2, "S02").id
    _refused("R.621", _reopen, town, sheet_id, Role.DIRECTOR, "错")


def test_nothing_is_counted_outside_the_stage_of_counting(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    with transaction() as session:
        session.get_one(Election, town.election_id).phase = Phase.POLLING
        small._act(session, town.office)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    _refused("R.151", small.enter, town, sheet_id, figures, 0)
    _refused("R.151", small.keep, town, sheet_id, figures)


def test_the_act_of_a_role_without_the_right_leaves_nothing_behind(town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})

    def enter_as_director() -> None:
        with transaction() as session:
            sheet = counting.locked(session, sheet_id)
            counting.enter(Act(session, town.actor(Role.DIRECTOR), AT), sheet, figures)

    _refused("R.901", enter_as_director)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0
    assert _state(sheet_id) is SheetState.AWAITING_FIRST


@pytest.mark.slow
def test_two_tellers_at_the_same_moment_both_keep_their_work(app: Flask, town: small.Town) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    gate, problems = threading.Barrier(2), []

    def work(which: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                small.enter(town, sheet_id, figures, which)
            except Exception as error:  # noqa: BLE001 - told to the main thread
                problems.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(n,)) for n in (0, 1)]
    db.session.remove()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    sheet = town.sheet(2, "S02")
    assert sheet.state is SheetState.AGREED
    assert {entry.slot: entry.person for entry in sheet.entries}.keys() == {1, 2}
    assert len({entry.person for entry in sheet.entries}) == 2
    assert verify(db.session()) == []


def test_more_proxies_than_the_voters_of_the_district_can_have_been_need_a_decision_r7_12(
    town: small.Town,
) -> None:
    sheet_id, ids = _sheet(town)
    figures = small.paper({ids["李四"]: 180, ids["赵五"]: 110})
    with transaction() as session:
        kept = Account(checked_in=70, proxy=230, printed=305, spoiled_replaced=2, unused=3)
        counting.keep_accounts(
            Act(session, town.actor(Role.STATION_OFFICER), AT),
            {counting.locked(session, sheet_id): kept},
        )
    small.enter(town, sheet_id, figures, 0)
    small.enter(town, sheet_id, figures, 1)
    assert [one.code.id for one, _ in open_findings(town.sheet(2, "S02"))] == ["A.333"]
    digest = town.sheet(2, "S02").digest
    _refused("R.383", _by_scrutineer, town, counting.sign, sheet_id, digest=digest, answers={})
