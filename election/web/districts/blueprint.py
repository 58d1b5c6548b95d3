"""The blueprint of the stage, apart, so that its modules can register their views."""

from flask import Blueprint

bp = Blueprint("districts", __name__)
