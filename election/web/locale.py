"""Which language a page speaks: the link, then the login, then the browser, then Chinese."""

from babel.core import negotiate_locale
from flask import has_request_context, request, session

LANGUAGES = ("zh_Hans_CN", "en")
_ALIASES = {"zh": "zh_Hans_CN", "zh_cn": "zh_Hans_CN"}


def choose_language() -> str:
    """A `lang` in the address wins; a browser that prefers any Chinese gets Chinese."""
    if not has_request_context():
        return LANGUAGES[0]
    asked = request.args.get("lang") or session.get("language")
    if asked in LANGUAGES:
        return str(asked)
    wanted = [tag.replace("-", "_") for tag, _quality in request.accept_languages]
    found = negotiate_locale(wanted, LANGUAGES, aliases=_ALIASES)
    if found:
        return found
    return "zh_Hans_CN" if not wanted or wanted[0].lower().startswith("zh") else "en"
