"""The desk somebody signs in at: its address, and a signed cookie that names who has used it.

The cookie opens nothing. It only keeps wrong passwords of strangers from counting against those who
sign in here: each official has a secret of their own at each desk, and with it their own tries.
It goes to the page of signing in and nowhere else.
"""

import secrets
from collections.abc import Mapping

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from election.actions.sign_in import Credentials, SignInDesk

COOKIE = "xuanban_desk"
_KEPT_SECONDS = 180 * 24 * 3600
_MOST = 12  # officials at one desk; the first ones leave it


def desk() -> SignInDesk:
    """Where this request comes from. A header cannot say another address than the connection's."""
    return SignInDesk(request.remote_addr or "", _known())


def remember(response: BaseResponse, account: Credentials | None) -> BaseResponse:
    """The answer, which makes this a desk of the account that was opened at it.

    The secret is a new one each time: tries with a cookie copied before count apart.
    """
    if account is None:
        return response
    others = {key: secret for key, secret in _known().items() if key != account.id}
    latest = [*others.items(), (account.id, secrets.token_urlsafe(16))][-_MOST:]
    response.set_cookie(
        COOKIE,
        _signer().dumps(dict(latest)),
        max_age=_KEPT_SECONDS,
        path=url_for("accounts.login"),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )
    return response


def _known() -> Mapping[int, str]:
    try:
        known = _signer().loads(request.cookies.get(COOKIE, ""), max_age=_KEPT_SECONDS)
    except BadSignature:
        return {}
    return {int(key): str(secret) for key, secret in known.items()}


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="desk")
