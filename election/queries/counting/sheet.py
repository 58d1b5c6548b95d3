"""Reads of one count sheet: its shape, entries in force, findings, and the notes on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from election.models import (
    AuditEntry,
    BallotAccount,
    Candidacy,
    CandidacyStatus,
    CountSheet,
    Entry,
    NoteKind,
    Result,
    Round,
    SheetNote,
)
from election.rules import counting as rules
from election.rules.canonical import anchor
from election.rules.counting import SheetShape
from election.rules.names import told_apart
from election.rules.polling.codes import ACCOUNT_MISSING
from election.rules.polling.places import sheet_code
from election.rules.results.rounds import TIE_REPEAT
from election.rules.terms import Finding, Severity, finding

_CERTIFIED = select(Result.id).where(Result.round_id == bindparam("round"))


def shape_of(round_: Round) -> SheetShape:
    """What the paper form of a round asks for; a repeat vote takes no write-ins (R9.3)."""
    codes = tuple(row.candidacy.code for row in round_.candidates)
    return SheetShape(codes, round_.seats, allows_writeins=round_.counts_as != TIE_REPEAT)


def display_names(people: Iterable[Candidacy]) -> dict[str, str]:
    """Code -> name as printed; namesakes are told apart, so that no two look alike."""
    return told_apart({row.code: (row.person.name, row.person.sex) for row in people})


def names_of(round_: Round) -> dict[str, str]:
    """Code -> printed name of everybody on the ballot of a round."""
    return display_names(row.candidacy for row in round_.candidates)


def fallen(session: Session, round_: Round) -> tuple[str, ...]:
    """Whose name the ballots of a first vote bear though they stand no more (R5.20)."""
    if round_.number > 1:
        return ()
    query = select(Candidacy).where(
        Candidacy.district_id == round_.district_id,
        Candidacy.status == CandidacyStatus.INACTIVE,
        Candidacy.id.notin_([row.candidacy_id for row in round_.candidates]),
    )
    return tuple(display_names(session.scalars(query.order_by(Candidacy.id))).values())


def code_of(sheet: CountSheet) -> str:
    """What is printed on the paper and typed to open it: T03-1-S01."""
    district = sheet.round.district
    level = district.congress.level
    return sheet_code(level, district.number, sheet.round.number, sheet.place.code)


def subject_of(sheet: CountSheet) -> str:
    """How the audit chain names a sheet: town-3-r1/S01."""
    return f"{sheet.round.code}/{sheet.place.code}"


def in_force(sheet: CountSheet) -> dict[int, Entry]:
    """Slot -> the latest entry of the present generation."""
    present = [entry for entry in sheet.entries if entry.generation == sheet.generation]
    return {entry.slot: entry for entry in sorted(present, key=lambda entry: entry.attempt)}


def differing(sheet: CountSheet) -> tuple[str, ...]:
    """The items on which the two entries in force differ; nothing while there are not two."""
    entries = in_force(sheet)
    if len(entries) < 2:
        return ()
    return rules.compare(entries[1].figures, entries[2].figures)


def pending(sheet: CountSheet) -> dict[str, SheetNote]:
    """Person -> the request to read some fields again which that person has not answered yet."""
    entries = {entry.person: entry for entry in in_force(sheet).values()}
    return {
        note.details["to"]: note
        for note in sheet.notes
        if note.kind is NoteKind.SENT_BACK
        and note.generation == sheet.generation
        and note.details.get("to") in entries
        and entries[note.details["to"]].attempt == note.details["attempt"]
    }


def account_of(sheet: CountSheet) -> rules.PaperAccount | None:
    """The papers of the sheet's place as the rules take them; None while nobody kept them."""
    account = sheet.account
    if account is None:
        return None
    return rules.PaperAccount(
        printed=account.printed,
        spoiled_replaced=account.spoiled,
        unused=account.unused,
        checked_in=account.checked_in,
        proxy=account.proxy,
    )


def registered_of(sheet: CountSheet) -> int | None:
    """The roll that bounds a sheet. Places have no roll of their own: the district's holds all."""
    return sheet.round.district.registered


def findings(sheet: CountSheet, figures: Mapping[str, int]) -> list[Finding]:
    """Everything the rules find in these figures of this sheet."""
    return rules.check_sheet(
        shape_of(sheet.round),
        figures,
        registered=registered_of(sheet),
        account=account_of(sheet),
        names=names_of(sheet.round),
    )


def open_findings(sheet: CountSheet) -> list[tuple[Finding, SheetNote | None]]:
    """The findings of an agreed or signed sheet, each with the note that answers it.

    A note answers a finding of the same generation, code, fields and sentence: other figures need
    another explanation. A missing ballot account is an error here (R8.1), and once the accounts of
    all places are kept, more proxies than the district's voters can have been are an alert (R7.12).
    """
    figures: dict[str, Any] = sheet.figures or {}
    faults = findings(sheet, figures)
    if sheet.account is None:
        faults.append(finding(ACCOUNT_MISSING, "account.checked_in", "account.proxy"))
    faults += _proxies(sheet.round)
    return [(fault, _answer(sheet, fault)) for fault in faults]


def _proxies(round_: Round) -> list[Finding]:
    """What the accounts of a round say of its proxies; nothing while an account is missing."""
    accounts = [sheet.account for sheet in round_.sheets if sheet.account is not None]
    if len(accounts) < len(round_.sheets):
        return []
    return rules.check_proxies(
        checked_in=sum(account.checked_in for account in accounts),
        proxy=sum(account.proxy for account in accounts),
        each=round_.district.congress.election.profile.whole("proxy_max"),
    )


_ANSWERS = {Severity.WARNING: NoteKind.EXPLANATION, Severity.ALERT: NoteKind.DECISION}


def _answer(sheet: CountSheet, fault: Finding) -> SheetNote | None:
    details = {"fields": list(fault.fields), "cause": fault.cause.to_json()}
    answering = (sheet.generation, _ANSWERS.get(fault.severity), fault.code.id)
    for note in sheet.notes:
        same_finding = (note.generation, note.kind, note.code) == answering
        if same_finding and note.details == details:
            return note
    return None


def record_code(session: Session, township_id: int, what: str, subject: str) -> str | None:
    """The check code of the latest record of an act, as printed: 8 groups of 4 hex digits."""
    query = select(AuditEntry.hash).where(
        AuditEntry.township_id == township_id,
        AuditEntry.what == what,
        AuditEntry.subject == subject,
    )
    digest = session.scalar(query.order_by(AuditEntry.seq.desc()).limit(1))
    return anchor(digest) if digest else None


def is_certified(session: Session, round_id: int) -> bool:
    """Whether the committee has certified the result of a round."""
    return session.scalar(_CERTIFIED, {"round": round_id}) is not None


def in_use(session: Session, sheets: Sequence[CountSheet]) -> bool:
    """Whether any ballot is accounted for, or any count entered (T7: then nothing is removed)."""
    keys = [sheet.id for sheet in sheets]
    for row in (BallotAccount, Entry):
        if session.scalar(select(row.id).where(row.sheet_id.in_(keys)).limit(1)) is not None:
            return True
    return False
