"""Backups: their passphrase and folders, one now, a check of one, and how to restore."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from election.actions import backups as acts
from election.actions.act import Act
from election.clock import now
from election.exchange.backups.lock import new_lock, require_strong, store_lock, stored_lock
from election.exchange.backups.make import backups_in
from election.exchange.backups.office import ends_of
from election.exchange.backups.state import (
    BackupState,
    TargetState,
    read_state,
    require_targets,
    store_targets,
    targets_of,
)
from election.jobs.backups import a_count_is_open, in_child
from election.rules.access import Permission
from election.rules.backups import is_old
from election.rules.terms import RuleViolation
from election.settings import DATABASE
from election.web.access import allowed
from election.web.forms import Form
from election.web.locale import say
from election.web.operations import perform

bp = Blueprint("backups", __name__, url_prefix="/backups")


class PassphraseForm(Form):
    """The passphrase that opens backups, twice."""

    passphrase = PasswordField(
        _l("Backup passphrase"), validators=[InputRequired(), Length(max=200)]
    )
    again = PasswordField(
        _l("The passphrase again"),
        validators=[InputRequired(), EqualTo("passphrase", _l("The two passphrases differ."))],
    )

    def validate_passphrase(self, field: PasswordField) -> None:
        """Long enough, and not a few repeated characters."""
        try:
            require_strong(field.data)
        except RuleViolation as refused:
            raise ValidationError(f"{say(refused.cause)}；{say(refused.remedy)}") from refused


class TargetsForm(Form):
    """Two folders, on two disks."""

    first = StringField(_l("First folder"), validators=[InputRequired(), Length(max=300)])
    second = StringField(_l("Second folder"), validators=[Length(max=300)])


class NowForm(Form):
    """A button."""


class CheckForm(Form):
    """One of the backups, and its passphrase."""

    file = SelectField(_l("Backup"), validators=[InputRequired()])
    opening = PasswordField(_l("Backup passphrase"), validators=[InputRequired(), Length(max=200)])


@dataclass(frozen=True, slots=True)
class BackupAge:
    """What every staff page says: when the last good backup was, and whether that is long ago."""

    at: datetime | None
    old: bool


def backup_age() -> BackupAge | None:
    """How old the last good backup is; None where another tool makes them (PostgreSQL)."""
    if not str(current_app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite"):
        return None
    state = read_state(_data())
    age = state.age(now())
    old = is_old(age, counting=False) or (is_old(age, counting=True) and a_count_is_open())
    return BackupAge(state.last_good, old)


@bp.app_context_processor
def _for_every_page() -> dict[str, object]:
    return {"backup_age": backup_age}


@bp.get("")
@allowed(Permission.KEEP_BACKUPS)
def index() -> ResponseReturnValue:
    """Where backups are, how old, how to make, check and restore one."""
    return _page()


@bp.post("/passphrase")
@allowed(Permission.KEEP_BACKUPS)
def passphrase() -> ResponseReturnValue:
    """Another passphrase for the backups from now on; older ones keep theirs."""
    form = PassphraseForm()
    if not form.validate_on_submit():
        return _page(passphrase=form), 422
    lock = new_lock(form.passphrase.data)

    def do(act: Act) -> None:
        acts.set_passphrase(act, public=lock.public)
        store_lock(_data(), lock)

    return perform(
        do, then=url_for(".index"), message=_("The passphrase is set. Lock it away on paper.")
    )


@bp.post("/folders")
@allowed(Permission.KEEP_BACKUPS)
def targets() -> ResponseReturnValue:
    """Where backups go from now on."""
    form = TargetsForm()
    if not form.validate_on_submit():
        return _page(targets=form), 422
    named = [(field.data or "").strip() for field in (form.first, form.second)]
    folders = require_targets([folder for folder in named if folder])

    def do(act: Act) -> None:
        acts.set_targets(act, folders=[str(folder) for folder in folders])
        store_targets(_data(), folders)

    return perform(do, then=url_for(".index"), message=_("The folders are set."))


@bp.post("/now")
@allowed(Permission.KEEP_BACKUPS)
def make() -> ResponseReturnValue:
    """A backup at once, in every folder."""
    if not NowForm().validate_on_submit():
        return _page(), 422
    done = in_child("backup")
    if done.returncode:
        flash(done.stderr.strip() or done.stdout.strip(), "warning")
    else:
        flash(_("A good backup was made, restored to a scratch place and checked."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/check")
@allowed(Permission.KEEP_BACKUPS)
def check() -> ResponseReturnValue:
    """Open a backup with the passphrase, restore it to a scratch place and check it whole."""
    form = _check_form()
    if not form.validate_on_submit():
        return _page(check=form), 422
    done = in_child("restore", form.file.data, "--check", passphrase=form.opening.data)
    if done.returncode:
        form.form_errors.append(done.stderr.strip())
        return _page(check=form), 422
    flash(done.stdout.strip(), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/paper")
@allowed(Permission.KEEP_BACKUPS)
def paper() -> ResponseReturnValue:
    """One page to print: how to restore on another computer."""
    return render_template(
        "backups/paper.html",
        folders=targets_of(_data()),
        ends=ends_of(_data() / DATABASE),
        at=now(),
    )


def _page(**forms: Form) -> str:
    """The page; forms: those that hold what somebody typed, by the name of their template."""
    data = _data()
    folders = targets_of(data)
    blank = {
        "passphrase": PassphraseForm(formdata=None),
        "targets": TargetsForm(
            formdata=None,
            first=str(folders[0]),
            second=str(folders[1]) if len(folders) > 1 else "",
        ),
        "check": _check_form(),
        "now": NowForm(formdata=None),
    }
    return render_template(
        "backups/index.html",
        forms=blank | forms,
        state=_with_every_folder(read_state(data), folders),
        has_lock=stored_lock(data) is not None,
        one_disk=len({folder.stat().st_dev for folder in folders if folder.is_dir()}) < 2,
    )


def _with_every_folder(state: BackupState, folders: list[Path]) -> BackupState:
    """What is known of the folders chosen now; nothing yet of a new one."""
    known = {target.folder: target for target in state.targets}
    chosen = [known.get(str(folder)) or TargetState(str(folder)) for folder in folders]
    return replace(state, targets=chosen)


def _check_form() -> CheckForm:
    form = CheckForm()
    present = {moment: p for folder in targets_of(_data()) for moment, p in _backups(folder)}
    newest_first = sorted(present, reverse=True)
    form.file.choices = [SelectChoice(str(present[m]), str(present[m])) for m in newest_first]
    return form


def _backups(folder: Path) -> Iterable[tuple[tuple[datetime, str], Path]]:
    """The backups in a folder, newest and then by folder; a folder that is gone holds none."""
    return (((moment, str(folder)), path) for moment, path in backups_in(folder).items())


def _data() -> Path:
    return Path(current_app.config["XUANBAN_DATA"])
