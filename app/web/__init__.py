"""The pages: what a person sees in a browser. They ask the questions of the API and work without scripts."""

from importlib.resources import files

from fastapi import FastAPI

from app.asking import Route
from app.fixed import add_fixed
from app.problems import Problem
from app.replies import Form
from app.web import api, home
from app.web.render import CSS, ICON, render
from app.web.words import named
from graph.vocabulary import Lang

_A_DAY = b"public, max-age=86400"


def page_routes() -> tuple[Route, ...]:
    """Return all pages that show the graph."""
    return (home.ROUTE, api.ROUTE)


def problem_page(problem: Problem, lang: Lang) -> bytes:
    """Return a problem as a page."""
    other = f"/?lang={'en' if lang == 'id' else 'id'}"
    texts = [named(fault.parameter, fault.texts) for fault in problem.errors] or [problem.texts]
    return render("problem.html", lang, other, problem=problem, texts=texts)


def add_static(app: FastAPI) -> None:
    """Serve the style sheet and the icon."""
    for path, media in ((CSS, b"text/css; charset=utf-8"), (ICON, b"image/svg+xml")):
        add_fixed(app, path, Form(media, cache=_A_DAY), files(__package__).joinpath(path.lstrip("/")).read_bytes)
