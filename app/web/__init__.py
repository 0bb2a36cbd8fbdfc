"""The pages: what a person sees in a browser."""

from app.asking import Route
from app.problems import Problem
from graph.vocabulary import Lang


def page_routes() -> tuple[Route, ...]:
    """Return all pages."""
    return ()


def problem_page(problem: Problem, lang: Lang) -> bytes:
    """Return a problem as a page."""
    return problem.texts.get(lang).encode()
