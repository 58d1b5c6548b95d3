"""Acts on units: neighbours are mutual, codes unique on the way, what a plan rests on stays."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from election.actions.act import Act
from election.actions.elections import set_up
from election.actions.units import table as acts
from election.actions.units.table import Pairs, UnitsChanged
from election.database import db, transaction
from election.models import (
    Assignment,
    AuditEntry,
    District,
    Election,
    Neighbour,
    Plan,
    PlanStatus,
    Unit,
)
from election.queries.audit import verify
from election.queries.units import table as queries
from election.queries.units.table import UnitValues
from election.rules.access import Role
from election.rules.elections.phases import Phase
from election.rules.terms import Level, RuleViolation
from election.rules.units.checks import VoterGroup
from election.rules.units.kinds import NeighbourKind, UnitKind
from tests.builders import AT, Office, an_election, congress_of, seed
from tests.queries.units.test_units import asked_of_the_database

A1 = UnitValues("A1", "东山村", UnitKind.VILLAGE, 1200, None, ("A2",))
A2 = UnitValues("A2", "西山村", UnitKind.VILLAGE, 800, 790, ("A1",), ("A3",))
A3 = UnitValues("A3", "渔港社区", UnitKind.COMMUNITY, None, 3000, (), ("A2",))


class Town:
    """An election with three units, and its acts by the registrar."""

    def __init__(self, office: Office) -> None:
        self.by = office.actor(Role.REGISTRAR)
        self.office = office
        self.election_id = an_election(office)
        self.save(add=[A1, A2, A3])

    def save(
        self,
        *,
        add: list[UnitValues] | None = None,
        change: dict[str, UnitValues] | None = None,
        remove: tuple[str, ...] = (),
    ) -> None:
        ids = self.ids
        with transaction() as session:
            acts.save_table(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                add=add or [],
                change={ids[code]: values for code, values in (change or {}).items()},
                remove=[ids[code] for code in remove],
            )

    def neighbours(self, pairs: Pairs, *, basis: str | None = None) -> None:
        with transaction() as session:
            acts.store_neighbours(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                pairs=pairs,
                basis=basis or self.basis,
                source={"file": "相邻.csv", "sha256": "0"},
            )

    def shapes(self, change: dict[str, UnitValues], *, basis: str | None = None) -> None:
        ids, now = self.ids, basis or self.basis
        with transaction() as session:
            acts.store_shapes(
                Act(session, self.by, AT),
                session.get_one(Election, self.election_id),
                change={ids[code]: values for code, values in change.items()},
                basis=now,
                source={"file": "图形.geojson", "sha256": "0"},
            )

    @property
    def basis(self) -> str:
        db.session.expire_all()
        return queries.basis(queries.of_election(db.session(), self.election_id))

    @property
    def table(self) -> list[UnitValues]:
        db.session.expire_all()
        return [
            row.values for row in queries.of_election(db.session(), self.election_id, outlines=True)
        ]

    @property
    def ids(self) -> dict[str, int]:
        db.session.expire_all()
        rows = queries.of_election(db.session(), self.election_id)
        return {row.values.code: row.id for row in rows}

    def versions(self) -> dict[str, int]:
        db.session.expire_all()
        rows = queries.of_election(db.session(), self.election_id)
        return {row.values.code: row.version for row in rows}

    def plan(self, status: PlanStatus, *codes: str) -> None:
        """A plan whose only district holds these units."""
        congress = congress_of(self.election_id, Level.TOWN)
        adopted = status is PlanStatus.ADOPTED
        here = {"township_id": self.office.township_id}
        plan = Plan(
            **here,
            congress_id=congress.id,
            name="方案一",
            status=status,
            adopted_at=AT if adopted else None,
            adopted_by="1" if adopted else None,
        )
        seed(self.office, [plan])
        district = District(**here, plan_id=plan.id, number=1, seats=3)
        seed(self.office, [district])
        ids = self.ids
        seed(
            self.office,
            [
                Assignment(**here, plan_id=plan.id, district_id=district.id, unit_id=ids[c])
                for c in codes
            ],
        )


@pytest.fixture
def town(app: Flask, office: Office) -> Town:
    return Town(office)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RuleViolation) as refusal:
        act()
    return refusal.value.code.id


def test_a_table_is_stored_with_neighbours_on_both_sides(town: Town) -> None:
    assert town.table == [A1, A2, A3]
    pairs = db.session.execute(select(Neighbour.a_id < Neighbour.b_id)).scalars().all()
    assert pairs == [True, True]
    assert verify(db.session()) == []


def test_an_act_keeps_all_new_values_in_the_chain(town: Town) -> None:
    town.save(change={"A1": replace(A1, hukou_population=None)})
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    changed = replace(A1, hukou_population=None).to_json()
    assert (entry.what, entry.role, entry.data["changed"]) == (
        "units.save_table",
        "registrar",
        {str(town.ids["A1"]): changed},
    )


def test_two_units_may_swap_their_codes(town: Town) -> None:
    town.save(
        change={
            "A1": replace(A1, code="A2", neighbours=("A1",)),
            "A2": replace(A2, code="A1", neighbours=("A2",)),
        }
    )
    assert [(unit.code, unit.name) for unit in town.table] == [
        ("A1", "西山村"),
        ("A2", "东山村"),
        ("A3", "渔港社区"),
    ]
    assert town.table[0].ties.keys() == {"A2", "A3"}
    assert verify(db.session()) == []


def test_a_unit_that_is_not_changed_keeps_the_neighbours_it_is_silent_about(town: Town) -> None:
    town.save(change={"A3": replace(A3, ferries=())})
    assert [unit.ties.keys() for unit in town.table] == [{"A2"}, {"A1"}, set()]


def test_who_loses_or_gains_a_neighbour_counts_as_changed(town: Town) -> None:
    before = town.versions()
    town.save(change={"A1": replace(A1, neighbours=("A2", "A3"))})
    after = town.versions()
    assert {code: after[code] - before[code] for code in after} == {"A1": 1, "A2": 0, "A3": 1}
    town.save(remove=("A1",))
    assert {code: town.versions()[code] - after[code] for code in ("A2", "A3")} == {
        "A2": 1,
        "A3": 1,
    }
    assert [unit.ties.keys() for unit in town.table] == [{"A3"}, {"A2"}]
    assert verify(db.session()) == []


def test_an_unknown_neighbour_or_a_code_twice_stores_nothing(town: Town) -> None:
    new = UnitValues("A4", "南山村", UnitKind.VILLAGE)
    assert refused(lambda: town.save(add=[new, replace(A1, code="A1")])) == "E.223"
    assert refused(lambda: town.save(add=[new, new])) == "E.222"
    assert refused(lambda: town.save(add=[replace(new, neighbours=("A9",))])) == "E.224"
    assert town.table == [A1, A2, A3]
    assert verify(db.session()) == []


def test_a_unit_in_a_plan_cannot_be_removed(town: Town) -> None:
    town.plan(PlanStatus.DRAFT, "A1")
    assert refused(lambda: town.save(remove=("A1",))) == "R.229"
    town.save(remove=("A3",))
    assert [unit.code for unit in town.table] == ["A1", "A2"]


def test_what_an_adopted_plan_was_decided_on_cannot_change_but_names_can(town: Town) -> None:
    town.plan(PlanStatus.ADOPTED, "A1", "A2", "A3")
    new = UnitValues("A4", "南山村", UnitKind.VILLAGE)
    for act in (
        lambda: town.save(add=[new]),
        lambda: town.save(remove=("A3",)),
        lambda: town.save(change={"A1": replace(A1, hukou_population=1)}),
        lambda: town.save(change={"A1": replace(A1, neighbours=())}),
        lambda: town.save(change={"A1": replace(A1, voter_groups=(VoterGroup("一组", 9),))}),
        lambda: town.neighbours({("A1", "A3"): NeighbourKind.LAND}),
    ):
        assert refused(act) == "R.230"
    town.save(change={"A1": replace(A1, code="B1", name="东山新村", x=1.0)})
    assert [unit.name for unit in town.table] == ["西山村", "渔港社区", "东山新村"]


def test_units_are_closed_once_nomination_has_begun(town: Town) -> None:
    with transaction() as session:
        set_up.move_phase(
            Act(session, town.office.actor(Role.DIRECTOR), AT),
            session.get_one(Election, town.election_id),
            to=Phase.NOMINATION,
            reason="",
            faults=0,
            alerts=0,
            records=0,
        )
    assert refused(lambda: town.save(change={"A1": replace(A1, name="x村")})) == "R.151"


def test_only_who_may_edit_units_can(town: Town) -> None:
    town.by = town.office.actor(Role.TELLER)
    assert refused(lambda: town.save(remove=("A3",))) == "R.901"
    assert len(town.table) == 3


def test_an_import_over_units_that_changed_since_its_preview_stores_nothing(town: Town) -> None:
    basis = queries.basis(queries.of_election(db.session(), town.election_id))
    new = UnitValues("A4", "南山村", UnitKind.VILLAGE, neighbours=("A1",))

    def store() -> None:
        with transaction() as session:
            acts.store_import(
                Act(session, town.by, AT),
                session.get_one(Election, town.election_id),
                add=[new],
                change={},
                basis=basis,
                file_name="x.csv",
                file_digest="0" * 64,
            )

    town.save(change={"A3": replace(A3, name="渔港")})
    with pytest.raises(UnitsChanged):
        store()
    assert len(town.table) == 3
    basis = queries.basis(queries.of_election(db.session(), town.election_id))
    store()
    assert [unit.code for unit in town.table] == ["A1", "A2", "A3", "A4"]
    assert verify(db.session()) == []


def test_single_acts_add_change_and_remove(town: Town) -> None:
    new = UnitValues("A4", "南山村", UnitKind.WORKPLACE, 0, 0, ("A1",))
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        acts.add(Act(session, town.by, AT), election, new)
    assert town.table[-1] == new
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        unit = session.get_one(Unit, town.ids["A4"])
        acts.change(Act(session, town.by, AT), election, unit, replace(new, neighbours=()))
    assert town.table == [A1, A2, A3, replace(new, neighbours=())]
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        acts.remove(Act(session, town.by, AT), election, session.get_one(Unit, town.ids["A4"]))
    assert town.table == [A1, A2, A3]
    assert verify(db.session()) == []


OUTLINE = '{"type":"Polygon","coordinates":[[[1.0,2.0],[3.0,2.0],[3.0,4.0],[1.0,2.0]]]}'


def last_act() -> AuditEntry:
    db.session.expire_all()
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()


def test_pairs_are_added_changed_and_removed_in_one_act(town: Town) -> None:
    town.neighbours(
        {
            ("A1", "A2"): None,
            ("A2", "A3"): NeighbourKind.LAND,
            ("A1", "A3"): NeighbourKind.FERRY,
        }
    )
    assert [(unit.neighbours, unit.ferries) for unit in town.table] == [
        ((), ("A3",)),
        (("A3",), ()),
        (("A2",), ("A1",)),
    ]
    assert (last_act().what, last_act().data["pairs"][0]) == (
        "units.neighbours",
        {"a": "A1", "b": "A2", "kind": None},
    )
    assert verify(db.session()) == []


def test_an_outline_and_groups_are_kept_exactly_and_stand_in_the_chain(town: Town) -> None:
    town.save(change={"A1": replace(A1, voter_groups=(VoterGroup("一组", 700),))})
    drawn = replace(town.table[0], outline=OUTLINE)
    town.shapes({"A1": drawn})
    assert town.table[0] == drawn
    shapes = {"A1": {"outline": OUTLINE, "x": None, "y": None}}
    assert (last_act().what, last_act().data["shapes"]) == ("units.shapes", shapes)
    assert verify(db.session()) == []


def test_a_change_of_a_drawn_unit_keeps_its_outline(town: Town) -> None:
    town.shapes({"A1": replace(town.table[0], outline=OUTLINE)})
    town.save(change={"A1": replace(A1, name="东山新村")})
    assert (town.table[0].name, town.table[0].outline) == ("东山新村", OUTLINE)
    assert verify(db.session()) == []


def test_the_chain_reads_every_outline_it_commits_to_with_its_row(town: Town) -> None:
    """As many queries for thirty units as for three: outlines are large and loaded on their own."""
    asked = []
    for start, count in ((0, 3), (100, 30)):
        new = [replace(A1, code=f"N{n}", neighbours=()) for n in range(start, start + count)]
        asked.append(
            (
                len(asked_of_the_database(lambda new=new: town.save(add=new))),
                len(
                    asked_of_the_database(
                        lambda new=new: town.save(
                            change={one.code: replace(one, hukou_population=7) for one in new}
                        )
                    )
                ),
                len(asked_of_the_database(lambda: verify(db.session()))),
            )
        )
    assert asked[0] == asked[1]


def test_pairs_and_shapes_over_units_that_changed_store_nothing(town: Town) -> None:
    basis = town.basis
    town.save(change={"A3": replace(A3, name="渔港新社区")})
    for act in (
        lambda: town.neighbours({("A1", "A2"): None}, basis=basis),
        lambda: town.shapes({"A1": replace(A1, outline=OUTLINE)}, basis=basis),
    ):
        with pytest.raises(UnitsChanged):
            act()
    assert (town.table[0].neighbours, town.table[0].outline) == (("A2",), None)


def test_only_who_may_edit_units_stores_pairs_and_shapes(town: Town) -> None:
    town.by = town.office.actor(Role.DIRECTOR)
    town.neighbours({("A1", "A2"): None})
    town.by = town.office.actor(Role.TELLER)
    assert refused(lambda: town.neighbours({("A1", "A3"): NeighbourKind.LAND})) == "R.901"
    assert refused(lambda: town.shapes({"A1": replace(A1, neighbours=())})) == "R.901"
