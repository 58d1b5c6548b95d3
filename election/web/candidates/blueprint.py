"""The blueprint of the stage; every module of the package adds its pages to it."""

from flask import Blueprint

bp = Blueprint("candidates", __name__)
