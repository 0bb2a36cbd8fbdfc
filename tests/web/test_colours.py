"""Text can be read in both colour schemes: WCAG 2.2, contrast of at least 4.5 to 1 (7 for nothing smaller is asked)."""

import re
from importlib.resources import files

import pytest

CSS = files("app.web").joinpath("static/jejaring.css").read_text(encoding="utf-8")
TEXT_PAIRS = (
    ("ink", "page"),
    ("ink", "soft"),
    ("ink", "box"),
    ("quiet", "page"),
    ("link", "page"),
    ("link", "soft"),
    ("doubt", "page"),
    ("on-bar", "bar"),
)
SHAPE_PAIRS = (("ring", "page"), ("ring", "soft"), ("quiet", "page"), ("edge", "page"))


def scheme(name: str) -> dict[str, str]:
    light, dark = re.findall(r":root\s*{(.*?)}", CSS, flags=re.DOTALL)[:2]
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", light if name == "light" else dark))


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS)
def test_text_stands_out_from_what_it_is_on(name: str, pair: tuple[str, str]) -> None:
    colours = scheme(name)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("pair", SHAPE_PAIRS)
def test_shapes_that_mean_something_stand_out_too(name: str, pair: tuple[str, str]) -> None:
    colours = scheme(name)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 3


def test_both_schemes_name_the_same_colours() -> None:
    assert list(scheme("light")) == list(scheme("dark"))


def test_a_known_contrast_is_measured_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
