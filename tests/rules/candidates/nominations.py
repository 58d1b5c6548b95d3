"""The profile and the codes that tests of nominations share."""

from election.rules.profile import profile
from election.rules.terms import Finding

LAW = profile()


HERE = "第3选区"


def codes(findings: list[Finding] | tuple[Finding, ...]) -> list[object]:
    return [finding.to_json()["code"] for finding in findings]
