"""Curves as SymPy's plotting module works them out: adaptive lines, and implicit curves by interval arithmetic."""

from __future__ import annotations

import functools
import math
import operator
import warnings

import contourpy
import numpy as np
import sympy
from sympy.plotting.series import ImplicitSeries, LineOver1DRangeSeries, Parametric2DLineSeries

from benchmarks.peers.point_samplers import joined
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Interval,
    Logic,
    Name,
    Negate,
    Number,
    Piecewise,
    Restriction,
)

warnings.simplefilter("ignore")

_BINARY = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "mod": sympy.Mod,
    "//": lambda a, b: sympy.floor(a / b),
}
_CALLS = {
    **{
        name: getattr(sympy, name)
        for name in ("sin cos tan sec csc cot sinh cosh tanh exp sqrt floor gamma erf digamma sign".split())
    },
    "abs": sympy.Abs,
    "ln": sympy.log,
    "lg": lambda u: sympy.log(u, 10),
    "log": sympy.log,
    "ceil": sympy.ceiling,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "atan2": sympy.atan2,
    "max": sympy.Max,
    "min": sympy.Min,
    "frac": lambda u: u - sympy.floor(u),
    "round": lambda u: sympy.floor(u + sympy.Rational(1, 2)),
    "step": lambda u: sympy.Heaviside(u, 1),
    "cbrt": lambda u: sympy.real_root(u, 3),
    "root": sympy.real_root,
    "hypot": lambda a, b: sympy.sqrt(a**2 + b**2),
    "factorial": sympy.factorial,
}
_RELATIONS = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne}
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "inf": sympy.oo}


class NotExpressible(Exception):
    """SymPy has no such function."""


def expression(node):
    """A core expression in SymPy's terms."""
    if isinstance(node, Binary):
        left, right = expression(node.left), expression(node.right)
        return _power(left, right) if node.operator == "^" else _BINARY[node.operator](left, right)
    if isinstance(node, Call) and node.function in _CALLS:
        return _CALLS[node.function](*map(expression, node.arguments))
    if type(node) in _OTHERS:
        return _OTHERS[type(node)](node)
    raise NotExpressible(type(node).__name__)


def _number(node):
    return sympy.Integer(int(node.value)) if node.value == math.floor(node.value) else sympy.Float(node.value)


def _piecewise(node):
    return sympy.Piecewise(*((expression(value), True if c is None else condition(c)) for c, value in node.rows))


def condition(node):
    """A comparison, or several joined by "and" or "or"."""
    if isinstance(node, Logic):
        parts = [condition(part) for part in node.operands]
        return sympy.And(*parts) if node.operator == "and" else sympy.Or(*parts)
    if isinstance(node, Compare):
        values = [expression(part) for part in node.operands]
        links = [_RELATIONS[sign](values[i], values[i + 1]) for i, sign in enumerate(node.operators)]
        return functools.reduce(sympy.And, links)
    raise NotExpressible(type(node).__name__)


def _power(base, exponent):
    if isinstance(exponent, sympy.Rational) and exponent.q % 2 and exponent.q > 1:
        return sympy.real_root(base, exponent.q) ** exponent.p
    return base**exponent


def _binder(node):
    source = node.source
    if not isinstance(source, Interval) or source.second is not None or source.step is not None:
        raise NotExpressible(node.kind)
    limits = (sympy.Symbol(node.variable, real=True), expression(node.source.low), expression(node.source.high))
    kinds = {"sum": sympy.Sum, "prod": sympy.Product, "integral": sympy.Integral}
    if node.kind not in kinds or node.condition is not None:
        raise NotExpressible(node.kind)
    found = kinds[node.kind](expression(node.body), limits)
    return found if node.kind == "integral" else found.doit()


_OTHERS = {
    Number: _number,
    Name: lambda node: _CONSTANTS.get(node.id) or sympy.Symbol(node.id, real=True),
    Negate: lambda node: -expression(node.operand),
    Compare: lambda node: sympy.Piecewise((1, condition(node)), (0, True)),
    Logic: lambda node: sympy.Piecewise((1, condition(node)), (0, True)),
    Restriction: lambda node: sympy.Piecewise((1, condition(node.condition)), (sympy.nan, True)),
    Piecewise: _piecewise,
    Binder: _binder,
}


def line(node, low, high):
    """Paths of y = f(x), by SymPy's adaptive sampling."""
    series = LineOver1DRangeSeries(expression(node), (sympy.Symbol("x", real=True), low, high), adaptive=True)
    x, y = series.get_data()
    return joined(*_real(x, y))


def parametric(first, second, low, high):
    """Paths of (x(t), y(t)), by SymPy's adaptive sampling."""
    t = sympy.Symbol("t", real=True)
    series = Parametric2DLineSeries(expression(first), expression(second), (t, low, high), adaptive=True)
    x, y = series.get_data()[:2]
    return joined(*_real(x, y))


def _real(x, y):
    return np.asarray(x, dtype=float), np.asarray(y, dtype=float)


def implicit(node, low, high, y_low, y_high):
    """The curve f(x, y) = 0: a list of rectangles (x, x, y, y) where intervals can't rule it out, or else paths.

    SymPy itself falls back to contours where its interval arithmetic lacks a function.
    """
    x, y = sympy.symbols("x y", real=True)
    found = ImplicitSeries(sympy.Eq(expression(node), 0), (x, low, high), (y, y_low, y_high), adaptive=True).get_data()
    if found[-1] == "fill":
        return np.array([(a.start, a.end, b.start, b.end) for a, b in found[0]]).reshape(-1, 4), ()
    heights = np.ma.masked_invalid(np.asarray(found[2], dtype=float))
    return np.empty((0, 4)), tuple(contourpy.contour_generator(found[0], found[1], heights).lines(0.0))
