"""Drive the office through the stages in the names of its people."""

import sys
from collections.abc import Callable
from datetime import date, timedelta

import click
from sqlalchemy import select

from election.actions.act import Act
from election.actions.elections import set_up
from election.actions.units import table as unit_acts
from election.cli.sample import ballots, candidates, districting, publishing
from election.cli.sample.moments import UNTIL, now, turn_to
from election.cli.sample.staff import Login, Staff, hire
from election.cli.sample.town import COUNTY_SEATS, PEOPLE, TOWN_SEATS, borders, bricks
from election.clock import local
from election.database import db, transaction
from election.models import Election, PopulationBasis, Township, UnitKind
from election.queries.elections import readiness
from election.queries.units.table import UnitValues
from election.rules.access import Actor
from election.rules.elections.phases import Phase
from election.rules.terms import Level
from election.tenant import stay_in

ELECTION_DAY = date(2021, 12, 8)  # elected before the 16th, the congress sat on the 23rd
TERM = 19  # of both congresses
TITLE = "鹤浦镇2021年人大换届选举（样例）"
_DECIDED = {
    Level.TOWN: "样例：县人大常委会关于代表名额的决定",
    Level.COUNTY: "样例：县选举委员会关于代表名额分配的决定",
}


class Drive:
    """One run of the sample; the stages in order, stopping after `until`."""

    def __init__(self, until: str) -> None:
        self.until = until
        self.staff: Staff
        self.election_id = 0

    def require_no_office(self) -> None:
        """Say that there is one already, and exit 2."""
        if db.session.scalar(select(Election.id).limit(1)) or db.session.scalar(
            select(Township.id).limit(1)
        ):
            click.echo(
                "数据库中已有选举，不再生成样例 / the database holds an office already", err=True
            )
            sys.exit(2)

    def run(self) -> list[Login]:
        """Make everything; the logins of the office."""
        self.staff = hire()
        stay_in(db.session(), self.staff.township_id)
        steps: dict[str, Callable[[], None]] = {
            "set_up": self.set_up,
            "units": self.units,
            "districts": self.districts,
            "candidates": self.candidates,
            "polling": self.polling,
            "counting": self.counting,
            "results": self.results,
            "published": self.publish,
        }
        for name in UNTIL:
            steps[name]()
            if name == self.until:
                break
        return self.staff.logins

    def set_up(self) -> None:
        """Election day, both congresses, the approved seats."""
        director = self.staff["director"]
        with transaction() as session:
            election = set_up.create(
                Act(session, director, now()),
                title=TITLE,
                election_day=ELECTION_DAY,
            )
            for level, name, seats in (
                (Level.COUNTY, "象山县人民代表大会（样例）", COUNTY_SEATS),
                (Level.TOWN, "鹤浦镇人民代表大会（样例）", TOWN_SEATS),
            ):
                set_up.set_congress(
                    Act(session, director, now()),
                    election,
                    level=level,
                    name=name,
                    term=TERM,
                    approved_seats=seats,
                    decision_reference=_DECIDED[level],
                    population=PEOPLE if level is Level.TOWN else None,
                    population_basis=PopulationBasis.HUKOU,
                    population_date=date(2021, 6, 30) if level is Level.TOWN else None,
                    population_source="样例数据",
                    population_confirmed=level is Level.TOWN,
                )
            self.election_id = election.id

    def units(self) -> None:
        """34 villages and 4 communities with their neighbours."""
        units_of_town, pairs = bricks(), borders(bricks())
        values = [
            UnitValues(
                code=brick.code,
                name=brick.name,
                kind=UnitKind(brick.kind),
                hukou_population=brick.hukou,
                resident_population=brick.resident,
                neighbours=tuple(
                    sorted(b if a == brick.code else a for a, b in pairs if brick.code in (a, b))
                ),
                x=float(brick.x),
                y=float(brick.y),
            )
            for brick in units_of_town
        ]
        with transaction() as session:
            unit_acts.save_table(
                Act(session, self.staff["director"], now()),
                session.get_one(Election, self.election_id),
                add=values,
                change={},
                remove=(),
            )

    def districts(self) -> None:
        """Both plans, adopted."""
        turn_to(ELECTION_DAY - timedelta(days=40))
        districting.draw(self.election_id, by=self.staff["director"])
        self._milestone("roll_published", ELECTION_DAY - timedelta(days=21))

    def candidates(self) -> None:
        """Nominations, first and formal lists."""
        turn_to(ELECTION_DAY - timedelta(days=20))
        self.to(Phase.NOMINATION)
        candidates.nominate(self.election_id, ELECTION_DAY, self.staff)

    def polling(self) -> None:
        """Stations and mobile boxes; voters on the frozen roll."""
        turn_to(ELECTION_DAY - timedelta(days=2))
        self.to(Phase.POLLING)
        ballots.set_up_places(self.election_id, by=self.staff["director"])

    def counting(self) -> None:
        """Accounts and both entries of all sheets, compared and signed."""
        turn_to(ELECTION_DAY, hour=19)
        self.to(Phase.COUNTING)
        ballots.count(self.election_id, self.staff)

    def results(self) -> None:
        """Certify, open what the law asks for, count it, certify it."""
        ballots.certify(self.election_id, self.staff, ELECTION_DAY)

    def publish(self) -> None:
        """Both result packages."""
        turn_to(ELECTION_DAY + timedelta(days=6))
        self.to(Phase.CLOSED)
        publishing.publish(self.election_id, by=self.staff["publisher"])

    def to(self, phase: Phase) -> None:
        """Move the election one phase on; what is missing stops the sample."""
        by: Actor = self.staff["director"]
        with transaction() as session:
            election = session.get_one(Election, self.election_id)
            at = now()
            missing = readiness.missing(session, election, phase, today=local(at).date())
            if missing:
                raise RuntimeError("; ".join(finding.cause.en for finding in missing))
            set_up.move_phase(
                Act(session, by, at),
                election,
                to=phase,
                reason="",
                faults=0,
                alerts=0,
                records=0,
                staff_checked=phase is Phase.COUNTING,
            )

    def _milestone(self, key: str, day: date) -> None:
        with transaction() as session:
            for congress in session.get_one(Election, self.election_id).congresses:
                set_up.set_milestone(
                    Act(session, self.staff["director"], now()),
                    congress,
                    key=key,
                    done_on=day,
                    note="样例",
                )
