"""Signing in and out, one's own password, and the officials of the office."""

import logging
from datetime import datetime, timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from election.actions import accounts, passwords, sign_in
from election.actions.act import Act
from election.actions.sign_in import Try
from election.clock import now
from election.database import db, transaction
from election.models import Official, Township
from election.queries.audit import last_acts
from election.rules.access import Permission, Role
from election.rules.accounts import UNNAMED, check_password
from election.rules.figures import plain_digits
from election.web.access import Open, actor, allowed, current_ticket, issue_ticket, official
from election.web.desk import desk, remember
from election.web.filters import moment
from election.web.forms import Form, VersionedForm, answers, require_version
from election.web.locale import say
from election.web.operations import get_or_404, perform
from election.web.words import choices

bp = Blueprint("accounts", __name__)
log = logging.getLogger("xuanban")
WAIT, BUSY, _AGAIN = 429, 503, {"Retry-After": "3"}


class LoginForm(Form):
    """User name and password."""

    username = StringField(_l("User name"), validators=[InputRequired(), Length(max=60)])
    password = PasswordField(_l("Password"), validators=[InputRequired(), Length(max=200)])


class PasswordForm(Form):
    """One's own new password, twice."""

    old = PasswordField(_l("Current password"), validators=[InputRequired(), Length(max=200)])
    new = PasswordField(_l("New password"), validators=[InputRequired(), Length(max=200)])
    again = PasswordField(
        _l("New password again"),
        validators=[InputRequired(), EqualTo("new", _l("The two new passwords differ."))],
    )


class RolesField(SelectMultipleField):
    """Check boxes, one a role."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OfficialForm(Form):
    """A new official."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=120)])
    username = StringField(
        _l("User name"),
        validators=[
            InputRequired(),
            Length(max=60),
            Regexp(r"^[a-z0-9_.\-]+$", message=_l("Use small letters, digits, dot, dash.")),
        ],
    )
    roles = RolesField(_l("Roles"), choices=lambda: choices(Role))
    namesake = BooleanField(_l("Another person with the same name"))


class ChangeForm(VersionedForm):
    """Roles and state of an official."""

    roles = RolesField(_l("Roles"), choices=lambda: choices(Role))
    active = BooleanField(_l("Account in use"))


class TownshipForm(Form):
    """The township as results are published."""

    name = StringField(
        _l("Name of the town or township"), validators=[DataRequired(), Length(max=120)]
    )
    county = StringField(_l("County"), validators=[DataRequired(), Length(max=120)])
    code = StringField(
        _l("Statistical code"),
        filters=[lambda text: plain_digits(text or "").strip()],
        validators=[InputRequired(), Regexp(r"^[0-9]{9}$", message=_l("Nine digits."))],
    )

    def validate_code(self, field: StringField) -> None:
        """The placeholder of a new installation is no code."""
        if field.data == UNNAMED:
            raise ValidationError(_("Nine digits."))


class ClickForm(VersionedForm):
    """A button that needs nothing but a click."""


@bp.route("/login", methods=["GET", "POST"])
@allowed(Open.PUBLIC)
def login() -> ResponseReturnValue:
    """Sign in; wrong names and wrong passwords are answered alike."""
    form = LoginForm()
    if g.official:
        return redirect(next_page(), 303)
    if not form.validate_on_submit():
        return render_template("accounts/login.html", form=form), 422 if form.errors else 200
    attempt = sign_in.try_of(db.session(), username=form.username.data.strip(), desk=desk())
    problem, status = _try_login(attempt, form.password.data)
    if status in (WAIT, BUSY):  # a page that costs next to nothing: guessers fetch many
        return render_template("accounts/wait.html", problem=problem), status, _AGAIN
    if problem:
        form.form_errors.append(problem)
        return render_template("accounts/login.html", form=form), status
    return remember(redirect(next_page(), 303), attempt.account)


def _try_login(attempt: Try, password: str) -> tuple[str | None, int]:
    """What is wrong with it, None for nothing; and the status of the answer."""
    at = now()
    wait = sign_in.wait_before(db.session(), attempt, at=at)
    if wait:
        return _wait(wait)
    suspect = sign_in.is_suspect(db.session(), attempt, at=at)
    try:
        with passwords.place_for(known=attempt.is_known, suspect=suspect) as matches:
            with transaction() as write:
                counted = sign_in.count(write, attempt, at=now())
            if counted.wait:
                return _wait(counted.wait)
            right = matches(attempt.password_hash, password) and counted.is_open
    except passwords.NoPlace:
        return _("Many are signing in at this moment. Try again in a few seconds."), BUSY
    right = _settle(attempt, right=right)
    log.info("login", extra={"right": right})
    if not right:
        return _(
            "User name or password is not right. An account that somebody keeps guessing "
            "opens only where it was used before."
        ), 422
    return None, 200


def _wait(wait: timedelta) -> tuple[str, int]:
    seconds = int(wait.total_seconds()) + 1
    return _("Too many wrong tries. Wait %(seconds)d seconds.", seconds=seconds), WAIT


def _settle(attempt: Try, *, right: bool) -> bool:
    at, account = now(), attempt.account if right else None
    if account is None:
        if not attempt.is_known:
            passwords.note_wrong()
        with transaction() as write:
            sign_in.fail(write, attempt, at=at)
        return False
    before = last_acts(db.session(), account.township_id, account.number)
    ticket = issue_ticket(account.township_id, account.id, at=at)
    with transaction() as write:
        stored = sign_in.succeed(write, attempt, ticket, at=at)
    if stored:
        _tell_last(*before)
    return stored


def _tell_last(signed_in: datetime | None, acted: datetime | None) -> None:
    """Whoever signs in sees when the account was used before: somebody else's use shows (T39)."""
    if signed_in is None:
        return
    act = moment(acted) if acted else _("none")
    message = _(
        "You signed in last on %(login)s; the last act under your number: %(act)s. If that was not "
        "you, tell the administrator.",
        login=moment(signed_in),
        act=act,
    )
    flash(message, "info")


def next_page() -> str:
    """Only a path of this site: an address elsewhere is ignored.

    Browsers drop tabs and line breaks and read a backslash as a slash before they look for a host.
    """
    target = request.args.get("next", "")
    plain = target.isprintable() and "\\" not in target
    inside = target.startswith("/") and not target.startswith("//")
    return target if plain and inside else url_for("elections.index")


@bp.post("/logout")
@allowed(Open.SIGNED_IN)
def logout() -> ResponseReturnValue:
    """End this login on the server as well as here."""
    ticket, by = current_ticket(), actor()
    if ticket:
        key = ticket.id
        with transaction() as write:
            sign_in.log_out(write, write.get_one(type(ticket), key), by=by, at=now())
    session.clear()
    return redirect(url_for("accounts.login"), 303)


@bp.route("/password", methods=["GET", "POST"])
@allowed(Open.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Choose one's own password."""
    form, who = PasswordForm(), official()
    valid = form.validate_on_submit()
    if valid:
        avoid = (who.username, who.name)
        faults = check_password(form.new.data, avoid=avoid)
        form.new.errors = [f"{say(f.cause)}；{say(f.remedy)}" for f in faults]
    if not valid or form.new.errors:
        return render_template("accounts/password.html", form=form), 422 if form.errors else 200
    key = who.id
    with transaction() as write:
        wait = sign_in.count_own(write, write.get_one(Official, key), at=now())
    if wait:
        form.form_errors.append(_wait(wait)[0])
        return render_template("accounts/password.html", form=form), WAIT

    def do(act: Act) -> None:
        row = act.session.get_one(Official, key)
        old, new = form.old.data, form.new.data
        accounts.change_password(act.session, row, old=old, new=new, at=act.at)
        sign_in.forget_own(act.session, row)
        act.session.add(issue_ticket(row.township_id, row.id, at=act.at))

    message = _("Your password is changed. Wherever else you were signed in, you are signed out.")
    return perform(do, then=url_for("elections.index"), message=message)


@bp.route("/township", methods=["GET", "POST"])
@allowed(Permission.MANAGE_ACCOUNTS)
def township() -> ResponseReturnValue:
    """Code, name and county of the township, until something is published."""
    town = db.session.get_one(Township, official().township_id)
    named = town.code != UNNAMED
    form = TownshipForm(obj=town if named else None)
    if not form.validate_on_submit():
        page = render_template("accounts/township.html", form=form, named=named)
        return page, 422 if form.errors else 200
    key, particulars = town.id, {name: value.strip() for name, value in answers(form).items()}
    return perform(
        lambda act: accounts.name_township(act, act.session.get_one(Township, key), **particulars),
        then=url_for(".index"),
        message=_("The township is recorded. Now add the people of the office."),
    )


@bp.get("/officials")
@allowed(Permission.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """Everybody of the office."""
    return _index_page(OfficialForm())


def _index_page(form: OfficialForm) -> str:
    query = select(Official).where(Official.township_id == official().township_id)
    people = db.session.scalars(query.order_by(Official.id)).all()
    return render_template("accounts/index.html", people=people, form=form)


@bp.post("/officials")
@allowed(Permission.MANAGE_ACCOUNTS)
def add() -> ResponseReturnValue:
    """A new official; the one-time password is shown once, on the next page."""
    form = OfficialForm()
    if not form.validate_on_submit():
        return _index_page(form), 422
    roles = [Role(word) for word in form.roles.data]
    return perform(
        lambda act: _flash_password(
            accounts.add_official(
                act,
                username=form.username.data,
                name=form.name.data.strip(),
                roles=roles,
                namesake=form.namesake.data,
            )
        ),
        then=url_for(".index"),
    )


def _flash_password(account: tuple[Official, str]) -> None:
    who, secret = account
    flash(
        _(
            "%(username)s: first password %(secret)s — write it down now, it is shown only once.",
            username=who.username,
            secret=secret,
        ),
        "secret",
    )


@bp.route("/officials/<int:official_id>", methods=["GET", "POST"])
@allowed(Permission.MANAGE_ACCOUNTS)
def change(official_id: int) -> ResponseReturnValue:
    """Roles and state of one official."""
    person = get_or_404(Official, official_id)
    form = ChangeForm(obj=person)
    if not form.validate_on_submit():
        reset = ClickForm(formdata=None, version=person.version)
        page = render_template("accounts/change.html", form=form, person=person, reset=reset)
        return page, 422 if form.errors else 200
    roles = [Role(word) for word in form.roles.data]

    def do(act: Act) -> None:
        row = require_version(act.session, Official, official_id, form)
        accounts.change_official(act, row, roles=roles, active=form.active.data)

    return perform(do, then=url_for(".index"), message=_("The account is changed."))


@bp.post("/officials/<int:official_id>/reset-password")
@allowed(Permission.MANAGE_ACCOUNTS)
def reset_password(official_id: int) -> ResponseReturnValue:
    """A new one-time password."""
    person, form = get_or_404(Official, official_id), ClickForm()
    username = person.username
    if not form.validate_on_submit():
        return redirect(url_for(".change", official_id=official_id), 303)

    def do(act: Act) -> None:
        row = require_version(act.session, Official, official_id, form)
        _flash_password((row, accounts.reset_password(act, row)))

    log.info("reset", extra={"account": username})
    return perform(do, then=url_for(".index"))
