"""What templates may call: dates, numbers and words as the office writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from html import escape, unescape

from flask import Flask, g, request, url_for
from flask_babel import gettext
from jinja2 import pass_context
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from election.clock import local
from election.database import db
from election.models import Election, Township
from election.queries.audit.log import people
from election.queries.elections.progress import progress
from election.rules import citations, rounding
from election.rules.access import Actor, Permission, Role
from election.rules.accounts import UNNAMED
from election.rules.results.kinds import RoundKind
from election.rules.words import round_words
from election.web.access import Rule, rule_of
from election.web.addresses import this_page
from election.web.locale import language, say
from election.web.words import word

# the page of a stage is the index of its blueprint; these have another one
_PAGES = {"set_up": "elections.set_up", "publication": "publication.desk"}


def init_app(app: Flask) -> None:
    """Register filters, and the globals every template has."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        number=number,
        percent=percent,
        decimal=decimal,
        tenths=tenths,
        word=word,
        round_name=round_name,
        official_name=official_name,
        cite=cite,
        say=say,
        role=role,
        cells_named=cells_named,
        cards=cards,
    )
    app.jinja_env.globals.update(
        Permission=Permission, stages=stages, house=House, this_page=this_page
    )
    app.context_processor(lambda: _globals(app))
    app.url_defaults(_keep_language)


@pass_context  # else a constant would be cited once, in the language of whoever came first
def cite(_context: object, article: str) -> str:
    """The articles of a rule as people cite them, in the language of the page."""
    return say(citations.cite(article))


def day(value: date | None) -> str:
    """2021年12月16日, or 16 December 2021; a dash for a day not set."""
    if value is None:
        return "—"
    if language().startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B} {value.year}"


def moment(value: datetime | None) -> str:
    """A stored moment as the wall clock of the township showed it."""
    if value is None:
        return "—"
    local_time = local(value)
    return f"{day(local_time.date())} {local_time:%H:%M}"


def number(value: int | None) -> str:
    """12,345; a dash for a figure nobody has given yet (unknown is not zero)."""
    return "—" if value is None else f"{value:,}"


def percent(value: Fraction | float | None, digits: int = 2, *, sign: bool = False) -> str:
    """86.32%; sign for deviations: +4.20%. What rounds to nothing has no sign: 0.00%."""
    return "—" if value is None else rounding.percent(Fraction(value), digits, sign=sign)


def decimal(value: Fraction | float | None, places: int = 1, *, sign: bool = False) -> str:
    """0.417; sign for changes: +0.417. A dash for what is not known."""
    return "—" if value is None else rounding.decimal(Fraction(value), places, sign=sign)


def tenths(value: Fraction | None) -> str:
    """583.6: people per deputy, rounded as on paper."""
    return "—" if value is None else rounding.decimal(value)


def round_name(kind: RoundKind | str, number: int) -> str:
    """第二次投票（另行选举）: what the nth ballot of a district is called."""
    return say(round_words(RoundKind(kind), number))


def official_name(number: str) -> str:
    """Who an official is, by the number that the records keep; the number of a stranger stays."""
    if "names_of_officials" not in g:
        g.names_of_officials = people(db.session(), g.official.township_id)
    return str(g.names_of_officials.get(number, number))


def role(value: str) -> str:
    """The role of an audit record, which may also be the installation or oneself."""
    beside_roles = {"installation": gettext("installation"), "self": gettext("own account")}
    return beside_roles.get(value) or word(Role(value))


_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPAN = re.compile(r'colspan="(\d+)"')


def cells_named(rows: str, columns: Sequence[str | tuple[str, ...]], *, first: int = 1) -> str:
    """Rows of a table as written, each cell but the first with its column's name as `data-label`.

    What a phone shows as a card needs the name beside the figure. columns: as data_table takes
    them; a cell without content is marked `is-blank`, one over several columns has no name. first:
    the place of the first cell that is named.
    """
    names = [column if isinstance(column, str) else column[0] for column in columns if column]

    def named(row: re.Match[str]) -> str:
        place = 0

        def cell(found: re.Match[str]) -> str:
            nonlocal place
            tag, attributes, content = found.groups()
            span = _SPAN.search(attributes)
            name = names[place] if first <= place < len(names) and not span else ""
            place += int(span[1]) if span else 1
            blank = not content.strip()
            return f"<{tag}{_marked(attributes, name, blank=blank)}>{content}</{tag}>"

        return _CELL.sub(cell, row[0])

    return _ROW.sub(named, rows)


def cards(table: str, *, first: int = 1) -> str:
    """A table written by hand with its cells named after its own head, as `cells_named` does."""
    head, end, body = str(table).partition("</thead>")
    texts = [_TAG.sub("", content) for _tag, _attributes, content in _CELL.findall(head)]
    names = [" ".join(unescape(text).split()) for text in texts]
    return head + end + cells_named(body, names, first=first)


def _marked(attributes: str, name: str, *, blank: bool) -> str:
    """The attributes of a cell with its name; `is-blank` among its classes where it is empty."""
    if blank and 'class="' in attributes:
        attributes = attributes.replace('class="', 'class="is-blank ', 1)
    elif blank:
        attributes += ' class="is-blank"'
    return (f' data-label="{escape(name)}"' if name else "") + attributes


@dataclass(frozen=True, slots=True)
class House:
    """In whose name a page stands. town: its name; empty where there is none yet, or many."""

    town: str

    @property
    def name(self) -> str:
        """The town as people say it, without a remark in brackets."""
        return re.split(r"[（(]", self.town)[0].strip()

    @property
    def committee(self) -> str:
        """鹤浦镇选举委员会."""
        return str(gettext("%(town)s Election Committee", town=self.name)).strip()

    @property
    def seal(self) -> str:
        """One character for the seal: the last one of the town's own name."""
        own = re.sub(r"(镇|乡|街道|民族乡)$", "", self.name)
        return own[-1:] or "选"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage on the bar: its page, its name, how far it is."""

    key: str
    name: str
    url: str
    done: int
    total: int
    deadline: date | None
    complete: bool


def stages(election: Election) -> list[Stop]:
    """The stage bar of an election."""
    return [
        Stop(
            key=p.key,
            name=say(p.name),
            url=url_for(_PAGES.get(p.key, f"{p.key}.index"), election_id=election.id),
            done=p.done,
            total=p.total,
            deadline=p.deadline,
            complete=p.complete,
        )
        for p in progress(db.session(), election)
    ]


def _globals(app: Flask) -> dict[str, object]:
    who: Actor | None = g.official.as_actor() if g.get("official") else None

    def may(endpoint_or_right: str | Permission) -> bool:
        """Whether the signed-in official may use a right, or open a page by its endpoint."""
        if who is None:
            return False
        if isinstance(endpoint_or_right, Permission):
            return who.may(endpoint_or_right)
        rule: Rule | None = rule_of(app, endpoint_or_right)
        return not isinstance(rule, Permission) or who.may(rule)

    return {
        "official": g.get("official"),
        "is_sample": is_sample(),
        "town": _house(),
        "may": may,
        "language": language(),
        "switch": _switch,
    }


def is_sample() -> bool:
    """Whether any town here is a sample: then every page says so.

    The page that says the database cannot be read must not need it: then nothing is known.
    """
    try:
        return bool(db.session.scalar(select(Township.id).where(Township.is_sample).limit(1)))
    except OperationalError:
        return False


def _house() -> House:
    """The official's town; for a visitor the only one there is. A town not named yet is none."""
    own = [Township.id == g.official.township_id] if g.get("official") else []
    towns = select(Township.name, Township.code).where(*own).order_by(Township.id).limit(2)
    try:
        named = [name if code != UNNAMED else "" for name, code in db.session.execute(towns)]
    except OperationalError:
        return House("")
    return House(named[0] if len(named) == 1 else "")


def _switch(to: str) -> str:
    """This page in the other language."""
    if request.method != "GET":
        return f"?lang={to}"
    return this_page(lang=to)


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    """A visitor without a login carries the language in the address."""
    if endpoint.endswith("static") or g.get("official"):
        return
    if request and request.args.get("lang") and "lang" not in values:
        values["lang"] = request.args["lang"]
