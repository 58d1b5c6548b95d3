"""The sample's nominations, lists and formal candidates."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.candidates import candidacies as acts
from election.actions.candidates import lists, nominations
from election.actions.candidates.persons import Particulars
from election.actions.candidates.reduction import Reduction, fix_formal
from election.actions.candidates.signatures import Nominators
from election.cli.sample.dice import Dice
from election.cli.sample.moments import now, turn_to
from election.cli.sample.people import people
from election.cli.sample.staff import Staff
from election.database import transaction
from election.models import Candidacy, District, Election, NominationKind, Sex
from election.queries.elections.progress import adopted_districts
from election.rules.candidates.kinds import Way, Which
from election.rules.candidates.lists import legal_number
from election.rules.candidates.nominations import NomineePapers
from election.rules.candidates.signatures import Signature

_COMPLETE = NomineePapers(
    introduction=True, acceptance=True, identity=True, resume=True, residence_abroad_stated=True
)
_EDUCATION = ("初中", "高中", "大专", "本科")
_WORK = ("务农", "渔业", "个体经营", "村干部", "企业职工", "教师", "医务人员", "企业负责人")
_SIGNERS = 10
_ORGANISATION = Nominators(
    kind=NominationKind.ORGANISATION, organisations=("中共鹤浦镇委员会（样例）",)
)
_REDUCED_EVERY = 9  # every ninth district has one nominee more than may stand
_LATER_PEOPLE = 60  # enough for the last nominees of those districts and for names met before


def nominate(election_id: int, election_day: date, staff: Staff) -> None:
    """Nominate, publish the first list, reduce, publish the formal list."""
    with transaction() as session:
        keys = list(session.scalars(adopted_districts(election_id).order_by(District.id)))
        nominee_counts = [(district.id, _nominees(district)) for district in keys]
    names = iter(people(sum(count for _, count in nominee_counts)))
    signers = iter(
        people(sum(count for _, count in nominee_counts) * _SIGNERS, seed="hepu/signers")
    )
    dice = Dice("hepu/nominations")
    for key, count in nominee_counts:
        with transaction() as session:
            for place in range(count):
                voters = [next(signers)[0] for _ in range(_SIGNERS)]
                joint = place > 0 or dice.below(3) == 0  # one organisation names one person here
                nominators = _nominators(voters, key) if joint else _ORGANISATION
                _nominate_one(session, key, next(names), nominators, dice, election_day, staff)
    _nominate_too_many(nominee_counts, election_day, staff)
    turn_to(election_day - timedelta(days=16))
    _publish(election_id, Which.FIRST, election_day - timedelta(days=16), staff)
    turn_to(election_day - timedelta(days=9))
    for key, _count in nominee_counts:
        _reduce(key, staff)
    turn_to(election_day - timedelta(days=8))
    _publish(election_id, Which.FORMAL, election_day - timedelta(days=8), staff)


def _nominees(district: District) -> int:
    least, _most = legal_number(district.seats)
    return least + (district.id % _REDUCED_EVERY == 0)


def _nominate_too_many(
    nominee_counts: list[tuple[int, int]], election_day: date, staff: Staff
) -> None:
    """One nominee more than the law takes in every ninth district: only then may it reduce."""
    met = {name for name, _sex in people(sum(count for _, count in nominee_counts))}
    names = iter(
        [person for person in people(_LATER_PEOPLE, seed="hepu/later") if person[0] not in met]
    )
    signers = iter(people(_LATER_PEOPLE * _SIGNERS, seed="hepu/later-signers"))
    dice = Dice("hepu/later-nominations")
    for key, count in nominee_counts:
        if key % _REDUCED_EVERY:
            continue
        with transaction() as session:
            _least, most = legal_number(session.get_one(District, key).seats)
            for _place in range(count, most + 1):
                voters = [next(signers)[0] for _ in range(_SIGNERS)]
                nominators = _nominators(voters, key)
                _nominate_one(session, key, next(names), nominators, dice, election_day, staff)


def _nominators(voters: list[str], district_id: int) -> Nominators:
    """Ten voters of the district; numbers as on the roll."""
    return Nominators(
        kind=NominationKind.JOINT,
        signatures=tuple(
            Signature(name, f"{district_id:03d}{place:04d}")
            for place, name in enumerate(voters, start=1)
        ),
    )


def _nominate_one(
    session: Session,
    district_id: int,
    who: tuple[str, str],
    nominators: Nominators,
    dice: Dice,
    election_day: date,
    staff: Staff,
) -> None:
    nomination = nominations.receive(
        Act(session, staff["registrar"], now()),
        session.get_one(District, district_id),
        person=_particulars(who, dice),
        nominators=nominators,
        received_on=election_day - timedelta(days=dice.between(17, 20)),
        namesake=True,
    )
    candidacy = nominations.accept(
        Act(session, staff["registrar"], now()), nomination, papers=_COMPLETE, note="样例：材料齐全"
    )
    acts.review(
        Act(session, staff["reviewer"], now()),
        candidacy,
        opinion="样例：经了解核实，未发现不符合规定的情况",
    )


def _particulars(who: tuple[str, str], dice: Dice) -> Particulars:
    name, sex = who
    return Particulars(
        name=name,
        sex=Sex(sex),
        birth_month=f"{dice.between(1958, 1996)}-{dice.between(1, 12):02d}",
        nationality="回族" if name.startswith("马·") else "汉族",
        education=dice.pick(_EDUCATION),
        party="中共党员" if dice.below(100) < 55 else "群众",
        occupation=dice.pick(_WORK),
    )


def _reduce(district_id: int, staff: Staff) -> None:
    """Consultation keeps the least legal number; where nobody is too many all stand."""
    with transaction() as session:
        district = session.get_one(District, district_id)
        query = select(Candidacy.id).where(Candidacy.district_id == district_id)
        listed = session.scalars(query.order_by(Candidacy.id)).all()
        least, _most = legal_number(district.seats)
        way = (
            Reduction(way=Way.ALL)
            if len(listed) == least
            else Reduction(
                way=Way.CONSULTATION,
                chosen=frozenset(listed[:least]),
                note="样例：经选民小组酝酿协商，较多数选民意见一致",
            )
        )
        fix_formal(Act(session, staff["director"], now()), district, way)


def _publish(election_id: int, which: Which, day: date, staff: Staff) -> None:
    with transaction() as session:
        for congress in session.get_one(Election, election_id).congresses:
            lists.publish(
                Act(session, staff["director"], now()),
                congress,
                which,
                done_on=day,
                reason="样例数据",
                no_member_listed=True,
            )
