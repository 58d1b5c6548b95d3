"""Acts of the count, one transaction and one audit entry each; docs/states/count-sheet.md.

rounds.py opens rounds and their sheets; accounts.py keeps the papers of a place; entries.py takes
what tellers read; differences.py settles what differs; signing.py binds and reopens.
"""

from election.actions.counting.accounts import keep_accounts
from election.actions.counting.differences import resolve, return_to_tellers, send_back
from election.actions.counting.entries import correct, enter
from election.actions.counting.rounds import NewRound, open_first_rounds, open_round
from election.actions.counting.sheets import locked, locked_for_entry
from election.actions.counting.signing import reopen, sign

__all__ = [
    "NewRound",
    "correct",
    "enter",
    "keep_accounts",
    "locked",
    "locked_for_entry",
    "open_first_rounds",
    "open_round",
    "reopen",
    "resolve",
    "return_to_tellers",
    "send_back",
    "sign",
]
