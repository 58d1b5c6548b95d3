"""Which articles the steps of a session cite; the profile knows their numbers in older texts.

Source: rulebook sections 0.3, 0.4.
"""

from dataclasses import replace

from election.rules.profile import Profile
from election.rules.results.wording import Law

SILENT = "law silent"
MAJORITY = "OL 25; ZTC 22"
TIE = "OL 29(1)"
SHORTFALL = "OL 29(2)-(3), 25"
QUORUM = "OL 14(4)"


def under(law: Law, rules: Profile) -> Law:
    """The same law with the numbers of the text these rules apply."""
    reach, rank, tie = (
        (rule, rules.cited(article)) for rule, article in (law.reach, law.rank, law.tie)
    )
    return replace(law, reach=reach, rank=rank, tie=tie)
