"""Reads of one count sheet: its shape, entries in force, findings, and the notes on it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
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
from election.rules.polling.codes import (
    ACCOUNT_MISSING,
)
from election.rules.polling.places import (
    sheet_code,
)
from election.rules.terms import Finding, Severity, finding


def shape_of(one: Round) -> SheetShape:
    """What the paper form of a round asks for; a repeat vote takes no write-ins (R9.3)."""
    codes = tuple(row.candidacy.code for row in one.candidates)
    return SheetShape(codes, one.seats, allows_writeins=one.counts_as != "tie_repeat")


def display_names(people: Iterable[Candidacy]) -> dict[str, str]:
    """Code -> name as printed; namesakes carry their code, so that no two look alike."""
    rows = list(people)
    count = Counter(one.person.name for one in rows)
    return {
        one.code: f"{one.person.name}（{one.code}）"
        if count[one.person.name] > 1
        else one.person.name
        for one in rows
    }


def names_of(one: Round) -> dict[str, str]:
    """Code -> printed name of everybody on the ballot of a round."""
    return display_names(row.candidacy for row in one.candidates)


def fallen(session: Session, one: Round) -> tuple[str, ...]:
    """Whose name the ballots of a first vote bear though they stand no more (R5.20)."""
    if one.number > 1:
        return ()
    query = select(Candidacy).where(
        Candidacy.district_id == one.district_id,
        Candidacy.status == CandidacyStatus.INACTIVE,
        Candidacy.id.notin_([row.candidacy_id for row in one.candidates]),
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
    mine = [entry for entry in sheet.entries if entry.generation == sheet.generation]
    return {entry.slot: entry for entry in sorted(mine, key=lambda entry: entry.attempt)}


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
    kept = sheet.account
    if kept is None:
        return None
    return rules.PaperAccount(
        printed=kept.printed,
        spoiled_replaced=kept.spoiled,
        unused=kept.unused,
        checked_in=kept.checked_in,
        proxy=kept.proxy,
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
    found = findings(sheet, figures)
    if sheet.account is None:
        found.append(finding(ACCOUNT_MISSING, "account.checked_in", "account.proxy"))
    found += _proxies(sheet.round)
    return [(one, _answer(sheet, one)) for one in found]


def _proxies(one: Round) -> list[Finding]:
    """What the accounts of a round say of its proxies; nothing while an account is missing."""
    accounts = [sheet.account for sheet in one.sheets if sheet.account is not None]
    if len(accounts) < len(one.sheets):
        return []
    return rules.check_proxies(
        checked_in=sum(kept.checked_in for kept in accounts),
        proxy=sum(kept.proxy for kept in accounts),
        each=one.district.congress.election.profile.whole("proxy_max"),
    )


_ANSWERS = {Severity.WARNING: NoteKind.EXPLANATION, Severity.ALERT: NoteKind.DECISION}


def _answer(sheet: CountSheet, one: Finding) -> SheetNote | None:
    wanted = (sheet.generation, _ANSWERS.get(one.severity), one.code.id)
    for note in sheet.notes:
        same = (note.generation, note.kind, note.code) == wanted
        if same and note.details == {"fields": list(one.fields), "cause": one.cause.to_json()}:
            return note
    return None


def record_code(session: Session, township_id: int, what: str, subject: str) -> str | None:
    """The check code of the latest record of an act, as printed: 8 groups of 4 hex digits."""
    query = select(AuditEntry.hash).where(
        AuditEntry.township_id == township_id,
        AuditEntry.what == what,
        AuditEntry.subject == subject,
    )
    found = session.scalar(query.order_by(AuditEntry.seq.desc()).limit(1))
    return anchor(found) if found else None


def is_certified(session: Session, round_id: int) -> bool:
    """Whether the committee has certified the result of a round."""
    return session.scalar(select(Result.id).where(Result.round_id == round_id)) is not None


def in_use(session: Session, sheets: Sequence[CountSheet]) -> bool:
    """Whether any ballot is accounted for, or any count entered (T7: then nothing is removed)."""
    keys = [sheet.id for sheet in sheets]
    for row in (BallotAccount, Entry):
        if session.scalar(select(row.id).where(row.sheet_id.in_(keys)).limit(1)) is not None:
            return True
    return False
