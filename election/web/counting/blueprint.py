"""The blueprint of the stage."""

from flask import Blueprint

bp = Blueprint("counting", __name__)
