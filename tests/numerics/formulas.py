"""Writing core expressions in tests with Python's operators."""

from __future__ import annotations

from dataclasses import dataclass

from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Expr,
    Interval,
    Logic,
    Name,
    Negate,
    Number,
    Piecewise,
    Restriction,
)


def node(value: Formula | float) -> Expr:
    """The expression of a formula or a number."""
    if isinstance(value, Formula):
        return value.expr
    return Negate(Number(-float(value))) if value < 0 else Number(float(value))


@dataclass(frozen=True)
class Formula:
    """An expression with operators."""

    expr: Expr

    def _with(self, operator: str, other: Formula | float) -> Formula:
        return Formula(Binary(operator, self.expr, node(other)))

    def _after(self, operator: str, other: Formula | float) -> Formula:
        return Formula(Binary(operator, node(other), self.expr))

    def __add__(self, other: Formula | float) -> Formula:
        return self._with("+", other)

    def __radd__(self, other: float) -> Formula:
        return self._after("+", other)

    def __sub__(self, other: Formula | float) -> Formula:
        return self._with("-", other)

    def __rsub__(self, other: float) -> Formula:
        return self._after("-", other)

    def __mul__(self, other: Formula | float) -> Formula:
        return self._with("*", other)

    def __rmul__(self, other: float) -> Formula:
        return self._after("*", other)

    def __truediv__(self, other: Formula | float) -> Formula:
        return self._with("/", other)

    def __rtruediv__(self, other: float) -> Formula:
        return self._after("/", other)

    def __pow__(self, other: Formula | float) -> Formula:
        return self._with("^", other)

    def __rpow__(self, other: float) -> Formula:
        return self._after("^", other)

    def __mod__(self, other: Formula | float) -> Formula:
        return self._with("mod", other)

    def __rmod__(self, other: float) -> Formula:
        return self._after("mod", other)

    def __neg__(self) -> Formula:
        return Formula(Negate(self.expr))


x = Formula(Name("x"))
y = Formula(Name("y"))
t = Formula(Name("t"))
k = Formula(Name("k"))
pi = Formula(Name("pi"))
e = Formula(Name("e"))
inf = Formula(Name("inf"))


def call(name: str, *arguments: Formula | float) -> Formula:
    """A built-in function."""
    return Formula(Call(name, tuple(node(each) for each in arguments)))


def compare(left: Formula | float, operator: str, right: Formula | float) -> Formula:
    """One comparison."""
    return Formula(Compare((node(left), node(right)), (operator,)))


def both(*conditions: Formula) -> Formula:
    """Conditions joined by ``and``."""
    return Formula(Logic("and", tuple(each.expr for each in conditions)))


def only(condition: Formula) -> Formula:
    """A restriction."""
    return Formula(Restriction(condition.expr))


def rows(*pairs: tuple[Formula | None, Formula | float]) -> Formula:
    """A piecewise formula; the condition None is always true."""
    return Formula(Piecewise(tuple((None if c is None else c.expr, node(v)) for c, v in pairs)))


def over(
    kind: str,
    body: Formula,
    variable: Formula,
    low: Formula | float,
    high: Formula | float,
    *,
    step: float | None = None,
    only_if: Formula | None = None,
) -> Formula:
    """A sum, integral or the like."""
    assert isinstance(variable.expr, Name)
    source = Interval(node(low), node(high), None if step is None else node(step))
    return Formula(Binder(kind, body.expr, variable.expr.id, source, None if only_if is None else only_if.expr))
