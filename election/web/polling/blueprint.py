"""The blueprint of the stage."""

from flask import Blueprint

bp = Blueprint("polling", __name__)
