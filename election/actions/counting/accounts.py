"""The papers of a place: how many went out, to whom, and what is left (R8.1, R8.15)."""

from collections.abc import Mapping

from election.actions.act import Act
from election.actions.counting.sheets import require_counting
from election.models import BallotAccount, CountSheet
from election.queries.counting import code_of, subject_of
from election.rules import counting as rules
from election.rules.access import Actor, Permission
from election.rules.counting import SheetState
from election.rules.polling.codes import ACCOUNT_LOCKED
from election.rules.terms import RuleViolation


def keep_accounts(act: Act, accounts: Mapping[CountSheet, rules.PaperAccount]) -> None:
    """Store the ballot accounts of one place; sheets must be `locked`, issued numbers known.

    A sheet that is signed keeps its account (R.524): the signature compared the two.
    """
    records = []
    for sheet, account in accounts.items():
        require_counting(sheet)
        if sheet.state is SheetState.SIGNED:
            raise RuleViolation(ACCOUNT_LOCKED, sheet=code_of(sheet))
        _keep(sheet, account, act.by)
        records.append(
            {
                "round": sheet.round.code,
                "place": sheet.place.code,
                "checked_in": account.checked_in,
                "proxy": account.proxy,
                "printed": account.printed,
                "spoiled": account.spoiled_replaced,
                "unused": account.unused,
            }
        )
    subject = " ".join(subject_of(sheet) for sheet in accounts)
    act.record(
        under=Permission.KEEP_BALLOT_ACCOUNT,
        what="count.account",
        subject=subject[:300],
        data={"accounts": records},
    )


def _keep(sheet: CountSheet, account: rules.PaperAccount, by: Actor) -> None:
    if account.checked_in is None or account.proxy is None:
        raise TypeError("an account without issued papers must not reach the act")
    if sheet.account is None:
        sheet.account = BallotAccount(township_id=sheet.township_id)
    row = sheet.account
    row.checked_in, row.proxy, row.printed = account.checked_in, account.proxy, account.printed
    row.spoiled, row.unused = account.spoiled_replaced, account.unused
    row.kept_by = by.number
