"""Which articles the steps of a session cite: the law of the year, and where there is none.

The Local Organic Law of 2022 is in force from 2022-03-12; the elections of 2021 were held under the
text of 2015, which numbers its articles otherwise and knows no quorum.
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
_TEXT_OF_2015 = "2021-zhejiang"
_IN_2015 = {
    MAJORITY: "OL2015 20; ZTC 22",
    TIE: "OL2015 24(1)",
    SHORTFALL: "OL2015 24(2)-(3), 20",
    QUORUM: SILENT,
}


def cited(article: str, rules: Profile) -> str:
    """An article of the 2022 text under its number in the text these rules apply."""
    return _IN_2015.get(article, article) if rules.name == _TEXT_OF_2015 else article


def under(law: Law, rules: Profile) -> Law:
    """The same law with the numbers of the text these rules apply."""
    reach, rank, tie = (
        (rule, cited(article, rules)) for rule, article in (law.reach, law.rank, law.tie)
    )
    return replace(law, reach=reach, rank=rank, tie=tie)
