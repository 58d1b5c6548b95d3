"""Which language a page speaks: the link, then the login, then the browser, then Chinese."""

from collections.abc import Mapping

from babel.core import negotiate_locale
from flask import has_request_context, request, session
from flask_babel import get_locale

from election.rules.terms import Text

LANGUAGES = ("zh_Hans_CN", "en")
_ALIASES = {"zh": "zh_Hans_CN", "zh_cn": "zh_Hans_CN"}


def choose_language() -> str:
    """A `lang` in the address wins; a browser that prefers any Chinese gets Chinese."""
    if not has_request_context():
        return LANGUAGES[0]
    chosen = request.args.get("lang") or session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    preferred = [tag.replace("-", "_") for tag, _quality in request.accept_languages]
    negotiated = negotiate_locale(preferred, LANGUAGES, aliases=_ALIASES)
    if negotiated:
        return negotiated
    return "zh_Hans_CN" if not preferred or preferred[0].lower().startswith("zh") else "en"


def say(text: Text | Mapping[str, str]) -> str:
    """A two-language sentence, as a Text or as stored JSON, in the language of the page."""
    if isinstance(text, Mapping):
        text = Text(text["zh"], text["en"])
    return text.say(language())


def language() -> str:
    """zh_Hans_CN or en."""
    return str(get_locale())
