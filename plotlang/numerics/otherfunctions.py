"""The functions that are no rows of the table of functions: of lists, with for, of points, of curves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A function for help: what it gives, and a line that uses it."""

    name: str
    summary: str
    example: str


OTHER_FUNCTIONS: dict[str, Described] = {
    each.name: each
    for each in (
        Described("sum", "The sum over a letter, or of a list; also written Σ.", "sum(k^2 for k in 1..10)"),
        Described("prod", "The product over a letter, or of a list; also written ∏.", "prod(k for k in 1..5)"),
        Described("integral", "The integral over a letter; ends may be infinite; also written ∫.",
                  "integral(e^(-t^2) for t in -inf..inf)"),
        Described("limit", "The limit at a place, which may be inf.", "limit(sin(x)/x for x -> 0)"),
        Described("length", "How many entries a list has.", "length([3, 1, 2])"),
        Described("total", "The sum of the entries of a list.", "total([3, 1, 2])"),
        Described("mean", "The mean of a list, or over the values of a letter.", "mean([3, 1, 2])"),
        Described("median", "The value in the middle of a sorted list.", "median([3, 1, 2])"),
        Described("sd", "The standard deviation of a list (of a sample: n − 1).", "sd([3, 1, 2])"),
        Described("var", "The variance of a list (of a sample: n − 1).", "var([3, 1, 2])"),
        Described("sort", "The entries of a list from the lowest to the highest.", "sort([3, 1, 2])"),
        Described("unique", "The different entries of a list, sorted.", "unique([3, 1, 3])"),
        Described("join", "Lists and values as one list.", "join([1, 2], 3)"),
        Described("corr", "The correlation of two lists.", "corr([1, 2, 3], [2, 4, 7])"),
        Described("distance", "The distance of two points.", "distance((0, 0), (3, 4))"),
        Described("midpoint", "The point in the middle of two points.", "midpoint((0, 0), (3, 4))"),
        Described("roots", "The zeros of a function in the range of the figure; roots(f, a, b) looks from a to b.",
                  "roots(x^2 - 2)"),
        Described("extrema", "The turning points of a function in the range of the figure, as a list of points.",
                  "extrema(x^3 - 3x)"),
        Described("maxima", "The highest points around, as a list of points.", "maxima(x^3 - 3x)[1].y"),
        Described("minima", "The lowest points around, as a list of points.", "minima(x^3 - 3x)[1].x"),
        Described("inflections", "The points where the curvature changes its side.", "inflections(x^3 - 3x)"),
        Described("asymptotes", "The places of the vertical asymptotes.", "asymptotes(1/(x - 1))"),
        Described("intersect", "The points that two functions have in common.", "intersect(x^2, x + 2)"),
        Described("solve", "The solutions of an equation in x in the range of the figure.", "solve(x^2 = 2)"),
        Described("slope", "The slope of a function at a place.", "slope(x^2, 3)"),
        Described("tangent", "The height of a tangent: the function, where it touches, and (left out: x) the place.",
                  "y = tangent(x^2, 1)"),
        Described("normal", "The height of a normal: the function, where it stands, and (left out: x) the place.",
                  "y = normal(x^2, 1)"),
        Described("secant", "The height of a secant through two places of a function.", "y = secant(x^2, 0, 2)"),
        Described("area", "The area between a function and the x-axis, or between two functions; never negative.",
                  "area(x^2, 0, 2)"),
        Described("riemann", "The sum of left boxes under a function: riemann(f, from, to, boxes).",
                  "riemann(x^2, 0, 2, 8)"),
    )
}  # fmt: skip
