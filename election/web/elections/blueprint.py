"""The blueprint of the stage; its views are added by the modules beside it."""

from flask import Blueprint

bp = Blueprint("elections", __name__)
