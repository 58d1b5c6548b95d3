"""The papers of each place, kept by the station officer for both congresses at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.validators import ValidationError

from election.actions import counting as acts
from election.actions.act import Act
from election.actions.errors import Stale
from election.database import db
from election.models import CountSheet, Election, PollingPlace
from election.queries import counting as queries
from election.queries.polling.places import sheets_of_place
from election.rules.access import Permission
from election.rules.counting import Balance, PaperAccount, SheetState, balance
from election.rules.polling.codes import ACCOUNT_LOCKED
from election.rules.terms import RuleViolation
from election.web.access import allowed
from election.web.counting.blueprint import bp
from election.web.counting.fields import MapField, figure, version_number
from election.web.forms import Form
from election.web.operations import get_or_404, perform

PARTS = ("checked_in", "proxy", "printed", "spoiled", "unused")
_NEEDED = ("checked_in", "proxy")


class AccountForm(Form):
    """`account-<sheet>-<part>` is a number of papers, `seen-<sheet>` the version it is based on."""

    account = MapField()
    seen = MapField()


@bp.get("/elections/<int:election_id>/counting/accounts")
@allowed(Permission.KEEP_BALLOT_ACCOUNT)
def accounts(election_id: int) -> ResponseReturnValue:
    """Every place with what is still missing."""
    election = get_or_404(Election, election_id)
    places: dict[int, list[queries.SheetLine]] = {}
    for line in queries.sheet_lines(db.session(), election_id):
        places.setdefault(line.place_id, []).append(line)
    rows = sorted(places.values(), key=lambda lines: lines[0].place_code)
    return render_template("counting/accounts.html", election=election, rows=rows)


@bp.route("/places/<int:place_id>/ballot-account", methods=["GET", "POST"])
@allowed(Permission.KEEP_BALLOT_ACCOUNT)
def account(place_id: int) -> ResponseReturnValue:
    """The papers of one place: how many went out, to whom, what is left."""
    place, form = get_or_404(PollingPlace, place_id), AccountForm()
    election = get_or_404(Election, place.election_id)
    sheets = sheets_of_place(db.session(), place_id)
    valid = form.validate_on_submit()
    typed, faults = _read(form, sheets) if valid else ({}, {})
    if not valid or faults:
        page = render_template(
            "counting/account.html",
            election=election,
            place=place,
            form=form,
            faults=faults,
            rows=[_row(sheet, form) for sheet in sheets],
            parts=PARTS,
        )
        return page, 422 if form.errors or faults else 200
    versions = {key: form.seen.text(str(key)) for key in typed}

    def do(act: Act) -> None:
        held = {acts.locked(act.session, key): account for key, account in sorted(typed.items())}
        for sheet in held:
            _require_version(sheet, versions[sheet.id])
        acts.keep_accounts(act, held)

    then = url_for(".accounts", election_id=election.id)
    if not typed:
        then = url_for(".account", place_id=place_id)
        return perform(lambda _session: None, then=then, message=_("Nothing was filled in."))
    return perform(do, then=then, message=_("The ballot account is stored."))


def _row(sheet: CountSheet, form: AccountForm) -> dict[str, Any]:
    """One sheet of the place as the form shows it: typed texts, else what is stored."""
    stored, figures = sheet.account, queries.account_of(sheet)
    texts = {part: _stored(stored, part) for part in PARTS}
    if form.is_submitted():
        texts = {part: form.account.text(f"{sheet.id}-{part}") for part in PARTS}
    return {
        "sheet": sheet,
        "code": queries.code_of(sheet),
        "texts": texts,
        "version": stored.version if stored else 0,
        "locked": sheet.state is SheetState.SIGNED,
        "balance": _stock(figures) if figures else None,
    }


def _stored(row: Any, part: str) -> str:  # noqa: ANN401 - a ballot account or None
    value = getattr(row, part) if row is not None else None
    return "" if value is None else str(value)


def _stock(figures: PaperAccount) -> Balance:
    """Printed = issued + spoiled + unused, with the numbers of the station alone (R8.15)."""
    issued = (figures.checked_in or 0) + (figures.proxy or 0)
    return balance(figures.printed, issued, figures.spoiled_replaced, figures.unused)


def _read(
    form: AccountForm, sheets: Sequence[CountSheet]
) -> tuple[dict[int, PaperAccount], dict[str, str]]:
    """Sheet -> its account where anything was typed; "<sheet>-<part>" -> what is wrong there.

    Raises R.524 for figures of a sheet that is signed by now.
    """
    read: dict[int, PaperAccount] = {}
    faults: dict[str, str] = {}
    for sheet in sheets:
        texts = {part: form.account.text(f"{sheet.id}-{part}").strip() for part in PARTS}
        if sheet.state is SheetState.SIGNED:
            if any(texts.values()):  # silence would look like "stored"
                raise RuleViolation(ACCOUNT_LOCKED, sheet=queries.code_of(sheet))
            continue
        if not any(texts.values()) and not sheet.account:
            continue
        read[sheet.id], wrong = _read_account(texts)
        faults |= {f"{sheet.id}-{part}": fault for part, fault in wrong.items()}
    return read, faults


def _read_account(texts: Mapping[str, str]) -> tuple[PaperAccount, dict[str, str]]:
    """Part -> text typed: the account, and part -> what is wrong with it."""
    values: dict[str, int | None] = {}
    faults: dict[str, str] = {}
    for part, text in texts.items():
        try:
            values[part] = figure(text) if text else None
        except ValidationError as error:
            faults[part] = str(error)
        if part in _NEEDED and not text:
            faults[part] = _("This number is needed; write 0 if there is none.")
    values["spoiled_replaced"] = values.pop("spoiled", None)
    return PaperAccount(**values), faults


def _require_version(sheet: CountSheet, version: str) -> None:
    stored = sheet.account.version if sheet.account else 0
    if version != str(stored):
        row = sheet.account or sheet
        raise Stale(row, version_number(version))
