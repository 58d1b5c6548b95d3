"""The one blueprint of this stage."""

from flask import Blueprint

bp = Blueprint("publication", __name__)
