"""Who nominates, and the signatures under a joint nomination, as the papers have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from election.models import Cosigner, District, Nomination, NominationKind
from election.models.types import blind_index
from election.queries.candidates import nominations as queries
from election.rules.candidates.codes.nominations import NOT_ON_ROLL, OTHER_DISTRICT_SIGNER
from election.rules.candidates.kinds import SignerVerdict
from election.rules.candidates.signatures import Signature, require_clear
from election.rules.terms import InputFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominators:
    """Who nominates: organisations, alone or jointly, or voters with their signatures."""

    kind: NominationKind
    organisations: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


_VERDICT_CODES = {
    SignerVerdict.COUNTS: "",
    SignerVerdict.NOT_ON_ROLL: NOT_ON_ROLL.id,
    SignerVerdict.OTHER_DISTRICT: OTHER_DISTRICT_SIGNER.id,
}


def require_nominators(
    session: Session, district: District, nominators: Nominators, but: int | None = None
) -> None:
    """Organisations or signatures must be there, and each signature be one voter's."""
    joint = nominators.kind is NominationKind.JOINT
    if joint and not nominators.signatures:
        raise InputFault("signers", "请逐行填写联名人", "enter the signers, one per line")
    if not joint and not nominators.organisations:
        raise InputFault("organisations", "请填写推荐单位", "enter the organisation")
    nominations = [
        nomination for nomination in queries.of_district(session, district) if nomination.id != but
    ]
    require_clear(nominators.signatures, queries.signatures_of(nominations))


def sign(session: Session, nomination: Nomination, signatures: Sequence[Signature]) -> None:
    """Make the stored signatures those of the sheet; a repeated one is stored once.

    What the office found on the roll stays with a signature that stays.
    """
    unstored = {str(signature): None for signature in signatures}
    for row in list(nomination.cosigners):
        if row.signer in unstored:
            del unstored[row.signer]
        else:
            nomination.cosigners.remove(row)
            session.delete(row)  # by name: an orphan's removal would not reach the audit entry
    for signer in unstored:
        nomination.cosigners.append(
            Cosigner(
                township_id=nomination.township_id,
                signer=signer,
                signer_index=blind_index(f"cosigner:{signer}"),
                valid=True,
                reason="",
            )
        )
    session.flush()
    refresh(session, nomination)


def refresh(session: Session, nomination: Nomination) -> queries.NominationCheck:
    """Examine the nomination and store of each signature whether it counts."""
    session.flush()
    check = queries.check(session, nomination)
    for line in check.lines:
        line.cosigner.valid = line.finding is None
        line.cosigner.reason = line.finding.code.id if line.finding else ""
    return check


def set_verdict(cosigner: Cosigner, verdict: SignerVerdict) -> None:
    """Write down what the roll says of one signer."""
    cosigner.reason, cosigner.valid = _VERDICT_CODES[verdict], verdict is SignerVerdict.COUNTS
