"""The sample's polling places, count sheets and results."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions import counting
from election.actions.act import Act
from election.actions.polling import places
from election.actions.polling.places import PlaceDraft
from election.actions.results import certification
from election.cli.sample.dice import Dice
from election.cli.sample.moments import now, turn_to
from election.cli.sample.staff import Staff
from election.cli.sample.votes import Paper, make_equal, papers
from election.clock import local
from election.database import transaction
from election.models import CountSheet, District, Election, PlaceKind, Round, RoundKind
from election.queries.counting import open_findings
from election.queries.elections.progress import adopted_districts
from election.queries.results.outcomes import RoundCount, count_round
from election.rules.access import Actor
from election.rules.counting import PaperAccount, Papers
from election.rules.counting.entry import finding_key
from election.rules.days import day_text
from election.rules.results.written_in import Statement
from election.rules.terms import Level, Severity

_ADULTS = 80  # per cent of the people
_BOX_EVERY = 3  # every third town district sends a mobile box
_BOX_VOTERS = 46
_TIE, _FURTHER, _WRITE_IN = "tie", "further", "write_in"
# votes per mille of marked papers, the elected first; each sum leaves room below seats x 1000
_SHARES: dict[tuple[int, int], tuple[int, ...]] = {
    (1, 2): (690, 260),
    (2, 3): (770, 690, 340),
    (2, 4): (760, 680, 260, 180),
    (3, 4): (800, 740, 670, 390),
    (3, 5): (780, 710, 650, 330, 240),
    (3, 6): (760, 700, 640, 300, 220, 160),
}
_CASES: dict[str, tuple[int, ...]] = {
    _TIE: (770, 540, 540),
    _FURTHER: (780, 700, 440, 400),
    _WRITE_IN: (215, 185, 555),
}
_FOLLOWING: dict[RoundKind, tuple[int, ...]] = {
    RoundKind.TIE_REPEAT: (520, 430),
    RoundKind.FURTHER: (560, 390),
}
_LATER = timedelta(days=5)  # repeat votes and further elections
_MISREAD = 17  # the sheet whose second entry was mistyped and sent back


def set_up_places(election_id: int, *, by: Actor) -> None:
    """A station a town district, a mobile box every third one, and the numbers of the roll."""
    with transaction() as session:
        election = session.get_one(Election, election_id)
        drafts = [draft for row in _town(session, election_id) for draft in _place_drafts(row)]
        places.add_places(Act(session, by, now()), election, drafts)
        every_district = session.scalars(adopted_districts(election_id))
        numbers: dict[int, int | None] = {row.id: _voters(row) for row in every_district}
        places.set_registered(Act(session, by, now()), election, numbers)


def _place_drafts(district: District) -> Iterator[PlaceDraft]:
    village = district.assignments[0].unit.name
    yield PlaceDraft(
        code=f"T{district.number:02d}",
        name=f"{village}投票站",
        address=f"{village}文化礼堂",
        staff=6,
        scrutineers=2,
        town=district.id,
    )
    if district.number % _BOX_EVERY == 0:
        yield PlaceDraft(
            code=f"T{district.number:02d}B",
            name=f"{village}流动票箱",
            kind=PlaceKind.MOBILE_BOX,
            staff=2,
            scrutineers=2,
            town=district.id,
        )


def _town(session: Session, election_id: int) -> list[District]:
    districts = session.scalars(adopted_districts(election_id).order_by(District.number))
    return [district for district in districts if district.congress.level is Level.TOWN]


def _voters(district: District) -> int:
    """Each unit's adults; a county district so has the sum of its town districts."""
    return sum(
        ((assignment.population or assignment.unit.hukou_population or 0) * _ADULTS) // 100
        for assignment in district.assignments
    )


def count(election_id: int, staff: Staff) -> None:
    """Count every open round: accounts, two entries, signature."""
    with transaction() as session:
        cases = _special(session, election_id)
        open_ = [
            (ballot.id, cases.get(ballot.district_id)) for ballot in _rounds(session, election_id)
        ]
    for round_id, case in open_:
        _count_round(round_id, case, staff)


def _special(session: Session, election_id: int) -> dict[int, str]:
    """The first town districts that fit: a tie, a shortfall, a written-in winner."""
    cases: dict[int, str] = {}
    for case, seats, candidates in ((_TIE, 2, 3), (_FURTHER, 3, 4), (_WRITE_IN, 1, 2)):
        for ballot in _rounds(session, election_id):
            fits = ballot.seats == seats and len(ballot.candidates) == candidates
            if fits and ballot.district.congress.level is Level.TOWN:
                cases[ballot.district_id] = case
                break
    return cases


def _rounds(session: Session, election_id: int) -> Sequence[Round]:
    district_ids = adopted_districts(election_id).with_only_columns(District.id)
    return session.scalars(
        select(Round).where(Round.district_id.in_(district_ids)).order_by(Round.id)
    ).all()


def _count_round(round_id: int, case: str | None, staff: Staff) -> None:
    with transaction() as session:
        ballot = session.get_one(Round, round_id)
        sheets = sorted(ballot.sheets, key=lambda sheet: sheet.place.code)
        read = _papers(ballot, sheets, case)
        for sheet, paper in zip(sheets, read, strict=True):
            _one_sheet(session, counting.locked(session, sheet.id), paper, staff)


def figures_for(sheet: CountSheet) -> dict[str, int]:
    """What the sample's paper of one sheet says, without any of the special cases."""
    sheets = sorted(sheet.round.sheets, key=lambda row: row.place.code)
    read = _papers(sheet.round, sheets, None)
    return read[sheets.index(sheet)].figures


def _papers(ballot: Round, sheets: Sequence[CountSheet], case: str | None) -> list[Paper]:
    dice = Dice(f"hepu/{ballot.code}")
    codes = [row.candidacy.code for row in ballot.candidates]
    order = sorted(codes, key=lambda code: Dice(f"hepu/{ballot.code}/{code}").below(1000))
    write_in = None
    if case == _WRITE_IN:
        write_in = "朱鹤鸣"
        order.append(write_in)
    default = _FOLLOWING.get(ballot.kind) or _SHARES[ballot.seats, len(codes)]
    shares = dict(zip(order, _CASES[case] if case else default, strict=True))
    voters = _split(ballot.district.registered or 0, sheets)
    read = papers(dice, registered=voters, shares=shares, write_in=write_in)
    if case == _TIE:
        make_equal(read, order[1], order[2])
    return read


def _split(registered: int, sheets: Sequence[CountSheet]) -> list[int]:
    """Voters a place: boxes serve a few, the stations share the rest by hand of the first."""
    boxes = [sheet.place.kind is PlaceKind.MOBILE_BOX for sheet in sheets]
    at_stations = registered - _BOX_VOTERS * sum(boxes)
    stations = boxes.count(False)
    even = [at_stations // stations + (n < at_stations % stations) for n in range(stations)]
    return [_BOX_VOTERS if box else even.pop() for box in boxes]


def _one_sheet(session: Session, sheet: CountSheet, paper: Paper, staff: Staff) -> None:
    account = PaperAccount(
        checked_in=paper.checked_in,
        proxy=paper.proxy,
        printed=paper.printed,
        spoiled_replaced=paper.spoiled,
        unused=paper.unused,
    )
    counting.keep_accounts(Act(session, staff["station"], now()), {sheet: account})
    counting.enter(Act(session, staff["teller1"], now()), sheet, paper.figures, confirmed=True)
    second = dict(paper.figures)
    misread = sheet.id == _MISREAD
    if misread:
        second[Papers.VOID], second[Papers.BLANK] = second[Papers.BLANK], second[Papers.VOID]
    counting.enter(Act(session, staff["teller2"], now()), sheet, second, confirmed=True)
    if misread:
        _read_again(session, sheet, paper.figures, staff)
    _sign(session, sheet, staff["scrutineer"])


def _read_again(
    session: Session, sheet: CountSheet, figures: Mapping[str, int], staff: Staff
) -> None:
    """Void and blank were swapped: the scrutineer sends the second entry back, it is read again."""
    counting.send_back(Act(session, staff["scrutineer"], now()), sheet, slots=[2])
    counting.correct(
        Act(session, staff["teller2"], now()),
        sheet,
        {item: figures[item] for item in (Papers.VOID, Papers.BLANK)},
        confirmed=True,
    )


def _sign(session: Session, sheet: CountSheet, by: Actor) -> None:
    answers = {
        finding_key(fault): "样例：已与纸质报告单核对，数字无误"
        for fault, answered in open_findings(sheet)
        if answered is None and fault.severity is not Severity.ERROR
    }
    counting.sign(Act(session, by, now()), sheet, digest=sheet.digest or "", answers=answers)


def certify(election_id: int, staff: Staff, election_day: date) -> None:
    """Certify every round; open, count and certify what the law asks for, until nothing is left."""
    done: set[int] = set()
    while True:
        with transaction() as session:
            open_rounds = [
                ballot.id for ballot in _rounds(session, election_id) if ballot.id not in done
            ]
        if not open_rounds:
            return
        for round_id in open_rounds:
            done.add(round_id)
            follower = _certify_one(round_id, staff, election_day)
            if follower:
                turn_to(election_day + _LATER, hour=19)
                _count_round(follower, None, staff)


def _identified(counted: RoundCount) -> dict[str, Statement]:
    """What the committee verified of everybody voters wrote in; no name stands twice here."""
    how = "样例：经核对选民名册，系本镇选民，选举日年满18周岁，未被剥夺政治权利"
    return {line.id: Statement(identity=how) for line in counted.candidates() if line.written_in}


def _certify_one(round_id: int, staff: Staff, election_day: date) -> int | None:
    """Certify; the id of the round opened next, if the law asks for one."""
    with transaction() as session:
        ballot = certification.hold(session, round_id)
        counted = count_round(session, ballot)
        at = now()
        decision = f"样例：镇选举委员会{day_text(local(at).date()).zh}会议决定"
        certification.certify(
            Act(session, staff["director"], at),
            ballot,
            digest=counted.digest,
            decision=decision,
            statements=_identified(counted),
        )
        outcome = counted.outcome
        if outcome is None or outcome.next not in ("tie_repeat_vote", "further_election"):
            return None
        chosen = (
            outcome.next_candidates.order[: outcome.next_candidates.min]
            if outcome.next_candidates
            else ()
        )
        following = certification.open_next(
            Act(session, staff["director"], now()),
            ballot,
            polling_day=election_day + _LATER,
            chosen=chosen,
            decision=decision,
        )
        return following.id
