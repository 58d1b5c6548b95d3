"""The blueprint of the stage."""

from flask import Blueprint

bp = Blueprint("units", __name__)
