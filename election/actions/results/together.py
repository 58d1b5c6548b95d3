"""The committee certifies every result that leaves nothing to say, by one decision."""

from datetime import date

from election.actions.act import Act
from election.actions.results.certification import certify, dated, hold, queue
from election.clock import local
from election.models import Congress, Result
from election.queries.results.together import digest_of, without_remark
from election.rules.access import Permission
from election.rules.results.codes import CHANGED
from election.rules.results.together import check_decision
from election.rules.terms import RuleViolation


def certify_together(
    act: Act, congress: Congress, *, reference: str, day: date, digest: str
) -> list[Result]:
    """Certify all results of a congress without a remark; each district keeps its own certificate.

    reference, day: of the committee's one written decision. digest: of the list seen
    (`queries.results.together`). Raises R.604, R.641-R.643 and what `certify` raises.
    """
    queue(act.session, congress.id)
    today = local(act.at).date()
    together = without_remark(act.session, congress, by=act.by.number, today=today)
    voted = [count.round.polling_day for count in together]
    check_decision(reference, day, polling_days=voted, today=today)
    if digest != digest_of(together):
        raise RuleViolation(CHANGED)
    decision = dated(reference, day)
    results = [
        certify(act, hold(act.session, count.round.id), digest=count.digest, decision=decision)
        for count in together
    ]
    data = {
        "election": congress.election_id,
        "reference": reference.strip(),
        "day": day.isoformat(),
        "results": [{"round": count.round.code, "digest": count.digest} for count in together],
    }
    subject = f"{congress.election_id}/{congress.level.value}"
    act.record(under=Permission.CERTIFY, what="result.certify_together", subject=subject, data=data)
    return results
