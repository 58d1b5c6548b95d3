"""A plan on the map: the page, and the data it is drawn from."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from election.database import db
from election.models import Plan
from election.queries.districts import maps as map_queries
from election.queries.districts import plans as queries
from election.queries.districts.boards import PlanBoard, brick_pairs
from election.queries.units import table as unit_queries
from election.queries.units.table import UnitRow
from election.rules.access import Permission
from election.rules.citations import cite
from election.rules.districts import checks as rules
from election.rules.districts.codes.checks import (
    DEVIATION_ALERT,
    DEVIATION_WARN,
    DISTRICT_EMPTY,
    NOT_CONTIGUOUS,
    POPULATION_UNKNOWN,
    SEATS_PER_DISTRICT,
    SEATS_TOTAL,
    UNIT_LEFT_OUT,
)
from election.rules.districts.codes.plans import PART_ALONE
from election.rules.profile import Profile
from election.rules.terms import Code, Finding
from election.web.access import allowed
from election.web.districts import forms
from election.web.districts.blueprint import bp
from election.web.districts.drafts import board_values, store
from election.web.filters import percent
from election.web.locale import say
from election.web.operations import get_or_404

if TYPE_CHECKING:
    from election.reports.maps import Drawing, MapKind

# what the map says while one draws; the sentences of the check list, filled in by the browser
SAID: tuple[Code, ...] = (
    SEATS_PER_DISTRICT,
    SEATS_TOTAL,
    UNIT_LEFT_OUT,
    DISTRICT_EMPTY,
    DEVIATION_WARN,
    DEVIATION_ALERT,
    NOT_CONTIGUOUS,
    POPULATION_UNKNOWN,
    PART_ALONE,
)
_NAMED = 8  # codes named in a sentence before it says "and others"


@bp.get("/plans/<int:plan_id>/map", endpoint="map")
@allowed(Permission.SEE_OFFICE)
def show_map(plan_id: int) -> ResponseReturnValue:
    """The map of a plan; who may edit a draft draws on it."""
    return _page(plan_id)


@bp.post("/plans/<int:plan_id>/map")
@allowed(Permission.EDIT_DISTRICTS)
def save_map(plan_id: int) -> ResponseReturnValue:
    """The whole draft as it was drawn; the same act as from the table."""
    return store(plan_id, then=url_for(".map", plan_id=plan_id), page=_page)


@bp.get("/plans/<int:plan_id>/map.json")
@allowed(Permission.SEE_OFFICE)
def map_data(plan_id: int) -> ResponseReturnValue:
    """Cells, borders and links to draw; the plan as it is stored; the sentences of the check."""
    plan, session = get_or_404(Plan, plan_id), db.session()
    rows = unit_queries.of_congress(session, plan.congress)
    board = queries.board(session, plan)
    units = map_queries.units_on_map(session, board, rows)
    profile = plan.congress.election.profile
    return jsonify(_drawn(units, map_queries.ties(rows)) | plan_values(board, rows, profile))


def plan_values(board: PlanBoard, rows: list[UnitRow], profile: Profile) -> dict[str, Any]:
    """What the check list of the browser works on: the plan as it is stored, limits, sentences."""
    return _stored(board, rows) | {
        "warn": _ratio(profile.share("district.deviation_warn")),
        "alert": _ratio(profile.share("district.deviation_alert")),
        "most_seats": rules.MOST_SEATS,
        "most_seats_typed": forms.MOST_SEATS_TYPED,
        "sentences": {code.id: _sentence(code) for code in SAID},
        "other": [
            {"code": fault.code.id, **_sentence(fault)}
            for fault in board.findings
            if fault.code not in SAID
        ],
    }


def _page(
    plan_id: int, *, board: forms.BoardForm | None = None, stale: bool = False
) -> ResponseReturnValue:
    row = get_or_404(Plan, plan_id)
    stored = queries.board(db.session(), row)
    page = render_template(
        "districts/map.html",
        **board_values(row, stored, board, stale=stale),
        faulty=bool(board and board.errors),
        words=map_words(),
        legend=_legend(row.congress.election.profile),
    )
    return page, 409 if stale else 422 if board else 200


def _drawn(units: list[map_queries.UnitOnMap], ties: list[tuple[str, str, bool]]) -> dict[str, Any]:
    from election.reports import maps  # noqa: PLC0415 - heavy

    drawing = maps.draw(
        tuple(maps.Place(u.code, u.x, u.y, u.outline, u.parts) for u in units),
        tuple(maps.Tie(a, b, ferry) for a, b, ferry in ties),
    )
    return {
        "kind": drawing.kind.value,
        "width": drawing.width,
        "height": drawing.height,
        "about": _about(drawing, len(units)),
        "cells": [
            {"key": c.key, "path": c.path, "x": c.x, "y": c.y, "w": c.width, "h": c.height}
            for c in drawing.cells
        ],
        "edges": [{"a": e.a, "b": e.b, "path": e.path, "near": e.near} for e in drawing.edges],
        "links": [
            {
                "a": link.a,
                "b": link.b,
                "ferry": link.ferry,
                "line": [link.x1, link.y1, link.x2, link.y2],
            }
            for link in drawing.links
        ],
    }


def _about(drawing: "Drawing", units: int) -> list[str]:
    """What the map is drawn from, and what is missing for a better one."""
    from election.reports.maps import MOST_DRAWN  # noqa: PLC0415 - heavy

    if not units:
        return [_("There are no units yet.")]
    if units > MOST_DRAWN:
        return [
            _(
                "A map of more than %(n)d units is not drawn; the table does all the same.",
                n=MOST_DRAWN,
            )
        ]
    return [sentence for sentence in (_basis(drawing.kind), _lacking(drawing, units)) if sentence]


def _basis(kind: "MapKind") -> str:
    """How far the picture is to be believed; nothing where all borders are real."""
    from election.reports.maps import MapKind  # noqa: PLC0415 - heavy

    sentences: dict[MapKind, str] = {
        MapKind.SHAPES: "",
        MapKind.POINTS: _("Cells are grown around the points of the units; borders are not real."),
        MapKind.GRAPH: _(
            "Drawn from the neighbours alone: who touches whom is right, places and distances are "
            "not."
        ),
    }
    return sentences[kind]


def _lacking(drawing: "Drawing", units: int) -> str:
    """The few units for want of which the map is not better; nothing when all lack it."""
    from election.reports.maps import MapKind  # noqa: PLC0415 - heavy

    sentence = ""
    if drawing.kind is MapKind.POINTS and 0 < len(drawing.without_shape) < units:
        sentence = ngettext(
            "%(num)d of %(units)d units has no shape: %(codes)s.",
            "%(num)d of %(units)d units have no shape: %(codes)s.",
            len(drawing.without_shape),
            units=units,
            codes=_first(drawing.without_shape),
        )
    elif drawing.kind is MapKind.GRAPH and 0 < len(drawing.without_point) < units:
        sentence = ngettext(
            "%(num)d of %(units)d units has no point: %(codes)s.",
            "%(num)d of %(units)d units have no point: %(codes)s.",
            len(drawing.without_point),
            units=units,
            codes=_first(drawing.without_point),
        )
    return sentence


def _first(codes: Sequence[str]) -> str:
    """The first of many codes."""
    return "、".join(codes[:_NAMED]) + ("…" if len(codes) > _NAMED else "")


def _stored(board: PlanBoard, rows: list[UnitRow]) -> dict[str, Any]:
    """The plan as it is stored: units, districts, who touches whom."""
    return {
        "plan": board.plan_id,
        "version": board.version,
        "seats": board.seats,
        "units": [
            {
                "key": brick.code,
                "unit": brick.unit_code,
                "part": brick.part,
                "name": brick.name,
                "label": brick.label,
                "whole": brick.whole_label,
                "people": brick.population,
                "district": brick.district,
            }
            for brick in board.bricks
        ],
        "districts": [
            {
                "id": line.id,
                "number": line.number,
                "name": line.name,
                "seats": line.seats,
                "locked": line.locked,
            }
            for line in board.districts
        ],
        "near": [list(pair) for pair in brick_pairs(board.bricks, rows)],
    }


def _ratio(share: Fraction) -> list[int]:
    return [share.numerator, share.denominator]


def _sentence(statement: Code | Finding) -> dict[str, str]:
    """Of a code with the places of its facts, of a finding with the facts in them."""
    code = statement.code if isinstance(statement, Finding) else statement
    return {
        "cause": say(statement.cause),
        "remedy": say(statement.remedy),
        "article": say(cite(code.article)),
        "severity": code.severity.value,
    }


def _legend(profile: Profile) -> dict[str, list[tuple[str, str]]]:
    """Way of colouring -> kinds of the style sheet and what they mean; bands as R2.3 has them."""
    warn = percent(profile.share("district.deviation_warn"), 0)
    alert = percent(profile.share("district.deviation_alert"), 0)
    lines = [
        ("line-border", _("border of districts")),
        ("line-closed", _("not recorded as neighbours")),
        ("line-land", _("neighbours that do not touch on the map")),
        ("line-ferry", _("ferry")),
        ("mark-apart", "! " + _("apart from the rest of its district")),
        ("mark-unsaved", "* " + _("not saved yet")),
    ]
    return {
        "district": [("fill-none", _("in no district")), *lines],
        "deviation": [
            ("off-alert-under", _("people per deputy more than %(limit)s below ▲▲", limit=alert)),
            ("off-warn-under", _("more than %(limit)s below ▲", limit=warn)),
            ("off-ok-under", _("within %(limit)s", limit=f"-{warn}")),
            ("off-zero", _("nothing off")),
            ("off-ok-over", _("within %(limit)s", limit=f"+{warn}")),
            ("off-warn-over", _("more than %(limit)s above ▲", limit=warn)),
            ("off-alert-over", _("more than %(limit)s above ▲▲", limit=alert)),
            ("off-unknown", _("cannot be computed yet")),
            *lines,
        ],
        "seats": [
            *(
                (f"seats-{n}", ngettext("%(num)d seat", "%(num)d seats", n))
                for n in range(1, rules.MOST_SEATS + 1)
            ),
            ("seats-wrong", _("not 1 to 3 seats")),
            ("fill-none", _("in no district")),
            *lines,
        ],
    }


def map_words() -> dict[str, str]:
    """What the scripts of the maps say by themselves."""
    return {
        "district": _("District {n}"),
        "seats": _("{n} seats"),
        "people": _("{n} people"),
        "unknown": _("people not known"),
        "none": _("in no district"),
        "locked": _("District {n} is locked: unlock it before you change it."),
        "savefirst": _("District {n} has changes that are not saved: save before you lock it."),
        "lone": _("A part of a split unit cannot be left out: join its parts on the table page."),
        "moved": _("{unit} → district {n}"),
        "out": _("{unit} taken out of its district"),
        "new": _("New district {n}"),
        "brush": _("The brush paints district {n}."),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "nothing": _("Nothing to undo."),
        "unsaved": _("Changes not saved yet: {n}"),
        "saved": _("All changes are saved"),
        "good": _("Seats, units, people and contiguity are in order."),
        "error": _("wrong"),
        "alert": _("decide"),
        "warning": _("look"),
        "more": _(" (and {n} more)"),
        "islocked": _("District {n} is locked: its units and seats stay."),
        "isopen": _("District {n} is unlocked."),
        "lock": _("Lock district {n}"),
        "unlock": _("Unlock district {n}"),
        "stale": _("Somebody else changed this plan meanwhile: save to see both versions."),
        "failed": _("The server does not answer; your changes are still here."),
        "fewer": _("One seat less for district {n}"),
        "another": _("One seat more for district {n}"),
        "seatsof": _("Seats of district {n}"),
        "show": _("Show district {n} on the map"),
        "stored": _(" (not saved yet; stored: {n})"),
    }
